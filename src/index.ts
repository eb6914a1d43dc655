/** The public door: what the command line, the scripts and other programs use. */
export { inspect, type InspectOptions } from "./inspect.ts";
export { normalize, type NormalizeOptions } from "./normalize.ts";
export { recommend, type RecommendOptions } from "./recommend.ts";

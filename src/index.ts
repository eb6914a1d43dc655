/** The public door: what the command line, the scripts and other programs use. */
export { inspect, type InspectOptions } from "./inspect.ts";
export { normalize, type NormalizeOptions } from "./normalize.ts";
export { recommend, type RecommendOptions } from "./recommend.ts";
export { SageplanError, type ErrorCode } from "./domain/error.ts";
export type { Finding } from "./domain/finding.ts";
export type { HourlyUse } from "./domain/hourly-use.ts";
export type { Inspection } from "./domain/inspection.ts";
export type { Effects, Progress } from "./domain/progress.ts";
export type { Recommendation } from "./domain/recommendation.ts";
export { OFFERINGS, offeringLabel } from "./domain/offering.ts";
export { csvFiles } from "./report/csv.ts";
export { findingsText } from "./report/findings-text.ts";
export { inspectionText } from "./report/terminal-inspection.ts";
export { illustrativeWarning } from "./report/answer.ts";
export { recommendationText } from "./report/terminal-recommendation.ts";

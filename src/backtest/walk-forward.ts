import { decideAt, type DecideOptions, type Decision, type Series } from "./decide.ts";
import { walkOf, type Walk, type WalkOptions } from "./walk.ts";

export interface WalkForwardOptions extends WalkOptions, DecideOptions {}

/** Every decision of one series, one at a time: the caller shows progress and hears interruptions between them. */
export function* walkForward(
  series: Series,
  options: WalkForwardOptions,
): Generator<Decision, void, undefined> {
  const walk: Walk = walkOf(series.demand.hourCount, options);
  for (const at of walk.at) yield decideAt(series, walk, at, options);
}

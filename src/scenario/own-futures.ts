/** The user's own futures → scenarios. */
import { invariant } from "../domain/error.ts";
import type { Futures } from "../domain/own-futures.ts";
import { everyHour, type ScenarioSet } from "../domain/scenario.ts";
import type { Demand } from "../domain/usage.ts";

/** The scenarios of futures; `base` is the demand of all hours of `futures.spend`, eligible SKUs only. */
export function scenarioSetOf(
  base: Demand,
  futures: Pick<Futures, "hourCount" | "probability">,
): ScenarioSet {
  const { hourCount, probability } = futures;
  const scenarioHours = hourCount * probability.length;
  invariant(base.hourCount === scenarioHours, `${base.hourCount} hours of demand for ${scenarioHours}`);
  return {
    hourCount,
    startHour: everyHour(hourCount),
    base,
    probability,
    baseHour: new Int32Array(scenarioHours).map((_, hour) => hour),
    growth: new Float64Array(scenarioHours).fill(1),
  };
}

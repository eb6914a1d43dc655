/** Hours that are known, as the one future there is. */
import { DAY_HOURS, LEVEL_DAYS, type Paths } from "../domain/paths.ts";
import type { Demand } from "../domain/usage.ts";
import { oneOffer, type OneOffer } from "../optimize/one-offer.ts";

export function knownPaths(demand: Demand): Paths {
  const dayCount = Math.ceil(demand.hourCount / DAY_HOURS);
  const weekCount = Math.ceil(dayCount / LEVEL_DAYS);
  return {
    hourCount: demand.hourCount,
    base: demand,
    probability: Float64Array.of(1),
    dayCount,
    dayStart: Int32Array.from({ length: dayCount }, (_, day) => day * DAY_HOURS),
    groupOf: new Int32Array(demand.items.length),
    groupCount: 1,
    weekCount,
    level: new Float32Array(weekCount).fill(1),
  };
}

export const knownOffer = (demand: Demand, ratioOf: Float64Array): OneOffer =>
  oneOffer(knownPaths(demand), ratioOf);

import type { Demand } from "./usage.ts";

/** Hours of one block of a path. */
export const DAY_HOURS = 24;
/** Days for which a level holds. */
export const LEVEL_DAYS = 7;

/**
 * Sampled futures, told instead of written out: every day of a scenario is a day of the base, in it every group of
 * items at a level of its own that holds for a week. 200 scenarios of three years and 100 groups are 14 MB; their hours
 * would be 4 GB.
 */
export interface Paths {
  /** Hours of the horizon, the first of which follows the last of the base. */
  hourCount: number;
  base: Demand;
  /** `[scenario]` Sums to 1. */
  probability: Float64Array;
  dayCount: number;
  /** `[s · dayCount + day]` Hour of the base at which the day that it repeats starts. */
  dayStart: Int32Array;
  /** `[item]` */
  groupOf: Int32Array;
  groupCount: number;
  weekCount: number;
  /** `[(s · weekCount + week) · groupCount + group]` ≥ 0: what the base's On-Demand dollars are multiplied by. */
  level: Float32Array;
}

/** Hour of the base that hour t of scenario s repeats. A base of less than a day repeats itself. */
export const baseHourOf = ({ dayStart, dayCount, base }: Paths, s: number, t: number): number =>
  dayStart[s * dayCount + Math.floor(t / DAY_HOURS)]! +
  ((t % DAY_HOURS) % Math.min(DAY_HOURS, base.hourCount));

/** First level of scenario s in hour t: add the group. */
export const levelsAt = ({ weekCount, groupCount }: Paths, s: number, t: number): number =>
  (s * weekCount + Math.floor(t / (DAY_HOURS * LEVEL_DAYS))) * groupCount;

import type { ResourceUse } from "../domain/headroom.ts";
import { hourOfWeek, WEEK_HOURS, type HourSpan } from "../domain/hour.ts";
import { FLAT_WITHIN, LEAST_LIFE_HOURS, RUNNING_WITHIN_HOURS } from "./thresholds.ts";
import { useUsd } from "./uses.ts";

/** How a use lies over its hours. */
export interface Shape {
  /** Hours from its first to its last in the window. */
  lifeHours: number;
  /** It lives long enough to tell, and still does. */
  isRunning: boolean;
  /** Share of its life in use. */
  activeShare: number;
  /** Instances in the hours in use: the median. */
  count: number;
  /** Share of the hours in use in which the count is the usual one. */
  flatShare: number;
  /** Of its life, On-Demand. */
  usdPerHour: number;
}

export function shapeOf(use: ResourceUse, { to }: HourSpan): Shape {
  const { hour, usageHours } = use;
  const last = hour.at(-1)!;
  const lifeHours = last - hour[0]! + 1;
  const sorted = usageHours.toSorted();
  const count = sorted[Math.floor(sorted.length / 2)]!;
  const usual = usageHours.filter((hours) => Math.abs(hours - count) <= FLAT_WITHIN * count);
  return {
    lifeHours,
    isRunning: lifeHours >= LEAST_LIFE_HOURS && last >= to - RUNNING_WITHIN_HOURS,
    activeShare: hour.length / lifeHours,
    count,
    flatShare: usual.length / hour.length,
    usdPerHour: useUsd(use) / lifeHours,
  };
}

/** The week as a use repeats it. */
export interface Rhythm {
  /** Of the hours of the week that are ever in use, the share of the weeks in which they are. */
  recurring: number;
  /** Share of the window in use. */
  activeShare: number;
  /** Calendar weeks of the window with use. */
  weeks: number;
}

export function rhythmOf({ hour }: ResourceUse, { from, to }: HourSpan): Rhythm {
  const seen = new Float64Array(WEEK_HOURS);
  const used = new Float64Array(WEEK_HOURS);
  for (let h = from; h < to; h++) seen[hourOfWeek(h)]!++;
  for (const h of hour) used[hourOfWeek(h)]!++;
  const ever = seen.reduce((sum, count, cell) => sum + (used[cell]! > 0 ? count : 0), 0);
  return {
    recurring: hour.length / ever,
    activeShare: hour.length / (to - from),
    weeks: new Set(Array.from(hour, (h) => Math.floor((h - from) / WEEK_HOURS))).size,
  };
}

/** `[hour of the week]` The mean of what is known of each; 1 where nothing is. */
export function weekMeans(hour: ArrayLike<number>, value: ArrayLike<number>): Float64Array {
  const sum = new Float64Array(WEEK_HOURS);
  const count = new Float64Array(WEEK_HOURS);
  for (let n = 0; n < hour.length; n++) {
    if (!Number.isFinite(value[n]!)) continue;
    sum[hourOfWeek(hour[n]!)]! += value[n]!;
    count[hourOfWeek(hour[n]!)]!++;
  }
  return sum.map((total, cell) => (count[cell]! > 0 ? total / count[cell]! : 1));
}

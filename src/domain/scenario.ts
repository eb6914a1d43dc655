import type { Demand, UsageByItem } from "./usage.ts";

/**
 * Possible futures over the same hours, 0 … hourCount − 1. Nothing is copied: hour t of scenario s is an hour of the
 * base demand, all its items grown by one factor. Index of both arrays: `s · hourCount + t`.
 */
export interface ScenarioSet extends ScenarioUsage {
  base: Demand;
}

/** The same without whose usage it is: all that settlement takes once the rule's order is known. */
export interface ScenarioUsage {
  hourCount: number;
  /**
   * `[hour]`, and one more entry, ascending from 0: hour t stands for the hours `startHour[t] … startHour[t + 1]` of
   * the horizon. 0, 1, 2 … where every hour is there; wider where some stand for all. Plans begin and end in hours of
   * the horizon.
   */
  startHour: Float64Array;
  base: UsageByItem;
  /** `[scenario]` Sums to 1. */
  probability: Float64Array;
  /** Hour of the base demand. */
  baseHour: Int32Array;
  /** ≥ 0; what the base hour's On-Demand dollars are multiplied by. */
  growth: Float64Array;
}

/** `startHour` of a set that holds every hour of its horizon. */
export const everyHour = (hourCount: number): Float64Array =>
  Float64Array.from({ length: hourCount + 1 }, (_, t) => t);

/** Hours of the horizon. */
export const horizonHours = ({
  startHour,
  hourCount,
}: Pick<ScenarioSet, "startHour" | "hourCount">): number => startHour[hourCount]!;

/** Hours of the horizon that hour t of the set stands for. */
export const hoursOf = ({ startHour }: Pick<ScenarioSet, "startHour">, t: number): number =>
  startHour[t + 1]! - startHour[t]!;

/**
 * The first hour of the set at or after this hour of the horizon, `hourCount` when there is none. What stands on both
 * sides of it counts by its middle, so what is paid and what is covered always count the same hours.
 */
export function settledFrom(
  { startHour, hourCount }: Pick<ScenarioSet, "startHour" | "hourCount">,
  hour: number,
): number {
  let low = 0;
  let high = hourCount;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (startHour[middle]! + startHour[middle + 1]! >= 2 * hour) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The hours of the set, and of the horizon, in which a plan counts as active. */
export function activeIn(
  set: Pick<ScenarioSet, "startHour" | "hourCount">,
  { activeFrom, activeTo }: { activeFrom: number; activeTo: number },
): { from: number; to: number; hours: number } {
  const from = settledFrom(set, activeFrom);
  const to = Math.max(from, settledFrom(set, activeTo));
  return { from, to, hours: set.startHour[to]! - set.startHour[from]! };
}

/** The demand itself, for certain: the past that repeats exactly. */
export const certain = (demand: Demand): ScenarioSet => ({
  hourCount: demand.hourCount,
  startHour: everyHour(demand.hourCount),
  base: demand,
  probability: Float64Array.of(1),
  baseHour: Int32Array.from({ length: demand.hourCount }, (_, t) => t),
  growth: new Float64Array(demand.hourCount).fill(1),
});

/**
 * The one scenario in which every hour and item has its mean usage: what a plan without a thought for risk is made for.
 */
export function meanScenario({
  hourCount,
  startHour,
  base,
  probability,
  baseHour,
  growth,
}: ScenarioSet): ScenarioSet {
  const items = base.items.length;
  const usage = new Float64Array(hourCount * items);
  /** `[base hour]` The hours of the horizon that are made of it, and how much. */
  const visits = Array.from({ length: base.hourCount }, (): { t: number; weight: number }[] => []);
  for (let n = 0; n < baseHour.length; n++) {
    const weight = probability[Math.floor(n / hourCount)]! * growth[n]!;
    if (weight > 0) visits[baseHour[n]!]!.push({ t: n % hourCount, weight });
  }
  for (let item = 0; item < items; item++) {
    for (let n = base.start[item]!; n < base.start[item + 1]!; n++) {
      for (const { t, weight } of visits[base.hour[n]!]!)
        usage[item * hourCount + t]! += weight * base.onDemandUsd[n]!;
    }
  }
  const start = new Int32Array(items + 1);
  const hour: number[] = [];
  const onDemandUsd: number[] = [];
  for (let item = 0; item < items; item++) {
    for (let t = 0; t < hourCount; t++) {
      if (!(usage[item * hourCount + t]! > 0)) continue;
      hour.push(t);
      onDemandUsd.push(usage[item * hourCount + t]!);
    }
    start[item + 1] = hour.length;
  }
  const mean = { hourCount, items: base.items, start, hour: Int32Array.from(hour) };
  return { ...certain({ ...mean, onDemandUsd: Float64Array.from(onDemandUsd) }), startHour };
}

import type { Demand } from "./usage.ts";

/**
 * Possible futures over the same hours, 0 … hourCount − 1. Nothing is copied: hour t of scenario s is an hour of the base
 * demand, all its items grown by one factor. Index of both arrays: `s · hourCount + t`.
 */
export interface ScenarioSet {
  hourCount: number;
  /** Hours of the horizon that each of them stands for: 1, or more where some hours stand for all. */
  hoursEach: number;
  base: Demand;
  /** `[scenario]` Sums to 1. */
  probability: Float64Array;
  /** Hour of the base demand. */
  baseHour: Int32Array;
  /** ≥ 0; what the base hour's On-Demand dollars are multiplied by. */
  growth: Float64Array;
}

/** The demand itself, for certain: the past that repeats exactly. */
export const certain = (demand: Demand): ScenarioSet => ({
  hourCount: demand.hourCount,
  hoursEach: 1,
  base: demand,
  probability: Float64Array.of(1),
  baseHour: Int32Array.from({ length: demand.hourCount }, (_, t) => t),
  growth: new Float64Array(demand.hourCount).fill(1),
});

/** The one scenario in which every hour and item has its mean usage: what a plan without a thought for risk is made for. */
export function meanScenario({
  hourCount,
  hoursEach,
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
  return { ...certain({ ...mean, onDemandUsd: Float64Array.from(onDemandUsd) }), hoursEach };
}

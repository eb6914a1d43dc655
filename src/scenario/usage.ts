import type { Demand } from "../domain/usage.ts";

/** Usage of some groups of items, by hour. */
export interface GroupUsage {
  hourCount: number;
  /** `[group][hour]` On-Demand USD. */
  usd: Float64Array[];
}

export function usageByGroup(
  { hourCount, start, hour, onDemandUsd }: Demand,
  groupOf: Int32Array,
  groupCount: number,
): GroupUsage {
  const usd = Array.from({ length: groupCount }, () => new Float64Array(hourCount));
  for (let item = 0; item < groupOf.length; item++) {
    const own = usd[groupOf[item]!]!;
    for (let n = start[item]!; n < start[item + 1]!; n++) own[hour[n]!]! += onDemandUsd[n]!;
  }
  return { hourCount, usd };
}

/** Mean of the hours `from … to − 1`. */
export function meanOf(usd: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let h = from; h < to; h++) sum += usd[h]!;
  return to > from ? sum / (to - from) : 0;
}

/** Means of whole spans, counted back from the end, oldest first. */
export function meansOf(usd: Float64Array, spanHours: number): number[] {
  const spans = Math.floor(usd.length / spanHours);
  const first = usd.length - spans * spanHours;
  return Array.from({ length: spans }, (_, n) =>
    meanOf(usd, first + n * spanHours, first + (n + 1) * spanHours),
  );
}

import type { Demand } from "./usage.ts";

/** The hours `from … to − 1` of a demand, counted from `from`. */
export function demandSpan({ items, start, hour, onDemandUsd }: Demand, from: number, to: number): Demand {
  const first = new Int32Array(items.length + 1);
  const hours: number[] = [];
  const usd: number[] = [];
  for (let item = 0; item < items.length; item++) {
    for (let n = start[item]!; n < start[item + 1]!; n++) {
      if (hour[n]! < from || hour[n]! >= to) continue;
      hours.push(hour[n]! - from);
      usd.push(onDemandUsd[n]!);
    }
    first[item + 1] = hours.length;
  }
  return {
    hourCount: to - from,
    items,
    start: first,
    hour: Int32Array.from(hours),
    onDemandUsd: Float64Array.from(usd),
  };
}

import { sharedFloats, sharedInts } from "./shared-arrays.ts";
import type { OnDemandVector } from "./units.ts";
import type { UsageByItem } from "./usage.ts";

/** A demand compressed by hour instead of by item: the entries of hour h are `start[h] … start[h+1] − 1`. */
export interface DemandByHour {
  start: Int32Array;
  item: Int32Array;
  onDemandUsd: OnDemandVector;
}

/** Two passes, counting and placing; within an hour the items keep their order. */
export function byHour({ hourCount, start, hour, onDemandUsd }: UsageByItem): DemandByHour {
  const hourStart = new Int32Array(hourCount + 1);
  for (const h of hour) hourStart[h + 1]!++;
  for (let h = 0; h < hourCount; h++) hourStart[h + 1]! += hourStart[h]!;
  const next = hourStart.slice();
  const item = sharedInts(hour.length);
  const usage = sharedFloats(hour.length);
  for (let i = 0; i < start.length - 1; i++) {
    for (let n = start[i]!; n < start[i + 1]!; n++) {
      const place = next[hour[n]!]!++;
      item[place] = i;
      usage[place] = onDemandUsd[n]!;
    }
  }
  return { start: hourStart, item, onDemandUsd: usage };
}

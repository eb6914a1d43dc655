import type { HourSpan } from "./hour.ts";
import { sharedFloats, sharedInts } from "./shared-arrays.ts";
import type { Demand, HourlySpend } from "./usage.ts";

/**
 * The usage that Savings Plans can cover, in `span`, by item: eligible SKUs only, less what plans cover whose
 * commitment is not known. Items keep their index; those without usage have no entries.
 */
export function demandOf(spend: HourlySpend, eligibleSku: readonly boolean[], span: HourSpan): Demand {
  const first = Math.max(0, span.from - spend.from);
  const last = Math.min(spend.hourCount, span.to - spend.from);
  const counts = (row: number): boolean =>
    spend.hour[row]! >= first && spend.hour[row]! < last && eligibleSku[spend.items[spend.item[row]!]!.sku]!;
  const start = new Int32Array(spend.items.length + 1);
  for (let row = 0; row < spend.hour.length; row++) if (counts(row)) start[spend.item[row]! + 1]! += 1;
  for (let item = 0; item < spend.items.length; item++) start[item + 1]! += start[item]!;
  const next = start.slice();
  const entries = start[spend.items.length]!;
  const hour = sharedInts(entries);
  const onDemandUsd = sharedFloats(entries);
  for (let row = 0; row < spend.hour.length; row++) {
    if (!counts(row)) continue;
    const at = next[spend.item[row]!]!++;
    hour[at] = spend.hour[row]! - first;
    onDemandUsd[at] = Math.max(0, spend.onDemandUsd[row]! - spend.coveredByUnknownUsd[row]!);
  }
  return { hourCount: Math.max(0, last - first), items: spend.items, start, hour, onDemandUsd };
}

import type { Demand, UsageItem } from "./usage.ts";

/** An item and its usage: hours ascend. */
export interface ItemUsage {
  item: UsageItem;
  hour: Int32Array;
  onDemandUsd: Float64Array;
}

/** The demand with more items after its own. */
export function withItems(base: Demand, added: readonly ItemUsage[]): Demand {
  const entries = added.reduce((sum, each) => sum + each.hour.length, base.hour.length);
  const hour = new Int32Array(entries);
  const onDemandUsd = new Float64Array(entries);
  const start = new Int32Array(base.start.length + added.length);
  hour.set(base.hour);
  onDemandUsd.set(base.onDemandUsd);
  start.set(base.start);
  let at = base.hour.length;
  for (const [n, each] of added.entries()) {
    hour.set(each.hour, at);
    onDemandUsd.set(each.onDemandUsd, at);
    at += each.hour.length;
    start[base.start.length + n] = at;
  }
  return {
    hourCount: base.hourCount,
    items: [...base.items, ...added.map(({ item }) => item)],
    start,
    hour,
    onDemandUsd,
  };
}

/** The usage of one item, for another that is to have it too. */
export const usageOf = ({ start, hour, onDemandUsd }: Demand, item: number): Omit<ItemUsage, "item"> => ({
  hour: hour.subarray(start[item], start[item + 1]),
  onDemandUsd: onDemandUsd.subarray(start[item], start[item + 1]),
});

import type { Headroom } from "../domain/documents/headroom.ts";
import type { ResourceUse } from "../domain/headroom.ts";
import type { HourSpan } from "../domain/hour.ts";
import type { HourlySpend } from "../domain/usage.ts";
import { ACCOUNTED_FOR } from "./thresholds.ts";

/** Usage in the window, as finely as the export tells it. */
export interface Uses {
  /** Every account's use of every SKU. */
  bySku: ResourceUse[];
  /**
   * Real-time and asynchronous endpoints, notebooks and apps: by resource where their hours add up
   * to the SKU's, else by SKU.
   */
  standing: ResourceUse[];
  detail: Headroom["detail"];
}

const STANDING = /^(Host|AsyncInf|Notebk|Studio:.*)$/;

export function usesOf(spend: HourlySpend, resources: readonly ResourceUse[] | null, window: HourSpan): Uses {
  const bySku = skuUses(spend, window);
  const named = new Map<string, ResourceUse[]>();
  for (const resource of resources ?? []) {
    const inside = within(resource, window);
    if (inside.hour.length === 0) continue;
    const key = useKey(inside);
    named.set(key, [...(named.get(key) ?? []), inside]);
  }
  const all = bySku.filter(({ sku }) => sku.instanceType !== "" && STANDING.test(sku.component));
  const isTold = (use: ResourceUse): boolean => {
    const told = (named.get(useKey(use)) ?? []).reduce((sum, each) => sum + useUsd(each), 0);
    return told >= ACCOUNTED_FOR * useUsd(use) && told * ACCOUNTED_FOR <= useUsd(use);
  };
  const told = new Set(all.filter(isTold));
  const hourly = spend.granularityHours === 1;
  return {
    bySku,
    standing: hourly ? all.flatMap((use) => (told.has(use) ? named.get(useKey(use))! : [use])) : [],
    detail: !hourly ? "none" : told.size === 0 ? "sku" : told.size < all.length ? "partly" : "resource",
  };
}

export const useUsd = ({ onDemandUsd }: ResourceUse): number =>
  onDemandUsd.reduce((sum, usd) => sum + usd, 0);

/** The account's SKU that a use is of. */
export const useKey = ({ account, sku }: ResourceUse): string =>
  [account, sku.usageType, sku.operation, sku.region].join("\n");

function within(use: ResourceUse, { from, to }: HourSpan): ResourceUse {
  const inside = (_: number, n: number): boolean => use.hour[n]! >= from && use.hour[n]! < to;
  return {
    ...use,
    hour: use.hour.filter((hour) => hour >= from && hour < to),
    usageHours: use.usageHours.filter(inside),
    onDemandUsd: use.onDemandUsd.filter(inside),
  };
}

/** Rows ascend by hour, so each item's do. */
function skuUses(spend: HourlySpend, { from, to }: HourSpan): ResourceUse[] {
  const rows = spend.items.map((): number[] => []);
  for (let row = 0; row < spend.hour.length; row++) {
    const hour = spend.from + spend.hour[row]!;
    if (hour >= from && hour < to && spend.onDemandUsd[row]! > 0) rows[spend.item[row]!]!.push(row);
  }
  return spend.items.flatMap(({ account, sku }, item) =>
    rows[item]!.length === 0
      ? []
      : [
          {
            resourceId: "",
            account,
            sku: spend.skus[sku]!,
            hour: Int32Array.from(rows[item]!, (row) => spend.from + spend.hour[row]!),
            usageHours: Float64Array.from(rows[item]!, (row) => spend.usageHours[row]!),
            onDemandUsd: Float64Array.from(rows[item]!, (row) => spend.onDemandUsd[row]!),
          },
        ],
  );
}

/**
 * What each endpoint, notebook and Studio app used by hour, where the export has resource ids (`lineItem/ResourceId`,
 * `ResourceId` in FOCUS). Of the newest billing periods only: what matters is what runs now, and that bounds the
 * memory, whatever the length of the history.
 */
import type { ResourceUse } from "../../domain/headroom.ts";
import type { QueryEngine } from "../../engine/query-engine.ts";
import type { Delivery } from "../../domain/billing.ts";
import { skuOf } from "../../pricing/sku.ts";
import { sqlFile } from "../files/sql-file.ts";

/** Four weeks lie in two of them. */
const PERIODS = 2;

/** The deliveries whose resources are asked for. */
export function newestPeriods(deliveries: readonly Delivery[]): Set<Delivery> {
  const all = [...new Set(deliveries.map(({ billingPeriod }) => billingPeriod))].sort();
  const newest = new Set(all.slice(-PERIODS));
  return new Set(deliveries.filter(({ billingPeriod }) => newest.has(billingPeriod)));
}

/** Sums the resources of the relation `charge` into `resource_hour`. */
export const keepResourceHours = (engine: QueryEngine): Promise<void> =>
  engine.keep("resource_hour", sqlFile("resource_hours"));

/** `hour` counts from the epoch, ascending. Empty when the export names no resources. */
export async function loadResourceUse(engine: QueryEngine): Promise<ResourceUse[]> {
  await engine.keep("resource", sqlFile("resources"));
  const rows = await engine.rows(sqlFile("resource_list"));
  const hours = rows.map((): { hour: number[]; usageHours: number[]; onDemandUsd: number[] } => ({
    hour: [],
    usageHours: [],
    onDemandUsd: [],
  }));
  await engine.stream(sqlFile("resource_hours_doubles"), (columns, rowCount) => {
    const [resource, hour, usage, usd] = columns as readonly (readonly number[])[];
    for (let row = 0; row < rowCount; row++) {
      const own = hours[resource![row]!]!;
      own.hour.push(hour![row]!);
      own.usageHours.push(usage![row]!);
      own.onDemandUsd.push(usd![row]!);
    }
  });
  return rows.map((row, n) => ({
    resourceId: String(row.resource_id),
    account: String(row.account_id),
    sku: skuOf(String(row.usage_type), String(row.operation), String(row.region)),
    hour: Int32Array.from(hours[n]!.hour),
    usageHours: Float64Array.from(hours[n]!.usageHours),
    onDemandUsd: Float64Array.from(hours[n]!.onDemandUsd),
  }));
}

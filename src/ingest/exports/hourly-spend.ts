import type { QueryEngine } from "../../engine/query-engine.ts";
import { invariant } from "../../domain/error.ts";
import type { Hour } from "../../domain/hour.ts";
import type { HourlySpend, Sku, UsageItem } from "../../domain/usage.ts";
import { skuOf } from "../../pricing/sku.ts";
import { sqlFile } from "../files/sql-file.ts";

/** The span that SageMaker usage covers in `line`, and the hours that a line spans. */
export interface UsageSpan {
  from: Hour;
  to: Hour;
  granularityHours: number;
}

/** null when no row holds usage. */
export async function usageSpan(engine: QueryEngine): Promise<UsageSpan | null> {
  const [span] = await engine.rows(sqlFile("usage_span"));
  if (!span || span.first_hour === null) return null;
  return {
    from: Number(span.first_hour),
    to: Number(span.last_hour) + 1,
    granularityHours: Number(span.granularity_hours),
  };
}

/** Makes the relations `item` and `hourly_spend` out of `line`; `knownPlans` are the ARNs whose commitment is known. */
export async function sumHourly(
  engine: QueryEngine,
  knownPlans: readonly string[],
): Promise<{ skus: Sku[]; items: UsageItem[] }> {
  await engine.keepTexts("known_plan", { plan_arn: knownPlans });
  const numbered = await numberItems(engine);
  await engine.keep("hourly_spend", sqlFile("hourly_spend"));
  return numbered;
}

/**
 * Makes the relations `item` (who used what, in a fixed order) and `part` (what its usage type is
 * made of) out of `line`.
 */
export async function numberItems(engine: QueryEngine): Promise<{ skus: Sku[]; items: UsageItem[] }> {
  await engine.keep("item", sqlFile("items"));
  const rows = await engine.rows(sqlFile("item_list"));
  const parts = rows.map((row) => skuOf(String(row.usage_type), String(row.operation), String(row.region)));
  await engine.keepTexts("part", {
    item: rows.map((row) => String(row.item)),
    region: parts.map(({ region }) => region),
    component: parts.map(({ component }) => component),
    instance_type: parts.map(({ instanceType }) => instanceType),
  });
  const skus: Sku[] = [];
  const indexOfSku = new Map<string, number>();
  const items = rows.map((row, n) => {
    const sku = parts[n]!;
    const key = `${sku.usageType}\n${sku.operation}\n${sku.region}`;
    const index = indexOfSku.get(key) ?? skus.push(sku) - 1;
    indexOfSku.set(key, index);
    return { account: String(row.account_id), sku: index };
  });
  return { skus, items };
}

/**
 * Loads `hourly_spend` as columns. A line that spans several hours (daily and monthly exports, monthly charges) is
 * spread evenly over those that lie in the span: what its hours were can't be known, and `granularityHours` says so.
 */
export async function loadHourlySpend(
  engine: QueryEngine,
  span: UsageSpan,
  skus: Sku[],
  items: UsageItem[],
): Promise<HourlySpend> {
  const [counted] = await engine.rows(sqlFile("hourly_entries"));
  const entries = Number(counted?.entries);
  const spend: HourlySpend = {
    from: span.from,
    hourCount: span.to - span.from,
    granularityHours: span.granularityHours,
    skus,
    items,
    hour: new Int32Array(entries),
    item: new Int32Array(entries),
    usageHours: new Float64Array(entries),
    onDemandUsd: new Float64Array(entries),
    coveredOnDemandUsd: new Float64Array(entries),
    coveredSavingsPlanUsd: new Float64Array(entries),
    coveredByUnknownUsd: new Float64Array(entries),
  };
  let at = 0;
  await engine.stream(sqlFile("hourly_spend_doubles"), (columns, rowCount) => {
    const [hour, item, periodHours, usage, onDemand, covered, savingsPlan, unknown] =
      columns as readonly (readonly number[])[];
    for (let row = 0; row < rowCount; row++) {
      const start = hour![row]! - span.from;
      const first = Math.min(Math.max(start, 0), spend.hourCount - 1);
      const end = Math.max(first + 1, Math.min(start + periodHours![row]!, spend.hourCount));
      const share = 1 / (end - first);
      for (let h = first; h < end; h++, at++) {
        spend.hour[at] = h;
        spend.item[at] = item![row]!;
        spend.usageHours[at] = usage![row]! * share;
        spend.onDemandUsd[at] = onDemand![row]! * share;
        spend.coveredOnDemandUsd[at] = covered![row]! * share;
        spend.coveredSavingsPlanUsd[at] = savingsPlan![row]! * share;
        spend.coveredByUnknownUsd[at] = unknown![row]! * share;
      }
    }
  });
  invariant(at <= entries, `${at} hourly entries were read, at most ${entries} were counted`);
  return at === entries ? spend : firstEntries(spend, at);
}

const firstEntries = (spend: HourlySpend, count: number): HourlySpend => ({
  ...spend,
  hour: spend.hour.subarray(0, count),
  item: spend.item.subarray(0, count),
  usageHours: spend.usageHours.subarray(0, count),
  onDemandUsd: spend.onDemandUsd.subarray(0, count),
  coveredOnDemandUsd: spend.coveredOnDemandUsd.subarray(0, count),
  coveredSavingsPlanUsd: spend.coveredSavingsPlanUsd.subarray(0, count),
  coveredByUnknownUsd: spend.coveredByUnknownUsd.subarray(0, count),
});

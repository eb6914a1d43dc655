import type { QueryEngine } from "../engine/query-engine.ts";
import type { HourSpan } from "../domain/hour.ts";
import type { Sku } from "../domain/usage.ts";
import { skuOf } from "./sku-parts.ts";
import { sqlFile } from "./sql-file.ts";

/** Savings Plans dollars of one plan for one SKU. */
export interface PlanUse {
  arn: string;
  sku: Sku;
  usedUsd: number;
}

/** What the plans were used for in these hours, by the bill's covered rows. */
export const planUse = async (engine: QueryEngine, { from, to }: HourSpan): Promise<PlanUse[]> =>
  (await engine.rows(sqlFile("plan_use"), [from, to])).map((row) => ({
    arn: String(row.plan_arn),
    sku: skuOf(String(row.usage_type), String(row.operation), String(row.region)),
    usedUsd: Number(row.used_usd),
  }));

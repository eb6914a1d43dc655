import type { HourSpan } from "../../domain/hour.ts";
import type { PlanUse } from "../../domain/plan-use.ts";
import type { QueryEngine } from "../../engine/query-engine.ts";
import { skuOf } from "../../pricing/sku.ts";
import { sqlFile } from "../files/sql-file.ts";

/** What the plans were used for in these hours, by the bill's covered rows. */
export const planUse = async (engine: QueryEngine, { from, to }: HourSpan): Promise<PlanUse[]> =>
  (await engine.rows(sqlFile("plan_use"), [from, to])).map((row) => ({
    arn: String(row.plan_arn),
    sku: skuOf(String(row.usage_type), String(row.operation), String(row.region)),
    usedUsd: Number(row.used_usd),
  }));

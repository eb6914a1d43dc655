/** A real engine with a store of its own in a folder that goes when the test ends, and lines to bring to it. */
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { StoreEngine } from "../../src/engine/query-engine.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { makeTables, openStore } from "../../src/store/open-store.ts";
import { scratchFolder } from "../ingest/small-exports.ts";

export async function engine(): Promise<StoreEngine> {
  const opened = await openDuckDb({ memory: "256MB" });
  onTestFinished(() => opened.close());
  return opened;
}

export const storePath = (): string => join(scratchFolder(), "store.duckdb");

export async function freshStore(): Promise<StoreEngine> {
  const opened = await engine();
  const path = storePath();
  await openStore(opened, path, { waitSeconds: 0 });
  await makeTables(opened, path);
  return opened;
}

/** The first hour of a day. */
export const hourOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 3_600_000;

export interface Line {
  delivery: number;
  account?: string;
  /** `2026-10` */
  period: string;
  /** Of the period. */
  day?: number;
  onDemandUsd: number;
}

/** Makes these the lines that were read. */
export async function readLines(to: StoreEngine, lines: readonly Line[]): Promise<void> {
  await to.drop("line");
  await to.change("DROP VIEW IF EXISTS line");
  for (const { delivery, account = "444455556666", period, day = 1, onDemandUsd } of lines) {
    const hour = `${period}-${String(day).padStart(2, "0")} 00:00:00`;
    const money = `CAST(${onDemandUsd} AS DECIMAL(38, 12))`;
    const nothing = "CAST(0 AS DECIMAL(38, 12))";
    await to.keep(
      "line",
      `SELECT CAST(${delivery} AS INTEGER) AS delivery, '111122223333' AS payer_account_id, '${account}' AS account_id,
         '${period}' AS billing_period, 'us-east-1' AS region, TIMESTAMP '${hour}' AS usage_hour, 1 AS period_hours,
         'Usage' AS line_item_type, 'AmazonSageMaker' AS product_code, 'USE1-Host:ml.m5.xlarge' AS usage_type,
         'RunInstance' AS operation, 'USD' AS currency, '' AS plan_arn, '' AS plan_offering_type, '' AS plan_payment_option,
         '' AS plan_term, '' AS plan_start, '' AS plan_end, CAST(1 AS BIGINT) AS row_count, CAST(0 AS BIGINT) AS fault_count,
         CAST(0 AS BIGINT) AS net_row_count, CAST(1 AS DECIMAL(38, 12)) AS usage_amount, ${money} AS billed_usd,
         ${nothing} AS net_billed_usd, ${money} AS on_demand_usd, ${nothing} AS savings_plan_usd, ${nothing} AS commitment_usd,
         ${nothing} AS used_commitment_usd`,
    );
  }
}

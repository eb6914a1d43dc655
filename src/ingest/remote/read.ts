/** A table that an engine elsewhere holds → the relation `line` here. */
import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { pathLiteral, quotedText } from "../../engine/duckdb.ts";
import type { QueryEngine } from "../../engine/query-engine.ts";
import type { RemoteEngine, RemoteRow } from "../../engine/remote-engine.ts";
import { detectFormat } from "../exports/detect-format.ts";
import { FAMILY, columnsOf, matchColumns } from "../exports/formats.ts";
import { faultText, requireTrustworthy } from "../exports/row-faults.ts";
import type { DeliveryRead, PeriodUsage } from "../../domain/billing.ts";
import { periodUsage } from "../exports/period-usage.ts";
import { remoteFault, remoteLines, remoteUsage, type RemoteTable } from "./select.ts";

/** What `lines.sql` selects, in its order. */
const LINE_COLUMNS: readonly (readonly [string, string])[] = [
  ["delivery", "INTEGER"],
  ["payer_account_id", "VARCHAR"],
  ["account_id", "VARCHAR"],
  ["billing_period", "VARCHAR"],
  ["region", "VARCHAR"],
  ["usage_hour", "TIMESTAMP"],
  ["period_hours", "INTEGER"],
  ["line_item_type", "VARCHAR"],
  ["product_code", "VARCHAR"],
  ["usage_type", "VARCHAR"],
  ["operation", "VARCHAR"],
  ["currency", "VARCHAR"],
  ["plan_arn", "VARCHAR"],
  ["plan_offering_type", "VARCHAR"],
  ["plan_payment_option", "VARCHAR"],
  ["plan_term", "VARCHAR"],
  ["plan_start", "VARCHAR"],
  ["plan_end", "VARCHAR"],
  ["row_count", "BIGINT"],
  ["fault_count", "BIGINT"],
  ["net_row_count", "BIGINT"],
  ["usage_amount", "DECIMAL(38, 12)"],
  ["billed_usd", "DECIMAL(38, 12)"],
  ["net_billed_usd", "DECIMAL(38, 12)"],
  ["on_demand_usd", "DECIMAL(38, 12)"],
  ["savings_plan_usd", "DECIMAL(38, 12)"],
  ["commitment_usd", "DECIMAL(38, 12)"],
  ["used_commitment_usd", "DECIMAL(38, 12)"],
];
const ROW_COUNT = LINE_COLUMNS.findIndex(([name]) => name === "row_count");

/** Nobody's text: unquoted, while all text is quoted. */
const NULL = String.raw`\N`;

/** The queries that would run, for someone who wants to see them first. Only the table's columns are asked for. */
export async function remoteSql(remote: RemoteEngine, periods: RemoteTable["periods"]): Promise<string> {
  const table: RemoteTable = { table: remote.table, columns: await remote.columns(), periods };
  const format = detectFormat(
    table.columns.map(({ name }) => name),
    remote.source,
  );
  const usage = remoteUsage(FAMILY[format], table);
  return (
    `-- ${remote.source}, ${format}; ? = 0\n${remoteLines(FAMILY[format], table)}\n` +
    (usage === null ? "" : `;\n-- then, for the time that the table covers\n${usage}\n`)
  );
}

/** @throws SageplanError `engine-failure`, `wrong-call`, `missing-column`, `bad-value` and others */
export async function readRemote(
  engine: QueryEngine & { scratch: string },
  remote: RemoteEngine,
  periods: RemoteTable["periods"],
): Promise<DeliveryRead> {
  const table: RemoteTable = { table: remote.table, columns: await remote.columns(), periods };
  const header = table.columns.map(({ name }) => name);
  const format = detectFormat(header, remote.source);
  const family = FAMILY[format];
  const path = join(engine.scratch, "remote.csv");
  const { rows, sha256 } = await written(path, (onRows) =>
    remote.select(remoteLines(family, table), [0], onRows),
  );
  const columns = LINE_COLUMNS.map(([name, type]) => `${quotedText(name)}: ${quotedText(type)}`).join(", ");
  await engine.keep(
    "line",
    `SELECT * FROM read_csv(${pathLiteral(path)}, columns = {${columns}}, header = false, auto_detect = false, delim = ',', quote = '"', ` +
      `escape = '"', nullstr = ${quotedText(NULL)}, allow_quoted_nulls = false, timestampformat = '%Y-%m-%d %H:%M:%S.%g')`,
  );
  await requireTrustworthy(engine, 0, {
    format,
    name: remote.source,
    header,
    firstFault: async () => {
      const found: RemoteRow[] = [];
      await remote.select(remoteFault(family, table), [], (some) => found.push(...some));
      const [file, row, fault, value] = found[0] ?? [];
      return faultText({
        family,
        header,
        file: file ?? remote.source,
        row: row ?? null,
        fault: String(fault),
        value: value ?? null,
      });
    },
  });
  const matched = matchColumns(family, header);
  return {
    periods: await tablePeriods(engine, remote, remoteUsage(family, table)),
    delivery: { billingPeriod: "", version: "", files: [], supersedes: 0, unlisted: [] },
    formats: [format],
    inputs: [{ path: remote.source, sha256, rows }],
    missingColumns: columnsOf(family).filter((name) => !matched.has(name)),
  };
}

/** Both usages, SageMaker's and any service's, of each billing period of the table. */
async function tablePeriods(
  engine: QueryEngine,
  remote: RemoteEngine,
  usage: string | null,
): Promise<PeriodUsage[]> {
  const periods = await periodUsage(engine, 0, { billingPeriod: "" }, [], false);
  if (usage === null) return periods;
  await remote.select(usage, [], (rows) => {
    for (const [billingPeriod, first, last, others] of rows) {
      const any = first === null ? null : { from: Number(first), to: Number(last) + 1 };
      const known = periods.find((period) => period.billingPeriod === billingPeriod);
      const told = { any, hasOthers: Number(others) > 0 };
      if (known) Object.assign(known, told);
      else periods.push({ billingPeriod: String(billingPeriod), sageMaker: null, ...told });
    }
  });
  return periods;
}

/**
 * The rows as a file. Their checksum is the sum of each row's own, modulo 2²⁵⁶: an engine hands them over in any order,
 * and the same rows are the same input.
 */
async function written(
  path: string,
  select: (onRows: (rows: RemoteRow[]) => void) => Promise<void>,
): Promise<{ rows: number; sha256: string }> {
  const file = openSync(path, "w");
  let rows = 0;
  let sum = 0n;
  try {
    await select((some) => {
      const lines = some.map((row) => `${row.map(cell).join(",")}\n`);
      writeSync(file, lines.join(""));
      for (const line of lines) sum += BigInt(`0x${createHash("sha256").update(line).digest("hex")}`);
      rows += some.reduce((count, row) => count + Number(row[ROW_COUNT] ?? 0), 0);
    });
  } finally {
    closeSync(file);
  }
  return { rows, sha256: BigInt.asUintN(256, sum).toString(16).padStart(64, "0") };
}

const cell = (value: string | null): string =>
  value === null ? NULL : `"${String(value).replaceAll('"', '""')}"`;

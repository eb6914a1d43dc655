import type { QueryEngine } from "../engine/query-engine.ts";
import { SageplanError } from "../domain/error.ts";
import { FAMILY, matchColumns, type ExportFormat } from "./columns.ts";
import { exportSelect, type Source } from "./source.ts";
import { sqlFile } from "./sql-file.ts";

/**
 * Rows that can't be trusted stop the work: a wrong number that is skipped is a wrong sum.
 * @throws SageplanError `bad-value` naming file, row, column and value of the first
 */
export async function requireUnfaulted(
  engine: QueryEngine,
  delivery: number,
  format: ExportFormat,
  source: Source,
): Promise<void> {
  const [counted] = await engine.rows(
    "SELECT CAST(COALESCE(SUM(fault_count), 0) AS INTEGER) AS faults FROM line WHERE delivery = ?",
    [delivery],
  );
  const faults = Number(counted?.faults);
  if (faults === 0) return;
  const numbered: Source = source.kind === "parquet" ? { ...source, numbered: true } : source;
  await engine.view("export", exportSelect(FAMILY[format], numbered));
  await engine.view("charge", sqlFile(FAMILY[format]));
  const [first] = await engine.rows(sqlFile("faults"));
  const canonical = String(first?.fault);
  const header = source.kind === "csv" ? source.header : source.columns.map(({ name }) => name);
  const column = matchColumns(FAMILY[format], header).get(canonical) ?? canonical;
  const value = first?.fault_value === null ? "nothing" : `"${String(first?.fault_value)}"`;
  const row = first?.source_row === null ? "" : `, row ${first?.source_row}`;
  const file = String(first?.source_file);
  const exported = source.kind === "csv" ? source.exports[source.paths.indexOf(file)] : file;
  throw new SageplanError(
    "bad-value",
    `${exported}${row}, column ${column}: found ${value}, expected ${EXPECTED[canonical] ?? "a number that is not negative"}` +
      `${faults > 1 ? ` (${faults} rows of this delivery can't be trusted)` : ""}. ` +
      "Download the export again; if AWS delivers it so, leave the file out and report it.",
  );
}

const EXPECTED: Record<string, string> = {
  line_item_line_item_type: "a line item type",
  line_item_usage_start_date: "a date such as 2026-10-01T00:00:00Z",
  line_item_usage_end_date: "a date such as 2026-10-01T01:00:00Z",
  charge_category: "a charge category",
  charge_period_start: "a date such as 2026-10-01 00:00:00",
  charge_period_end: "a date such as 2026-10-01 01:00:00",
  usage_hour: "the start of an hour such as 2026-10-01T00:00:00Z",
  usage_type: "a usage type such as USE1-Host:ml.m5.xlarge",
  sku_meter: "a usage type in x_UsageType or SkuMeter",
  covered_on_demand_usd: "a number between 0 and on_demand_usd",
};

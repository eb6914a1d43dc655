import type { QueryEngine } from "../../engine/query-engine.ts";
import { SageplanError } from "../../domain/error.ts";
import { FAMILY, descriptorOf, matchColumns, rowsSql, type Family } from "./formats.ts";
import type { ExportFormat } from "../../domain/billing.ts";
import { exportSelect, headerOf, type Source } from "./export-select.ts";
import { sqlFile } from "../files/sql-file.ts";

/** Where what was read came from. */
interface Origin {
  format: ExportFormat;
  /** The first file, or the table. */
  name: string;
  header: readonly string[];
  /** Where the first row stands that can't be trusted, and what is wrong with it. */
  firstFault: () => Promise<string>;
}

/**
 * What was read of a delivery so far must be usable: its SageMaker rows have their columns, and every value is sound. A
 * wrong number that is skipped is a wrong sum, so the first one stops the work.
 * @throws SageplanError `missing-column`; `bad-value` naming file, row, column and value
 */
export async function requireTrustworthy(
  engine: QueryEngine,
  delivery: number,
  origin: Origin,
): Promise<void> {
  const [counts] = await engine.rows(sqlFile("delivery_counts"), [delivery]);
  const { identifying, required, forCoveredUsage, forFees } = descriptorOf(FAMILY[origin.format]);
  requireIdentified(origin, identifying);
  requireColumns(origin, [
    ...(Number(counts?.lines) > 0 ? required : []),
    ...(Number(counts?.covered_lines) > 0 ? forCoveredUsage : []),
    ...(Number(counts?.fee_lines) > 0 ? forFees : []),
  ]);
  const faults = Number(counts?.faults);
  if (faults === 0) return;
  throw new SageplanError(
    "bad-value",
    `${await origin.firstFault()}` +
      `${faults > 1 ? ` (${faults} rows of this delivery can't be trusted)` : ""}. ` +
      "Take the export as AWS delivered it: another program may have saved it anew. If AWS delivers it so, report it.",
  );
}

/** The same of files. */
export const originOf = (engine: QueryEngine, format: ExportFormat, source: Source): Origin => ({
  format,
  name: (source.kind === "csv" ? source.exports[0] : source.paths[0]) ?? "",
  header: headerOf(source),
  firstFault: () => firstFault(engine, FAMILY[format], source),
});

/** Without them no row would be SageMaker's, whatever it bills. */
function requireIdentified({ format, name, header }: Origin, identifying: readonly string[]): void {
  const matched = matchColumns(FAMILY[format], header);
  if (identifying.length === 0 || identifying.some((column) => matched.has(column))) return;
  throw new SageplanError(
    "missing-column",
    `${name} (${format}) lacks the column ${identifying.join(" or ")}, which says which service each row is of. Export it again with it selected.`,
  );
}

function requireColumns({ format, name, header }: Origin, needed: readonly string[]): void {
  const matched = matchColumns(FAMILY[format], header);
  const missing = [...new Set(needed)].filter((column) => !matched.has(column));
  if (missing.length === 0) return;
  const [columns, them] = missing.length > 1 ? ["the columns", "them"] : ["the column", "it"];
  throw new SageplanError(
    "missing-column",
    `${name} (${format}) lacks ${columns} ${missing.join(", ")}, which its SageMaker rows need. Export it again with ${them} selected.`,
  );
}

/** The relation `charge` again, its rows with the file and the row that they come from. */
export async function viewNumbered(engine: QueryEngine, family: Family, source: Source): Promise<void> {
  const numbered: Source =
    source.kind === "parquet" ? { ...source, numbered: true } : { ...source, showsWords: true };
  await engine.view("export", exportSelect(family, numbered));
  await engine.view("charge", rowsSql(family));
}

/**
 * Where the first row stands that can't be trusted, what is in it and what should be: `a.csv, row 4, column x: found…`.
 */
export async function firstFault(engine: QueryEngine, family: Family, source: Source): Promise<string> {
  await viewNumbered(engine, family, source);
  const [first] = await engine.rows(sqlFile("faults"));
  const file = String(first?.source_file);
  const text = (cell: unknown): string | null => (cell === null || cell === undefined ? null : String(cell));
  return faultText({
    family,
    header: headerOf(source),
    file: (source.kind === "csv" ? source.exports[source.paths.indexOf(file)] : file) ?? file,
    row: text(first?.source_row),
    fault: String(first?.fault),
    value: text(first?.fault_value),
  });
}

interface Fault {
  family: Family;
  header: readonly string[];
  file: string;
  row: string | null;
  /** The canonical column. */
  fault: string;
  value: string | null;
}

export function faultText({ family, header, file, row, fault, value }: Fault): string {
  const column = matchColumns(family, header).get(fault) ?? fault;
  const found = value === null ? "nothing" : `"${value}"`;
  const isUnworth = NEEDED_OF_COVERED.has(fault) && Number(value) === 0;
  const expected = isUnworth ? WORTH : (descriptorOf(family).expected[fault] ?? expectedNumber(value));
  return `${file}${row === null ? "" : `, row ${row}`}, column ${column}: found ${found}, expected ${expected}`;
}

/** `OF_ONE_ROW` of `export-select.ts`. */
const MOST_OF_ONE_ROW = 1e15;

const NOT_BELOW_ZERO =
  "a number that is not negative (a correction has neither hours nor dollars above zero)";

/** What is wrong with a number is in most cases how a spreadsheet writes it. */
function expectedNumber(value: string | null): string {
  const text = value?.trim() ?? "";
  if (/^[-(]?\s*[$€£¥]|[$€£¥]\s*\)?$/.test(text)) return "a number such as 3030.00, without a currency sign";
  if (/^-?\d{1,3}(?:[,'’ \u00a0\u202f]\d{3})+(?:\.\d+)?$/.test(text))
    return "a number such as 3030.00, without thousands separators";
  if (/^-?[\d.]+,\d+$/.test(text)) return "a number such as 3030.00, with a point before its decimals";
  const isHuge = Number.isFinite(Number(value)) && Math.abs(Number(value)) >= MOST_OF_ONE_ROW;
  return isHuge ? "a number below a million billions" : NOT_BELOW_ZERO;
}

/** Zero or nothing here is refused of covered usage only, whose hours are not told either. */
const NEEDED_OF_COVERED = new Set([
  "pricing_public_on_demand_cost",
  "list_cost",
  "unblended_cost",
  "covered_on_demand_usd",
]);
const WORTH = "the On-Demand value of usage that a plan covers (its hours are not told either)";

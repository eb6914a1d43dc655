/**
 * The one place that makes SQL text: a SELECT that gives an export's columns their canonical names, absent ones as NULL,
 * everything as text (doubles in their shortest spelling, so that 5.52 is 5.52 in every format). Names come from the
 * file's header and are quoted; paths are quoted literals because DuckDB's table functions in a view take no parameters.
 */
import { quotedName, quotedText } from "../engine/duckdb.ts";
import { COLUMNS, matchColumns, type Family } from "./columns.ts";
import type { ParquetColumn } from "./parquet-schema.ts";

/** Columns whose cells are maps from text to text. */
const MAP_COLUMNS = new Set(["product"]);

export interface CsvSource {
  kind: "csv";
  /** Files that hold the lines: kept lines led by their row number, or whole exports. */
  paths: readonly string[];
  /** The exports that they come from, in the same order. */
  exports: readonly string[];
  header: readonly string[];
  /** True for kept lines: no header line, and a leading row number. */
  numbered: boolean;
}

export interface ParquetSource {
  kind: "parquet";
  paths: readonly string[];
  columns: readonly ParquetColumn[];
  /** Also tells which row of which file a row is: for looking up a fault. */
  numbered: boolean;
}

export type Source = CsvSource | ParquetSource;

/** The export's columns as it spells them. */
export const headerOf = (source: Source): readonly string[] =>
  source.kind === "csv" ? source.header : source.columns.map(({ name }) => name);

const ROW_COLUMN = "sageplan row";

/** The text of the SELECT behind the relation `export`. */
export function exportSelect(family: Family, source: Source): string {
  const matched = matchColumns(family, headerOf(source));
  const { required, forCoveredUsage, optional } = COLUMNS[family];
  // A map costs a scan of its own; the region code column says the same.
  if (matched.has("product_region_code")) matched.delete("product");
  const columns = [...required, ...forCoveredUsage, ...optional].map((canonical) => {
    const actual = matched.get(canonical);
    const type = MAP_COLUMNS.has(canonical) ? "MAP(VARCHAR, VARCHAR)" : "VARCHAR";
    if (actual === undefined) return `CAST(NULL AS ${type}) AS ${canonical}`;
    return `${textOf(actual, canonical, source)} AS ${canonical}`;
  });
  return `SELECT ${[...origin(source), ...columns].join(", ")} FROM ${scan(source)}`;
}

function textOf(actual: string, canonical: string, source: Source): string {
  const name = quotedName(actual);
  if (source.kind === "csv") {
    return MAP_COLUMNS.has(canonical) ? `CAST(TRY_CAST(${name} AS JSON) AS MAP(VARCHAR, VARCHAR))` : name;
  }
  const { type } = source.columns.find((column) => column.name === actual)!;
  if (MAP_COLUMNS.has(canonical)) {
    return type === "MAP" ? name : `CAST(TRY_CAST(${name} AS JSON) AS MAP(VARCHAR, VARCHAR))`;
  }
  return type === "VARCHAR" ? name : `CAST(${name} AS VARCHAR)`;
}

function origin(source: Source): string[] {
  const row =
    source.kind === "csv"
      ? source.numbered && `CAST(${quotedName(ROW_COLUMN)} AS INTEGER)`
      : source.numbered && "CAST(file_row_number + 1 AS INTEGER)";
  const file = source.kind === "csv" || source.numbered ? "filename" : "CAST(NULL AS VARCHAR)";
  return [`${file} AS source_file`, `${row || "CAST(NULL AS INTEGER)"} AS source_row`];
}

function scan(source: Source): string {
  if (source.kind === "parquet") {
    const list = source.paths.map(quotedText).join(", ");
    return `read_parquet([${list}]${source.numbered ? ", filename = true, file_row_number = true" : ""})`;
  }
  const names = source.numbered ? [ROW_COLUMN, ...source.header] : source.header;
  const columns = names.map((name) => `${quotedText(name)}: 'VARCHAR'`).join(", ");
  return (
    `read_csv([${source.paths.map(quotedText).join(", ")}], columns = {${columns}}, header = ${!source.numbered}, ` +
    `filename = true, auto_detect = false, ` +
    `delim = ',', quote = '"', escape = '"', nullstr = ['', 'NULL'], max_line_size = 16777216)`
  );
}

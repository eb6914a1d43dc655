/**
 * The one place that makes SQL text: a SELECT that gives an export's columns their canonical names and types, absent
 * ones as NULL. Names come from the file's header and are quoted; paths are quoted literals because table functions in
 * a view take no parameters.
 *
 * Money must be the same in every spelling. Text becomes DECIMAL digit by digit. A double below 2,000 times 10¹² is off
 * by less than half, so casting it gives the decimal that it was printed from; a larger one goes through its shortest
 * text, as does every FLOAT: DuckDB 1.5.6 multiplies those as floats and makes 0.75 a decimal of 0.750000004096.
 */
import { pathLiteral, quotedName, quotedText } from "../../engine/duckdb.ts";
import {
  descriptorOf,
  columnsOf,
  foldedName,
  kindOf,
  matchColumns,
  type ColumnKind,
  type Family,
} from "./formats.ts";
import type { ParquetColumn } from "./parquet-schema.ts";

export interface CsvSource {
  kind: "csv";
  /** Files that hold the lines: kept lines led by their row number, or whole exports. */
  paths: readonly string[];
  /** The exports that they come from, in the same order. */
  exports: readonly string[];
  /** The exports as the engine reads them: themselves, or their text anew in UTF-8. */
  texts: readonly string[];
  /** Of `texts`, whatever their names say. */
  isGzip: boolean;
  header: readonly string[];
  /** True for kept lines: no header line, and a leading row number. */
  numbered: boolean;
  /** True where a fault is looked up: what stands there is shown, though it be a word for nothing. */
  showsWords?: boolean;
  /** True where lines of other services are read, which nobody judges. */
  skipsBadLines?: boolean;
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
  // A map costs a scan of its own; the region code column says the same.
  if (matched.has("product_region_code")) matched.delete("product");
  const columns = columnsOf(family).flatMap((canonical) => {
    const actual = matched.get(canonical);
    const type = actual === undefined ? "VARCHAR" : typeOf(actual, source);
    const raw = actual === undefined ? "CAST(NULL AS VARCHAR)" : rawOf(actual, source);
    const kind = kindOf(family, canonical);
    const typed = `${TYPED[kind](raw, type)} AS ${canonical}`;
    return kind === "amount" || kind === "time" ? [typed, `${raw} AS ${canonical}_raw`] : [typed];
  });
  const required = new Set(descriptorOf(family).required);
  const optional = [...matched].flatMap(([canonical, actual]) => (required.has(canonical) ? [] : [actual]));
  return `SELECT ${[...origin(source), ...columns].join(", ")} FROM ${withoutWords(optional, source)}`;
}

/**
 * Nothing where one of `NO_TEXT` stands in a column that may be empty; CSV's reader does that itself, unless a fault is looked up. A step of its
 * own: repeated wherever a column is used, it made planning the query three times as long.
 */
function withoutWords(optional: readonly string[], source: Source): string {
  if (source.kind === "csv" && !source.showsWords) return scan(source);
  const words = NO_TEXT.map(quotedText).join(", ");
  const cleaned = optional.flatMap((actual) => {
    const name = source.kind === "csv" ? positional(source.header.indexOf(actual)) : quotedName(actual);
    const type = typeOf(actual, source);
    if (type === "VARCHAR") return [`CASE WHEN ${name} NOT IN (${words}) THEN ${name} END AS ${name}`];
    return type === "DOUBLE" || type === "FLOAT"
      ? [`CASE WHEN NOT isnan(${name}) THEN ${name} END AS ${name}`]
      : [];
  });
  return cleaned.length === 0
    ? scan(source)
    : `(SELECT * REPLACE (${cleaned.join(", ")}) FROM ${scan(source)})`;
}

/** Where AWS gives each row an id, what tells two apart by it; else all columns do. */
const ROW_IDS = ["identitylineitemid", "identitytimeinterval"];
const BESIDE_IDS = [
  "line_item_line_item_type",
  "line_item_usage_account_id",
  "line_item_usage_type",
  "line_item_operation",
  "line_item_usage_amount",
  "line_item_unblended_cost",
];

const BILLED: Readonly<Partial<Record<Family, string>>> = {
  cur: "line_item_unblended_cost",
  focus: "billed_cost",
  normalized: "on_demand_usd",
};

/** Where a family states its currency. */
const CURRENCIES = ["line_item_currency_code", "billing_currency", "currency"];

/** SageMaker's rows with the file that they are from, each as a number that rows alike share: `part_row`. */
export function partRows(family: Family, source: Source): string {
  const matched = matchColumns(family, headerOf(source));
  const header = headerOf(source);
  const ids = header.filter((name) => ROW_IDS.includes(foldedName(name)));
  const names =
    ids.length === ROW_IDS.length
      ? [...ids, ...BESIDE_IDS.flatMap((canonical) => matched.get(canonical) ?? [])]
      : header;
  const key = names.map((name) =>
    source.kind === "csv" ? positional(header.indexOf(name)) : quotedName(name),
  );
  const column = (canonical: string): string =>
    matched.has(canonical)
      ? `CAST(${rawOf(matched.get(canonical)!, source)} AS VARCHAR)`
      : "CAST(NULL AS VARCHAR)";
  const isOurs =
    family === "normalized"
      ? "TRUE"
      : `regexp_matches(concat_ws(' ', ${["line_item_product_code", "x_service_code", "service_name"].map(column).join(", ")}), 'Maker|Learn')`;
  return (
    `SELECT filename AS source_file, hash(${key.join(", ")}) AS row_key, ${moneyOf(column(BILLED[family] ?? ""))} AS billed_usd, ` +
    `coalesce(${CURRENCIES.map(column).join(", ")}, '') AS currency ` +
    `FROM ${scan({ ...source, ...(source.kind === "parquet" && { numbered: true }) })} WHERE ${isOurs}`
  );
}

const typeOf = (actual: string, source: Source): string =>
  source.kind === "csv" ? "VARCHAR" : source.columns.find(({ name }) => name === actual)!.type;

/** What databases, pandas and Spark write where there is nothing. */
export const NO_TEXT: readonly string[] = ["NULL", String.raw`\N`, "nan", "NaN", "None"];

/** The column as it is, except that empty text is no text. In CSV the reader sees to that. */
function rawOf(actual: string, source: Source): string {
  if (source.kind === "csv") return positional(source.header.indexOf(actual));
  const name = quotedName(actual);
  return typeOf(actual, source) === "VARCHAR" ? `NULLIF(${name}, '')` : name;
}

/** CSV columns go by their place: headers of real bills repeat names that differ in case only. */
const positional = (n: number): string => `column_${n}`;

export const MONEY = "DECIMAL(38, 12)";
/** What one row may hold: below 10¹⁵ of anything, which no row of a bill reaches; so no sum of rows leaves MONEY. */
const OF_ONE_ROW = "DECIMAL(27, 12)";

export const moneyOf = (raw: string): string => `CAST(TRY_CAST(${raw} AS ${OF_ONE_ROW}) AS ${MONEY})`;

/**
 * Below a million and without an exponent a DECIMAL of 18 digits is digit by digit the same, and DuckDB 1.5.6 reads it
 * out of text ten times faster (measured). With an exponent it drops digits: `1.2468109279657717088e5` loses its last.
 */
const moneyOfText = (raw: string): string =>
  `CASE WHEN strpos(${raw}, '_') > 0 THEN NULL WHEN strpos(${raw}, 'e') + strpos(${raw}, 'E') > 0 THEN ${moneyOf(raw)} ` +
  `ELSE COALESCE(CAST(TRY_CAST(${raw} AS DECIMAL(18, 12)) AS ${MONEY}), ${moneyOf(raw)}) END`;

/** AWS's bills lie between these; a date outside is a mistake, and a span of millennia would not end. */
export const SANE = "BETWEEN TIMESTAMP '2006-01-01 00:00:00' AND TIMESTAMP '2100-01-01 00:00:00'";

/** An expression of a raw column and its DuckDB type → one of the kind's type; NULL where the value can't be read. */
const TYPED: Readonly<Record<ColumnKind, (raw: string, type: string) => string>> = {
  text: (raw, type) => (type === "VARCHAR" ? raw : `CAST(${raw} AS VARCHAR)`),
  amount: (raw, type) =>
    type === "DOUBLE"
      ? `CASE WHEN abs(${raw}) < 2000 THEN CAST(${raw} AS ${MONEY}) ELSE ${moneyOf(`CAST(${raw} AS VARCHAR)`)} END`
      : type === "FLOAT"
        ? moneyOf(`CAST(${raw} AS VARCHAR)`)
        : type === "VARCHAR"
          ? moneyOfText(raw)
          : moneyOf(raw),
  // With a zone or without: UTC where none is said. The session's zone is UTC.
  time: (raw, type) => {
    const isPlain = /^(?:TIMESTAMP(?:_\w+)?|DATE)$/.test(type);
    const time = isPlain ? `CAST(${raw} AS TIMESTAMP)` : `CAST(TRY_CAST(${raw} AS TIMESTAMPTZ) AS TIMESTAMP)`;
    return `CASE WHEN ${time} ${SANE} THEN ${time} END`;
  },
  map: (raw, type) =>
    type === "MAP(VARCHAR, VARCHAR)"
      ? raw
      : `TRY_CAST(TRY_CAST(CAST(${raw} AS VARCHAR) AS JSON) AS MAP(VARCHAR, VARCHAR))`,
};

function origin(source: Source): string[] {
  const row =
    source.kind === "csv"
      ? source.numbered && `CAST(${quotedName(ROW_COLUMN)} AS INTEGER)`
      : source.numbered && "CAST(file_row_number + 1 AS INTEGER)";
  const file = source.kind === "csv" || source.numbered ? "filename" : "CAST(NULL AS VARCHAR)";
  return [`${file} AS source_file`, `${row || "CAST(NULL AS INTEGER)"} AS source_row`];
}

/** A folder named KEY=VALUE would take the place of the file's own column KEY. */
const BY_CONTENT = "hive_partitioning = false";

function scan(source: Source): string {
  if (source.kind === "parquet") {
    const list = source.paths.map(pathLiteral).join(", ");
    return `read_parquet([${list}], ${BY_CONTENT}${source.numbered ? ", filename = true, file_row_number = true" : ""})`;
  }
  const places = source.header.map((_, n) => positional(n));
  const names = source.numbered ? [ROW_COLUMN, ...places] : places;
  const columns = names.map((name) => `${quotedText(name)}: 'VARCHAR'`).join(", ");
  return (
    `read_csv([${source.paths.map(pathLiteral).join(", ")}], columns = {${columns}}, header = ${!source.numbered}, ` +
    `${BY_CONTENT}, compression = '${source.isGzip && !source.numbered ? "gzip" : "none"}', filename = true, auto_detect = false, ` +
    `delim = ',', quote = '"', escape = '"', nullstr = [${["", ...(source.showsWords ? [] : NO_TEXT)].map(quotedText).join(", ")}]${source.skipsBadLines ? ", ignore_errors = true" : ""})`
  );
}

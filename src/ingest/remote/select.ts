/**
 * The SELECT that an engine elsewhere runs: the table's columns under their canonical names and types, then the very
 * SQL that files go through (`cur.sql` or `focus.sql`, then `lines.sql`), each relation the one before. What comes back
 * is `line`: SageMaker rows, summed over what no later question tells apart; everything after is done here.
 *
 * Trino's spelling, which is Athena's too. Money must be what DuckDB makes of it: a double below 2,000 is cast, which
 * rounds its binary expansion at 12 decimals; a larger one goes through its shortest text (see
 * `ingest/exports/export-select.ts`).
 */
import { remoteName, remoteText, type RemoteColumn } from "../../engine/remote-engine.ts";
import {
  anyUsageSql,
  columnsOf,
  descriptorOf,
  kindOf,
  matchColumns,
  rowsSql,
  type ColumnKind,
  type Family,
} from "../exports/formats.ts";
import { MONEY, moneyOf, NO_TEXT, SANE } from "../exports/export-select.ts";
import { sqlFile } from "../files/sql-file.ts";

export interface RemoteTable {
  table: string;
  columns: readonly RemoteColumn[];
  /** Only these billing periods, `2026-07`: the first and the last; null: no bound. */
  periods: { first: string | null; last: string | null };
}

/** `line` of the table. One `?`: the number of the delivery. */
export const remoteLines = (family: Family, table: RemoteTable): string =>
  chained(family, table, sqlFile("lines"));

/** The first row that can't be trusted. */
export const remoteFault = (family: Family, table: RemoteTable): string =>
  chained(family, table, sqlFile("faults"), '"$path"');

/**
 * The hours of usage of any service by billing period; null: the table holds SageMaker's alone.
 * Four columns are scanned.
 */
export function remoteUsage(family: Family, table: RemoteTable): string | null {
  const sql = anyUsageSql(family);
  return sql === null ? null : `WITH export AS (\n${remoteExport(family, table)}\n)\n${sql}`;
}

/** `last` reads `charge`, the rows in Cost and Usage Report words. */
export const chained = (family: Family, table: RemoteTable, last: string, path?: string): string =>
  `WITH export AS (\n${remoteExport(family, table, path)}\n),\ncharge AS (\n${rowsSql(family)}\n)\n${last}`;

function remoteExport(family: Family, { table, columns, periods }: RemoteTable, path?: string): string {
  const matched = matchColumns(
    family,
    columns.map(({ name }) => name),
  );
  if (matched.has("product_region_code")) matched.delete("product");
  const selected = columnsOf(family).flatMap((canonical) => {
    const actual = matched.get(canonical);
    const kind = kindOf(family, canonical);
    const type = columns.find(({ name }) => name === actual)?.type ?? "varchar";
    const isText = /^(?:var)?char/.test(type);
    const name = actual === undefined ? "CAST(NULL AS VARCHAR)" : remoteName(actual);
    const found = actual !== undefined && isText ? `NULLIF(${name}, '')` : name;
    const isOptional = actual !== undefined && !descriptorOf(family).required.includes(canonical);
    const raw = isOptional ? optionalOf(found, type) : found;
    const typed = `${TYPED[kind](raw, type)} AS ${canonical}`;
    return kind === "amount" || kind === "time" ? [typed, `${raw} AS ${canonical}_raw`] : [typed];
  });
  const origin = [`${path ?? "CAST(NULL AS VARCHAR)"} AS source_file`, "CAST(NULL AS INTEGER) AS source_row"];
  const bounds = boundsOf(columns, periods);
  return `SELECT\n  ${[...origin, ...selected].join(",\n  ")}\nFROM ${table}${bounds.length > 0 ? `\nWHERE ${bounds.join(" AND ")}` : ""}`;
}

/** Nothing where a word for it stands, as `withoutWords` of `exports/export-select.ts` has it. */
function optionalOf(found: string, type: string): string {
  if (/^(?:var)?char/.test(type))
    return `CASE WHEN ${found} NOT IN (${NO_TEXT.map(remoteText).join(", ")}) THEN ${found} END`;
  return /^(?:double|real)$/.test(type) ? `CASE WHEN NOT is_nan(${found}) THEN ${found} END` : found;
}

const TYPED: Readonly<Record<ColumnKind, (raw: string, type: string) => string>> = {
  text: (raw, type) => {
    if (/^(?:var)?char/.test(type)) return raw;
    return /^(?:map|array|row)/.test(type) ? `json_format(CAST(${raw} AS JSON))` : `CAST(${raw} AS VARCHAR)`;
  },
  amount: (raw, type) => {
    if (type === "double") {
      return `CASE WHEN abs(${raw}) < 2000 THEN CAST(${raw} AS ${MONEY}) ELSE ${moneyOf(`CAST(${raw} AS VARCHAR)`)} END`;
    }
    return moneyOf(type === "real" ? `CAST(${raw} AS VARCHAR)` : raw);
  },
  // With a zone or without: UTC where none is said. The session's zone is UTC.
  time: (raw, type) => {
    const time = /^(?:var)?char/.test(type)
      ? `CAST(COALESCE(TRY(from_iso8601_timestamp(${raw})), TRY_CAST(${raw} AS TIMESTAMP WITH TIME ZONE)) AT TIME ZONE 'UTC' AS TIMESTAMP)`
      : type.endsWith("with time zone")
        ? `CAST(${raw} AT TIME ZONE 'UTC' AS TIMESTAMP)`
        : `CAST(${raw} AS TIMESTAMP)`;
    return `CASE WHEN ${time} ${SANE} THEN ${time} END`;
  },
  map: (raw, type) =>
    /^map\(varchar, ?varchar\)$/.test(type)
      ? raw
      : `TRY_CAST(TRY(json_parse(CAST(${raw} AS VARCHAR))) AS MAP(VARCHAR, VARCHAR))`,
};

/** AWS lays data out by billing period: a bound on the partition reads, and costs, only those months. */
function boundsOf(columns: readonly RemoteColumn[], { first, last }: RemoteTable["periods"]): string[] {
  const named = (name: string): string | null => {
    const found = columns.find((column) => column.name.toLowerCase() === name);
    return found ? remoteName(found.name) : null;
  };
  const [period, year, month] = [named("billing_period"), named("year"), named("month")];
  const text =
    period !== null
      ? `CAST(${period} AS VARCHAR)`
      : year !== null && month !== null
        ? `CAST(${year} AS VARCHAR) || '-' || lpad(CAST(${month} AS VARCHAR), 2, '0')`
        : null;
  if (text === null) return [];
  return [
    ...(first === null ? [] : [`${text} >= ${remoteText(first)}`]),
    ...(last === null ? [] : [`${text} <= ${remoteText(last)}`]),
  ];
}

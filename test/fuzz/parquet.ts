/** Tables as parquet, and parquet of types that nobody exports. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import type { Table } from "./csv-text.ts";
import type { Dice } from "./dice.ts";

let opened: Promise<DuckDBConnection> | undefined;
const connection = (): Promise<DuckDBConnection> =>
  (opened ??= DuckDBInstance.create(":memory:", { threads: "1" }).then((instance) => instance.connect()));

const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Rows that parquet is made of: enough to be read, few enough to be written in milliseconds. */
const FEW = 12;

async function written(rows: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "sageplan-fuzz-parquet-"));
  const file = join(folder, "a.parquet");
  try {
    await (await connection()).run(`COPY (${rows}) TO ${literal(file)} (FORMAT parquet)`);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function select([header = [], ...rows]: Table, typed: (column: string, n: number) => string): string {
  const values = rows.slice(0, FEW).map((row) => `(${row.map(literal).join(", ")})`);
  const columns = header.map((column, n) => `${typed(`c${n}`, n)} AS ${name(column)}`);
  return `SELECT ${columns.join(", ")} FROM (VALUES ${values.join(", ")}) AS t(${header.map((_, n) => `c${n}`).join(", ")})`;
}

/** Money and times typed as AWS does, the rest text. */
function soundType(header: readonly string[]): (column: string, n: number) => string {
  return (column, n) => {
    const type = /cost$|amount|usd$|_hours$|Cost$|Quantity$/i.test(header[n]!)
      ? "DOUBLE"
      : /(_|Usage)(start|end)_?date$|^ChargePeriod|^usage_hour$/i.test(header[n]!)
        ? "TIMESTAMP"
        : "VARCHAR";
    return `TRY_CAST(${column} AS ${type})`;
  };
}

const sound = new Map<Table, Promise<Buffer>>();

export function parquetOf(table: Table): Promise<Buffer> {
  const made = sound.get(table) ?? written(select(table, soundType(table[0]!)));
  sound.set(table, made);
  return made;
}

const ODD_TYPES: readonly ((column: string) => string)[] = [
  (column) => `TRY_CAST(${column} AS BLOB)`,
  (column) => `TRY_CAST(${column} AS BOOLEAN)`,
  (column) => `TRY_CAST(${column} AS HUGEINT)`,
  (column) => `TRY_CAST(${column} AS FLOAT)`,
  (column) => `TRY_CAST(${column} AS DATE)`,
  (column) => `TRY_CAST(${column} AS TIME)`,
  (column) => `TRY_CAST(${column} AS TIMESTAMP_NS)`,
  (column) => `TRY_CAST(${column} AS TIMESTAMPTZ)`,
  (column) => `TRY_CAST(${column} AS DECIMAL(38, 2))`,
  (column) => `TRY_CAST(${column} AS DECIMAL(38, 30))`,
  (column) => `TRY_CAST(${column} AS TINYINT)`,
  (column) => `[${column}]`,
  (column) => `[[${column}]]`,
  (column) => `{'a': ${column}}`,
  (column) => `MAP {${column}: 1}`,
  (column) => `MAP {'region': [${column}]}`,
  () => "NULL",
  () => "CAST('NaN' AS DOUBLE)",
  () => "CAST('Infinity' AS DOUBLE)",
  () => "CAST('-Infinity' AS FLOAT)",
  () => "1e300",
  () => "INTERVAL 1 DAY",
  () => "CAST('0f8fad5b-d9cb-469f-a165-70867728950e' AS UUID)",
  () => "CAST('infinity' AS TIMESTAMP)",
  () => "CAST('290000-01-01' AS TIMESTAMP)",
  () => "CAST('infinity' AS DATE)",
  () => "CAST('a' AS ENUM ('a', 'b'))",
  () => "'\u001b[2J'",
];

/** One to three columns of another type; those that matter are hit more often than the many that nobody reads. */
export function oddTypes(table: Table, dice: Dice): Promise<Buffer> {
  const header = table[0]!;
  const typed = soundType(header);
  const weighty = [...header.keys()].filter(
    (n) => !typed("x", n).includes("VARCHAR") || /type|code|account|product|region/i.test(header[n]!),
  );
  const odd = new Map<number, (column: string) => string>();
  for (let left = dice.below(3); left >= 0; left -= 1) odd.set(dice.pick(weighty), dice.pick(ODD_TYPES));
  return written(select(table, (column, n) => odd.get(n)?.(column) ?? typed(column, n)));
}

/** Two parts of one delivery whose columns are typed, ordered or missing otherwise. */
export async function unlikeParts(table: Table, dice: Dice): Promise<Record<string, Buffer>> {
  const order = dice.shuffled([...table[0]!.keys()]).slice(dice.below(3));
  const other = table.map((row) => order.map((n) => row[n]!));
  return {
    "a-1.parquet": await parquetOf(table),
    "a-2.parquet": await (dice.below(2) === 0
      ? oddTypes(other, dice)
      : written(select(other, soundType(other[0]!)))),
  };
}

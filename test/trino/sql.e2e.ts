/** Every SQL file, on Trino and on DuckDB over the same rows: the same answers, row for row. */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { StoreEngine } from "../../src/engine/query-engine.ts";
import { remoteName, remoteText } from "../../src/engine/remote-engine.ts";
import { anyUsageSql, COST_EXPLORER_COLUMNS, type Family } from "../../src/ingest/exports/formats.ts";
import { numberItems, usageSpan } from "../../src/ingest/exports/hourly-spend.ts";
import { readParquetSchemas } from "../../src/ingest/exports/parquet-schema.ts";
import { chained } from "../../src/ingest/remote/select.ts";
import { exportSelect } from "../../src/ingest/exports/export-select.ts";
import { sqlFile } from "../../src/ingest/files/sql-file.ts";
import { scratchFolder } from "../ingest/small-exports.ts";
import { register } from "./hive.ts";
import { startTrino, type Trino } from "./trino-server.ts";

const FILES = readdirSync("src/ingest/sql").map((name) => name.replace(".sql", ""));
const asked = new Set<string>();
/** What is asked of a bill. */
const QUESTIONS = 34;

let trino: Trino;
beforeAll(async () => {
  trino = await startTrino();
}, 600_000);
afterAll(() => trino?.stop());

/** A cell as both engines would spell it. */
const spelled = (cell: unknown): string => {
  if (cell === null) return "NULL";
  const text = String(cell);
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.0+)?$/.test(text)) return text.slice(0, 19);
  // A double; decimals have all their digits in both.
  if (/^-?[\d.]+(?:E-?\d+)?$/i.test(text) && !/^-?\d+\.\d{12}$/.test(text)) return String(Number(text));
  return text;
};

const sorted = (rows: readonly (readonly unknown[])[]): string[] =>
  rows.map((row) => row.map(spelled).join(" | ")).sort();

/** The text of a file without its comments, which hold question marks of their own. */
const statement = (name: string, values: readonly (number | string)[]): string => {
  let n = 0;
  return sqlFile(name)
    .replaceAll(/^--.*$/gm, "")
    .replaceAll("?", () => {
      const value = values[n++]!;
      return typeof value === "string" ? remoteText(value) : String(value);
    });
};

/** One bill in both engines, and what reads it. */
class Bill {
  readonly duck: StoreEngine;
  readonly schema: string;
  count = 0;
  constructor(duck: StoreEngine, schema: string) {
    this.duck = duck;
    this.schema = schema;
  }

  /** Keeps a relation in both. */
  async keep(name: string, here: string, there = here): Promise<void> {
    await this.duck.keep(name, here);
    await trino.execute(`CREATE TABLE ${name} AS ${there}`, this.schema);
  }

  async keepTexts(name: string, columns: Readonly<Record<string, readonly string[]>>): Promise<void> {
    const names = Object.keys(columns);
    const rows = Object.values(columns)[0]!.map(
      (_, n) => `(${names.map((each) => `CAST(${remoteText(columns[each]![n]!)} AS VARCHAR)`).join(", ")})`,
    );
    const listed = `SELECT * FROM (VALUES ${rows.join(", ")}) AS listed (${names.join(", ")})`;
    await trino.execute(`CREATE TABLE ${name} AS ${listed}`, this.schema);
  }

  /** The same rows from both; returns them, sorted. */
  async same(name: string, values: readonly (number | string)[] = []): Promise<string[]> {
    asked.add(name);
    this.count += 1;
    const sql = statement(name, values);
    const ours = await this.duck.rows(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (${sql})`);
    const described = await this.duck.rows(`DESCRIBE ${sql}`);
    const columns = described.map((row) => `CAST(${remoteName(String(row["column_name"]))} AS VARCHAR)`);
    const theirs = await trino.execute(`SELECT ${columns.join(", ")} FROM (${sql})`, this.schema);
    const wanted = sorted(ours.map((row) => Object.values(row)));
    const found = sorted(theirs);
    const n = wanted.findIndex((row, k) => row !== found[k]);
    if (n >= 0 || found.length !== wanted.length)
      throw new Error(`${name}: ${found.length} rows, not ${wanted.length}; ${found[n]}, not ${wanted[n]}`);
    return wanted;
  }
}

async function billOf(schema: string, family: Family, files: readonly string[]): Promise<Bill> {
  const duck = await openDuckDb({ memory: "1GB" });
  const paths = files.map((path) => resolve(path));
  const [described] = await readParquetSchemas(
    duck,
    paths.map((path) => ({ path, kind: "parquet" as const, bytes: 0 })),
  );
  const source = { kind: "parquet", paths, columns: described!.columns, numbered: false } as const;
  await duck.view("export", exportSelect(family, source));
  await duck.view("charge", sqlFile(family));
  await trino.execute(`CREATE SCHEMA hive.${schema}`);
  await register(trino, [schema, "bill"], files);
  const columns = await trino.execute(
    `SELECT column_name, data_type FROM hive.information_schema.columns WHERE table_schema = '${schema}' AND table_name = 'bill'`,
  );
  const table = {
    table: `hive.${schema}.bill`,
    columns: columns.map(([name, type]) => ({ name: String(name), type: String(type) })),
    periods: { first: null, last: null },
  };
  asked.add(family);
  await trino.execute(`CREATE TABLE charge AS ${chained(family, table, "SELECT * FROM charge")}`, schema);
  const bill = new Bill(duck, schema);
  if (anyUsageSql(family) !== null) {
    await trino.execute(`CREATE TABLE export AS ${chained(family, table, "SELECT * FROM export")}`, schema);
    if ((await bill.same(`any_usage_${family}`)).length === 0)
      throw new Error(`any_usage_${family}: no rows to compare`);
    bill.count = 0;
  }
  return bill;
}

/** All that ingest asks of a bill; returns how many questions. */
async function questionsAbout(bill: Bill): Promise<number> {
  const { duck } = bill;
  await bill.same("lines", [0]);
  await bill.keep("line", statement("lines", [0]));
  await bill.same("faults");
  for (const name of ["unpriced", "seen_prices", "plan_refunds"]) await bill.same(name);
  const rates = {
    usage_type: ["USE1-Host:ml.m5.xlarge"],
    operation: ["RunInstance"],
    usd_per_hour: ["0.23000000"],
  };
  await duck.keepTexts("unpriced_rate", rates);
  await bill.keepTexts("unpriced_rate", rates);
  await bill.same("priced_lines");
  await bill.keep("priced_line", statement("priced_lines", []));
  await bill.same("corrections");
  await bill.same("netted_lines");
  await bill.keep("netted_line", statement("netted_lines", []));
  await bill.same("overcorrected");
  await bill.same("billed_at_zero");
  await bill.keep(
    "part_row",
    "SELECT CASE WHEN billed_usd > 1 THEN 'a' ELSE 'b' END AS source_file, usage_type AS row_key, billed_usd, 'USD' AS currency FROM charge",
  );
  await bill.same("part_twins");
  await bill.same("part_sizes");
  for (const name of [
    "totals",
    "usage_span",
    "export_total",
    "delivery_spans",
    "negations",
    "observed_rates",
    "plan_hours",
  ])
    await bill.same(name);
  const span = (await usageSpan(duck))!;
  await bill.same("classes", [span.to - 1]);
  await bill.same("delivery_counts", [0]);
  await bill.same("delivery_usage", [0]);
  await bill.same("plan_use", [span.from, span.to]);
  const plans = await duck.rows("SELECT DISTINCT plan_arn FROM line WHERE plan_arn <> ''");
  const known = { plan_arn: ["", ...plans.map((row) => String(row["plan_arn"]))] };
  await duck.keepTexts("known_plan", known);
  await bill.keepTexts("known_plan", known);
  await bill.same("items");
  await numberItems(duck);
  await trino.execute(`CREATE TABLE item AS ${statement("items", [])}`, bill.schema);
  await bill.same("item_list");
  await bill.same("hourly_spend");
  await bill.keep("hourly_spend", statement("hourly_spend", []));
  await bill.same("hourly_spend_doubles");
  await bill.same("hourly_entries");
  const parts = await duck.rows("SELECT item, region, component, instance_type FROM part");
  const names = ["item", "region", "component", "instance_type"];
  await bill.keepTexts(
    "part",
    Object.fromEntries(names.map((name) => [name, parts.map((row) => String(row[name]))])),
  );
  await bill.same("normalized_table");
  await bill.keep("normalized_table", statement("normalized_table", []));
  await bill.same("normalized_in_currency");
  await bill.same("resource_hours");
  await bill.keep("resource_hour", statement("resource_hours", []));
  await bill.same("resources");
  await bill.keep("resource", statement("resources", []));
  await bill.same("resource_list");
  await bill.same("resource_hours_doubles");
  await duck.close();
  return bill.count;
}

/** Writes a SELECT as parquet. */
async function parquetOf(select: string): Promise<string> {
  const file = join(scratchFolder(), "a.parquet");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (${select}) TO '${file}' (FORMAT parquet)`);
  return file;
}

describe("on Trino what it gives on DuckDB", () => {
  test("CUR 2.0, typed, with maps", async () => {
    const period = "fixtures/ml-company/cur2-parquet/acme-cur2/data/BILLING_PERIOD=2026-10";
    const newest = join(period, readdirSync(period).toSorted().at(-1)!);
    const files = readdirSync(newest).map((name) => join(newest, name));
    expect(await questionsAbout(await billOf("cur2", "cur", files))).toBe(QUESTIONS);
  });

  test("legacy CUR, all text, times within the hour", async () => {
    const folder =
      "fixtures/ml-company/legacy-cur/acme-cur/20261001-20261101/1f7e9c02-48ab-4d13-b6e5-90c7d2a3f816";
    const read = `read_csv('${folder}/*.csv.gz', all_varchar = true)`;
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const header = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${read}`))
      .getRows()
      .map(([name]) => String(name));
    const snake = (name: string): string =>
      name
        .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
        .replaceAll(/[^A-Za-z0-9]+/g, "_")
        .toLowerCase();
    const columns = header.map((name) =>
      name === "lineItem/UsageEndDate"
        ? `replace("${name}", ':00:00Z', ':59:30Z') AS ${snake(name)}`
        : `"${name}" AS "${snake(name)}"`,
    );
    expect(
      await questionsAbout(
        await billOf("legacy", "cur", [await parquetOf(`SELECT ${columns.join(", ")} FROM ${read}`)]),
      ),
    ).toBe(QUESTIONS);
  });

  test("FOCUS", async () => {
    const file =
      "fixtures/ml-company/focus-1.2/acme-focus12/data/billing_period=2026-10/acme-focus12-00001.snappy.parquet";
    expect(await questionsAbout(await billOf("focus", "focus", [file]))).toBe(QUESTIONS);
  });

  test("the normalized table, and Cost Explorer's amounts", async () => {
    const normalized =
      "SELECT '2026-10-01T0' || (n % 10) || ':00:00Z' AS usage_hour, '1' AS account_id, 'us-east-1' AS region, 'Host' AS component, " +
      "'ml.m5.xlarge' AS instance_type, 'USE1-Host:ml.m5.xlarge' AS usage_type, 'RunInstance' AS operation, '1.5' AS usage_hours, " +
      "'0.345' AS on_demand_usd, CASE WHEN n % 3 = 0 THEN '0.1' END AS covered_on_demand_usd, CASE WHEN n % 3 = 0 THEN '0.07' END AS covered_savings_plan_usd FROM range(40) AS r (n)";
    expect(
      await questionsAbout(await billOf("normalized", "normalized", [await parquetOf(normalized)])),
    ).toBe(QUESTIONS);
    const told: Record<string, string> = {
      period_start: "'2026-10-01T0' || (n % 9) || ':00:00Z'",
      period_end: "'2026-10-01T0' || (n % 9 + 1) || ':00:00Z'",
      usage_type: "CASE WHEN n % 7 = 0 THEN 'SageMakerSP:1yrNoUpfront' ELSE 'USE1-Host:ml.m5.xlarge' END",
      unblended_cost: "'0.23'",
      usage_quantity: "'1'",
      currency: "'USD'",
    };
    const columns = COST_EXPLORER_COLUMNS.map((name) => `${told[name] ?? "''"} AS ${name}`);
    const asCostExplorer = await parquetOf(`SELECT ${columns.join(", ")} FROM range(40) AS r (n)`);
    expect(await questionsAbout(await billOf("told", "cost_explorer", [asCostExplorer]))).toBe(QUESTIONS);
  });

  test("a user's own scenarios", async () => {
    const file = await parquetOf(
      "SELECT * FROM read_csv('fixtures/ml-company/futures.csv.gz', all_varchar = true)",
    );
    const bill = await billOf("futures", "futures", [file]);
    const { duck } = bill;
    await bill.same("futures_lines");
    await bill.keep("line", statement("futures_lines", []));
    const scenarios = await bill.same("futures_scenarios");
    expect(scenarios).toHaveLength(5);
    const names = (await duck.rows(sqlFile("futures_scenarios"))).map((row) => String(row["scenario"]));
    await bill.same("futures_probabilities", [names[0]!]);
    await bill.same("futures_row_of_hour", [497_000]);
    await numberItems(duck);
    await trino.execute(`CREATE TABLE item AS ${statement("items", [])}`, bill.schema);
    const future = { scenario: names, number: names.map((_, n) => String(n)) };
    await duck.keepTexts("future", future);
    await bill.keepTexts("future", future);
    await bill.same("futures_spend");
    await duck.close();
  });

  test("no file was left out", () => {
    expect(FILES.filter((name) => !asked.has(name))).toEqual([]);
  });
});

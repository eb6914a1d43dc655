/** Input that can't be trusted: the message names file, column and row, says what to do; exit code 3; nothing is written. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { csvOf, folderWith, hourOf, scratchFolder, type CurRow } from "../ingest/small-exports.ts";
import { warm } from "./call.ts";
import { sageplan } from "./sageplan.ts";

const hours = (count: number, row: CurRow = {}): CurRow[] =>
  Array.from({ length: count }, (_, n) => ({ ...hourOf(n), ...row }));

/** `recommend` with every output asked for: none of them may appear. */
async function refused(exports: string[], extra: string[] = [], ask = warm) {
  const out = scratchFolder();
  const csv = join(out, "csv");
  const { code, stdout, stderr } = await ask(["recommend", ...exports, "--json", "--csv", csv, ...extra]);
  expect(stdout).toBe("");
  expect(readdirSync(out)).toEqual([]);
  return { code, stderr: stderr.replaceAll(/\s+/g, " ") };
}

test("normalize says the same, and leaves no table", async () => {
  const folder = folderWith({ "a.csv.gz": csvOf([{ "lineItem/UnblendedCost": "NaN" }]) });
  const out = scratchFolder();
  const { code, stdout, stderr } = await sageplan(["normalize", folder, "--out", join(out, "table.parquet")]);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toMatch(/row 2, column lineItem\/UnblendedCost: found "NaN"/);
  expect(readdirSync(out)).toEqual([]);
});

describe("gzip", () => {
  const gz = gzipSync(csvOf(hours(3000)));

  test("cut within a line", async () => {
    const folder = folderWith({ "a.csv.gz": gz.subarray(0, Math.floor(gz.length / 2)) });
    const { code, stderr } = await refused([folder], [], sageplan);
    expect(code).toBe(3);
    expect(stderr).toContain(join(folder, "a.csv.gz"));
    expect(stderr).toMatch(/is cut: the gzip stream ends early, after about line \d+\. Download it again\./);
  });

  test("cut at a line's end: a whole deflate block, no trailer", async () => {
    const text = csvOf(hours(3));
    const whole = gzipSync(text);
    const folder = folderWith({ "a.csv.gz": whole.subarray(0, whole.length - 8) });
    const { code, stderr } = await refused([folder]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/a\.csv\.gz is cut/);
  });

  test("wrong checksum", async () => {
    const flipped = Buffer.from(gz);
    flipped[flipped.length - 8]! ^= 0xff;
    const { code, stderr } = await refused([folderWith({ "a.csv.gz": flipped })]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/a\.csv\.gz is damaged: incorrect data check.*Download it again/);
  });

  test("not gzip at all", async () => {
    const { code, stderr } = await refused([folderWith({ "a.csv.gz": Buffer.from("plain text") })]);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /a\.csv\.gz is not a billing export that sageplan knows: its 1 columns begin with plain text/,
    );
  });
});

describe("parquet", () => {
  async function parquet(): Promise<string> {
    const folder = folderWith({ "a.csv": csvOf(hours(50)) });
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.run(
      `COPY (SELECT * FROM read_csv('${folder}/a.csv', all_varchar = true)) TO '${folder}/a.parquet' (FORMAT parquet)`,
    );
    return join(folder, "a.parquet");
  }

  test("cut", async () => {
    const path = await parquet();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length - 100));
    const { code, stderr } = await refused([path]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/a\.parquet is not a readable parquet file.*download it again/);
  });
});

describe("what an export must hold", () => {
  test("a missing column is named", async () => {
    const columns = Object.keys((await import("../ingest/small-exports.ts")).BASE_ROW).filter(
      (name) => name !== "lineItem/UnblendedCost",
    );
    const folder = folderWith({ "a.csv": csvOf(hours(2), columns) });
    const { code, stderr } = await refused([folder]);
    expect(code).toBe(3);
    expect(stderr).toContain(join(folder, "a.csv"));
    expect(stderr).toMatch(/lacks the column line_item_unblended_cost.*Export it again with it selected/);
  });

  test("covered usage without the plan's columns", async () => {
    const columns = Object.keys((await import("../ingest/small-exports.ts")).BASE_ROW).filter(
      (name) => !name.startsWith("savingsPlan/"),
    );
    const covered = hours(2, { "lineItem/LineItemType": "SavingsPlanCoveredUsage" });
    const { code, stderr } = await refused([folderWith({ "a.csv": csvOf(covered, columns) })]);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /lacks the columns savings_plan_savings_plan_arn, savings_plan_savings_plan_effective_cost/,
    );
  });

  test("an empty file", async () => {
    const folder = folderWith({ "a.csv": "" });
    const { code, stderr } = await refused([folder]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/a\.csv is empty \(0 bytes\)/);
  });

  test("a gzip of nothing", async () => {
    const { code, stderr } = await refused([folderWith({ "a.csv.gz": gzipSync("") })]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/a\.csv\.gz is not a billing export.*begin with nothing/);
  });

  test("a header without rows", async () => {
    const { code, stderr } = await refused([folderWith({ "a.csv": csvOf([]) })]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/No SageMaker usage in 1 file \(0 rows/);
  });

  test("a file that is no billing export", async () => {
    const { code, stderr } = await refused([folderWith({ "trail.csv": "eventTime,eventName\n2026,x\n" })]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/trail\.csv is not a billing export.*2 columns begin with eventTime, eventName/);
  });

  test("a bill of other services", async () => {
    const other = hours(3, {
      "lineItem/ProductCode": "AmazonEC2",
      "lineItem/UsageType": "USE1-BoxUsage:m5.large",
    });
    const { code, stderr } = await refused([folderWith({ "a.csv": csvOf(other) })]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/No SageMaker usage in 1 file \(3 rows.*product code AmazonSageMaker/);
  });

  test("two currencies", async () => {
    const rows = [...hours(1), ...hours(1, { "lineItem/CurrencyCode": "CNY" })];
    const { code, stderr } = await refused([folderWith({ "a.csv": csvOf(rows) })]);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /2 currencies, column lineItem\/CurrencyCode or BillingCurrency: CNY \(1 rows, .*a\.csv\) and USD/,
    );
  });
});

describe("amounts", () => {
  test.each([
    ["negative cost", "lineItem/UnblendedCost", "-0.23", "-0.23"],
    ["NaN", "lineItem/UnblendedCost", "NaN", "NaN"],
    ["infinity", "lineItem/UnblendedCost", "Infinity", "Infinity"],
    ["negative usage", "lineItem/UsageAmount", "-1", "-1"],
    ["negative public cost", "pricing/publicOnDemandCost", "-0.1", "-0.1"],
  ])("%s", async (_, column, value, shown) => {
    const rows = [...hours(3), { ...hourOf(3), [column]: value }, ...hours(1)];
    const folder = folderWith({ "a.csv.gz": csvOf(rows) });
    const { code, stderr } = await refused([folder]);
    expect(code).toBe(3);
    expect(stderr).toContain(`${join(folder, "a.csv.gz")}, row 5, column ${column}: found "${shown}"`);
    expect(stderr).toMatch(/expected a number that is not negative/);
  });

  test.each(["1e15", "1000000000000000", "1e27", "-1e15"])("%s, too large for one row", async (value) => {
    const folder = folderWith({ "a.csv": csvOf([{ "lineItem/UnblendedCost": value }]) });
    const { code, stderr } = await refused([folder]);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /row 2, column lineItem\/UnblendedCost: found "[-e\d]+", expected a number below a million billions/,
    );
  });

  test("no cost at all", async () => {
    const { code, stderr } = await refused([
      folderWith({ "a.csv": csvOf([{ "lineItem/UnblendedCost": "" }]) }),
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/row 2, column lineItem\/UnblendedCost: found nothing/);
  });

  test("a date that is none", async () => {
    const { code, stderr } = await refused([
      folderWith({ "a.csv": csvOf([{ "lineItem/UsageStartDate": "soon" }]) }),
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/row 2, column lineItem\/UsageStartDate: found "soon", expected a date/);
  });

  test("in parquet the row is named too", async () => {
    const folder = scratchFolder();
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const csv = folderWith({ "a.csv": csvOf(hours(4)) });
    const columns = `* REPLACE (CASE WHEN "lineItem/UsageStartDate" LIKE '%T02:%' THEN CAST('NaN' AS DOUBLE)
      ELSE CAST("lineItem/UnblendedCost" AS DOUBLE) END AS "lineItem/UnblendedCost")`;
    await connection.run(
      `COPY (SELECT ${columns} FROM read_csv('${csv}/a.csv', all_varchar = true)) TO '${folder}/a.parquet' (FORMAT parquet)`,
    );
    const { code, stderr } = await refused([folder]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      `${join(folder, "a.parquet")}, row 3, column lineItem/UnblendedCost: found "nan"`,
    );
  });
});

describe("versions", () => {
  test("two versions that nothing orders", async () => {
    const folder = folderWith({
      "cur/20261001-20261101/aaa/cur-1.csv": csvOf(hours(1)),
      "cur/20261001-20261101/bbb/cur-1.csv": csvOf(hours(2)),
    });
    const { code, stderr } = await refused([folder]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/found in 2 versions and nothing tells which is newer: aaa, bbb.*Manifest\.json/);
  });

  test("the same file under two names", async () => {
    const text = csvOf(hours(1));
    const { code, stderr } = await refused([folderWith({ "a.csv": text, "b.csv": text })]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/a\.csv and .*b\.csv are the same file, byte for byte.*Leave one out/);
  });

  test("the same account's month from two exports", async () => {
    const folder = folderWith({ "a.csv": csvOf(hours(1)), "b.csv": csvOf(hours(2)) });
    const { code, stderr } = await refused([folder]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/Account 444455556666's 2026-10 stands in two deliveries, .*a\.csv and .*b\.csv/);
  });
});

describe("paths", () => {
  test("that do not exist", async () => {
    const { code, stderr } = await refused(["/no/such/export.csv"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/\/no\/such\/export\.csv was not found.*a file, a folder or a quoted glob/);
  });

  test("a folder without exports", async () => {
    const folder = folderWith({ "notes.txt": "x" });
    const { code, stderr } = await refused([folder]);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /holds no billing export: 1 files, none of them \.csv, \.csv\.gz, \.parquet or Cost Explorer's JSON/,
    );
  });
});

describe("rate cards", () => {
  const bill = (): string => folderWith({ "a.csv": csvOf(hours(48)) });
  const HEADER = "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n";

  test("without the bill's usage types: buys nothing, and says what is missing", async () => {
    const card = join(
      folderWith({ "rates.csv": `${HEADER}USE1-Host:ml.c5.large,RunInstance,1yr,no-upfront,0.08,\n` }),
      "rates.csv",
    );
    const { code, stdout } = await warm([
      "recommend",
      bill(),
      "--rates",
      card,
      "--json",
      "--scenarios",
      "10",
    ]);
    expect(code).toBe(0);
    const { purchases, reason, findings } = JSON.parse(stdout);
    expect(purchases).toEqual([]);
    expect(reason).toMatch(/no 1yr no-upfront rate for any of the usage/);
    expect(findings.find(({ code: c }: { code: string }) => c === "missing-rate")).toMatchObject({
      source: "USE1-Host:ml.m5.xlarge",
      usd: expect.closeTo(48 * 0.23, 9),
    });
  });

  test.each([
    [
      "a rate that is none",
      "USE1-Host:ml.m5.xlarge,RunInstance,1yr,no-upfront,free,\n",
      /row 2, column savings_plan_rate_usd: found "free"/,
    ],
    [
      "a term that AWS does not sell",
      "USE1-Host:ml.m5.xlarge,RunInstance,2yr,no-upfront,0.1,\n",
      /row 2, column term: found "2yr", expected 1yr or 3yr/,
    ],
    ["no rows", "", /holds no rate of a SageMaker Savings Plan/],
  ])("%s", async (_, row, message) => {
    const card = join(folderWith({ "rates.csv": HEADER + row }), "rates.csv");
    const { code, stderr } = await refused([bill()], ["--rates", card]);
    expect(code).toBe(3);
    expect(stderr).toMatch(message);
  });

  test("half of a listing", async () => {
    const card = join(folderWith({ "rates.json": '{"searchResults":[],"nextToken":"x"}' }), "rates.json");
    const { code, stderr } = await refused([bill()], ["--rates", card]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/no page after it is named/);
  });

  test("that do not exist", async () => {
    const { code, stderr } = await refused([bill()], ["--rates", "/no/rates.json"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/\/no\/rates\.json can't be read/);
  });
});

test("a plan file that is none", async () => {
  const plans = join(folderWith({ "plans.json": '{"savingsPlans":[{"commitment":5}]}' }), "plans.json");
  const { code, stderr } = await refused([folderWith({ "a.csv": csvOf(hours(1)) })], ["--owned", plans]);
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /plans\.json is not what `aws savingsplans describe-savings-plans` prints: at savingsPlans\.0/,
  );
});

/** Spellings, layouts and subsets beside those of the fixtures. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inspect, normalize, recommend } from "../../../src/index.ts";
import { BASE_ROW, csvOf, folderWith, hourOf, scratchFolder, type CurRow } from "../small-exports.ts";

async function table(paths: string[]): Promise<Record<string, string>[]> {
  const out = join(scratchFolder(), "t.csv");
  await normalize({ exports: paths, out });
  const [header, ...lines] = readFileSync(out, "utf8").trim().split("\n");
  return lines.map((line) =>
    Object.fromEntries(header!.split(",").map((name, n) => [name, line.split(",")[n]!])),
  );
}

const snake = (name: string): string =>
  name
    .replace("/", "_")
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();

describe("spellings", () => {
  const rows: CurRow[] = [
    { ...hourOf(0), "lineItem/UnblendedCost": "4.172E-7", "pricing/publicOnDemandCost": "4.172E-7" },
    { ...hourOf(1), "lineItem/UsageType": "EU-Train:ml.m5.large", "product/regionCode": "" },
    { ...hourOf(1), "lineItem/UsageType": "EU-Train:ml.m5.large", "product/regionCode": "" },
  ];

  test("the normalized table: columns of the contract, exact sums, region by prefix", async () => {
    const [first, second, ...rest] = await table([folderWith({ "a.csv": csvOf(rows) })]);
    expect(rest).toEqual([]);
    expect(Object.keys(first!)).toEqual(
      (
        "usage_hour,account_id,region,component,instance_type,usage_type,operation,usage_hours,on_demand_usd," +
        "covered_on_demand_usd,covered_savings_plan_usd"
      ).split(","),
    );
    expect(first).toMatchObject({ usage_hour: "2026-10-01T00:00:00Z", on_demand_usd: "0.000000417200" });
    expect(second).toMatchObject({
      region: "eu-west-1",
      component: "Train",
      instance_type: "ml.m5.large",
      on_demand_usd: "0.460000000000",
      usage_hours: "2.000000000000",
    });
  });

  test("legacy parquet with snake names, the ARN spelled both ways, gives what the csv gives", async () => {
    const csv = folderWith({ "a.csv": csvOf(rows) });
    for (const arn of ["savings_plan_savings_plan_a_r_n", "savings_plan_savings_plan_arn"]) {
      const folder = scratchFolder();
      const connection = await (await DuckDBInstance.create(":memory:")).connect();
      const columns = Object.keys(BASE_ROW).map((name) => {
        const to = name === "savingsPlan/SavingsPlanARN" ? arn : snake(name);
        const type = /Cost|Amount|Commitment$|ToDate/.test(name)
          ? "DOUBLE"
          : name.endsWith("Date")
            ? "TIMESTAMP"
            : "VARCHAR";
        return `CAST("${name}" AS ${type}) AS ${to}`;
      });
      await connection.run(
        `COPY (SELECT ${columns.join(", ")} FROM read_csv('${csv}/a.csv', all_varchar = true)) TO '${folder}/a.parquet'`,
      );
      expect(await table([folder])).toEqual(await table([csv]));
    }
  });

  test("quoted line breaks make the file be parsed whole", async () => {
    const broken = rows.map((row) => ({ ...row, "lineItem/LineItemDescription": 'two\nlines, "quoted"' }));
    expect(await table([folderWith({ "a.csv.gz": csvOf(broken) })])).toEqual(
      await table([folderWith({ "a.csv.gz": csvOf(rows) })]),
    );
  });

  test("a subset of columns is enough; public cost and region are optional", async () => {
    const columns = [
      "lineItem/LineItemType",
      "lineItem/UsageStartDate",
      "lineItem/UsageEndDate",
      "lineItem/UsageAccountId",
      "lineItem/ProductCode",
      "lineItem/UsageType",
      "lineItem/Operation",
      "lineItem/UsageAmount",
      "lineItem/UnblendedCost",
    ];
    const full = await table([folderWith({ "a.csv": csvOf(rows) })]);
    expect(await table([folderWith({ "a.csv": csvOf(rows, columns) })])).toEqual(full);
  });

  test("files, folders and globs; several months add up", async () => {
    const october = csvOf([{ ...hourOf(0) }]);
    const november = csvOf([{ ...hourOf(744), "bill/BillingPeriodStartDate": "2026-11-01T00:00:00Z" }]);
    const folder = folderWith({ "oct.csv": october, "deep/nov.csv.gz": november, "notes.txt": "x" });
    for (const paths of [
      [folder],
      [join(folder, "oct.csv"), join(folder, "deep")],
      [join(folder, "**/*.csv*")],
    ]) {
      expect(await table(paths)).toHaveLength(2);
    }
  });

  test("split cost allocation rows are left out", async () => {
    const pod = { ...hourOf(0), "lineItem/Operation": "EKSPod-EC2" };
    expect(await table([folderWith({ "a.csv": csvOf([...rows, pod]) })])).toHaveLength(2);
  });
});

describe("daily exports", () => {
  const day: CurRow = {
    "lineItem/UsageStartDate": "2026-10-01T00:00:00Z",
    "lineItem/UsageEndDate": "2026-10-02T00:00:00Z",
    "lineItem/UsageAmount": "24",
    "lineItem/UnblendedCost": "5.52",
    "pricing/publicOnDemandCost": "5.52",
  };

  test("are spread over the day, and every figure is called a bound", async () => {
    const { recommendation } = await recommend({
      exports: [folderWith({ "a.csv": csvOf([day]) })],
      term: "1yr",
    });
    expect(recommendation.history).toMatchObject({ hours: 24, missingHours: 0 });
    const finding = recommendation.findings.find(({ code }) => code === "coarse-granularity");
    expect(finding?.message).toMatch(/UPPER BOUNDS/);
  });

  test("can't become a table of hours", async () => {
    const out = join(scratchFolder(), "t.csv");
    await expect(normalize({ exports: [folderWith({ "a.csv": csvOf([day]) })], out })).rejects.toThrow(
      /not hourly/,
    );
  });
});

test("sums are those of a slow, exact adding machine, whatever the rows and however they are split over files", async () => {
  const usage = fc.record({
    hour: fc.integer({ min: 0, max: 3 }),
    type: fc.constantFrom("USE1-Host:ml.m5.xlarge", "EU-Train:ml.m5.large", "USE1-TrSpt:ml.g5.xlarge"),
    // Usage billed at exactly $0 is left out: it has its own tests.
    nano: fc.bigInt({ min: 1n, max: 10n ** 15n }),
    file: fc.integer({ min: 1, max: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(usage, { minLength: 1, maxLength: 30 }), async (entries) => {
      const decimal = (nano: bigint): string =>
        `${nano / 10n ** 9n}.${(nano % 10n ** 9n).toString().padStart(9, "0")}`;
      const rowOf = ({ hour, type, nano }: (typeof entries)[number]): CurRow => ({
        ...hourOf(hour),
        "lineItem/UsageType": type,
        "lineItem/UnblendedCost": decimal(nano),
        "pricing/publicOnDemandCost": decimal(nano),
      });
      const expected = new Map<string, bigint>();
      for (const { hour, type, nano } of entries) {
        const key = `${hourOf(hour)["lineItem/UsageStartDate"]} ${type}`;
        expected.set(key, (expected.get(key) ?? 0n) + nano);
      }
      const folder = folderWith({
        "part-1.csv": csvOf(entries.filter(({ file }) => file === 1).map(rowOf)),
        "part-2.csv.gz": csvOf(entries.filter(({ file }) => file === 2).map(rowOf)),
      });
      const found = new Map(
        (await table([folder])).map((row) => [`${row.usage_hour} ${row.usage_type}`, row.on_demand_usd]),
      );
      expect(found.size).toBe(expected.size);
      for (const [key, nano] of expected) expect(found.get(key)).toBe(`${decimal(nano)}000`);
      const { reconciliation } = await inspect({ exports: [folder] });
      expect(reconciliation.classesTotalUsd).toBe(reconciliation.exportTotalUsd);
    }),
    { numRuns: 6, seed: 7 },
  );
});

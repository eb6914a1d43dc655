/** What an attacker, or bad luck, puts into exports: a refusal that helps, or the right sums; never silently wrong ones. */
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { inspect, normalize, recommend } from "../../../src/index.ts";
import { BASE_ROW, csvOf, folderWith, hourOf, scratchFolder, type CurRow } from "../small-exports.ts";

const hours = (count: number, row: CurRow = {}): CurRow[] =>
  Array.from({ length: count }, (_, n) => ({ ...hourOf(n), ...row }));

async function onDemandUsd(exports: string[]): Promise<number> {
  return (await inspect({ exports })).history?.onDemandUsd ?? 0;
}

const daily = (day: number): CurRow => ({
  "lineItem/UsageStartDate": hourOf(24 * day)["lineItem/UsageStartDate"],
  "lineItem/UsageEndDate": hourOf(24 * day + 24)["lineItem/UsageStartDate"],
  "lineItem/UsageAmount": "24",
  "lineItem/UnblendedCost": "5.52",
  "pricing/publicOnDemandCost": "5.52",
});

describe("days and hours mixed", () => {
  test("count as days, spread over their own hours, and are called bounds", async () => {
    const rows = [...Array.from({ length: 10 }, (_, day) => daily(day)), hourOf(3)];
    const { recommendation } = await recommend({
      futures: "history",
      exports: [folderWith({ "a.csv": csvOf(rows) })],
      term: "1yr",
      to: "2026-10-11",
    });
    expect(recommendation.history).toMatchObject({ hours: 240, onDemandUsd: expect.closeTo(55.43, 9) });
    expect(recommendation.findings.map(({ code }) => code)).toContain("coarse-granularity");
  });

  test("one odd line does not make an hourly export daily, and stays in its own hours", async () => {
    const odd = { ...daily(4), "lineItem/UnblendedCost": "0.02", "pricing/publicOnDemandCost": "0.02" };
    const { history, granularity } = await inspect({
      exports: [folderWith({ "a.csv": csvOf([...hours(48), odd]) })],
    });
    expect(granularity).toBe("hourly");
    expect(history).toMatchObject({ hours: 120, onDemandUsd: expect.closeTo(48 * 0.23 + 0.02, 9) });
  });
});

test("fees that do not say what was promised", async () => {
  const fee = {
    ...hourOf(0),
    "lineItem/LineItemType": "SavingsPlanRecurringFee",
    "lineItem/ProductCode": "MachineLearningSavingsPlans",
    "lineItem/UsageType": "SageMakerSP:1yrNoUpfront",
  };
  const rows = [...hours(2), fee];
  await expect(inspect({ exports: [folderWith({ "a.csv": csvOf(rows) })] })).rejects.toThrow(
    /row 4, column savingsPlan\/TotalCommitmentToDate: found nothing/,
  );
  const columns = Object.keys(BASE_ROW).filter((name) => !/Commitment/.test(name));
  await expect(inspect({ exports: [folderWith({ "a.csv": csvOf(rows, columns) })] })).rejects.toThrow(
    /lacks the columns savings_plan_total_commitment_to_date, savings_plan_used_commitment/,
  );
});

describe("the same rows twice", () => {
  const text = csvOf(hours(2));
  const other = csvOf(hours(3));
  test.each([
    ["beside its gzip", { "cur.csv": text, "cur.csv.gz": gzipSync(text) }],
    [
      "beside its gzip in a period's folder",
      { "20261001-20261101/x/n-1.csv": text, "20261001-20261101/x/n-1.csv.gz": gzipSync(other) },
    ],
    ["as dated snapshots", { "cur-20261005.csv": text, "cur-20261030.csv": other }],
    ["as numbered snapshots", { "cur_1.csv": text, "cur_2.csv": other }],
    [
      "as a browser's second download",
      { "20261001-20261101/x/n-1.csv": text, "20261001-20261101/x/n-1 (1).csv": other },
    ],
    [
      "from two exports in one period's folder",
      { "BILLING_PERIOD=2026-10/a-00001.csv": text, "BILLING_PERIOD=2026-10/b-00001.csv": other },
    ],
  ])("%s", async (_, files: Record<string, string | Buffer>) => {
    await expect(inspect({ exports: [folderWith(files)] })).rejects.toMatchObject({
      code: "duplicate-delivery",
    });
  });

  test("a part that the manifest does not list is left out, and told", async () => {
    const folder = folderWith({
      "e/data/BILLING_PERIOD=2026-10/e-00001.csv": text,
      "e/data/BILLING_PERIOD=2026-10/e-00002.csv": other,
      "e/metadata/BILLING_PERIOD=2026-10/e-Manifest.json": JSON.stringify({
        dataFiles: ["s3://bucket/e/data/BILLING_PERIOD=2026-10/e-00001.csv"],
      }),
    });
    const { history, findings } = await inspect({ exports: [folder] });
    expect(history?.onDemandUsd).toBeCloseTo(0.46, 9);
    expect(findings.map(({ code }) => code)).toContain("unlisted-files-left-out");
  });
});

describe("names that mean something to others", () => {
  test("brackets and stars in file names are not patterns", async () => {
    const dear = csvOf(
      hours(2, { "pricing/publicOnDemandCost": "5", "lineItem/LineItemDescription": "two\nlines" }),
    );
    const folder = folderWith({ "cur[1].csv": dear, "cur1.csv": csvOf(hours(2)) });
    expect(await onDemandUsd([join(folder, "cur[1].csv")])).toBeCloseTo(10, 9);
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    for (const [from, to] of [
      ["cur[[]1].csv", "q.parquet"],
      ["cur1.csv", "q1.parquet"],
    ]) {
      await connection.run(
        `COPY (SELECT * FROM read_csv('${folder}/${from}', all_varchar = true)) TO '${folder}/${to}'`,
      );
    }
    cpSync(join(folder, "q.parquet"), join(folder, "q[1].parquet"));
    expect(await onDemandUsd([join(folder, "q[1].parquet")])).toBeCloseTo(10, 9);
  });

  test("a component called like a property of every object", async () => {
    const rows = [...hours(2), { ...hourOf(0), "lineItem/UsageType": "USE1-constructor:ml.m5.xlarge" }];
    const { history } = await inspect({ exports: [folderWith({ "a.csv": csvOf(rows) })] });
    expect(history).toMatchObject({
      onDemandUsd: expect.closeTo(0.69, 9),
      unconfirmedUsd: expect.closeTo(0.23, 9),
    });
  });

  test("columns that differ in case only, have no name, or hold a comma", async () => {
    const columns = [...Object.keys(BASE_ROW), "resourceTags/user:Name", "resourceTags/user:name", "", "a,b"];
    const [header, ...rows] = csvOf(hours(2)).trimEnd().split("\n");
    const names = [header, ...columns.slice(-4).map((name) => (name === "a,b" ? '"a,b"' : name))].join(",");
    const text = [names, ...rows.map((row) => `${row},x,y,z,w`)].join("\n");
    expect(await onDemandUsd([folderWith({ "a.csv": `${text}\n` })])).toBeCloseTo(0.46, 9);
  });

  test("two spellings of one column", async () => {
    const text = csvOf(hours(2), [...Object.keys(BASE_ROW), "line_item_unblended_cost"]);
    await expect(inspect({ exports: [folderWith({ "a.csv": text })] })).rejects.toThrow(
      /lineItem\/UnblendedCost and line_item_unblended_cost/,
    );
  });
});

describe("times", () => {
  test("with an offset are converted; without one they are UTC", async () => {
    const rows = [
      "2026-10-01T05:00:00+02:00",
      "2026-10-01 03:00:00",
      "2026-10-01T03:00:00.000Z",
      "2026-10-01T03:00:00+00:00",
    ].map((start) => ({ "lineItem/UsageStartDate": start, "lineItem/UsageEndDate": "2026-10-01T04:00:00Z" }));
    const { history } = await inspect({ exports: [folderWith({ "a.csv": csvOf(rows) })] });
    expect(history).toMatchObject({
      from: "2026-10-01T03:00:00Z",
      hours: 1,
      onDemandUsd: expect.closeTo(0.92, 9),
    });
  });

  test.each(["infinity", "0026-10-01T00:00:00Z", "9999-01-01T00:00:00Z"])(
    "%s is no date of a bill",
    async (start) => {
      const rows = [{ ...hourOf(0), "lineItem/UsageStartDate": start }];
      await expect(inspect({ exports: [folderWith({ "a.csv": csvOf(rows) })] })).rejects.toThrow(
        /UsageStartDate: found/,
      );
    },
  );
});

test("an underscore is no part of a number", async () => {
  await expect(
    inspect({ exports: [folderWith({ "a.csv": csvOf([{ "lineItem/UnblendedCost": "1_000" }]) })] }),
  ).rejects.toThrow(/found "1_000"/);
});

test("private rates are told", async () => {
  const folder = folderWith({ "a.csv": csvOf(hours(20, { "lineItem/UnblendedCost": "0.115" })) });
  const { findings } = await inspect({ exports: [folder] });
  expect(findings.find(({ code }) => code === "private-rates")).toMatchObject({
    usd: expect.closeTo(2.3, 9),
  });
});

test("a discount that only some months state is taken from those", async () => {
  const columns = [...Object.keys(BASE_ROW), "lineItem/NetUnblendedCost"];
  const october = csvOf(
    hours(10).map((row) => ({ ...row, "lineItem/NetUnblendedCost": "0.207" })),
    columns,
  );
  const november = csvOf(
    Array.from({ length: 10 }, (_, n) => ({
      ...hourOf(744 + n),
      "bill/BillingPeriodStartDate": "2026-11-01T00:00:00Z",
    })),
  );
  const { recommendation } = await recommend({
    futures: "history",
    exports: [folderWith({ "oct.csv": october, "nov.csv": november })],
  });
  expect(recommendation.negotiatedDiscount).toEqual({ share: 0.1, source: "bill" });
});

test("rows with too few fields", async () => {
  const folder = folderWith({ "a.csv": `${csvOf(hours(3))}AmazonSageMaker,short\n` });
  await expect(inspect({ exports: [folder] })).rejects.toMatchObject({
    code: "damaged-file",
    message: expect.stringMatching(/a\.csv can't be read as its kind of file/),
  });
});

test("a link is what its own name says, wherever it leads", async () => {
  const folder = folderWith({
    "a.csv": csvOf(hours(2)),
    "store/object-1": csvOf(
      hours(2).map((row) => ({ ...row, "bill/BillingPeriodStartDate": "2026-09-01T00:00:00Z" })),
    ),
  });
  symlinkSync(join(folder, "store/object-1"), join(folder, "b.csv"));
  expect((await inspect({ exports: [folder] })).reconciliation.exportTotalUsd).toBe("0.92");
});

test("a link to nothing", async () => {
  const folder = folderWith({ "a.csv": csvOf(hours(1)) });
  symlinkSync("/no/such/file", join(folder, "b.csv"));
  await expect(inspect({ exports: [folder] })).rejects.toMatchObject({ code: "unreadable-file" });
});

test.each(["b.csv", "b.json", "b.parquet"])(
  "a pipe named %s among exports is not waited for",
  async (name) => {
    const folder = folderWith({ "a.csv": csvOf(hours(1)) });
    execFileSync("mkfifo", [join(folder, name)]);
    const [inFolder, named] = await Promise.allSettled([
      inspect({ exports: [folder] }),
      inspect({ exports: [join(folder, name)] }),
    ]);
    const refused = {
      code: "unreadable-file",
      message: expect.stringMatching(/is a pipe, a socket or a device/),
    };
    expect(named).toMatchObject({ status: "rejected", reason: refused });
    // No JSON but Cost Explorer's is looked for in a folder, and a pipe does not tell whether it is that.
    expect(inFolder).toMatchObject(
      name === "b.json" ? { status: "fulfilled" } : { status: "rejected", reason: refused },
    );
  },
);

describe("rate cards", () => {
  const HEADER = "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n";
  const row = (rate: string, sku = "USE1-Host:ml.m5.xlarge"): string =>
    `${sku},RunInstance,1yr,no-upfront,${rate},0.23\n`;
  const run = (card: string) => {
    const folder = folderWith({ "a.csv": csvOf(hours(20)), "rates.csv": card });
    return recommend({
      futures: "history",
      exports: [join(folder, "a.csv")],
      rates: [join(folder, "rates.csv")],
      term: "1yr",
    });
  };

  test("two rates for one usage are refused; the same twice is not", async () => {
    await expect(run(HEADER + row("0.161") + row("0.1"))).rejects.toThrow(
      /has two 1yr no-upfront rates, 0\.161 and 0\.1/,
    );
    const { recommendation } = await run(HEADER + row("0.161") + row("0.161"));
    expect(recommendation.purchases).toMatchObject([{ commitmentUsdPerHour: 0.161 }]);
  });

  test.each(["0x1", "1e-20", "1_000", "Infinity"])("%s is no rate", async (rate) => {
    await expect(run(HEADER + row(rate))).rejects.toMatchObject({ code: "bad-rate-card" });
  });

  test("a card of every region, 200,000 rates", async () => {
    const many = Array.from({ length: 200_000 }, (_, n) =>
      row("0.161", n === 0 ? undefined : `USE1-Host:ml.x${n}.large`),
    );
    const { recommendation } = await run(HEADER + many.join(""));
    expect(recommendation.purchases).toMatchObject([{ commitmentUsdPerHour: 0.161 }]);
  });
});

test("normalize does not write over what it reads", async () => {
  const folder = folderWith({ "a.csv": csvOf(hours(2)) });
  const path = join(folder, "a.csv");
  const before = readFileSync(path, "utf8");
  await expect(normalize({ exports: [path], out: path })).rejects.toThrow(
    /is one of the exports that are read/,
  );
  expect(readFileSync(path, "utf8")).toBe(before);
});

test("an interruption while a file is read ends the work and leaves nothing", async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, "a.csv.gz"), gzipSync(csvOf(hours(5000))));
  const stop = new AbortController();
  const work = inspect({ exports: [folder] }, { signal: stop.signal, onProgress: () => stop.abort() });
  await expect(work).rejects.toMatchObject({ name: "AbortError" });
});

describe("an export that does not say which service its rows are of", () => {
  test("legacy CUR without its product code is refused, not read as holding nothing", async () => {
    const lines = csvOf(hours(24)).split("\n");
    const at = lines[0]!.split(",").indexOf("lineItem/ProductCode");
    expect(at).toBeGreaterThan(0);
    const without = lines.map((line) => line.split(",").toSpliced(at, 1).join(","));
    const exports = [folderWith({ "a.csv": without.join("\n") })];
    await expect(inspect({ exports })).rejects.toMatchObject({
      code: "missing-column",
      message: expect.stringMatching(/a\.csv.*line_item_product_code, which says which service/),
    });
  });

  test("so is FOCUS without service name and code; with either it is read", async () => {
    const of = async (left: string): Promise<string[]> => {
      const path = join(scratchFolder(), "focus.csv");
      const read = "read_parquet('fixtures/ml-company/focus-1.2/**/*.parquet', hive_partitioning = false)";
      const connection = await (await DuckDBInstance.create(":memory:")).connect();
      await connection.run(`COPY (SELECT * EXCLUDE (${left}) FROM ${read}) TO '${path}' (HEADER)`);
      return [path];
    };
    await expect(inspect({ exports: await of("ServiceName, x_ServiceCode") })).rejects.toMatchObject({
      code: "missing-column",
      message: expect.stringMatching(/service_name or x_service_code/),
    });
    const { history } = await inspect({ exports: await of("ServiceName") });
    expect(history!.onDemandUsd).toBeGreaterThan(0);
  });
});

test("the time of a table can be widened by a term, not by thousands of years, which no run would end", async () => {
  const rows = hours(48).map(
    (row) => `${row["lineItem/UsageStartDate"]},USE1-Host:ml.m5.xlarge,RunInstance,1,0.23\n`,
  );
  const table = `usage_hour,usage_type,operation,usage_hours,on_demand_usd\n${rows.join("")}`;
  const exports = [folderWith({ "a.csv": table })];
  const to = (end: string) => recommend({ exports, term: "1yr", futures: "history", to: end });
  expect((await to("2027-10-01")).recommendation.history.hours).toBe(8_760);
  await expect(to("9999-12-31")).rejects.toMatchObject({ code: "wrong-call" });
});

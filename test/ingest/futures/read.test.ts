/** The user's own futures: the right sums whatever the file's kind and the order of its rows, or a refusal that helps. */
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { demandOf } from "../../../src/domain/demand.ts";
import { parseUtcMs, HOUR_MS } from "../../../src/domain/hour.ts";
import type { ErrorCode } from "../../../src/domain/error.ts";
import { inspect, normalize } from "../../../src/index.ts";
import { readFutures } from "../../../src/ingest/futures/read.ts";
import { scenarioSetOf } from "../../../src/scenario/own-futures.ts";
import type { Futures } from "../../../src/domain/own-futures.ts";
import { onDemandRates } from "../../../src/pricing/rate-table.ts";
import { folderWith, scratchFolder } from "../small-exports.ts";

const BASE = {
  usage_hour: "2027-01-01T00:00:00Z",
  account_id: "444455556666",
  region: "us-east-1",
  usage_type: "USE1-Host:ml.m5.xlarge",
  operation: "RunInstance",
  usage_hours: "1",
  on_demand_usd: "0.23",
  scenario: "1",
  probability: "1",
};
type Row = Partial<typeof BASE>;
const NAMES = Object.keys(BASE) as (keyof typeof BASE)[];

const cellsOf = (row: Row, names = NAMES): string =>
  names.map((name) => ({ ...BASE, ...row })[name]).join(",");
const csvOf = (rows: readonly Row[], names = NAMES): string =>
  [names.join(","), ...rows.map((row) => cellsOf(row, names)), ""].join("\n");
const at = (hour: number): string =>
  new Date(Date.UTC(2027, 0, 1) + hour * HOUR_MS).toISOString().replace(".000", "");
const read = (content: string | Buffer, name = "futures.csv"): Promise<Futures> =>
  readFutures(join(folderWith({ [name]: content }), name));

async function sql(text: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(text);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** All that does not tell which file it was. */
const told = (futures: Futures) => ({ ...futures, input: null });

/** Two scenarios over three hours; two SKUs, one of them in two accounts; rows that add up; hours without use. */
const EXAMPLE: Row[] = [
  { scenario: "high", probability: "0.25", usage_hour: at(0), on_demand_usd: "0.46", usage_hours: "2" },
  { scenario: "high", probability: "0.25", usage_hour: at(2), on_demand_usd: "0.1", usage_hours: "0.5" },
  { scenario: "high", probability: "0.25", usage_hour: at(2), on_demand_usd: "0.2", usage_hours: "1" },
  { scenario: "base", probability: "0.75", usage_hour: at(1) },
  { scenario: "base", probability: "0.75", usage_hour: at(1), account_id: "777788889999" },
  {
    scenario: "base",
    probability: "0.75",
    usage_hour: at(2),
    usage_type: "EU-Train:ml.m5.large",
    region: "",
    on_demand_usd: "4.172E-7",
    usage_hours: "0.000001",
  },
];

describe("what is read", () => {
  test("scenarios one after the other, sums by hour and item", async () => {
    const path = join(folderWith({ "futures.csv": csvOf(EXAMPLE) }), "futures.csv");
    const { input, spend, ...futures } = await readFutures(path);
    expect(input).toEqual({ path, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), rows: 6 });
    expect(futures).toEqual({
      from: Date.UTC(2027, 0, 1) / HOUR_MS,
      hourCount: 3,
      scenarioNames: ["base", "high"],
      probability: Float64Array.of(0.75, 0.25),
    });
    expect(spend.items.map(({ account, sku }) => [account, spend.skus[sku]])).toEqual([
      ["444455556666", expect.objectContaining({ region: "eu-west-1", instanceType: "ml.m5.large" })],
      ["444455556666", expect.objectContaining({ region: "us-east-1", component: "Host" })],
      ["777788889999", expect.objectContaining({ region: "us-east-1", component: "Host" })],
    ]);
    expect(spend).toMatchObject({ from: futures.from, hourCount: 6, granularityHours: 1 });
    expect([...spend.hour]).toEqual([1, 1, 2, 3, 5]);
    expect([...spend.item]).toEqual([1, 2, 0, 1, 1]);
    expect([...spend.onDemandUsd]).toEqual([0.23, 0.23, 4.172e-7, 0.46, 0.3]);
    expect([...spend.usageHours]).toEqual([1, 1, 0.000001, 2, 1.5]);
    for (const covered of [
      spend.coveredOnDemandUsd,
      spend.coveredSavingsPlanUsd,
      spend.coveredByUnknownUsd,
    ]) {
      expect([...covered]).toEqual([0, 0, 0, 0, 0]);
    }
  });

  test("a demand and a scenario set that go together", async () => {
    const futures = await read(csvOf(EXAMPLE));
    const { spend } = futures;
    const base = demandOf(
      spend,
      spend.skus.map(({ component }) => component === "Host"),
      { from: spend.from, to: spend.from + spend.hourCount },
    );
    const scenarios = scenarioSetOf(base, futures);
    expect(scenarios).toMatchObject({ hourCount: 3, base: { hourCount: 6 } });
    expect([...scenarios.baseHour]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...scenarios.growth]).toEqual([1, 1, 1, 1, 1, 1]);
    expect([...base.hour]).toEqual([1, 3, 5, 1]);
    expect([...base.onDemandUsd]).toEqual([0.23, 0.46, 0.3, 0.23]);
    expect(onDemandRates(spend)[1]).toBeCloseTo((0.46 + 0.46 + 0.3) / 5.5, 8);
    expect(() => scenarioSetOf({ ...base, hourCount: 5 }, futures)).toThrow(/5 hours of demand for 6/);
  });

  test("parquet, text or typed, gives what csv and csv.gz give", async () => {
    const folder = folderWith({ "a.csv": csvOf(EXAMPLE), "a.csv.gz": csvOf(EXAMPLE) });
    const source = `read_csv('${folder}/a.csv', all_varchar = true)`;
    await sql(`COPY (SELECT * FROM ${source}) TO '${folder}/text.parquet' (FORMAT parquet)`);
    await sql(`COPY (SELECT CAST(usage_hour AS TIMESTAMP_NS) AS usage_hour, account_id, region, usage_type, operation,
      CAST(usage_hours AS DOUBLE) AS usage_hours, CAST(on_demand_usd AS DOUBLE) AS on_demand_usd, scenario,
      CAST(probability AS FLOAT) AS probability FROM ${source}) TO '${folder}/typed.parquet' (FORMAT parquet)`);
    const expected = await readFutures(join(folder, "a.csv"));
    for (const name of ["a.csv.gz", "text.parquet", "typed.parquet"]) {
      const futures = await readFutures(join(folder, name));
      expect(told(futures)).toEqual(told(expected));
      expect(futures.input.rows).toBe(6);
    }
  });

  test("dollars are decimals, digit by digit to the twelfth, whatever their size and spelling", async () => {
    const texts: [string, string][] = [
      ["1.2468109279657717088e5", "124681.092796577171"],
      ["7215142.7891681807263", "7215142.789168180726"],
      ["999999.9999999999995", "1000000.000000000000"],
      ["0.0000000000005", "0.000000000001"],
      ["4.172E-7", "0.000000417200"],
    ];
    const folder = folderWith({
      "a.csv": csvOf(
        texts.map(([on_demand_usd], hour) => ({ usage_hour: at(hour), on_demand_usd })),
        NAMES.filter((name) => name !== "scenario" && name !== "probability"),
      ),
    });
    const out = join(folder, "table.csv");
    await normalize({ exports: [join(folder, "a.csv")], out });
    const lines = readFileSync(out, "utf8").trim().split("\n").slice(1);
    expect(lines.map((line) => line.split(",")[8])).toEqual(texts.map(([, exact]) => exact));
    const { spend } = await read(
      csvOf(texts.map(([on_demand_usd], hour) => ({ usage_hour: at(hour), on_demand_usd }))),
    );
    expect([...spend.onDemandUsd]).toEqual(texts.map(([, exact]) => Number(exact)));
  });

  test("the required columns are enough; regions come from usage types, usage stays 0", async () => {
    const names = ["scenario", "probability", "on_demand_usd", "usage_type", "usage_hour"] as const;
    const { spend } = await read(csvOf([{}], [...names]));
    expect(spend.items).toEqual([{ account: "", sku: 0 }]);
    expect(spend.skus).toMatchObject([{ operation: "", region: "us-east-1", instanceType: "ml.m5.xlarge" }]);
    expect([...spend.usageHours]).toEqual([0]);
    expect([...onDemandRates(spend)]).toEqual([Number.NaN]);
  });

  test("what plans covered is not asked, nor what else a file holds", async () => {
    const names = `${NAMES.join(",")},covered_on_demand_usd,component,note`;
    const { spend } = await read(`${names}\n${cellsOf({})},junk,Oven,"two\nlines"\n`);
    expect([...spend.onDemandUsd]).toEqual([0.23]);
    expect([...spend.coveredOnDemandUsd]).toEqual([0]);
    expect(spend.skus).toMatchObject([{ component: "Host" }]);
  });

  test("byte order mark, CRLF, quotes, blank lines and capitals change nothing", async () => {
    const rows = EXAMPLE.map((row) => ({ ...row, scenario: `"${row.scenario}, ""2027"""` }));
    const header = NAMES.map((name) => `"${name.toUpperCase()}"`).join(",");
    const text = [`\uFEFF${header}`, ...rows.map((row) => cellsOf(row)), "", ""].join("\r\n");
    const futures = await read(text);
    expect(futures.scenarioNames).toEqual(['base, "2027"', 'high, "2027"']);
    expect(futures.spend).toEqual((await read(csvOf(EXAMPLE))).spend);
  });

  test("times with an offset are converted, without one they are UTC", async () => {
    const hours = ["2027-01-01 05:00:00+05:00", "2027-01-01 00:00:00", "2027-01-01"];
    const { spend } = await read(csvOf(hours.map((usage_hour) => ({ usage_hour }))));
    expect([...spend.onDemandUsd]).toEqual([0.69]);
  });

  test("integers are ordered as numbers, anything else as text", async () => {
    const names = async (...scenarios: string[]): Promise<string[]> => {
      const probability = String(1 / scenarios.length);
      return (await read(csvOf(scenarios.map((scenario) => ({ scenario, probability }))))).scenarioNames;
    };
    expect(await names("10", "9", "-1", "100")).toEqual(["-1", "9", "10", "100"]);
    expect(await names("10", "9", "b", "B")).toEqual(["10", "9", "B", "b"]);
  });

  test("thirds of six digits are meant to be all; a scenario of no probability may stand", async () => {
    const rows = ["a", "b", "c"].map((scenario) => ({ scenario, probability: "0.333333" }));
    const { probability } = await read(csvOf([...rows, { scenario: "d", probability: "0" }]));
    expect([...probability]).toEqual([1 / 3, 1 / 3, 1 / 3, 0]);
  });

  test("the order of the rows does not matter", async () => {
    const row = fc.record({
      scenario: fc.constantFrom("2", "10"),
      hour: fc.nat(4),
      account_id: fc.constantFrom("", "444455556666"),
      usage_type: fc.constantFrom("USE1-Host:ml.m5.xlarge", "EU-Train:ml.g5.xlarge"),
      cents: fc.nat(1000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), fc.infiniteStream(fc.nat()), async (drawn, keys) => {
        const rows = [
          ...drawn,
          { scenario: "2", hour: 0, cents: 1 },
          { scenario: "10", hour: 4, cents: 1 },
        ].map(({ hour, cents, ...rest }) => ({
          ...rest,
          usage_hour: at(hour),
          on_demand_usd: (cents / 100).toFixed(2),
          probability: rest.scenario === "2" ? "0.4" : "0.6",
        }));
        const shuffled = rows
          .map((value) => ({ value, key: keys.next().value! }))
          .sort((a, b) => a.key - b.key)
          .map(({ value }) => value);
        const futures = await read(csvOf(shuffled));
        expect(told(futures)).toEqual(told(await read(csvOf(rows))));
        expect(futures.hourCount).toBe(5);
        const sums = new Map<string, number>();
        for (const { scenario, usage_hour, on_demand_usd } of rows) {
          const hour = (scenario === "2" ? 0 : 5) + parseUtcMs(usage_hour) / HOUR_MS - futures.from;
          sums.set(String(hour), (sums.get(String(hour)) ?? 0) + Math.round(100 * Number(on_demand_usd)));
        }
        const seen = new Map<string, number>();
        futures.spend.hour.forEach((hour, n) =>
          seen.set(
            String(hour),
            (seen.get(String(hour)) ?? 0) + Math.round(100 * futures.spend.onDemandUsd[n]!),
          ),
        );
        expect(seen).toEqual(new Map([...sums].sort(([a], [b]) => Number(a) - Number(b))));
      }),
      { numRuns: 15, seed: 7 },
    );
  });

  test.each(["csv", "parquet"])("what normalize writes as %s, with two columns added", async (kind) => {
    const folder = scratchFolder();
    const table = join(folder, `table.${kind}`);
    const { rows, from, to } = await normalize({
      exports: ["fixtures/ml-company/cur2-parquet"],
      out: table,
    });
    const scan = kind === "csv" ? `read_csv('${table}', all_varchar = true)` : `read_parquet('${table}')`;
    const out = join(folder, `futures.${kind}`);
    await sql(`COPY (SELECT *, 's' || future.scenario AS scenario, future.probability FROM ${scan}
      CROSS JOIN (VALUES (1, 0.5), (2, 0.5)) AS future(scenario, probability)) TO '${out}' (FORMAT ${kind})`);
    const futures = await readFutures(out);
    const { history } = await inspect({ exports: [table] });
    const usd = futures.spend.onDemandUsd.reduce((sum, amount) => sum + amount, 0);
    expect(usd / 2 / history!.onDemandUsd).toBeCloseTo(1, 9);
    expect(futures.input.rows).toBe(2 * rows);
    expect([futures.from * HOUR_MS, (futures.from + futures.hourCount) * HOUR_MS]).toEqual([
      parseUtcMs(from),
      parseUtcMs(to),
    ]);
    const half = futures.spend.hour.length / 2;
    expect(futures.spend.onDemandUsd.slice(0, half)).toEqual(futures.spend.onDemandUsd.slice(half));
    expect(onDemandRates(futures.spend).some((rate) => rate > 0)).toBe(true);
  });
});

const fault = (code: ErrorCode, message: RegExp) => ({ code, message: expect.stringMatching(message) });

describe("what is refused: the path", () => {
  test("nothing there, a pattern, a folder, another kind of file", async () => {
    const folder = folderWith({ "a.csv": csvOf([{}]), "a.xlsx": "x" });
    await expect(readFutures(join(folder, "b.csv"))).rejects.toMatchObject(
      fault("path-not-found", /b\.csv was not found\. Check/),
    );
    await expect(readFutures(join(folder, "*.csv"))).rejects.toMatchObject(
      fault("path-not-found", /not a pattern such as this/),
    );
    await expect(readFutures(folder)).rejects.toMatchObject(
      fault("wrong-call", /is a folder: scenarios are one file/),
    );
    await expect(readFutures(join(folder, "a.xlsx"))).rejects.toMatchObject(
      fault("unknown-format", /a\.xlsx does not end in \.csv/),
    );
  });

  test("brackets in a name are no pattern", async () => {
    const folder = folderWith({ "f[1].csv": csvOf([{}]), "f1.csv": csvOf([{ on_demand_usd: "9" }]) });
    await sql(`COPY (SELECT * FROM read_csv('${folder}/f[[]1].csv')) TO '${folder}/f[1].parquet'`);
    await sql(`COPY (SELECT * FROM read_csv('${folder}/f1.csv')) TO '${folder}/f1.parquet'`);
    for (const name of ["f[1].csv", "f[1].parquet"]) {
      expect([...(await readFutures(join(folder, name))).spend.onDemandUsd]).toEqual([0.23]);
    }
  });

  test.skipIf(process.getuid?.() === 0)("a file that may not be read", async () => {
    const path = join(folderWith({ "a.csv": csvOf([{}]) }), "a.csv");
    chmodSync(path, 0o000);
    await expect(readFutures(path)).rejects.toMatchObject(fault("unreadable-file", /a\.csv can't be read/));
  });
});

describe("what is refused: the file", () => {
  test("empty, a gzip of nothing, a header without rows", async () => {
    await expect(read("")).rejects.toMatchObject(
      fault("empty-file", /futures\.csv is empty \(0 bytes\); scenarios need a header/),
    );
    await expect(read(gzipSync(""), "f.csv.gz")).rejects.toMatchObject(
      fault("empty-file", /f\.csv\.gz holds nothing/),
    );
    await expect(read(csvOf([]))).rejects.toMatchObject(fault("empty-file", /has a header and no rows/));
    const folder = folderWith({ "a.csv": csvOf([{}]) });
    await sql(`COPY (SELECT * FROM read_csv('${folder}/a.csv') LIMIT 0) TO '${folder}/a.parquet'`);
    await expect(readFutures(join(folder, "a.parquet"))).rejects.toMatchObject(
      fault("empty-file", /a\.parquet has a header and no rows/),
    );
  });

  test("cut, damaged, or of another kind than its name says", async () => {
    const gz = gzipSync(csvOf(Array.from({ length: 2000 }, (_, n) => ({ usage_hour: at(n) }))));
    await expect(read(gz.subarray(0, gz.length / 2), "f.csv.gz")).rejects.toMatchObject(
      fault("damaged-file", /f\.csv\.gz is cut/),
    );
    await expect(read(Buffer.from("plain"), "f.csv.gz")).rejects.toMatchObject(
      fault("missing-column", /f\.csv\.gz lacks the columns/),
    );
    await expect(read(csvOf([{}]), "f.parquet")).rejects.toMatchObject(
      fault("damaged-file", /f\.parquet is not a readable parquet file/),
    );
    await expect(read(Buffer.from([0x50, 0x4b, 3, 4, 0, 0xff, 0x0a, 7]))).rejects.toMatchObject(
      fault("damaged-file", /futures\.csv/),
    );
    await expect(read(`${csvOf([{}])}2027,short\n`)).rejects.toMatchObject(
      fault("damaged-file", /more or fewer fields than the header/),
    );
    const folder = folderWith({ "a.csv": csvOf([{}]) });
    await sql(`COPY (SELECT * FROM read_csv('${folder}/a.csv')) TO '${folder}/a.parquet' (FORMAT parquet)`);
    const bytes = readFileSync(join(folder, "a.parquet"));
    writeFileSync(join(folder, "a.parquet"), bytes.subarray(0, bytes.length - 20));
    await expect(readFutures(join(folder, "a.parquet"))).rejects.toMatchObject(
      fault("damaged-file", /a\.parquet is not a readable/),
    );
  });

  test("columns that lack", async () => {
    const without = (...names: string[]): string =>
      csvOf(
        [{}],
        NAMES.filter((name) => !names.includes(name)),
      );
    await expect(read(without("scenario", "probability"))).rejects.toMatchObject(
      fault(
        "missing-column",
        /lacks the columns scenario, probability\. It looks like the normalized table.*for example: usage_hour,.*,growth,0\.25/,
      ),
    );
    await expect(read(without("probability"))).rejects.toMatchObject(
      fault("missing-column", /lacks the column probability\. It looks/),
    );
    await expect(read(without("usage_type", "scenario"))).rejects.toMatchObject(
      fault(
        "missing-column",
        /lacks the columns usage_type, scenario: its 7 columns begin with usage_hour, account_id/,
      ),
    );
    await expect(read(csvOf([{}]).replaceAll(",", ";"))).rejects.toMatchObject(
      fault("missing-column", /its 1 column begins with .*Columns are separated by commas/),
    );
  });

  test("a column twice", async () => {
    const twice = `${NAMES.join(",")},Scenario\n${cellsOf({})},2\n`;
    await expect(read(twice)).rejects.toMatchObject(
      fault("unknown-format", /futures\.csv: Two columns are spellings of one, scenario and Scenario/),
    );
    await expect(read(twice.replace("Scenario", "scenario"))).rejects.toMatchObject(
      fault("unknown-format", /Two columns are spellings/),
    );
  });

  test("futures as history", async () => {
    const folder = folderWith({ "futures.csv": csvOf(EXAMPLE) });
    await expect(inspect({ exports: [folder] })).rejects.toMatchObject(
      fault("unknown-format", /holds scenarios.*Name it with --futures/),
    );
  });
});

describe("what is refused: values, with file, row and column", () => {
  const good: Row = { usage_hour: at(1) };
  const hour = /row 3, column usage_hour: found "[^"]+", expected the start of an hour/;
  const number = /row 3, column on_demand_usd: found "[^"]+", expected a number that is not negative/;
  const share = /row 3, column probability: found "[^"]+", expected a number between 0 and 1/;
  test.each<[string, Row, RegExp]>([
    ["half past", { usage_hour: "2027-01-01T00:30:00Z" }, hour],
    ["no date", { usage_hour: "01/02/2027" }, hour],
    ["no date of a bill", { usage_hour: "0027-01-01T00:00:00Z" }, hour],
    ["no hour", { usage_hour: "" }, /row 3, column usage_hour: found nothing/],
    ["negative dollars", { on_demand_usd: "-0.01" }, number],
    ["dollars that are none", { on_demand_usd: "NaN" }, number],
    [
      "dollars with a sign",
      { on_demand_usd: "$5" },
      /row 3, column on_demand_usd: .* without a currency sign/,
    ],
    ["dollars without end", { on_demand_usd: "inf" }, number],
    ["no dollars", { on_demand_usd: "" }, /row 3, column on_demand_usd: found nothing/],
    ["usage that is none", { usage_hours: "many" }, /row 3, column usage_hours: found "many"/],
    ["negative usage", { usage_hours: "-1" }, /row 3, column usage_hours: found "-1"/],
    [
      "no scenario",
      { scenario: "" },
      /row 3, column scenario: found nothing.*, expected the scenario's name/,
    ],
    ["a scenario of blanks", { scenario: "  " }, /row 3, column scenario: found " {2}"/],
    ["no usage type", { usage_type: "" }, /row 3, column usage_type: found nothing/],
    ["percent", { probability: "50%" }, share],
    ["percent without sign", { probability: "50" }, share],
    ["negative probability", { probability: "-0.5" }, share],
    ["a probability that is none", { probability: "NaN" }, share],
    ["no probability", { probability: "" }, /row 3, column probability: found nothing/],
  ])("%s", async (_, row, message) => {
    const folder = folderWith({ "futures.csv": csvOf([good, row, good]) });
    await expect(readFutures(join(folder, "futures.csv"))).rejects.toMatchObject(fault("bad-value", message));
    await sql(
      `COPY (SELECT * FROM read_csv('${folder}/futures.csv', all_varchar = true)) TO '${folder}/f.parquet'`,
    );
    const inParquet = new RegExp(message.source.replace("row 3", "row 2"));
    await expect(readFutures(join(folder, "f.parquet"))).rejects.toMatchObject(fault("bad-value", inParquet));
  });

  test("parquet columns of unfit types", async () => {
    const folder = folderWith({ "a.csv": csvOf([{}]) });
    const typed = async (replaced: string): Promise<Futures> => {
      await sql(`COPY (SELECT * REPLACE (${replaced}) FROM read_csv('${folder}/a.csv', all_varchar = true))
        TO '${folder}/f.parquet' (FORMAT parquet)`);
      return readFutures(join(folder, "f.parquet"));
    };
    await expect(typed("1798761600 AS usage_hour")).rejects.toMatchObject(
      fault("bad-value", /column usage_hour: found "1798761600"/),
    );
    await expect(typed("[0.23] AS on_demand_usd")).rejects.toMatchObject(
      fault("bad-value", /column on_demand_usd: found "\[0.23\]"/),
    );
    await expect(typed("'NaN'::DOUBLE AS on_demand_usd")).rejects.toMatchObject(
      fault("bad-value", /on_demand_usd: found "nan"/),
    );
    await expect(typed("'inf'::FLOAT AS probability")).rejects.toMatchObject(
      fault("bad-value", /probability: found "inf"/),
    );
    expect((await typed("7 AS scenario")).scenarioNames).toEqual(["7"]);
  });

  test("how many rows are wrong is told", async () => {
    const bad = { on_demand_usd: "x" };
    await expect(read(csvOf([good, bad, bad]))).rejects.toMatchObject(
      fault("bad-value", /\(2 rows can't be read\)\. Correct it/),
    );
  });

  test("a probability that changes within its scenario", async () => {
    const rows = [
      { probability: "0.5" },
      { scenario: "2", probability: "0.5" },
      { usage_hour: at(1), probability: "0.25" },
    ];
    await expect(read(csvOf(rows))).rejects.toMatchObject(
      fault(
        "bad-value",
        /column probability: scenario "1" has 2 probabilities, 0\.5 \(row 2\) and 0\.25 \(row 4\), expected one/,
      ),
    );
  });

  test("probabilities that are not all, or none", async () => {
    const of = (...probabilities: string[]): Promise<Futures> =>
      read(csvOf(probabilities.map((probability, n) => ({ scenario: `s${n}`, probability }))));
    await expect(of("0.5", "0.3", "0.1")).rejects.toMatchObject(
      fault(
        "bad-value",
        /the 3 scenarios add up to 0\.9 \("s0" 0\.5, "s1" 0\.3, "s2" 0\.1\), expected 1 .*equally probable each have 0\.333333333333/,
      ),
    );
    await expect(of("0.9", "0.9")).rejects.toMatchObject(fault("bad-value", /add up to 1\.8/));
    await expect(of("0", "0")).rejects.toMatchObject(fault("bad-value", /the 2 scenarios add up to 0 /));
    await expect(of("0.4")).rejects.toMatchObject(fault("bad-value", /the one scenario adds up to 0\.4/));
    await expect(of("0.5", "0.499998")).rejects.toMatchObject(fault("bad-value", /add up to 0\.999998/));
  });

  test("a date that is probably wrong", async () => {
    await expect(read(csvOf([good, { usage_hour: "2072-01-01T00:00:00Z" }]))).rejects.toMatchObject(
      fault(
        "bad-value",
        /from 2027-01-01T01:00:00Z \(row 2\) to 2072-01-01T00:00:00Z \(row 3\), more than 10 years/,
      ),
    );
  });

  test("more hours than can be held", async () => {
    const folder = scratchFolder();
    await sql(`COPY (SELECT TIMESTAMP '2027-01-01' + ((n % 2) * 87000) * INTERVAL 1 HOUR AS usage_hour,
      'USE1-Host:ml.m5.xlarge' AS usage_type, 1 AS on_demand_usd, n AS scenario, 0.001 AS probability
      FROM range(1000) AS r(n)) TO '${folder}/f.parquet' (FORMAT parquet)`);
    await expect(readFutures(join(folder, "f.parquet"))).rejects.toMatchObject(
      fault(
        "bad-value",
        /1,000 scenarios of 87,001 hours are 87,001,000 scenario-hours, at most 50,000,000.*Keep fewer scenarios/,
      ),
    );
  });
});

test("an interruption ends the work, whenever it comes", async () => {
  const folder = scratchFolder();
  const path = join(folder, "f.csv.gz");
  writeFileSync(path, gzipSync(csvOf(Array.from({ length: 5000 }, (_, n) => ({ usage_hour: at(n) })))));
  for (const step of ["Reading scenarios", "Adding up scenarios"]) {
    const stop = new AbortController();
    const work = readFutures(path, {
      signal: stop.signal,
      onProgress: (progress) => {
        if (progress.step === step) stop.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
  }
});

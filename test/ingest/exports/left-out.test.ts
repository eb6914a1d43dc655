/** Files that are not read: refused where a part of the bill would be missing, else told with their names. */
import { chmodSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { inspect } from "../../../src/index.ts";
import { csvOf, folderWith, hourOf, scratchFolder, type CurRow } from "../small-exports.ts";

const hours = (from: number, count: number, row: CurRow = {}): CurRow[] =>
  Array.from({ length: count }, (_, n) => ({ ...hourOf(from + n), ...row }));
const september = csvOf(hours(-720, 2, { "bill/BillingPeriodStartDate": "2026-09-01T00:00:00Z" }));
const october = csvOf(hours(0, 2));

const answer = (day: string, after: string, amount = "0.46") =>
  JSON.stringify({
    GroupDefinitions: [
      { Type: "DIMENSION", Key: "USAGE_TYPE" },
      { Type: "DIMENSION", Key: "OPERATION" },
    ],
    ResultsByTime: [
      {
        TimePeriod: { Start: day, End: after },
        Estimated: false,
        Groups: [
          {
            Keys: ["USE1-Host:ml.m5.xlarge", "RunInstance"],
            Metrics: {
              UnblendedCost: { Amount: amount, Unit: "USD" },
              UsageQuantity: { Amount: "2", Unit: "Hrs" },
            },
          },
        ],
      },
    ],
  });

const total = async (path: string): Promise<string> =>
  (await inspect({ exports: [path] })).reconciliation.exportTotalUsd;
const told = async (path: string): Promise<string[]> =>
  (await inspect({ exports: [path] })).findings.map(({ code, message }) => `${code}: ${message}`);

describe("Cost Explorer's answers in a folder", () => {
  const first = answer("2026-10-01", "2026-10-02");
  const second = answer("2026-10-02", "2026-10-03");
  test.each<[string, string | Buffer]>([
    ["UTF-16, as PowerShell writes it", Buffer.from(`\uFEFF${second}`, "utf16le")],
    ["gzip", gzipSync(second)],
    [
      "what is looked for stands late",
      `{"DimensionValueAttributes":[${`${JSON.stringify({ Value: "x".repeat(1000) })},`.repeat(1200)}{}],${second.slice(1)}`,
    ],
  ])("are read: %s", async (_, bytes) => {
    expect(await total(folderWith({ "a.json": first, "b.json": bytes }))).toBe("0.92");
  });

  test.each<[string, string]>([
    ["empty", ""],
    ["cut before its results", second.slice(0, 40)],
    ["cut after a brace", `${second.slice(0, second.indexOf("}") + 1)}`],
  ])("are told: %s", async (_, text) => {
    expect((await told(folderWith({ "a.json": first, "b.json": text }))).join("\n")).toMatch(
      /files-not-read: 1 file was found and not read: .*b\.json/,
    );
  });

  test("are refused when they are cut within their results", async () => {
    const folder = folderWith({ "a.json": first, "b.json": second.slice(0, -20) });
    await expect(total(folder)).rejects.toMatchObject({ code: "damaged-file" });
  });

  test.skipIf(process.getuid?.() === 0)("are refused when they may not be read", async () => {
    const folder = folderWith({ "a.json": first, "b.json": second });
    chmodSync(join(folder, "b.json"), 0);
    await expect(total(folder)).rejects.toMatchObject({ code: "unreadable-file" });
  });

  test("other JSON beside them is none of theirs", async () => {
    const folder = folderWith({ "a.json": first, "rates.json": '{"searchResults":[]}' });
    expect((await told(folder)).join("\n")).not.toMatch(/files-not-read/);
  });
});

describe("what a manifest lists counts, whatever its ending", () => {
  const legacy = (...keys: string[]) => JSON.stringify({ reportKeys: keys });
  test("a ZIP of a legacy CUR", async () => {
    const folder = folderWith({
      "cur/20261001-20261101/cur-1.csv": october,
      "cur/20260901-20261001/cur-Manifest.json": legacy("p/cur/20260901-20261001/cur-1.csv.zip"),
      "cur/20260901-20261001/cur-1.csv.zip": "PK",
    });
    await expect(total(folder)).rejects.toThrow(/cur-1\.csv\.zip, whose ending is none that is read: unzip/);
  });

  test("a month whose manifest is there, and whose files are not; an older version's manifest says nothing", async () => {
    const files = {
      "cur/20261001-20261101/b/cur-1.csv": october,
      "cur/20261001-20261101/cur-Manifest.json": legacy("cur/20261001-20261101/b/cur-1.csv"),
      "cur/20261001-20261101/a/cur-Manifest.json": legacy("cur/20261001-20261101/a/cur-1.csv"),
    };
    expect(await total(folderWith(files))).toBe("0.46");
    const folder = folderWith({
      ...files,
      "data/metadata/BILLING_PERIOD=2026-09/e-Manifest.json": JSON.stringify({
        dataFiles: ["s3://b/data/data/BILLING_PERIOD=2026-09/e-00001.parquet"],
      }),
    });
    await expect(total(folder)).rejects.toThrow(/lists 1 data files, of which 1 are missing/);
  });

  test("two payers whose reports are called alike", async () => {
    const payer = (account: string) => csvOf(hours(0, 2, { "lineItem/UsageAccountId": account }));
    const folder = folderWith({
      "a/cur/20261001-20261101/cur-1.csv": payer("111111111111"),
      "a/cur/20261001-20261101/cur-Manifest.json": legacy("cur/20261001-20261101/cur-1.csv"),
      "b/cur/20261001-20261101/cur-1.csv": payer("222222222222"),
      "b/cur/20261001-20261101/cur-2.csv": payer("333333333333"),
      "b/cur/20261001-20261101/cur-Manifest.json": legacy(
        "cur/20261001-20261101/cur-1.csv",
        "cur/20261001-20261101/cur-2.csv",
      ),
    });
    expect(await total(folder)).toBe("1.38");
  });
});

describe("files among the exports", () => {
  test("that may hold a part of the bill are told", async () => {
    const folder = folderWith({
      "cur/20261001-20261101/cur-1.csv": october,
      "cur/20260901-20261001/cur-1.csv.gz.part": "x",
      "cur/20260801-20260901/cur-1.csv.zst": "x",
      "cur/20260701-20260801/cur-1.parquet.gz": Buffer.from("x"),
      "cur/20260601-20260701/cur-1.csv.zip": "x",
    });
    expect((await told(folder)).join("\n")).toMatch(/files-not-read: 4 files were found and not read: /);
  });

  test("that hold none are passed over, and told", async () => {
    const folder = folderWith({
      "cur/cur/year=2026/month=10/cur-00001.csv": october,
      "cur/cost_and_usage_data_status/cost_and_usage_data_status.parquet": "PAR1",
      "cur/._cur.csv": "x",
      "cur/~$cur.csv": "x",
      "cur/region_index.json": "{}",
      "cur/cur.csv.crc": "x",
    });
    const all = (await told(folder)).join("\n");
    expect(all).toMatch(/files-passed-over: 3 files were found and not read: /);
    expect(all).not.toMatch(/files-not-read/);
  });

  test("without an ending are known by what they hold", async () => {
    const folder = folderWith({ "000000_0": "no export", _SUCCESS: "", "a.csv": october });
    expect(await total(folder)).toBe("0.46");
  });
});

describe("a folder behind a link", () => {
  test("is read, once, and a circle ends", async () => {
    const elsewhere = folderWith({ "20260901-20261001/x/cur-1.csv": september });
    const folder = folderWith({ "20261001-20261101/y/cur-1.csv": october });
    symlinkSync(join(elsewhere, "20260901-20261001"), join(folder, "20260901-20261001"));
    symlinkSync(folder, join(folder, "round"));
    expect(await total(folder)).toBe("0.92");
  });
});

test.each(["s3://my-bucket/cur/", "https://example.com/cur.csv"])("%s says what to do", async (url) => {
  await expect(total(url)).rejects.toThrow(/copy it first .*--engine athena/);
});

test("a folder with nothing but what is not read names it", async () => {
  const folder = folderWith({ "a.csv.zip": "x" });
  renameSync(join(folder, "a.csv.zip"), join(folder, "b.csv.zip"));
  await expect(total(folder)).rejects.toThrow(/b\.csv\.zip is not read/);
  await expect(total(scratchFolder())).rejects.toThrow(/holds no billing export: 0 files/);
});

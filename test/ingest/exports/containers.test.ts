/** What holds the bytes (folders, parquet's own names, lines) does not change what they say. */
import { readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { inspect } from "../../../src/index.ts";
import { csvOf, folderWith, hourOf, type CurRow } from "../small-exports.ts";

const hours = (count: number, row: CurRow = {}): CurRow[] =>
  Array.from({ length: count }, (_, n) => ({ ...hourOf(n), ...row }));

const NORMALIZED =
  "usage_hour,account_id,region,usage_type,operation,usage_hours,on_demand_usd\n" +
  "2026-10-01T00:00:00Z,111122223333,us-east-1,USE1-Host:ml.m5.xlarge,RunInstance,1,0.23\n" +
  "2026-10-01T01:00:00Z,111122223333,us-east-1,USE1-Host:ml.m5.xlarge,RunInstance,1,0.23\n";

/** `a.csv` of the folder as `name`, a parquet file, with a column more where one is asked for. */
async function parquetBeside(folder: string, name: string, more = ""): Promise<string> {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(
    `COPY (SELECT *${more} FROM read_csv('${folder}/a.csv', all_varchar = true)) TO '${path}' (FORMAT parquet)`,
  );
  return path;
}

const total = async (path: string): Promise<string> =>
  (await inspect({ exports: [path] })).reconciliation.exportTotalUsd;

describe("a folder called KEY=VALUE does not take the place of the column KEY", () => {
  test.each([
    ["CUR", csvOf(hours(2)), "lineItem_UnblendedCost=7"],
    ["normalized", NORMALIZED, "on_demand_usd=7"],
  ])("%s", async (_, text, key) => {
    const folder = folderWith({ "a.csv": text.replaceAll("lineItem/", "lineItem_") });
    const path = await parquetBeside(folder, `${key}/b.parquet`);
    expect(await total(path)).toBe("0.46");
    const csv = join(path, "../c.csv");
    writeFileSync(csv, readFileSync(join(folder, "a.csv")));
    expect(await total(csv)).toBe("0.46");
  });

  test("nor does one called as a CSV column is numbered, in a file that is read whole", async () => {
    const rows = hours(2, { "lineItem/LineItemDescription": "two\nlines" });
    const folder = folderWith({ "column_12=7/a.csv": csvOf(rows) });
    expect(await total(folder)).toBe("0.46");
  });
});

describe("a parquet column that stands twice is refused, with the file's name", () => {
  test.each([
    ["CUR", csvOf(hours(2)), "lineItem/UnblendedCost", "lineItem/unblendedcost"],
    ["normalized", NORMALIZED, "on_demand_usd", "ON_DEMAND_USD"],
    ["normalized, the very name", NORMALIZED, "on_demand_usd", "on_demand_usd"],
  ])("%s", async (_, text, name, twin) => {
    const folder = folderWith({ "a.csv": text });
    const other = `${name.slice(0, -1)}~`;
    const path = await parquetBeside(folder, "b.parquet", `, "${name}" AS "${other}"`);
    const bytes = readFileSync(path).toString("latin1").replaceAll(other, twin);
    writeFileSync(path, bytes, "latin1");
    await expect(inspect({ exports: [path] })).rejects.toMatchObject({
      code: "unknown-format",
      message: expect.stringContaining(`b.parquet: two columns are spellings of one, ${name} and ${twin}`),
    });
  });
});

describe("a line within a quoted description is text", () => {
  const line = csvOf(hours(1, { "lineItem/UnblendedCost": "9", "pricing/publicOnDemandCost": "9" }))
    .split("\n")
    .slice(1, 2)
    .join("");
  const text = (description: string) =>
    csvOf([
      ...hours(2),
      { ...hourOf(0), "lineItem/ProductCode": "AmazonEC2", "lineItem/LineItemDescription": description },
    ]);

  test("of a Cost and Usage Report", async () => {
    expect(await total(folderWith({ "a.csv": text(`x\n${line}\ny`) }))).toBe("0.46");
    expect(await total(folderWith({ "a.csv.gz": text(`x\r\n${line}\r\ny`) }))).toBe("0.46");
  });

  test("across the chunks in which a file is read", async () => {
    const filler = "z".repeat((1 << 20) - 20);
    expect(await total(folderWith({ "a.csv": text(`${filler}\n${line}\ny`) }))).toBe("0.46");
  });

  test("a lone quote within a field opens nothing", async () => {
    const rows = csvOf([
      ...hours(2),
      { ...hourOf(0), "lineItem/ProductCode": "AmazonEC2", "lineItem/LineItemDescription": "19 inch" },
    ]);
    expect(await total(folderWith({ "a.csv": rows.replace("19 inch", '19" rack') }))).toBe("0.46");
  });
});

/** Bytes of the other order. */
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");

describe("text is read whatever wrote it, and whatever its name says", () => {
  const others = {
    ...hourOf(5),
    "lineItem/ProductCode": "AmazonEC2",
    "lineItem/LineItemDescription": "a\rb",
  };
  const cur = csvOf([...hours(2), others]);
  const focus =
    "ChargeCategory,ChargePeriodStart,ChargePeriodEnd,SubAccountId,BilledCost,ListCost,x_ServiceCode,x_UsageType\n" +
    "Usage,2026-10-01T00:00:00Z,2026-10-01T01:00:00Z,111122223333,0.46,0.46,AmazonSageMaker,USE1-Host:ml.m5.xlarge\n";
  const formats: [string, string][] = [
    ["CUR", cur],
    ["FOCUS", focus],
    ["normalized", NORMALIZED],
  ];
  test.each(formats)("%s", async (_, text) => {
    const spelled: Record<string, string | Buffer> = {
      "bom.csv": `\uFEFF${text}`,
      "utf16.csv": utf16(`\uFEFF${text}`),
      "utf16be.csv": swapped(utf16(`\uFEFF${text}`)),
      "utf16-without-mark.csv": utf16(text),
      "utf16.csv.gz": gzipSync(utf16(`\uFEFF${text}`)),
      "mac.csv": text.replaceAll("\n", "\r"),
      "windows.csv": text.replaceAll("\n", "\r\n"),
      "plain.csv.gz": Buffer.from(text),
      "gzip.csv": gzipSync(text),
    };
    const folder = folderWith(spelled);
    for (const name of Object.keys(spelled))
      expect([name, await total(join(folder, name))]).toEqual([name, "0.46"]);
  });

  test("lines that end in a lone return, and a record of several of them, in a file that is read whole", async () => {
    const rows = hours(2, { "lineItem/LineItemDescription": "two\rlines" });
    expect(await total(folderWith({ "a.csv": csvOf(rows).replaceAll("\n", "\r") }))).toBe("0.46");
  });
});

describe("what is no text, or parted otherwise, is refused by its name", () => {
  const text = csvOf(hours(2));
  const zeros = Buffer.alloc(64);
  const gz = gzipSync(text);
  test.each<[string, string | Buffer, RegExp]>([
    ["a.csv", Buffer.concat([Buffer.from(text), zeros]), /a\.csv, line 4: found a NUL byte/],
    ["b.csv", text.replace("0.23", "0.\u000023"), /b\.csv, line 2: found a NUL byte/],
    ["c.csv.gz", Buffer.concat([gz, zeros, gz]), /c\.csv\.gz is damaged: .*and zeros follow/],
    ["c-padded.csv.gz", Buffer.concat([gz, zeros]), /c-padded\.csv\.gz is damaged: .*and zeros follow/],
    ["d.csv", Buffer.from("PK\u0003\u0004rest"), /d\.csv is a ZIP archive/],
    ["e.csv.gz", Buffer.from("28b52ffd00", "hex"), /e\.csv\.gz is compressed with Zstandard/],
    ["f.csv", Buffer.from("PAR1"), /f\.csv is parquet/],
    ["g.csv", text.replaceAll(",", ";"), /g\.csv: its fields are parted by semicolons/],
    ["h.csv", text.replaceAll(",", "\t"), /h\.csv: its fields are parted by tabs/],
    ["i.csv", NORMALIZED.replaceAll(",", ";"), /i\.csv: its fields are parted by semicolons/],
    ["j.csv", utf16(`\uFEFF${text}`).subarray(0, -1), /j\.csv begins as UTF-16/],
  ])("%s", async (name, bytes, message) => {
    await expect(total(folderWith({ [name]: bytes }))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(message),
    });
  });
});

/** Inputs that once escaped: each ended otherwise than by a sound result or a clear error. */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import * as library from "../../src/index.ts";
import { call } from "../cli/call.ts";
import { EXPORTS } from "./bases.ts";
import { csvText } from "./csv-text.ts";
import { parquetOf } from "./parquet.ts";
import { csvOf, folderWith, hourOf } from "../ingest/small-exports.ts";

test.each([
  ["an option", ["inspect", "x", "--\u001b[2J"]],
  ["a command", ["\u001b[2Jinspect"]],
  ["a value", ["recommend", "x", "--seed", "\u001b[2J\u202e"]],
])("a wrong call with control characters in %s is shown, not obeyed", async (_, argv) => {
  const { code, err } = await call(argv);
  expect(code).toBe(2);
  expect(err).toContain("<1b>[2J");
  expect(err).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
});

test("a name with control characters is shown, not obeyed, where a file was written", async () => {
  const folder = folderWith({ "a.csv": csvOf([hourOf(0)]) });
  const argv = ["normalize", folder, "--out", join(folder, "\u001b[2J.csv")];
  const { code, out } = await call(argv, { load: async () => library });
  expect(code).toBe(0);
  expect(out).toContain("<1b>[2J.csv");
  expect(out).not.toContain("\u001b");
});

test("a note of a verb is shown, not obeyed", async () => {
  const review: typeof library.review = (_, effects) => {
    effects?.onNote?.("The store \u001b[2J is held");
    return Promise.reject(new library.SageplanError("store-busy", "held"));
  };
  const { err } = await call(["review", "x"], { load: async () => ({ ...library, review }) });
  expect(err).toContain("The store <1b>[2J is held");
  expect(err).not.toContain("\u001b");
});

const load = async (): Promise<typeof library> => library;

test("a manifest nested deeper than the call stack is walked", async () => {
  const deep = `${"[".repeat(100_000)}"a/20261001-20261101/a.csv"${"]".repeat(100_000)}`;
  const folder = folderWith({
    "20261001-20261101/a.csv": csvOf([hourOf(0)]),
    "20261001-20261101/a-Manifest.json": deep,
  });
  expect(await call(["inspect", folder, "--json"], { load })).toMatchObject({ code: 0 });
});

test("parquet with a damaged page header is the file's fault, whatever the engine calls it", async () => {
  const bytes = await parquetOf(EXPORTS.normalized.table);
  const folder = folderWith({ "a.parquet": Buffer.from(bytes).fill(0xff, 4, 12) });
  const { code, err } = await call(["inspect", folder], { load });
  expect(err).toContain("a.parquet can't be read as its kind of file");
  expect(code).toBe(3);
});

test("a line without an end is refused before it fills the memory: a gzip of 100 KB can hold one", async () => {
  const folder = folderWith({ "a.csv.gz": gzipSync(Buffer.alloc(20 * 2 ** 20, "x")) });
  const { code, err } = await call(["inspect", folder], { load });
  expect(err).toMatch(/a\.csv\.gz, line 1: no line break in 16 MiB, expected a CSV file.*Download it again/);
  expect(code).toBe(3);
});

test("names of columns that are a file's whole content are cut in the message", async () => {
  const { code, err } = await call(["inspect", folderWith({ "a.csv": "x".repeat(2 ** 20) })], { load });
  expect(code).toBe(3);
  expect(err.length).toBeLessThan(1_000);
});

test("a huge value is cut in the message: where it is and what to do are not", async () => {
  const folder = folderWith({ "a.csv": csvOf([{ "lineItem/UsageEndDate": "x".repeat(2 ** 20) }]) });
  const { code, err } = await call(["inspect", folder], { load });
  expect(err).toMatch(
    /a\.csv, row 2, column lineItem\/UsageEndDate: found "x+… \(\d+ characters\) …x+", expected a date/,
  );
  expect(err.length).toBeLessThan(4_000);
  expect(code).toBe(3);
});

test("bytes that are no UTF-8 in a CSV are told with their row and column", async () => {
  const [header, first, ...rows] = EXPORTS.cur2.table;
  const odd = first!.with(header!.indexOf("line_item_usage_start_date"), "2026-10-éÿ01T00:00:00.000Z");
  const latin = Buffer.from(csvText([header!, odd, ...rows]), "latin1");
  const { code, err } = await call(["inspect", folderWith({ "a.csv": latin })], { load });
  expect(err).toMatch(
    /a\.csv, row 2, column line_item_usage_start_date: found bytes that are no UTF-8, expected UTF-8.*save it as UTF-8/,
  );
  expect(code).toBe(3);
});

test("amounts that would overflow when they are added are told with their row", async () => {
  const cost = { "lineItem/UnblendedCost": "9".repeat(26), "pricing/publicOnDemandCost": "" };
  const folder = folderWith({ "a.csv": csvOf([0, 1].map((n) => ({ ...hourOf(n), ...cost }))) });
  const { code, err } = await call(["inspect", folder], { load });
  expect(err).toMatch(
    /a\.csv, row 2, column lineItem\/UnblendedCost: found "9{26}", expected a number below a million billions \(2 rows/,
  );
  expect(code).toBe(3);
});

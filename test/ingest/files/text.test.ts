/** One reader for every text that is read as a whole. */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readAwsRecommendation } from "../../../src/ingest/aws-recommendation/read.ts";
import { parseJson, readText } from "../../../src/ingest/files/text.ts";
import { readEvents } from "../../../src/ingest/futures/events.ts";
import { readPlanFile } from "../../../src/ingest/plans/plan-file.ts";
import { readRateFiles } from "../../../src/ingest/rates/read.ts";
import { folderWith } from "../small-exports.ts";

const spellings = (text: string): Record<string, Buffer> => ({
  "utf8.txt": Buffer.from(text),
  "bom.txt": Buffer.from(`\uFEFF${text}`),
  "utf16.txt": Buffer.from(`\uFEFF${text}`, "utf16le"),
  "utf16be.txt": Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
  "unmarked.txt": Buffer.from(text, "utf16le"),
  "gzip.txt": gzipSync(text),
});

test("text is the same however it was saved", async () => {
  const files = spellings('{"a": "ü€😀"}');
  const folder = folderWith(files);
  for (const name of Object.keys(files)) expect(await readText(join(folder, name))).toBe('{"a": "ü€😀"}');
});

test.each<[string, string | Buffer, RegExp]>([
  ["nul", "a\nb\u0000", /found a NUL byte in line 2/],
  ["latin-1", Buffer.from("a\xfc", "latin1"), /found bytes that are no UTF-8/],
  ["half a letter", Buffer.from("fffe4100ff", "hex"), /found bytes that are no UTF-16/],
  ["zip", Buffer.from("PK\u0003\u0004"), /is a ZIP archive/],
  ["cut", gzipSync("abc").subarray(0, 15), /is a damaged gzip/],
])("%s is no text", async (name, bytes, message) => {
  await expect(readText(join(folderWith({ [name]: bytes }), name))).rejects.toMatchObject({
    code: "damaged-file",
    message: expect.stringMatching(message),
  });
});

describe("JSON is nested in no more levels than whoever walks it can take", () => {
  const nested = (levels: number, inside = ""): string =>
    `${"[".repeat(levels)}${inside}${"]".repeat(levels)}`;
  const refuse = (why: string): Error => new Error(why);

  test("brackets in texts are no levels", () => {
    const text = JSON.stringify({ a: "[".repeat(9_000), b: '\\"[{', c: [{ d: "}" }] });
    expect(parseJson(text, refuse)).toEqual(JSON.parse(text));
    expect(parseJson(nested(500), refuse)).toEqual(JSON.parse(nested(500)));
  });

  test.each([
    ["lists", nested(501)],
    ["records", `${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}`],
  ])("%s beyond it are refused", (_, text) => {
    expect(() => parseJson(text, refuse)).toThrow(/nested in more than 500 levels/);
  });

  test.each([
    ["plans", (path: string) => readPlanFile(path), "savingsPlans"],
    ["rates", (path: string) => readRateFiles([path]), "searchResults"],
    ["AWS's recommendation", readAwsRecommendation, "SavingsPlansPurchaseRecommendation"],
  ])("a file of %s with such a field is refused by name, not with a stack", async (_, read, key) => {
    const text = `{"${key}":[{"offeringId":${nested(20_000)}}]}`;
    const path = join(folderWith({ "deep.json": text }), "deep.json");
    await expect(read(path)).rejects.toThrow(/deep\.json.*nested in more than 500 levels/s);
  });
});

describe("what goes with an option is read by it", () => {
  const card =
    "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n" +
    "USE1-Host:ml.m5.xlarge,RunInstance,1yr,no-upfront,0.161,0.23\n";
  const events = "events:\n  - shutdown: { match: USE1-Host:ml.m5.xlarge }\n    from: 2027-01-01\n";
  const readers: [string, string, (path: string) => Promise<unknown>][] = [
    ["--rates, CSV", card, (path) => readRateFiles([path])],
    ["--owned", '{"savingsPlans":[]}', readPlanFile],
    ["--events", events, (path) => readEvents(path).catch((cause: Error) => cause.message.replace(path, ""))],
    [
      "--compare-aws",
      '{"SavingsPlansPurchaseRecommendation":{"SavingsPlansType":"OTHER"}}',
      (path) => readAwsRecommendation(path).catch((cause: Error) => cause.message.replace(path, "")),
    ],
  ];
  test.each(readers)("%s", async (_, text, read) => {
    const files = spellings(text);
    const folder = folderWith(files);
    const first = (path: string) =>
      read(path).then((value) =>
        JSON.stringify(value, (key, each) => (key === "sha256" || key === "path" ? "" : each)),
      );
    const plain = await first(join(folder, "utf8.txt"));
    for (const name of Object.keys(files)) expect(await first(join(folder, name))).toBe(plain);
  });

  test("one that is not there, or is a folder, is told by its option's words", async () => {
    await expect(readRateFiles(["/no/card.json"])).rejects.toThrow(
      /^The rate card \(--rates\) \/no\/card\.json can't be read: it was not found/,
    );
    await expect(readPlanFile(folderWith({}))).rejects.toThrow(/it is a folder, expected a file/);
  });
});

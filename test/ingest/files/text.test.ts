/** One reader for every text that is read as a whole. */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readAwsRecommendation } from "../../../src/ingest/aws-recommendation/read.ts";
import { readText } from "../../../src/ingest/files/text.ts";
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

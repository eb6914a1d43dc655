import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countFields, scanCsv } from "../../../src/ingest/exports/scan-csv.ts";
import { folderWith } from "../small-exports.ts";

async function scan(text: string | Buffer, wanted: string[] | null = ["SageMaker"], gzip = true) {
  const folder = folderWith({ "x.csv.gz": gzip ? gzipSync(text) : text });
  const kept: string[] = [];
  const result = await scanCsv(join(folder, "x.csv.gz"), {
    wanted: () => wanted,
    write: async (lines) => {
      kept.push(lines.toString());
    },
  });
  return { ...result, kept: kept.join("") };
}

describe("scanning a CSV for SageMaker's lines", () => {
  test("keeps matching lines with their numbers, counts all rows", async () => {
    const { header, rows, keptRows, kept, whole } = await scan("a,b\n1,x\n2,SageMaker\n3,y\n4,SageMaker\n");
    expect({ header, rows, keptRows, kept, whole }).toEqual({
      header: ["a", "b"],
      rows: 4,
      keptRows: 2,
      kept: "3,2,SageMaker\n5,4,SageMaker\n",
      whole: false,
    });
  });

  test("byte order mark, quoted header, CRLF and a missing last line break", async () => {
    const { header, kept, rows } = await scan('\uFEFF"a","b"\r\n1,SageMaker\r\n2,"x, SageMaker"');
    expect(header).toEqual(["a", "b"]);
    expect(rows).toBe(2);
    expect(kept).toBe('2,1,SageMaker\n3,2,"x, SageMaker"\n');
  });

  test("a line break inside quotes is noticed", async () => {
    expect((await scan('a,b\n1,"SageMaker\nends here"\n')).whole).toBe(true);
    expect((await scan("a,b\n1,SageMaker,3\n")).whole).toBe(true);
  });

  test("fields are counted outside of quotes", () => {
    expect(countFields(Buffer.from('1,"a,b",""",",4'))).toBe(4);
    expect(countFields(Buffer.from('1,"open'))).toBe(0);
  });

  test("an empty inflated file has no header", async () => {
    expect((await scan("")).header).toEqual([]);
  });

  test("lines of any length, cut into chunks anywhere, are what a split at line breaks gives", async () => {
    const line = fc.array(fc.constantFrom("SageMaker", "EC2", "x".repeat(700_000), "é"), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (records) => {
        const lines = records.map((parts) => parts.join("-"));
        const { kept, rows } = await scan(["h", ...lines].join("\n") + "\n", ["SageMaker"]);
        const expected = lines
          .map((text, n) => [text, n + 2] as const)
          .filter(([text]) => text.includes("SageMaker"))
          .map(([text, number]) => `${number},${text}\n`);
        expect(kept).toBe(expected.join(""));
        expect(rows).toBe(lines.length);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

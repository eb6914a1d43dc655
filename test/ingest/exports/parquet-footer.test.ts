/** The beginning of a footer, against what DuckDB says of the same files. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inspect } from "../../../src/index.ts";
import { readFooterStart, startOf } from "../../../src/ingest/exports/parquet-footer.ts";
import { csvOf, folderWith, hourOf } from "../small-exports.ts";

const dir = mkdtempSync(join(tmpdir(), "sageplan-test-"));
let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(":memory:");
  connection = await instance.connect();
});
afterAll(() => instance.closeSync());

async function written(name: string, select: string): Promise<string> {
  const path = join(dir, `${name}.parquet`);
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  return path;
}

const COLUMN = fc.record({
  name: fc.stringMatching(/^[a-z_]{1,40}$/),
  type: fc.constantFrom(
    "VARCHAR",
    "DOUBLE",
    "FLOAT",
    "BOOLEAN",
    "TIMESTAMP",
    "BIGINT",
    "DECIMAL(38, 12)",
    "MAP(VARCHAR, VARCHAR)",
    "STRUCT(a INTEGER, b VARCHAR[])",
  ),
});

test("rows, and which files have one schema: as DuckDB says, 60 pairs of tables of up to 200 columns", async () => {
  let n = 0;
  const table = fc.record({
    columns: fc.uniqueArray(COLUMN, { minLength: 1, maxLength: 200, selector: ({ name }) => name }),
    rows: fc.constantFrom(0, 1, 63, 64, 8192, 200_000),
  });
  await fc.assert(
    fc.asyncProperty(table, fc.boolean(), async ({ columns, rows }, same) => {
      const select = (types: readonly string[]) =>
        `SELECT ${columns.map(({ name }, k) => `CAST(NULL AS ${types[k]}) AS "${name}"`).join(", ")} FROM range(${rows})`;
      const types = columns.map(({ type }) => type);
      const others = same
        ? types
        : types.with(types.length - 1, types.at(-1) === "DOUBLE" ? "VARCHAR" : "DOUBLE");
      const first = await readFooterStart(await written(`a${n}`, select(types)));
      const second = await readFooterStart(await written(`b${n++}`, select(others)));
      expect(first.rows).toBe(rows);
      expect(first.schema === second.schema).toBe(same);
    }),
    { seed: 9, numRuns: 60 },
  );
});

/** What is said of a footer with one byte changed; nothing when it can be read. */
function refusalOf(footer: Buffer, at: number, value: number): string[] {
  const changed = Buffer.from(footer);
  changed[at] = value;
  try {
    startOf(changed);
    return [];
  } catch (fault) {
    return [(fault as Error).message];
  }
}

test("a footer cut or changed anywhere ends in an answer or an error, at once", async () => {
  const bytes = readFileSync(
    await written("whole", "SELECT 1 AS a, MAP {'k': 'v'} AS m, 'x' AS c FROM range(100)"),
  );
  const footer = bytes.subarray(bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8), -8);
  const { schema } = startOf(footer);
  expect(startOf(footer)).toEqual({ schema, rows: 100 });
  const refusals = [...footer.keys()].flatMap((at) =>
    [0x00, 0x19, 0x7f, 0xf9, 0xff].flatMap((value) => refusalOf(footer, at, value)),
  );
  expect(refusals.length).toBeGreaterThan(100);
  expect(refusals.filter((message) => !message.startsWith("its footer "))).toEqual([]);
  for (let length = 0; length < Buffer.byteLength(schema, "latin1"); length++) {
    expect(() => startOf(footer.subarray(0, length))).toThrow(/ends too early/);
  }
});

test("of many files the one is named whose footer is damaged behind its columns", async () => {
  const folder = folderWith({ "a.csv": csvOf(Array.from({ length: 30 }, (_, n) => hourOf(n))) });
  const part = async (name: string, from: number) => {
    const path = join(folder, `${name}.parquet`);
    await connection.run(
      `COPY (SELECT * FROM read_csv('${folder}/a.csv', all_varchar = true) LIMIT 10 OFFSET ${from}) TO '${path}' (FORMAT parquet)`,
    );
    return path;
  };
  const paths = [await part("one", 0), await part("two", 10), await part("three", 20)];
  const bytes = readFileSync(paths[1]!);
  const footerFrom = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  const { schema } = await readFooterStart(paths[1]!);
  bytes.fill(0xff, footerFrom + Buffer.byteLength(schema, "latin1") + 8, bytes.length - 8);
  writeFileSync(paths[1]!, bytes);
  await expect(inspect({ exports: paths })).rejects.toMatchObject({
    code: "damaged-file",
    message: expect.stringMatching(/two\.parquet is not a readable parquet file/),
  });
});

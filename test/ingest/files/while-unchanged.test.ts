/** What is summed is what was hashed: a file that changes between the two is told. */
import {
  appendFileSync,
  copyFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { recommend } from "../../../src/recommend.ts";
import { csvOf, folderWith, hourOf } from "../small-exports.ts";

/** `change` happens while the file is hashed: once it is known that the first bytes were read. */
async function readWhile(change: (path: string) => void): Promise<unknown> {
  const folder = folderWith({ "a.csv": csvOf(Array.from({ length: 50 }, (_, n) => hourOf(n))) });
  const path = join(folder, "a.parquet");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(
    `COPY (SELECT * FROM read_csv('${folder}/a.csv', all_varchar = true)) TO '${path}' (FORMAT parquet)`,
  );
  let isDone = false;
  const onProgress = ({ step }: { step: string }): void => {
    if (isDone || !step.startsWith("Reading billing")) return;
    isDone = true;
    change(path);
  };
  const result = recommend({ exports: [path], futures: "history", term: "1yr" }, { onProgress });
  return result.then(
    () => "read",
    (fault: unknown) => fault,
  );
}

test.each<[string, (path: string) => void, RegExp]>([
  ["grows", (path) => appendFileSync(path, "more"), /a\.parquet was changed while it was read.*Wait until/],
  ["shrinks", (path) => truncateSync(path, 100), /a\.parquet was changed/],
  ["is written anew", (path) => utimesSync(path, 1, 1), /a\.parquet was changed/],
  [
    "is replaced by a copy",
    (path) => {
      copyFileSync(path, `${path}.new`);
      renameSync(`${path}.new`, path);
    },
    /a\.parquet was changed/,
  ],
  ["goes away", (path) => rmSync(path), /a\.parquet went away while it was read/],
])("one that %s", async (_, change, told) => {
  expect(await readWhile(change)).toMatchObject({
    code: "unreadable-file",
    exitCode: 3,
    message: expect.stringMatching(told),
  });
});

test("others may change", async () => {
  expect(await readWhile((path) => writeFileSync(join(path, "..", "b.csv"), "x"))).toBe("read");
});

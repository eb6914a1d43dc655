/** Folders named with what DuckDB takes for a pattern: read, and nothing beside them. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { inspect } from "../../../src/index.ts";
import { csvOf, folderWith, hourOf } from "../small-exports.ts";

const day = (first: number) => csvOf(Array.from({ length: 24 }, (_, n) => hourOf(first + n)));

test.each(["a[b]", "a*b", "a?b", "a{b,c}", "[a-z]*{b,c}?"])("%s", async (name) => {
  const folder = folderWith({
    [`${name}/own.csv`]: day(0),
    "ab/other.csv": day(24),
    "axb/other.csv": day(24),
  });
  const { history, provenance } = await inspect({ exports: [join(folder, name)] });
  expect(provenance.inputs.map(({ path }) => path)).toEqual([join(folder, name, "own.csv")]);
  expect(history?.hours).toBe(24);
});

import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { sqlFile } from "../../../src/ingest/files/sql-file.ts";

test("no pattern holds a question mark: Trino and Athena are given values in the place of each", () => {
  const names = readdirSync("src/ingest/sql").map((name) => name.replace(".sql", ""));
  expect(names.length).toBeGreaterThan(30);
  const quoted = names.flatMap((name) =>
    (
      sqlFile(name)
        .replaceAll(/^\s*--.*$/gm, "")
        .match(/'[^']*'/g) ?? []
    ).map((text) => `${name}: ${text}`),
  );
  expect(quoted.length).toBeGreaterThan(100);
  expect(quoted.filter((text) => text.includes("?"))).toEqual([]);
});

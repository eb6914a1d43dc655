/** The printed reference is what the code says now, and the tables of codes are what the code throws and finds. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PRINTED } from "../../scripts/docs/printed.ts";
import { EXIT_CODES } from "../../src/cli/exit-codes.ts";
import { ERRORS, FINDINGS } from "../../src/index.ts";

test.each(Object.entries(PRINTED))("docs/%s is printed anew by npm run docs", (name, print) => {
  expect(readFileSync(`docs/${name}`, "utf8")).toBe(print());
});

const source = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith("error.ts") && !name.endsWith("codes.ts"))
  .map((name) => readFileSync(`src/${name}`, "utf8"))
  .join("\n");

test("every exit code of an error is one that the command line tells of", () => {
  const told = new Set<number>(EXIT_CODES.map(([code]) => code));
  expect(Object.values(ERRORS).filter(({ exit }) => !told.has(exit))).toEqual([]);
});

/** The compiler holds that no other code is thrown; here, that the table has none that nothing throws. */
test("every error code is thrown somewhere", () => {
  expect(Object.keys(ERRORS).filter((code) => !source.includes(`"${code}"`))).toEqual([]);
});

test("every finding has its line, and every line its finding", () => {
  const found = [...source.matchAll(/(?:\bcode: |\bfinding\(\s*)"([a-z][a-z-]+)"/g)].map(
    (match) => match[1]!,
  );
  expect(found.length).toBeGreaterThan(30);
  expect([...new Set(found)].sort()).toEqual(Object.keys(FINDINGS).sort());
});

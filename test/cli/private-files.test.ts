/** Whoever shares the machine must not read a company's spend, nor turn a write elsewhere. */
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFiles } from "../../src/cli/output.ts";
import { scratchFolder } from "../ingest/exports.ts";
import { sageplan } from "./sageplan.ts";

test("a link under the name that an output's temporary file would have by its process is not followed", () => {
  const folder = scratchFolder();
  const victim = join(folder, "victim");
  writeFileSync(victim, "untouched");
  symlinkSync(victim, join(folder, `.out.json.${process.pid}.tmp`));
  writeFiles([{ path: join(folder, "out.json"), text: "{}" }]);
  expect(readFileSync(victim, "utf8")).toBe("untouched");
  expect(readFileSync(join(folder, "out.json"), "utf8")).toBe("{}");
});

test("the store is its owner's alone, and nothing temporary is left", async () => {
  const folder = scratchFolder();
  const temporary = scratchFolder();
  const store = join(folder, "store.duckdb");
  const args = ["--store", store, "--as-of", "2026-10-30T08:00:00Z", "--term", "1yr", "--scenarios", "20"];
  const { code } = await sageplan(["review", "fixtures/ml-company/cur2-csv", ...args], {
    env: { TMPDIR: temporary },
  });
  expect(code).toBe(10);
  expect((statSync(store).mode & 0o777).toString(8)).toBe("600");
  expect(readdirSync(folder)).toEqual(["store.duckdb"]);
  expect(readdirSync(temporary)).toEqual([]);
});

/** Whoever shares the machine must not read a company's spend, nor turn a write elsewhere. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFiles } from "../../src/cli/output.ts";
import { scratchFolder } from "../ingest/small-exports.ts";
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
  const args = [
    "--store",
    store,
    "--as-of",
    "2026-10-30T08:00:00Z",
    "--term",
    "1yr",
    "--scenarios",
    "10",
    "--no-queue",
  ];
  const { code } = await sageplan(["review", "fixtures/ml-company/cur2-csv", ...args], {
    env: { TMPDIR: temporary },
  });
  expect(code).toBe(10);
  expect((statSync(store).mode & 0o777).toString(8)).toBe("600");
  expect(readdirSync(folder)).toEqual(["store.duckdb"]);
  expect(readdirSync(temporary)).toEqual([]);
});

test("with umask 000 nobody else may write what was written, nor into the folders that were made", () => {
  const out = join(scratchFolder(), "made");
  const calls = [
    `recommend EXPORT --term 1yr --scenarios 10 --csv ${out}/csv --html ${out}/a.html --xlsx ${out}/a.xlsx --markdown ${out}/a.md`,
    `headroom EXPORT --events-out ${out}/headroom/a.yaml --markdown ${out}/headroom/a.md`,
    `normalize EXPORT --out ${out}/a.csv`,
    `normalize EXPORT --out ${out}/a.parquet`,
  ];
  for (const call of calls) {
    const args = call.replace("EXPORT", "fixtures/ml-company/cur2-csv");
    const line = `umask 000; exec "${process.execPath}" dist/cli/main.js ${args}`;
    expect(spawnSync("sh", ["-c", line], { encoding: "utf8" })).toMatchObject({ status: 0 });
  }
  const entries = readdirSync(out, { recursive: true, withFileTypes: true });
  expect(entries.filter((entry) => entry.isFile()).length).toBeGreaterThanOrEqual(14);
  const writable = entries.filter(({ parentPath, name }) => statSync(join(parentPath, name)).mode & 0o022);
  expect(writable.map(({ name }) => name)).toEqual([]);
});

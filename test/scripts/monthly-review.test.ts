/** `npm run review`: what cron calls. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchFolder } from "../ingest/small-exports.ts";

const reviewed = (...args: string[]) =>
  spawnSync(process.execPath, ["node_modules/tsx/dist/cli.mjs", "scripts/monthly-review.ts", ...args], {
    encoding: "utf8",
  });

test("writes the month's Markdown and JSON, prints the headline, and exits as the review does", () => {
  const folder = scratchFolder();
  const out = join(folder, "reviews");
  const args = ["--store", join(folder, "store.duckdb"), "--as-of", "2026-10-30T08:00:00Z", "--out", out];
  const { status, stdout, stderr } = reviewed(
    "fixtures/ml-company/cur2-csv",
    ...args,
    "--term",
    "1yr",
    "--scenarios",
    "10",
    "--no-queue",
  );
  expect({ status, stderr }).toEqual({ status: 10, stderr: "" });
  expect(readdirSync(out).sort()).toEqual(["2026-10.json", "2026-10.md"]);
  const { schema, decisionDue } = JSON.parse(readFileSync(join(out, "2026-10.json"), "utf8")) as Record<
    string,
    unknown
  >;
  expect({ schema, decisionDue }).toEqual({ schema: "sageplan/review/1", decisionDue: true });
  expect(stdout.split("\n")[0]).toBe(
    readFileSync(join(out, "2026-10.md"), "utf8").split("\n")[0]!.replace(/^# /, ""),
  );
});

test("a failure writes nothing and has its own exit code", () => {
  const folder = scratchFolder();
  const { status, stderr } = reviewed(
    "no-such-folder",
    "--store",
    join(folder, "s.duckdb"),
    "--out",
    join(folder, "out"),
  );
  expect(status).toBe(3);
  expect(stderr).toMatch(/no-such-folder/);
  expect(readdirSync(join(folder, "out"))).toEqual([]);
});

test("--help is its own and that of sageplan review", () => {
  const { status, stdout } = reviewed("--help");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^npm run review -- EXPORT… \[--out DIR\]/);
  expect(stdout).toMatch(/--as-of <time>/);
});

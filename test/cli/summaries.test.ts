/** What every command says by itself: at most thirty lines of eighty columns, and the details only when asked. */
import stringWidth from "string-width";
import { afterAll, describe, expect, test } from "vitest";
import { scratchFolder } from "../ingest/small-exports.ts";
import { call } from "./call.ts";

const EXPORTS = {
  "a month with a plan": "fixtures/ml-company/cur2-parquet",
  "daily sums of Cost Explorer": "fixtures/ml-company/cost-explorer/daily",
  "endpoints with waste": "fixtures/headroom/export",
};

const TO_DECIDE = 10;
const FEW = ["--scenarios", "20"];

const narrow = async (...argv: string[]) =>
  call(argv, { env: { COLUMNS: "80" }, load: () => import("../../src/index.ts") });

const folder = scratchFolder(afterAll);

describe.each(Object.entries(EXPORTS))("%s", (name, path) => {
  const commands: [string, string[]][] = [
    ["inspect", []],
    ["headroom", []],
    ["recommend", FEW],
    ["simulate", [...FEW, "--commitment", "1yr-no-upfront=1"]],
    ["backtest", [...FEW, "--step", "5d"]],
  ];
  // A review remembers what AWS restates, which Cost Explorer's answers are not.
  if (!path.includes("cost-explorer")) commands.push(["review", [...FEW, "--store", `${folder}/${name}`]]);
  test.each(commands)("%s", async (command, options) => {
    const { out, err, code } = await narrow(command, path, ...options);
    expect(err).not.toMatch(/^sageplan:/);
    expect([0, TO_DECIDE]).toContain(code);
    const lines = out.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(30);
    expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
  });
});

const SHIPPED = EXPORTS["a month with a plan"];

test("--quiet is the headline, which the summary and the details begin with", async () => {
  for (const command of ["inspect", "headroom"]) {
    const { out: quiet } = await narrow(command, SHIPPED, "--quiet");
    const { out: summary } = await narrow(command, SHIPPED);
    const { out: all } = await narrow(command, SHIPPED, "--details");
    expect(quiet.trimEnd().split("\n")).toHaveLength(1);
    expect(summary.startsWith(quiet)).toBe(true);
    expect(all.startsWith(summary)).toBe(true);
    expect(all.length).toBeGreaterThan(2 * summary.length);
  }
});

test("sections by name, and a name that is none refused with those that are", async () => {
  const { out: summary } = await narrow("inspect", SHIPPED);
  const { out } = await narrow("inspect", SHIPPED, "--details=accounts,regions");
  const added = out.slice(summary.length);
  expect(added).toMatch(/^\nAccounts\n/);
  expect(added).toMatch(/\n\nRegions\n/);
  expect(added).not.toMatch(/Usage types/);
  const { code, err } = await narrow("inspect", SHIPPED, "--details=cash");
  expect(code).toBe(2);
  expect(err).toMatch(/Expected names .* of deliveries, dollars, checks/);
});

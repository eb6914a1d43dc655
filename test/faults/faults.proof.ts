/** Every row of the fault table, as it happens. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { csvOf, folderWith, hourOf, type CurRow } from "../ingest/small-exports.ts";
import { someOf } from "../share.ts";
import { FAULTS } from "./table.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** Five weeks to the hour at which New York's clocks go back, and after. */
const ROWS: CurRow[] = Array.from({ length: 35 * 24 }, (_, n) => ({
  ...hourOf(n),
  "bill/BillingPeriodStartDate": n < 31 * 24 ? "2026-10-01T00:00:00Z" : "2026-11-01T00:00:00Z",
  "lineItem/UsageAmount": String(1 + (n % 5)),
  "lineItem/UnblendedCost": (0.23 * (1 + (n % 5))).toFixed(2),
  "pricing/publicOnDemandCost": (0.23 * (1 + (n % 5))).toFixed(2),
}));
const CARD =
  "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n" +
  "USE1-Host:ml.m5.xlarge,RunInstance,1yr,no-upfront,0.161,0.23\n";

function bash(folder: string, script: string): { code: number | null; stdout: string; stderr: string } {
  const temporary = join(folder, "temporary");
  mkdirSync(temporary, { recursive: true });
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    ["--mount", "--map-root-user", "bash", "-c", script],
    {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        NO_COLOR: "1",
        TMPDIR: temporary,
        HOME: folder,
        NODE_OPTIONS: "",
        SAGEPLAN: `${process.execPath} ${MAIN}`,
      },
    },
  );
  return { code: status, stdout, stderr };
}

const BILL = {
  "exports/2026-10.csv": csvOf(
    ROWS.filter((row) => row["bill/BillingPeriodStartDate"]!.startsWith("2026-10")),
  ),
  "exports/2026-11.csv": csvOf(
    ROWS.filter((row) => row["bill/BillingPeriodStartDate"]!.startsWith("2026-11")),
  ),
  "rates.csv": CARD,
};
/** What an undisturbed run prints. */
let reference = "";

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "sageplan-test-"));
  for (const [name, text] of Object.entries(BILL)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const run = bash(folder, "$SAGEPLAN recommend exports --rates rates.csv --term 1yr --scenarios 20 --json");
  rmSync(folder, { recursive: true });
  if (run.code !== 0) throw new Error(run.stderr);
  reference = run.stdout;
});

test.each(someOf(FAULTS))("$fault", ({ script, exit, told, survives }) => {
  const folder = folderWith({ ...BILL, "reference.json": reference });
  const { code, stdout, stderr } = bash(folder, script);
  expect({ code, stderr, stdout: code === exit ? "" : stdout }).toEqual({
    code: exit,
    stderr: expect.stringMatching(told ?? /^$/),
    stdout: "",
  });
  const left = readdirSync(join(folder, "temporary"));
  expect(left).toHaveLength(survives.includes("temporary folder stays") ? 1 : 0);
});

/**
 * `npm run bench -- user [--rounds N]`: what people wait for, as ratios of one run at rest, into
 * `docs/bench/<date>-user.json`. Every call is a process of the built program; what makes a ratio alternates, and medians
 * are compared. Prints each ratio beside that of the newest file before, and marks what grew by half.
 */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { median } from "./bench-export.ts";
import { makeOrganization } from "./fixtures/user-bench.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" } } });
const ROUNDS = Number(values.rounds);
const root = join(import.meta.dirname, "..");
const main = join(root, "dist/cli/main.js");
const work = mkdtempSync(join(tmpdir(), "sageplan-user-"));
const GREW = 1.5;

interface Call {
  name: string;
  args: readonly string[];
  /** Done before each, and not timed. */
  prepare?: () => void;
  /** Exit codes of success. */
  exits?: readonly number[];
}

interface Measured {
  ms: number;
  peakMiB: number;
}

interface Ratio {
  ratio: number;
  of: Measured;
  to: Measured;
}

/** Loaded before the program: writes down the process's peak memory as it ends. */
const probe = join(work, "peak.mjs");
writeFileSync(
  probe,
  `import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
if (isMainThread) process.on("exit", () => writeFileSync(${JSON.stringify(join(work, "peak"))}, String(process.resourceUsage().maxRSS)));
`,
);

function measured({ name, args, prepare, exits = [0] }: Call): Measured {
  prepare?.();
  const began = performance.now();
  const child = spawnSync(process.execPath, ["--import", pathToFileURL(probe).href, ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const ms = Math.round(performance.now() - began);
  if (!exits.includes(child.status!)) throw new Error(`${name} failed: ${child.stderr}`);
  const peakMiB = Math.round(Number(readFileSync(join(work, "peak"), "utf8")) / 1024);
  process.stderr.write(`${name}: ${ms} ms, ${peakMiB} MiB\n`);
  return { ms, peakMiB };
}

/** The calls in turn, round after round. */
function compared(of: Call, to: Call): Ratio {
  const rounds = Array.from({ length: ROUNDS }, () => ({ of: measured(of), to: measured(to) }));
  const middle = (which: "of" | "to"): Measured => ({
    ms: median(rounds.map((round) => round[which].ms)),
    peakMiB: Math.max(...rounds.map((round) => round[which].peakMiB)),
  });
  const [one, other] = [middle("of"), middle("to")];
  return { ratio: Number((one.ms / other.ms).toFixed(2)), of: one, to: other };
}

const sageplan = (name: string, ...args: readonly string[]): Call => ({ name, args: [main, ...args] });

const STORY = "fixtures/two-years";
const NEWEST = "2026-10";

/** The newest month, on a store that has the 23 before it. */
function reviewOnStore(): Call {
  const store = join(work, "story.duckdb");
  const [kept, own] = [`${store}.kept`, `${store}.own`];
  const earlier = readdirSync(join(root, STORY, "deliveries")).filter((month) => month < NEWEST);
  const review = (name: string, months: readonly string[], asOf: string, file: string): Call => {
    const brought = months.map((month) => `${STORY}/deliveries/${month}`);
    const given = [
      "--term",
      "1yr",
      "--rates",
      `${STORY}/rates.csv`,
      "--owned",
      `${STORY}/plans/${months.at(-1)}.json`,
    ];
    return {
      ...sageplan(name, "review", ...brought, ...given, "--store", file, "--as-of", asOf),
      exits: [0, 10],
    };
  };
  measured(review("the months before", earlier, "2026-10-03", kept));
  return {
    ...review("review, a month on a store of 24", [NEWEST], "2026-11-03", own),
    prepare: () => copyFileSync(kept, own),
  };
}

/** `plans` of equal size, one of which ends each month. */
function ownedPlans(plans: number, commitmentUsdPerHour: number): string {
  const YEAR_MS = 365 * 86_400_000;
  const savingsPlans = Array.from({ length: plans }, (_, n) => {
    const end = Date.UTC(2026, 11, 1) + Math.round((n * YEAR_MS) / plans);
    const id = `00000000-0000-0000-0000-${String(n).padStart(12, "0")}`;
    return {
      savingsPlanId: id,
      savingsPlanArn: `arn:aws:savingsplans::100000000000:savingsplan/${id}`,
      start: new Date(end - YEAR_MS).toISOString(),
      end: new Date(end).toISOString(),
      state: "active",
      savingsPlanType: "SageMaker",
      paymentOption: "No Upfront",
      productTypes: ["SageMaker"],
      currency: "USD",
      commitment: (commitmentUsdPerHour / plans).toFixed(5),
      upfrontPaymentAmount: "0",
      recurringPaymentAmount: (commitmentUsdPerHour / plans).toFixed(5),
      termDurationInSeconds: YEAR_MS / 1000,
    };
  });
  const file = join(work, `plans-${plans}.json`);
  writeFileSync(file, JSON.stringify({ savingsPlans }));
  return file;
}

async function measureAll(): Promise<Record<string, Ratio>> {
  const month = "fixtures/ml-company/cur2-parquet";
  await makeOrganization(join(work, "year"), { skus: 100, accounts: 1, hours: 8_760, used: 0.645 });
  await makeOrganization(join(work, "accounts"), { skus: 20, accounts: 100, hours: 168, used: 1 });
  const given = (name: string): string[] => [
    join(work, name, "usage.csv"),
    "--rates",
    join(work, name, "rates.csv"),
  ];
  const year = given("year");
  const out = join(work, "out");
  const files = [
    "--csv",
    out,
    "--xlsx",
    join(out, "a.xlsx"),
    "--html",
    join(out, "a.html"),
    "--markdown",
    join(out, "a.md"),
  ];
  const recommendYear = sageplan("recommend, a year × 100 SKUs, 1yr", "recommend", ...year, "--term", "1yr");
  const inspectYear = sageplan("inspect, a year × 100 SKUs", "inspect", ...year);
  const recommendMonth = sageplan("recommend, the demo's month", "recommend", month);
  const accounts = given("accounts");
  return {
    "recommend of the demo's month ÷ inspect of it": compared(
      recommendMonth,
      sageplan("inspect, the demo's month", "inspect", month),
    ),
    "recommend of a year × 100 SKUs ÷ inspect of it": compared(
      sageplan("recommend, a year × 100 SKUs", "recommend", ...year),
      inspectYear,
    ),
    "the same, --term 1yr": compared(recommendYear, inspectYear),
    "the same with twelve owned plans ÷ without": compared(
      sageplan("with twelve plans", "recommend", ...year, "--term", "1yr", "--owned", ownedPlans(12, 20)),
      recommendYear,
    ),
    "the same with fifty owned plans ÷ without": compared(
      sageplan("with fifty plans", "recommend", ...year, "--term", "1yr", "--owned", ownedPlans(50, 20)),
      recommendYear,
    ),
    "all four files and --details ÷ the summary": compared(
      sageplan("with all files", "recommend", month, "--details", ...files),
      recommendMonth,
    ),
    "review of a month on a store of 24 ÷ inspect of the month": compared(
      reviewOnStore(),
      sageplan("inspect, a month of two years", "inspect", `${STORY}/deliveries/${NEWEST}`),
    ),
    "a week of 20 usage types in 100 accounts ÷ inspect of it": compared(
      sageplan("recommend, 100 accounts", "recommend", ...accounts, "--term", "1yr"),
      sageplan("inspect, 100 accounts", "inspect", ...accounts),
    ),
    "two threads ÷ one, a year × 100 SKUs": compared(
      sageplan("two threads", "recommend", ...year, "--threads", "2"),
      sageplan("one thread", "recommend", ...year, "--threads", "1"),
    ),
    "--help ÷ bare node": compared(sageplan("--help", "--help"), { name: "bare node", args: ["-e", "0"] }),
  };
}

/** The newest file of this bench; null: none is kept. */
function before(): { date: string; ratios: Record<string, Ratio> } | null {
  const [newest] = readdirSync(join(root, "docs/bench"))
    .filter((name) => name.endsWith("-user.json"))
    .sort()
    .reverse();
  return newest === undefined
    ? null
    : (JSON.parse(readFileSync(join(root, "docs/bench", newest), "utf8")) as ReturnType<typeof before>);
}

try {
  const last = before();
  const ratios = await measureAll();
  const date = new Date().toISOString().slice(0, 10);
  const machine = {
    cores: cpus().length,
    cpu: cpus()[0]?.model,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  mkdirSync(join(root, "docs/bench"), { recursive: true });
  const file = join(root, "docs/bench", `${date}-user.json`);
  writeFileSync(file, `${JSON.stringify({ date, rounds: ROUNDS, machine, ratios }, null, 2)}\n`);
  for (const [name, { ratio, of }] of Object.entries(ratios)) {
    const known = last?.ratios[name]?.ratio;
    const beside =
      known === undefined
        ? ""
        : `, ${last!.date}: ${known}${ratio > GREW * known ? "  !! GREW BY HALF" : ""}`;
    console.log(`${name}: ${ratio} (${(of.ms / 1000).toFixed(1)} s, ${of.peakMiB} MiB)${beside}`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

/**
 * Plans bought month after month, on a folder of demand traces: `npm run bench -- monthly DIR [sdsc] [series] [pools5] [pools30]`.
 * `sdsc`: the traces of 14,000 hours or more, in real months; `series`: the ten longest, a 36th of each as a month; `pools5`, `pools30`:
 * three years made of the traces, of 5 and of 30 groups. Terms of twelve months at discounts of 28 and 45 %. Ours at `--risk-aversion`,
 * several parted by commas. Writes `docs/bench/<date>-monthly.json`.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { boughtByOurs, bookOf, decidedMonthly, monthsOf, rulesMonthly, table } from "../src/index.ts";
import type { Book, Series } from "../src/index.ts";
import { errorsOverSeries, groups, mean } from "./drawn-anew.ts";
import { pooled } from "./pools.ts";
import { readTraces, seriesOf, tracesFolder } from "./traces.ts";

const MONTH_HOURS = 730;
const DISCOUNTS = [0.28, 0.45];
const SETS = ["sdsc", "series", "pools5", "pools30"] as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scenarios: { type: "string", default: "200" },
    "risk-aversion": { type: "string", default: "0.2" },
    seed: { type: "string", default: "1" },
    pools: { type: "string", default: "24,20" },
    out: { type: "string" },
  },
});
const folder = tracesFolder(positionals[0], "monthly");
const asked = SETS.filter((set) => positionals.length === 1 || positionals.includes(set));
const aversions = values["risk-aversion"].split(",").map(Number);
const [pools5 = 24, pools30 = 20] = values.pools.split(",").map(Number);

interface Case {
  series: Series;
  monthHours: number;
}

/** One run of one policy: shares of the On-Demand spend of the months in which it decided. */
interface Run {
  policy: string;
  label: string;
  series: string;
  saved: number;
  hindsight: number;
  monthsBelowZero: number;
}

const traces = readTraces(folder);
const longest = traces
  .filter(({ usd }) => usd.length >= 1_700 && usd.some((each) => each > 0))
  .toSorted((a, b) => b.usd.length - a.usd.length || (a.name < b.name ? -1 : 1))
  .slice(0, 10);

const atDiscounts = (name: string, usd: Float64Array, monthHours: number): Case[] =>
  DISCOUNTS.map((discount) => ({
    series: seriesOf(`${name} at ${Math.round(discount * 100)} %`, "monthly", [usd], [1 - discount]),
    monthHours,
  }));

const CASES: Record<(typeof SETS)[number], () => Case[]> = {
  sdsc: () =>
    longest
      .filter(({ usd }) => usd.length > 14_000)
      .flatMap(({ name, usd }) => atDiscounts(name, usd, MONTH_HOURS)),
  series: () => longest.flatMap(({ name, usd }) => atDiscounts(name, usd, Math.floor(usd.length / 36))),
  pools5: () => poolCases(5, pools5),
  pools30: () => poolCases(30, pools30),
};

const poolCases = (uses: number, count: number): Case[] =>
  Array.from({ length: count }, (_, n) => n).flatMap((n) =>
    atDiscounts(`pool ${n + 1} of ${uses}`, pooled(traces, uses, 1_000 * uses + n), MONTH_HOURS),
  );

async function runsOf({ series, monthHours }: Case): Promise<Run[]> {
  const months = monthsOf(series, monthHours);
  const books = await rulesMonthly(months);
  for (const riskAversion of aversions) {
    const options = {
      offering: { term: "1yr", paymentOption: "no-upfront" },
      scenarios: Number(values.scenarios),
      seed: Number(values.seed),
      riskAversion,
    } as const;
    const bought = await decidedMonthly(months, (known) => boughtByOurs(known, options, async () => {}));
    books.push(bookOf(months, `sageplan-${riskAversion}`, `sageplan, risk aversion ${riskAversion}`, bought));
  }
  const hindsight = books.find(({ rule }) => rule === "hindsight")!;
  const share = (usd: number): number => usd / months.spendUsd;
  return books.map(({ rule, label, savedUsd, savedUsdByMonth }: Book) => ({
    policy: rule,
    label,
    series: series.name,
    saved: share(savedUsd),
    hindsight: share(hindsight.savedUsd),
    monthsBelowZero: savedUsdByMonth.filter((usd) => usd < -1e-9).length / (months.count - months.first),
  }));
}

const capturedOf = (runs: readonly Run[]): number =>
  mean(runs.map(({ saved }) => saved)) / mean(runs.map(({ hindsight }) => hindsight));

function worstTenthOf(runs: readonly Run[]): number {
  const saved = runs.map((run) => run.saved).sort((a, b) => a - b);
  return mean(saved.slice(0, Math.max(1, Math.floor(saved.length / 10))));
}

/** Of both figures; the two discounts of a series are drawn together. */
function errorsOf(runs: readonly Run[]): { captured: number; worstTenth: number } {
  const [captured, worstTenth] = errorsOverSeries(
    runs,
    ({ series }) => series.split(" at ")[0]!,
    (drawn) => [capturedOf(drawn), worstTenthOf(drawn)],
  );
  return { captured: captured!, worstTenth: worstTenth! };
}

const three = (value: number): string => value.toFixed(3);

function show(set: string, runs: readonly Run[]): object {
  const policies = groups(runs, ({ policy }) => policy).map((those) => {
    const errors = errorsOf(those);
    return {
      policy: those[0]!.policy,
      label: those[0]!.label,
      captured: capturedOf(those),
      capturedError: errors.captured,
      worstTenth: worstTenthOf(those),
      worstTenthError: errors.worstTenth,
      totalCost: 1 - mean(those.map(({ saved }) => saved)),
      monthsBelowZero: mean(those.map((run) => run.monthsBelowZero)),
    };
  });
  const head = ["policy", "captured", "±", "worst tenth", "±", "total cost", "months < 0"].map(
    (title, n) => ({
      title,
      align: n === 0 ? ("left" as const) : ("right" as const),
    }),
  );
  const rows = policies.map((each) => [
    each.label,
    three(each.captured),
    three(each.capturedError),
    three(each.worstTenth),
    three(each.worstTenthError),
    three(each.totalCost),
    three(each.monthsBelowZero),
  ]);
  console.log(`\n${set}: ${new Set(runs.map(({ series }) => series)).size} runs`);
  console.log(table(head, rows, 120).join("\n"));
  return { runs: new Set(runs.map(({ series }) => series)).size, policies };
}

const day = new Date().toISOString().slice(0, 10);
const path = values.out ?? join("docs", "bench", `${day}-monthly.json`);
const before = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as { sets: object }).sets : {};
const sets: Record<string, object> = { ...before };
for (const set of asked) {
  const started = Date.now();
  const runs: Run[] = [];
  const cases = CASES[set]();
  for (const [n, each] of cases.entries()) {
    runs.push(...(await runsOf(each)));
    if (process.stderr.isTTY) process.stderr.write(`\r${set}: ${n + 1} of ${cases.length} runs`);
  }
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  sets[set] = { seconds: Math.round((Date.now() - started) / 1_000), ...show(set, runs) };
}
writeFileSync(
  path,
  `${JSON.stringify(
    {
      date: day,
      command: `npm run bench -- monthly DIR --scenarios ${values.scenarios} --risk-aversion ${values["risk-aversion"]} --seed ${values.seed} --pools ${values.pools}`,
      sets,
    },
    (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(6)) : value),
    1,
  )}\n`,
);
console.log(`\nWrote ${path}`);

/**
 * The backtest over a folder of demand traces, by the protocol that its README fixes: `npm run bench -- traces DIR`.
 * DIR holds `*.csv` or `*.csv.gz` with the columns `trace,hour_utc,demand_units`, one row an hour. The traces are not part of
 * this project. Writes `docs/bench/<date>-traces.json`.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { lossFifthsOf, scoresOf, table, walkForward } from "../src/index.ts";
import type { Decision, RuleScore, Series } from "../src/index.ts";
import { errorsOverSeries } from "./drawn-anew.ts";
import { normal, seededRandom } from "./fixtures/random.ts";
import { readTraces, seriesOf, tracesFolder, type Trace } from "./traces.ts";

const AVERSIONS = [0, 0.1, 0.2, 0.4, 0.6, 0.8, 1];
const DISCOUNTS = [0.28, 0.45, 0.64];
const MIX_SEED = 4;
/** Longer mixes would take most of the time for few decisions. */
const MIX_HOURS = 4_320;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scenarios: { type: "string", default: "200" },
    mixes: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    out: { type: "string" },
  },
});
const folder = tracesFolder(positionals[0], "traces");

/**
 * 3 to 10 different traces, each scaled by the mean of all that is taken of it (by that of its first half every mix would seem to
 * grow), at weights that a lognormal draws and discounts of their own. The first is of any family, the others of those that last
 * at least as long, so that mixes come in all lengths.
 */
function mixes(traces: readonly Trace[], mixCount: number): Series[] {
  const random = seededRandom(MIX_SEED);
  const used = traces.filter(({ usd }) => usd.some((each) => each > 0));
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const families = [...new Set(used.map(({ family }) => family))];
  return Array.from({ length: mixCount }, (_, n) => {
    const family = pick(families);
    const first = pick(used.filter((each) => each.family === family));
    const longer = used.filter(({ usd }) => usd.length >= first.usd.length);
    const count = Math.min(longer.length, 3 + Math.floor(random() * 8));
    const drawn = [first];
    while (drawn.length < count) drawn.push(pick(longer.filter((each) => !drawn.includes(each))));
    const hours = Math.min(MIX_HOURS, ...drawn.map(({ usd }) => usd.length));
    const usage = drawn.map(({ usd: all }) => {
      const usd = all.subarray(0, hours);
      const mean = usd.reduce((sum, each) => sum + each, 0) / hours;
      const weight = Math.exp(normal(random));
      return mean > 0 ? usd.map((each) => (each * weight) / mean) : usd;
    });
    return seriesOf(
      `mix ${n + 1}`,
      "mixes",
      usage,
      drawn.map(() => 1 - (0.2 + 0.44 * random())),
    );
  });
}

const options = {
  stepHours: 336,
  riskAversions: AVERSIONS,
  tail: 0.9,
  scenarios: Number(values.scenarios),
  seed: Number(values.seed),
};

function decisionsOf(series: readonly Series[]): Decision[] {
  const decisions: Decision[] = [];
  for (const [n, each] of series.entries()) {
    decisions.push(...walkForward(each, options));
    if (process.stderr.isTTY) process.stderr.write(`\r${n + 1} of ${series.length} series`);
  }
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  return decisions;
}

const three = (value: number | null | undefined): string => (value ?? Number.NaN).toFixed(3);

type ScoreWithErrors = RuleScore & { capturedError: number; worstTenthError: number };

function show(
  title: string,
  decisions: readonly Decision[],
): { scores: ScoreWithErrors[]; dominated: string[] } {
  const scores = scoresOf(decisions);
  const ours = scores.filter(({ rule }) => rule === "sageplan");
  const others = scores.filter(({ rule }) => rule !== "sageplan");
  const dominated = ours.flatMap((own) =>
    others
      .filter((other) => other.captured >= own.captured && other.worstTenth >= own.worstTenth)
      .map((other) => `${other.label} dominates ${own.label}`),
  );
  console.log(`\n${title}: ${decisions.length} decisions`);
  const errors = errorsOverSeries(
    decisions,
    ({ series }) => series,
    (drawn) => scoresOf(drawn).flatMap(({ captured, worstTenth }) => [captured, worstTenth]),
  );
  const head = ["rule", "captured", "±", "worst tenth", "±", "P(loss)", "50 %", "80 %", "90 %"].map(
    (name, n) => ({
      title: name,
      align: n === 0 ? ("left" as const) : ("right" as const),
    }),
  );
  const rows = scores.map((each, n) => [
    each.label,
    three(each.captured),
    three(errors[2 * n]),
    three(each.worstTenth),
    three(errors[2 * n + 1]),
    three(each.lossFrequency),
    ...[0, 1, 2].map((width) => (each.coverage ? three(each.coverage[width]!.realised) : "")),
  ]);
  console.log(table(head, rows, 120).join("\n"));
  for (const own of ours.filter(({ riskAversion }) => riskAversion === 0 || riskAversion === 0.2)) {
    const fifths = own.lossFifths!.map((bin) => `${three(bin.predicted)} / ${three(bin.realised)}`);
    console.log(`P(loss) told / came, by fifths, ${own.label}: ${fifths.join("   ")}`);
  }
  const probes = lossFifthsOf(decisions.flatMap((decision) => decision.probes));
  console.log(
    `the same at 0.5 to 3 times our commitment: ${probes.map((bin) => `${three(bin.predicted)} / ${three(bin.realised)}`).join("   ")}`,
  );
  console.log(
    dominated.length === 0 ? "No rule dominates sageplan at any risk aversion." : dominated.join("\n"),
  );
  const withErrors = scores.map((each, n) => ({
    ...each,
    capturedError: errors[2 * n]!,
    worstTenthError: errors[2 * n + 1]!,
  }));
  return { scores: withErrors, dominated };
}

const started = Date.now();
const traces = readTraces(folder);
const singles = decisionsOf(
  traces.flatMap((trace) =>
    DISCOUNTS.map((discount) => seriesOf(trace.name, trace.family, [trace.usd], [1 - discount])),
  ),
);
const alone = show("Each trace alone, at discounts of 28, 45 and 64 %", singles);
const mixed = decisionsOf(mixes(traces, Number(values.mixes)));
const together = show(`${values.mixes} mixes of 3 to 10 traces`, mixed);
const all = show("Both", [...singles, ...mixed]);
const byFamily = Object.fromEntries(
  [...new Set(singles.map(({ family }) => family))].map((family) => [
    family,
    scoresOf(singles.filter((decision) => decision.family === family)),
  ]),
);
const day = new Date().toISOString().slice(0, 10);
const path = values.out ?? join("docs", "bench", `${day}-traces.json`);
writeFileSync(
  path,
  `${JSON.stringify(
    {
      date: day,
      command: `npm run bench -- traces DIR --scenarios ${values.scenarios} --mixes ${values.mixes} --seed ${values.seed}`,
      seconds: Math.round((Date.now() - started) / 1000),
      traces: traces.length,
      alone: { decisions: singles.length, ...alone },
      mixes: { decisions: mixed.length, ...together },
      both: { decisions: singles.length + mixed.length, ...all },
      byFamily,
    },
    (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(6)) : value),
    1,
  )}\n`,
);
console.log(`\nWrote ${path}`);

/**
 * Sampled futures generated and optimised for one offering: time and memory, and how both grow with scenarios and hours.
 * `npm run bench -- futures` writes `docs/bench/<date>-futures.json`. Each case runs in a process of its own, so that its peak is its own.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bootstrap, oneOffer, oneOfferSearch } from "../src/index.ts";
import type { Demand } from "../src/index.ts";
import { seededRandom } from "./fixtures/random.ts";

interface Case {
  scenarios: number;
  horizonHours: number;
  skus: number;
}

const HISTORY_HOURS = 8_760;
const FULL: Case = { scenarios: 200, horizonHours: 26_280, skus: 100 };
const CASES: readonly Case[] = [
  { ...FULL, scenarios: 50 },
  { ...FULL, scenarios: 100 },
  FULL,
  { ...FULL, horizonHours: 6_570 },
  { ...FULL, horizonHours: 13_140 },
];

/** A year of daily and weekly rhythms, with noise. */
function history(skus: number): Demand {
  const random = seededRandom(1);
  const count = HISTORY_HOURS * skus;
  const onDemandUsd = new Float64Array(count);
  for (let sku = 0; sku < skus; sku++) {
    const size = Math.exp(3 * random());
    for (let h = 0; h < HISTORY_HOURS; h++) {
      const day = 1 + 0.4 * Math.sin(((h % 24) / 24) * 2 * Math.PI) - (h % 168 > 119 ? 0.3 : 0);
      onDemandUsd[sku * HISTORY_HOURS + h] = size * day * (0.8 + 0.4 * random());
    }
  }
  return {
    hourCount: HISTORY_HOURS,
    items: Array.from({ length: skus }, (_, sku) => ({ account: "1", sku })),
    start: Int32Array.from({ length: skus + 1 }, (_, sku) => sku * HISTORY_HOURS),
    hour: Int32Array.from({ length: count }, (_, n) => n % HISTORY_HOURS),
    onDemandUsd,
  };
}

function run({ scenarios, horizonHours, skus }: Case) {
  const base = history(skus);
  const ratioOf = Float64Array.from({ length: skus }, (_, sku) => 0.4 + (0.5 * sku) / skus);
  const start = performance.now();
  const { paths } = bootstrap(base, { horizonHours, scenarios, seed: 1, growth: null });
  const generated = performance.now();
  const { lossUsd, boundUsd, evaluations, commitmentUsdPerHour } = oneOfferSearch(
    oneOffer(paths, ratioOf),
  ).best({ aversion: 0.2, tail: 0.9 }, 1e-6);
  const optimised = performance.now();
  return {
    scenarios,
    horizonHours,
    skus,
    generateSeconds: (generated - start) / 1000,
    optimiseSeconds: (optimised - generated) / 1000,
    evaluations,
    commitmentUsdPerHour,
    relativeGap: (lossUsd - boundUsd) / Math.abs(lossUsd),
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
}

type Result = ReturnType<typeof run>;

const told = process.argv[2];
if (told !== undefined) {
  process.stdout.write(JSON.stringify(run(JSON.parse(told) as Case)));
} else {
  const self = fileURLToPath(import.meta.url);
  const results = CASES.map((each): Result => {
    const text = execFileSync(process.execPath, [...process.execArgv, self, JSON.stringify(each)], {
      encoding: "utf8",
    });
    const result = JSON.parse(text) as Result;
    console.log(
      `${result.scenarios} x ${result.horizonHours} x ${result.skus}: generated in ${result.generateSeconds.toFixed(2)} s, optimised in ` +
        `${result.optimiseSeconds.toFixed(2)} s (${result.evaluations} evaluations, gap ${result.relativeGap.toExponential(1)}), peak ${result.peakMiB.toFixed(0)} MiB`,
    );
    return result;
  });
  const full = results.find(({ scenarios, horizonHours }) => scenarios === 200 && horizonHours === 26_280)!;
  const perEvaluation = ({ optimiseSeconds, evaluations }: Result): number => optimiseSeconds / evaluations;
  /** Time of an evaluation ÷ what a straight line through the largest case says: 1 is linear. */
  const linearity = results.map((each) => ({
    scenarios: each.scenarios,
    horizonHours: each.horizonHours,
    ratio:
      perEvaluation(each) /
      ((perEvaluation(full) * each.scenarios * each.horizonHours) / (full.scenarios * full.horizonHours)),
  }));
  for (const { scenarios, horizonHours, ratio } of linearity) {
    console.log(`${scenarios} x ${horizonHours}: ${ratio.toFixed(2)} of a straight line through the largest`);
  }
  const day = new Date().toISOString().slice(0, 10);
  const path = join("docs", "bench", `${day}-futures.json`);
  writeFileSync(
    path,
    `${JSON.stringify({ date: day, results, linearity }, (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(6)) : value), 1)}\n`,
  );
  console.log(`Wrote ${path}`);
}

/**
 * The stochastic program: several plans at once, by our decomposition, and by HiGHS (WebAssembly) on the extensive form of the
 * same data where that can run. `bench-task.ts` runs each of these in a process of its own.
 */
import loaded from "highs";
import {
  OPEN_SHARING,
  everyHour,
  certain,
  solveProgram,
  type Demand,
  type Offer,
  type Program,
  type ScenarioSet,
} from "../src/index.ts";
import { seededRandom } from "./fixtures/random.ts";

const YEAR = 8_760;
const SEED = 20_261_122;

/** A daily and a weekly wave, noise, and for one SKU in four bursts with nothing in between. */
export function seededDemand(hours: number, skus: number, random: () => number): Demand {
  // Typed from the start: the process's peak is measured.
  const hour = new Int32Array(hours * skus);
  const onDemandUsd = new Float64Array(hours * skus);
  const start = new Int32Array(skus + 1);
  let at = 0;
  for (let sku = 0; sku < skus; sku++) {
    const level = 0.5 + 20 * random() ** 2;
    const burst = random() < 0.25;
    const phase = 24 * random();
    for (let h = 0; h < hours; h++) {
      const daily = 1 + 0.4 * Math.sin((2 * Math.PI * (h - phase)) / 24);
      const weekly = Math.floor(h / 24) % 7 < 5 ? 1 : 0.6;
      const noise = 0.8 + 0.4 * random();
      if (burst && random() < 0.5) continue;
      hour[at] = h;
      onDemandUsd[at++] = level * daily * weekly * noise;
    }
    start[sku + 1] = at;
  }
  return {
    hourCount: hours,
    items: Array.from({ length: skus }, (_, sku) => ({ account: "member", sku })),
    start,
    hour: hour.subarray(0, at),
    onDemandUsd: onDemandUsd.subarray(0, at),
  };
}

/** Every offer is the best on some SKUs: no one dominates. */
function seededOffers(plans: number, skus: number, hours: number, random: () => number): Offer[] {
  const base = Array.from({ length: skus }, () => 0.45 + 0.3 * random());
  return Array.from({ length: plans }, () => {
    const ratio = Float64Array.from(base, (each) => each * (0.85 + 0.3 * random()));
    const rates = { ratio, savingsPlanRateUsd: ratio, source: base.map(() => "file" as const) };
    return { ownerAccount: "payer", rates, activeFrom: 0, activeHours: hours, weight: 1, upfrontUsd: 0 };
  });
}

/** Weeks of the base year in random order, on a level that walks from week to week. */
function seededScenarios(base: Demand, count: number, hourCount: number, random: () => number): ScenarioSet {
  const baseHour = new Int32Array(count * hourCount);
  const growth = new Float64Array(count * hourCount);
  for (let s = 0; s < count; s++) {
    let level = 1;
    let week = 0;
    for (let t = 0; t < hourCount; t++) {
      if (t % 168 === 0) {
        level *= Math.exp(0.05 * (random() + random() + random() - 1.5));
        week = Math.floor(random() * Math.floor(base.hourCount / 168));
      }
      baseHour[s * hourCount + t] = week * 168 + (t % 168);
      growth[s * hourCount + t] = level;
    }
  }
  return {
    hourCount,
    startHour: everyHour(hourCount),
    base,
    probability: new Float64Array(count).fill(1 / count),
    baseHour,
    growth,
  };
}

function scenarioUsd({ base, probability, hourCount, baseHour, growth }: ScenarioSet): Float64Array {
  const ofHour = new Float64Array(base.hourCount);
  for (let n = 0; n < base.hour.length; n++) ofHour[base.hour[n]!]! += base.onDemandUsd[n]!;
  return probability.map((_, s) => {
    let usd = 0;
    for (let n = s * hourCount; n < (s + 1) * hourCount; n++) usd += growth[n]! * ofHour[baseHour[n]!]!;
    return usd;
  });
}

const programOf = (scenarios: ScenarioSet, offers: readonly Offer[], aversion: number): Program => ({
  scenarios,
  owned: [],
  offers,
  sharing: OPEN_SHARING,
  risk: { aversion, tail: 0.9 },
  limits: { minUtilization: 0, maxCommitmentUsdPerHour: Infinity, maxUpfrontUsd: Infinity },
  baselineUsd: scenarioUsd(scenarios),
});

async function timed(program: Program, relativeTolerance: number) {
  const from = performance.now();
  const solution = await solveProgram(program, { relativeTolerance });
  return {
    ms: Math.round(performance.now() - from),
    relativeGap: (solution.upperBoundUsd - solution.lowerBoundUsd) / solution.upperBoundUsd,
    costUsd: solution.upperBoundUsd,
    iterations: solution.iterations,
    solver: solution.solver,
    hoursSolvedAnotherWay: solution.hoursSolvedAnotherWay,
  };
}

/** 100 scenarios × 26,280 hours × 200 SKUs, to a certified gap of 1e-4. Its data included, the process's peak is the memory. */
export async function benchWhole(plans: number) {
  const random = seededRandom(SEED);
  const scenarios = seededScenarios(seededDemand(YEAR, 200, random), 100, 3 * YEAR, random);
  const program = programOf(scenarios, seededOffers(plans, 200, 3 * YEAR, random), 0.2);
  return { plans, ...(await timed(program, 1e-4)) };
}

/** Cost against hours: 20 SKUs, 3 plans, one scenario, gap 1e-6. */
export async function benchLine() {
  const line: { hours: number; ms: number; msPerThousandHours: number; iterations: number }[] = [];
  for (const hours of [YEAR / 4, YEAR / 2, YEAR, 2 * YEAR, 3 * YEAR]) {
    const random = seededRandom(SEED);
    const program = programOf(
      certain(seededDemand(hours, 20, random)),
      seededOffers(3, 20, hours, random),
      0,
    );
    await timed(program, 1e-6);
    const runs = [await timed(program, 1e-6), await timed(program, 1e-6), await timed(program, 1e-6)];
    const { ms, iterations } = runs.toSorted((a, b) => a.ms - b.ms)[1]!;
    line.push({ hours, ms, msPerThousandHours: Number(((ms / hours) * 1_000).toFixed(1)), iterations });
  }
  return line;
}

/** 8,760 hours × 20 SKUs × 3 plans: ours, then HiGHS's extensive form. */
export async function benchAgainstHighs() {
  const random = seededRandom(SEED);
  const program = programOf(certain(seededDemand(YEAR, 20, random)), seededOffers(3, 20, YEAR, random), 0);
  const first = await timed(program, 1e-7);
  const rest = [await timed(program, 1e-7), await timed(program, 1e-7), await timed(program, 1e-7)];
  const ours = rest.toSorted((a, b) => a.ms - b.ms)[1]!;
  const highs = await byHighs(program);
  const relativeDifference = Math.abs(ours.costUsd - highs.costUsd) / highs.costUsd;
  return {
    hours: YEAR,
    skus: 20,
    plans: 3,
    oursFirstMs: first.ms,
    ours,
    highs,
    relativeDifference,
    agree: relativeDifference <= 1e-6,
    ratio: highs.solveMs / ours.ms,
    ratioFirst: highs.solveMs / first.ms,
  };
}

/** One column per entry and plan, one row per entry and per hour and plan; no text to parse. */
async function byHighs({ scenarios, offers, baselineUsd }: Program) {
  // The package's types are read as CommonJS and nest the loader one `default` deeper than its ES module does.
  const highs = await (loaded as unknown as typeof loaded.default)();
  const { base, hourCount } = scenarios;
  const plans = offers.length;
  const entries = base.hour.length;
  const columns = entries * plans + plans;
  const starts = new Int32Array(columns + 1);
  const indices = new Int32Array(2 * entries * plans + plans * hourCount);
  const values = new Float64Array(indices.length);
  let at = 0;
  let column = 0;
  for (const [item, { sku }] of base.items.entries()) {
    for (let n = base.start[item]!; n < base.start[item + 1]!; n++) {
      for (let k = 0; k < plans; k++) {
        starts[column++] = at;
        indices[at] = n;
        values[at++] = 1;
        indices[at] = entries + base.hour[n]! * plans + k;
        values[at++] = offers[k]!.rates.ratio[sku]!;
      }
    }
  }
  for (let k = 0; k < plans; k++) {
    starts[column++] = at;
    for (let h = 0; h < hourCount; h++) {
      indices[at] = entries + h * plans + k;
      values[at++] = -1;
    }
  }
  starts[columns] = at;
  const rows = entries + hourCount * plans;
  const model = highs.createModel({
    numCols: columns,
    numRows: rows,
    colCost: new Float64Array(columns).fill(-1).fill(hourCount, entries * plans),
    colLower: new Float64Array(columns),
    colUpper: new Float64Array(columns).fill(highs.infinity),
    rowLower: new Float64Array(rows).fill(-highs.infinity),
    rowUpper: Float64Array.from({ length: rows }, (_, n) => (n < entries ? base.onDemandUsd[n]! : 0)),
    matrix: { format: "csc", numRows: rows, numCols: columns, starts, indices, values },
  });
  model.options.set({
    output_flag: false,
    primal_feasibility_tolerance: 1e-9,
    dual_feasibility_tolerance: 1e-9,
  });
  const from = performance.now();
  model.run();
  const solveMs = Math.round(performance.now() - from);
  const costUsd = baselineUsd[0]! + model.getObjectiveValue();
  model.dispose();
  return { solveMs, costUsd };
}

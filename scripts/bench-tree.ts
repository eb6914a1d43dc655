/**
 * Plans over time: 13 nodes, a 1-year and a 3-year offer, by our decomposition, and by HiGHS (WebAssembly) on the extensive form of
 * as much of the same data as it can solve in minutes. `npm run bench -- tree` writes `docs/bench/<date>-tree.json`. Each case runs in
 * a process of its own, so that its peak is its own.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import loaded from "highs";
import {
  OPEN_SHARING,
  everyHour,
  solveTree,
  type Demand,
  type ScenarioTree,
  type TreeOffer,
  type TreeProgram,
} from "../src/index.ts";
import { seededDemand } from "./bench-program.ts";
import { seededRandom } from "./fixtures/random.ts";

interface Case {
  /** Of each node. */
  hours: number;
  skus: number;
  aversion: number;
  byHighs: boolean;
  tolerance: number;
}

const YEAR = 8_760;
const SEED = 20_261_125;
const WEEK = 168;

const FULL: readonly Case[] = (
  [
    [0.2, 1e-4],
    [0.2, 1e-6],
    [0, 1e-6],
  ] as const
).map(([aversion, tolerance]) => ({ hours: YEAR, skus: 100, aversion, byHighs: false, tolerance }));
/** Hours and SKUs as far as HiGHS comes in some minutes. */
const BOTH: readonly Case[] = (
  [
    [84, 20],
    [168, 20],
    [336, 20],
    [336, 40],
    [672, 20],
    [1_344, 20],
  ] as const
).map(([hours, skus]) => ({ hours, skus, aversion: 0.2, byHighs: true, tolerance: 1e-6 }));

/** Both run in one thread of a machine that others may use too: so the processor's time is compared, and the clock's is told. */
interface Took {
  cpuSeconds: number;
  seconds: number;
}

async function timed<T>(work: () => T | Promise<T>): Promise<Took & { result: T }> {
  const cpu = process.cpuUsage();
  const from = performance.now();
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpuSeconds: (user + system) / 1e6, seconds: (performance.now() - from) / 1000, result };
}

/** 1 → 3 → 9; scenario s ends in the s-th of the last nodes. */
const treeOf = (hours: number): ScenarioTree => ({
  stageStart: [0, hours, 2 * hours],
  nodes: [
    { stage: 0, parent: -1, scenarios: Int32Array.from(Array(9).keys()) },
    ...[0, 1, 2].map((n) => ({
      stage: 1,
      parent: 0,
      scenarios: Int32Array.from([3 * n, 3 * n + 1, 3 * n + 2]),
    })),
    ...Array.from({ length: 9 }, (_, s) => ({
      stage: 2,
      parent: 1 + Math.floor(s / 3),
      scenarios: Int32Array.of(s),
    })),
  ],
});

/** Every node has hours of its own: weeks of the base in random order, at a level that falls, stays or rises from its parent's. */
function programOf({ hours, skus, aversion }: Case): TreeProgram {
  const random = seededRandom(SEED);
  const base = seededDemand(Math.max(hours, 2 * WEEK), skus, random);
  const tree = treeOf(hours);
  const ofBase = hourUsd(base);
  const level: number[] = [];
  const weeks = Math.floor(base.hourCount / WEEK);
  const baseHour = new Int32Array(9 * 3 * hours);
  const growth = new Float64Array(baseHour.length);
  const baselineUsd = tree.nodes.map(({ stage, parent, scenarios }, n) => {
    level[n] = parent < 0 ? 1 : level[parent]! * [0.6, 1, 1.5][(n - 1) % 3]!;
    const order = Array.from({ length: Math.ceil(hours / WEEK) }, () => Math.floor(random() * weeks));
    let usd = 0;
    for (let t = 0; t < hours; t++) {
      const h = order[Math.floor(t / WEEK)]! * WEEK + (t % WEEK);
      usd += level[n]! * ofBase[h]!;
      for (const s of scenarios) {
        baseHour[s * 3 * hours + stage * hours + t] = h;
        growth[s * 3 * hours + stage * hours + t] = level[n]!;
      }
    }
    return new Float64Array(scenarios.length).fill(usd);
  });
  const ratios = Array.from({ length: skus }, () => 0.55 + 0.25 * random());
  const offers = [false, true].map((lasts): TreeOffer => {
    const ratio = Float64Array.from(ratios, (each) => each * (lasts ? 0.82 : 1) * (0.85 + 0.3 * random()));
    const rates = { ratio, savingsPlanRateUsd: ratio, source: ratios.map(() => "file" as const) };
    return { ownerAccount: "payer", rates, weight: 1, upfrontUsd: 0, termHours: (lasts ? 3 : 1) * hours };
  });
  return {
    scenarios: {
      hourCount: 3 * hours,
      startHour: everyHour(3 * hours),
      base,
      probability: new Float64Array(9).fill(1 / 9),
      baseHour,
      growth,
    },
    tree,
    decides: [true, true, true],
    owned: [],
    offers,
    sharing: OPEN_SHARING,
    risk: { aversion, tail: 0.8 },
    limits: { maxCommitmentUsdPerHour: Infinity, maxUpfrontUsd: Infinity },
    baselineUsd,
  };
}

function hourUsd({ hourCount, hour, onDemandUsd }: Demand): Float64Array {
  const usd = new Float64Array(hourCount);
  for (let n = 0; n < hour.length; n++) usd[hour[n]!]! += onDemandUsd[n]!;
  return usd;
}

/**
 * The extensive form by node, each node's hours once. Columns: by node, entry and offer the covered usage; then the decisions; the
 * nodes' costs; with risk aversion the threshold and the scenarios' excess over it. Handed over as arrays: no text to parse.
 */
async function byHighs({ scenarios, tree, offers, risk, baselineUsd }: TreeProgram) {
  // The package's types are read as CommonJS and nest the loader one `default` deeper than its ES module does.
  const highs = await (loaded as unknown as typeof loaded.default)();
  const { base, baseHour, growth, hourCount, probability } = scenarios;
  const hours = hourCount / 3;
  const byHour = Array.from({ length: base.hourCount }, (): { sku: number; usd: number }[] => []);
  for (const [item, { sku }] of base.items.entries()) {
    for (let n = base.start[item]!; n < base.start[item + 1]!; n++) {
      byHour[base.hour[n]!]!.push({ sku, usd: base.onDemandUsd[n]! });
    }
  }
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  const row = (lower: number, upper: number): number => {
    rowUpper.push(upper);
    return rowLower.push(lower) - 1;
  };
  const columns: { cost: number; lower: number; entries: [row: number, value: number][] }[] = [];
  const column = (cost: number, lower = 0) => {
    const added = { cost, lower, entries: [] as [row: number, value: number][] };
    columns.push(added);
    return added;
  };
  const { aversion, tail } = risk;
  const bought = tree.nodes.map(() => offers.map(() => column(0)));
  const nodeCost = tree.nodes.map(({ scenarios: own }) =>
    column(
      own.reduce((sum, s) => sum + (1 - aversion) * probability[s]!, 0),
      -highs.infinity,
    ),
  );
  let entries = 0;
  const costRows = tree.nodes.map(({ stage, scenarios: own }, n) => {
    const costRow = row(baselineUsd[n]![0]!, baselineUsd[n]![0]!);
    nodeCost[n]!.entries.push([costRow, 1]);
    for (let t = 0; t < hours; t++) {
      const place = own[0]! * hourCount + stage * hours + t;
      const commitmentRows = offers.map(({ termHours }, k) => {
        const commitmentRow = row(-highs.infinity, 0);
        for (let m = n; m >= 0; m = termHours > hours ? tree.nodes[m]!.parent : -1)
          bought[m]![k]!.entries.push([commitmentRow, -1]);
        return commitmentRow;
      });
      for (const { sku, usd } of byHour[baseHour[place]!]!) {
        entries++;
        const useRow = row(-highs.infinity, usd * growth[place]!);
        for (const [k, { rates }] of offers.entries()) {
          column(0).entries.push([useRow, 1], [commitmentRows[k]!, rates.ratio[sku]!], [costRow, 1]);
        }
      }
    }
    return costRow;
  });
  for (const [n, costRow] of costRows.entries()) {
    for (const [k, { termHours, weight }] of offers.entries()) {
      for (let m = n; m >= 0; m = termHours > hours ? tree.nodes[m]!.parent : -1)
        bought[m]![k]!.entries.push([costRow, -weight * hours]);
    }
  }
  const baseline = Array.from(probability, () => 0);
  for (const [n, node] of tree.nodes.entries()) {
    for (const [i, s] of node.scenarios.entries()) baseline[s]! += baselineUsd[n]![i]!;
  }
  const meanBaselineUsd = baseline.reduce((sum, usd, s) => sum + probability[s]! * usd, 0);
  if (aversion > 0) {
    const threshold = column(aversion, -highs.infinity);
    for (const [s, p] of probability.entries()) {
      const excessRow = row(-baseline[s]!, highs.infinity);
      column((aversion * p) / (1 - tail)).entries.push([excessRow, 1]);
      threshold.entries.push([excessRow, 1]);
      for (const [n, node] of tree.nodes.entries()) {
        if (node.scenarios.includes(s)) nodeCost[n]!.entries.push([excessRow, -1]);
      }
    }
  }
  const starts = new Int32Array(columns.length + 1);
  for (const [n, each] of columns.entries()) starts[n + 1] = starts[n]! + each.entries.length;
  const indices = new Int32Array(starts.at(-1)!);
  const values = new Float64Array(indices.length);
  let at = 0;
  for (const each of columns) {
    for (const [r, value] of each.entries) {
      indices[at] = r;
      values[at++] = value;
    }
  }
  const model = highs.createModel({
    numCols: columns.length,
    numRows: rowLower.length,
    colCost: Float64Array.from(columns, ({ cost }) => cost),
    colLower: Float64Array.from(columns, ({ lower }) => lower),
    colUpper: new Float64Array(columns.length).fill(highs.infinity),
    rowLower: Float64Array.from(rowLower),
    rowUpper: Float64Array.from(rowUpper),
    matrix: {
      format: "csc",
      numRows: rowLower.length,
      numCols: columns.length,
      starts,
      indices,
      values,
    },
  });
  model.options.set({
    output_flag: false,
    primal_feasibility_tolerance: 1e-9,
    dual_feasibility_tolerance: 1e-9,
  });
  const { cpuSeconds, seconds } = await timed(() => model.run());
  const isOptimal = model.getModelStatus() === highs.constants.modelStatus.optimal;
  // E[baseline] + (1−λ)·(E[cost] − E[baseline]) + λ·CVaR
  const costUsd = aversion * meanBaselineUsd + model.getObjectiveValue();
  model.dispose();
  return { cpuSeconds, seconds, costUsd, isOptimal, entries, columns: columns.length, rows: rowLower.length };
}

async function run(each: Case) {
  const program = programOf(each);
  const { cpuSeconds, seconds, result } = await timed(() =>
    solveTree(program, { relativeTolerance: each.tolerance }),
  );
  const { lowerBoundUsd, upperBoundUsd, iterations, solver, hoursSolvedAnotherWay } = result;
  const ours = {
    cpuSeconds,
    seconds,
    iterations,
    solver,
    relativeGap: (upperBoundUsd - lowerBoundUsd) / upperBoundUsd,
    costUsd: upperBoundUsd,
    hoursSolvedAnotherWay,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    boughtUsdPerHour: program.tree.nodes.map((_, n) => result.commitmentsUsdPerHour.slice(2 * n, 2 * n + 2)),
  };
  const size = {
    nodes: program.tree.nodes.length,
    hours: each.hours,
    skus: each.skus,
    aversion: each.aversion,
  };
  if (!each.byHighs) return { ...size, ours };
  const highs = await byHighs(program);
  return {
    ...size,
    ours,
    highs,
    relativeDifference: Math.abs(ours.costUsd - highs.costUsd) / highs.costUsd,
    ratio: highs.cpuSeconds / cpuSeconds,
  };
}

type Result = Awaited<ReturnType<typeof run>>;

/** Least squares of log seconds along log entries: seconds = factor · entries^power. */
function powerLaw(points: readonly { entries: number; cpuSeconds: number }[]): {
  factor: number;
  power: number;
} {
  const x = points.map(({ entries }) => Math.log(entries));
  const y = points.map(({ cpuSeconds }) => Math.log(cpuSeconds));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, each) => sum + each, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const power =
    x.reduce((sum, each, n) => sum + (each - mx) * (y[n]! - my), 0) /
    x.reduce((sum, each) => sum + (each - mx) ** 2, 0);
  return { factor: Math.exp(my - power * mx), power };
}

const told = process.argv[2];
if (told !== undefined) {
  process.stdout.write(JSON.stringify(await run(JSON.parse(told) as Case)));
} else {
  const self = fileURLToPath(import.meta.url);
  const results = [...BOTH, ...FULL].map((each): Result => {
    const text = execFileSync(process.execPath, [...process.execArgv, self, JSON.stringify(each)], {
      encoding: "utf8",
    });
    const result = JSON.parse(text) as Result;
    const { ours, hours, skus } = result;
    console.log(
      `13 x ${hours} x ${skus}, risk aversion ${each.aversion}: ${ours.cpuSeconds.toFixed(2)} s of the processor (${ours.seconds.toFixed(2)} s), ${ours.iterations} iterations, gap ` +
        `${ours.relativeGap.toExponential(1)}, peak ${ours.peakMiB.toFixed(0)} MiB` +
        ("highs" in result
          ? `; highs ${result.highs.cpuSeconds.toFixed(1)} s (${result.highs.seconds.toFixed(1)} s), ${result.ratio.toFixed(0)} times ours, costs differ by ${result.relativeDifference.toExponential(1)}`
          : ""),
    );
    return result;
  });
  const points = results.flatMap((each) =>
    "highs" in each ? [{ entries: each.highs.entries, cpuSeconds: each.highs.cpuSeconds }] : [],
  );
  const fit = powerLaw(points);
  const largest = points.reduce((most, each) => (each.entries > most.entries ? each : most));
  // The full size holds as many entries for each hour and SKU as the largest that both solved.
  const of = results.find((each) => "highs" in each && each.highs.entries === largest.entries)!;
  const extrapolated = results
    .filter((each) => !("highs" in each))
    .map(({ hours, skus, aversion, ours }) => {
      const entries = (largest.entries * hours * skus) / (of.hours * of.skus);
      const byPowerLaw = fit.factor * entries ** fit.power;
      const byStraightLine = (largest.cpuSeconds * entries) / largest.entries;
      return {
        hours,
        skus,
        aversion,
        entries,
        highsSecondsByPowerLaw: byPowerLaw,
        highsSecondsByStraightLine: byStraightLine,
        ratioByPowerLaw: byPowerLaw / ours.cpuSeconds,
        ratioByStraightLine: byStraightLine / ours.cpuSeconds,
      };
    });
  console.log(`highs: ${fit.factor.toExponential(2)} s · entries^${fit.power.toFixed(2)}`);
  for (const each of extrapolated) {
    console.log(
      `13 x ${each.hours} x ${each.skus}, risk aversion ${each.aversion}: highs would take ${each.highsSecondsByPowerLaw.toExponential(1)} s by that, ` +
        `${each.ratioByPowerLaw.toFixed(0)} times ours; ${each.ratioByStraightLine.toFixed(0)} times by a straight line through its largest`,
    );
  }
  const day = new Date().toISOString().slice(0, 10);
  const path = join("docs", "bench", `${day}-tree.json`);
  writeFileSync(
    path,
    `${JSON.stringify({ date: day, results, fit, extrapolated }, (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(6)) : value), 1)}\n`,
  );
  console.log(`Wrote ${path}`);
}

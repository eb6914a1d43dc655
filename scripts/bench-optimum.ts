/**
 * The optimum of one plan over a year of hours and a hundred SKUs, twice in one run: by our sweep with its certificate, and by
 * HiGHS (WebAssembly) on the extensive form of the same data.
 *
 *     npx tsx scripts/bench-optimum.ts
 */
import { pathToFileURL } from "node:url";
import loaded from "highs";
import {
  OPEN_SHARING,
  avoidedOnDemand,
  bestCommitment,
  certain,
  solveProgram,
  type Demand,
  type OfferingRates,
  type Sku,
} from "../src/index.ts";
import { seededDemand } from "./bench-program.ts";
import { seededRandom } from "./fixtures/random.ts";

const HOURS = 8_760;
const SKUS = 100;
const REPETITIONS = 9;
const SEED = 20_260_901;

export interface OptimumBench {
  hours: number;
  skus: number;
  entries: number;
  /** Demand in memory → sweep → optimum → certificate. First: before the JIT has seen the code. */
  oursFirstMs: number;
  oursMedianMs: number;
  commitmentUsdPerHour: number;
  costUsd: number;
  certificateGap: number;
  /** Handing the model over is not counted as solving it. */
  highsBuildMs: number;
  highsSolveMs: number;
  highsCommitmentUsdPerHour: number;
  highsCostUsd: number;
  /** |ours − HiGHS| ÷ HiGHS; `agree`: at most 1e-6. */
  relativeDifference: number;
  agree: boolean;
  /** HiGHS's solve ÷ our median, and ÷ our first run. */
  ratio: number;
  ratioFirst: number;
}

export async function benchOptimum(): Promise<OptimumBench> {
  const instance = seededYear();
  const runs: { ms: number; result: Ours }[] = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const from = performance.now();
    const result = await ours(instance);
    runs.push({ ms: performance.now() - from, result });
  }
  const { commitmentUsdPerHour, costUsd, certificateGap } = runs[0]!.result;
  const oursFirstMs = runs[0]!.ms;
  const oursMedianMs = runs.map(({ ms }) => ms).sort((a, b) => a - b)[REPETITIONS >> 1]!;
  const highs = await byHighs(instance);
  const relativeDifference = Math.abs(costUsd - highs.costUsd) / highs.costUsd;
  return {
    hours: HOURS,
    skus: SKUS,
    entries: instance.demand.hour.length,
    oursFirstMs,
    oursMedianMs,
    commitmentUsdPerHour,
    costUsd,
    certificateGap,
    highsBuildMs: highs.buildMs,
    highsSolveMs: highs.solveMs,
    highsCommitmentUsdPerHour: highs.commitmentUsdPerHour,
    highsCostUsd: highs.costUsd,
    relativeDifference,
    agree: relativeDifference <= 1e-6,
    ratio: highs.solveMs / oursMedianMs,
    ratioFirst: highs.solveMs / oursFirstMs,
  };
}

interface Instance {
  demand: Demand;
  skus: Sku[];
  offer: { ownerAccount: string; rates: OfferingRates };
  onDemandUsd: number;
}

function seededYear(): Instance {
  const random = seededRandom(SEED);
  const skus = Array.from({ length: SKUS }, (_, n) => ({
    usageType: `USE1-Host:ml.m5.${n}xlarge`,
    operation: "RunInstance",
    region: "us-east-1",
    component: "Host",
    instanceType: `ml.m5.${n}xlarge`,
  }));
  const ratio = Float64Array.from(skus, () => 0.36 + 0.44 * random());
  const demand = seededDemand(HOURS, SKUS, random);
  return {
    skus,
    demand,
    offer: {
      ownerAccount: "payer",
      rates: { ratio, savingsPlanRateUsd: ratio, source: skus.map(() => "file") },
    },
    onDemandUsd: demand.onDemandUsd.reduce((sum, usd) => sum + usd, 0),
  };
}

interface Ours {
  commitmentUsdPerHour: number;
  costUsd: number;
  certificateGap: number;
}

async function ours({ demand, skus, offer, onDemandUsd }: Instance): Promise<Ours> {
  const avoided = avoidedOnDemand(demand, skus, [], offer, { sharing: OPEN_SHARING });
  const { commitmentUsdPerHour, netUsd } = bestCommitment(avoided, { hours: HOURS, weight: 1 });
  const costUsd = onDemandUsd - netUsd;
  const { lowerBoundUsd } = await solveProgram(
    {
      scenarios: certain(demand),
      owned: [],
      offers: [{ ...offer, activeFrom: 0, activeHours: HOURS, weight: 1, upfrontUsd: 0 }],
      sharing: OPEN_SHARING,
      risk: { aversion: 0, tail: 0 },
      limits: { minUtilization: 0, maxCommitmentUsdPerHour: Infinity, maxUpfrontUsd: Infinity },
      baselineUsd: Float64Array.of(onDemandUsd),
    },
    { start: [[commitmentUsdPerHour]] },
  );
  return { commitmentUsdPerHour, costUsd, certificateGap: (costUsd - lowerBoundUsd) / costUsd };
}

/** min hours·C − Σ x, Σ_i r_i x_hi − C ≤ 0 for every hour, 0 ≤ x ≤ d: one column per entry, one row per hour, no text to parse. */
async function byHighs({ demand, offer, onDemandUsd }: Instance) {
  // The package's types are read as CommonJS and nest the loader one `default` deeper than its ES module does.
  const highs = await (loaded as unknown as typeof loaded.default)();
  const from = performance.now();
  const entries = demand.hour.length;
  const indices = new Int32Array(entries + HOURS);
  const values = new Float64Array(entries + HOURS);
  const starts = new Int32Array(entries + 2);
  for (const [item, { sku }] of demand.items.entries()) {
    for (let n = demand.start[item]!; n < demand.start[item + 1]!; n++) {
      starts[n] = n;
      indices[n] = demand.hour[n]!;
      values[n] = offer.rates.ratio[sku]!;
    }
  }
  starts[entries] = entries;
  starts[entries + 1] = entries + HOURS;
  for (let h = 0; h < HOURS; h++) {
    indices[entries + h] = h;
    values[entries + h] = -1;
  }
  const model = highs.createModel({
    numCols: entries + 1,
    numRows: HOURS,
    colCost: new Float64Array(entries + 1).fill(-1).fill(HOURS, entries),
    colLower: new Float64Array(entries + 1),
    colUpper: Float64Array.from([...demand.onDemandUsd, highs.infinity]),
    rowLower: new Float64Array(HOURS).fill(-highs.infinity),
    rowUpper: new Float64Array(HOURS),
    matrix: { format: "csc", numRows: HOURS, numCols: entries + 1, starts, indices, values },
  });
  model.options.set({
    output_flag: false,
    primal_feasibility_tolerance: 1e-9,
    dual_feasibility_tolerance: 1e-9,
  });
  const built = performance.now();
  model.run();
  const solved = performance.now();
  const costUsd = onDemandUsd + model.getObjectiveValue();
  const commitmentUsdPerHour = model.getSolution().colValue[entries]!;
  model.dispose();
  return { buildMs: built - from, solveMs: solved - built, costUsd, commitmentUsdPerHour };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(JSON.stringify(await benchOptimum(), null, 2));
}

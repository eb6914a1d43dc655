/** An outcome, in the figures that people read: all after any negotiated discount. */
import { coverage, effectiveSavingsRate, utilization, type SettledTotals } from "./domain/kpi.ts";
import { cashFlowOfPurchase } from "./cash-flow.ts";
import { OFFERINGS, TERM_MONTHS } from "./domain/offering.ts";
import type { CurvePoint, Expected, Risk } from "./domain/recommendation.ts";
import { cvarUsd, meanUsd, probabilityBelow, quantileUsd } from "./domain/risk.ts";
import { horizonHours } from "./domain/scenario.ts";
import { outcomeOf, type Outcome, type Prospect } from "./prospect.ts";
import type { ScenarioTotals } from "./settlement/scenarios.ts";

/** The mean over the scenarios of the plans from `first` on. */
function meanTotals(
  { scene, settlement }: Prospect,
  totals: readonly ScenarioTotals[],
  first: number,
): SettledTotals {
  const { futures } = scene.situation;
  const { probability } = futures;
  const mean = (of: (each: ScenarioTotals) => number): number =>
    totals.reduce((sum, each, s) => sum + probability[s]! * of(each), 0);
  const ofPlans = (of: (each: ScenarioTotals) => Float64Array): number =>
    mean((each) =>
      of(each)
        .subarray(first, settlement.plans.length)
        .reduce((sum, usd) => sum + usd, 0),
    );
  return {
    hours: horizonHours(futures),
    onDemandUsd: mean(({ onDemandUsd }) => onDemandUsd),
    coveredOnDemandUsd: ofPlans(({ coveredOnDemandUsd }) => coveredOnDemandUsd),
    usedUsd: ofPlans(({ usedUsd }) => usedUsd),
    commitmentUsd: ofPlans(({ commitmentUsd }) => commitmentUsd),
  };
}

export const expectedOf = (prospect: Prospect, outcome: Outcome): Expected => ({
  ...meanFigures(prospect, outcome),
  breakEvenMonth: cashFlowOfPurchase(prospect, outcome.commitments).breakEvenMonth,
});

/** All but the month, which takes a settlement of its own. */
export function meanFigures(prospect: Prospect, outcome: Outcome): Omit<Expected, "breakEvenMonth"> {
  const { situation } = prospect.scene;
  const { probability } = situation.futures;
  const kept = 1 - situation.negotiatedDiscount;
  const all = meanTotals(prospect, outcome.totals, 0);
  const bought = meanTotals(prospect, outcome.totals, situation.owned.length);
  const baseline = meanUsd(prospect.baselineUsd, probability);
  const saved = meanUsd(outcome.netSavingsUsd, probability);
  return {
    onDemandUsd: all.onDemandUsd * kept,
    costUsd: (baseline - saved) * kept,
    netSavingsUsd: saved * kept,
    savingsRate: ratio(saved, baseline),
    effectiveSavingsRate: effectiveSavingsRate(all),
    utilization: utilization(bought),
    coverage: coverage(all),
    hoursUnderused: outcome.totals.reduce((sum, each, s) => sum + probability[s]! * each.hoursUnderused, 0),
    breakEvenUtilization: ratio(bought.usedUsd, bought.commitmentUsd + saved),
    capitalCostUsd: outcome.capitalUsd * kept,
  };
}

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

export function riskFigures({ scene, objective }: Prospect, { commitments, netSavingsUsd }: Outcome): Risk {
  const { futures, negotiatedDiscount } = scene.situation;
  const { probability } = futures;
  const saved = netSavingsUsd.map((usd) => usd * (1 - negotiatedDiscount));
  const total = commitments.reduce((sum, usd) => sum + usd, 0);
  const shares = commitments.map((usd) => (total > 0 ? usd / total : 0));
  return {
    tail: objective.tail,
    cvarLossUsd: cvarUsd(
      saved.map((usd) => 0 - usd),
      probability,
      objective.tail,
    ),
    // A saving that is 0 but for a double's last digits is not a loss.
    probabilityOfLoss: probabilityBelow(
      saved,
      probability,
      -1e-9 * (1 + meanUsd(saved.map(Math.abs), probability)),
    ),
    netSavingsUsdP5: quantileUsd(saved, probability, 0.05),
    netSavingsUsdP50: quantileUsd(saved, probability, 0.5),
    netSavingsUsdP95: quantileUsd(saved, probability, 0.95),
    netSavingsStandardErrorUsd: scene.situation.assumed === null ? null : standardErrorUsd(saved),
    lockInMonths: OFFERINGS.reduce((sum, { term }, k) => sum + shares[k]! * TERM_MONTHS[term], 0),
  };
}

/** Of the mean of a sample in which all are as likely. */
function standardErrorUsd(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

const CURVE_POINTS = 40;

/** Along the total commitment at the chosen mix, from nothing to twice the chosen one (or to twice the mean spend). */
export function curveOf(prospect: Prospect, chosen: Float64Array, mixIfNothing: number): CurvePoint[] {
  const { futures } = prospect.scene.situation;
  const total = Number(chosen.reduce((sum, usd) => sum + usd, 0).toFixed(5));
  const spent = meanUsd(prospect.settlement.onDemandUsd, futures.probability);
  const endUsd = total > 0 ? 2 * total : Math.max(0.001, spent / Math.max(1, horizonHours(futures)));
  const mix =
    total > 0 ? chosen.map((usd) => usd / total) : chosen.map((_, k) => (k === mixIfNothing ? 1 : 0));
  const grid = Array.from({ length: CURVE_POINTS + 1 }, (_, n) =>
    Number(((endUsd * n) / CURVE_POINTS).toFixed(5)),
  );
  return [...new Set([...grid, total])]
    .sort((a, b) => a - b)
    .map((commitmentUsdPerHour): CurvePoint => {
      const commitments =
        commitmentUsdPerHour === total ? chosen : mix.map((share) => share * commitmentUsdPerHour);
      const outcome = outcomeOf(prospect, commitments);
      const { netSavingsUsd, utilization: used, coverage: covered } = meanFigures(prospect, outcome);
      const { cvarLossUsd } = riskFigures(prospect, outcome);
      return { commitmentUsdPerHour, netSavingsUsd, cvarLossUsd, utilization: used, coverage: covered };
    });
}

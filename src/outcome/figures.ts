/** An outcome, in the figures that people read: all after any negotiated discount. Runs in the page of `--html` too. */
import { cashFlowOfPurchase } from "./cash-flow.ts";
import { coverage, effectiveSavingsRate, utilization, type SettledTotals } from "../domain/kpi.ts";
import { OFFERINGS, TERM_MONTHS } from "../domain/offering.ts";
import type { Expected, Risk } from "../domain/documents/outcome.ts";
import { meanUsd, quantileUsd, savingsFigures } from "../domain/risk.ts";
import { horizonHours } from "../domain/scenario.ts";
import type { WhatIfFigures, WhatIfTerm } from "../domain/what-if.ts";
import { outcomeOf, type Outcome, type Settleable } from "../problem/problem.ts";
import type { ScenarioTotals } from "../settlement/scenarios.ts";

/** The mean over the scenarios of the plans from `first` on. */
function meanTotals(
  { scene, settlement }: Settleable,
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

/** All but the month, which takes a settlement of its own. */
export function meanFigures(prospect: Settleable, outcome: Outcome): Omit<Expected, "breakEvenMonth"> {
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

export function riskFigures({ scene, objective }: Settleable, { commitments, netSavingsUsd }: Outcome): Risk {
  const { futures, negotiatedDiscount } = scene.situation;
  const { probability } = futures;
  const saved = netSavingsUsd.map((usd) => usd * (1 - negotiatedDiscount));
  const { cvarLossUsd, probabilityOfLoss } = savingsFigures(saved, probability, objective.tail);
  const total = commitments.reduce((sum, usd) => sum + usd, 0);
  const shares = commitments.map((usd) => (total > 0 ? usd / total : 0));
  return {
    tail: objective.tail,
    cvarLossUsd,
    probabilityOfLoss,
    netSavingsUsdP5: quantileUsd(saved, probability, 0.05),
    netSavingsUsdP50: quantileUsd(saved, probability, 0.5),
    netSavingsUsdP95: quantileUsd(saved, probability, 0.95),
    netSavingsStandardErrorUsd: scene.situation.assumed === null ? null : standardErrorUsd(saved),
    lockInMonths: OFFERINGS.reduce((sum, { term }, k) => sum + shares[k]! * TERM_MONTHS[term], 0),
  };
}

export function whatIfAt(prospect: Settleable, commitments: Float64Array): WhatIfFigures {
  const outcome = outcomeOf(prospect, commitments);
  return { expected: meanFigures(prospect, outcome), risk: riskFigures(prospect, outcome) };
}

export function termAt(prospect: Settleable, commitments: Float64Array): WhatIfTerm {
  const { months, cashAtStartUsd, undiscountedUsd, netPresentValueUsd, breakEvenMonth } = cashFlowOfPurchase(
    prospect,
    commitments,
  );
  return { months: months.length, cashAtStartUsd, undiscountedUsd, netPresentValueUsd, breakEvenMonth };
}

/** Of the mean of a sample in which all are as likely. */
function standardErrorUsd(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

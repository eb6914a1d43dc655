/** An outcome, in the figures that people read: all after any negotiated discount. Runs in the page of `--html` too. */
import { cashFlowOfPurchase } from "./cash-flow.ts";
import { coverage, effectiveSavingsRate, utilization, type SettledTotals } from "../domain/kpi.ts";
import { TERM_MONTHS } from "../domain/offering.ts";
import type { Expected, Risk } from "../domain/documents/outcome.ts";
import type { Portfolio } from "../domain/portfolio.ts";
import { meanUsd, quantileUsd, savingsFigures } from "../domain/risk.ts";
import { cvarErrorUsd, quantileErrorUsd, standardErrorUsd } from "../domain/sampling-error.ts";
import { horizonHours } from "../domain/scenario.ts";
import type { WhatIfFigures, WhatIfTerm } from "../domain/what-if.ts";
import { asCommitmentUsd, asOnDemandUsd } from "../domain/units.ts";
import { outcomeOf, type Outcome, type EvaluatedProblem } from "../problem/evaluation.ts";
import type { ScenarioTotals } from "../settlement/scenarios.ts";

/** The mean over the scenarios of the plans from `first` on. */
function meanTotals(
  { scenarios, settlement }: EvaluatedProblem,
  totals: readonly ScenarioTotals[],
  first: number,
): SettledTotals {
  const { probability } = scenarios;
  const mean = (of: (each: ScenarioTotals) => number): number =>
    totals.reduce((sum, each, s) => sum + probability[s]! * of(each), 0);
  const ofPlans = (of: (each: ScenarioTotals) => Float64Array): number =>
    mean((each) =>
      of(each)
        .subarray(first, settlement.plans.length)
        .reduce((sum, usd) => sum + usd, 0),
    );
  return {
    hours: horizonHours(scenarios),
    onDemandUsd: asOnDemandUsd(mean((each) => each.onDemandUsd)),
    coveredOnDemandUsd: asOnDemandUsd(ofPlans(({ coveredOnDemandUsd }) => coveredOnDemandUsd)),
    usedUsd: asCommitmentUsd(ofPlans(({ usedUsd }) => usedUsd)),
    commitmentUsd: asCommitmentUsd(ofPlans((each) => each.commitmentUsd)),
  };
}

/** All but the month, which takes a settlement of its own. */
export function meanFigures(problem: EvaluatedProblem, outcome: Outcome): Omit<Expected, "breakEvenMonth"> {
  const { probability } = problem.scenarios;
  const kept = 1 - problem.negotiatedDiscount;
  const all = meanTotals(problem, outcome.totals, 0);
  const bought = meanTotals(problem, outcome.totals, problem.owned.length);
  const baseline = meanUsd(problem.baselineUsd, probability);
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

export function riskFigures(problem: EvaluatedProblem, { portfolio, netSavingsUsd }: Outcome): Risk {
  const { scenarios, negotiatedDiscount, objective, offers, isSampled } = problem;
  const { probability } = scenarios;
  const saved = netSavingsUsd.map((usd) => usd * (1 - negotiatedDiscount));
  const { cvarLossUsd, probabilityOfLoss } = savingsFigures(saved, probability, objective.tail);
  const total = portfolio.reduce((sum, usd) => sum + usd, 0);
  const shares = portfolio.map((usd) => (total > 0 ? usd / total : 0));
  return {
    tail: objective.tail,
    cvarLossUsd,
    probabilityOfLoss,
    netSavingsUsdP5: quantileUsd(saved, probability, 0.05),
    netSavingsUsdP50: quantileUsd(saved, probability, 0.5),
    netSavingsUsdP95: quantileUsd(saved, probability, 0.95),
    netSavingsStandardErrorUsd: isSampled ? standardErrorUsd(saved) : null,
    netSavingsP5StandardErrorUsd: isSampled ? quantileErrorUsd(saved, 0.05) : null,
    cvarStandardErrorUsd: isSampled
      ? cvarErrorUsd(
          saved.map((usd) => 0 - usd),
          objective.tail,
        )
      : null,
    lockInMonths: shares.reduce((sum, share, k) => sum + share * TERM_MONTHS[offers[k]!.offering.term], 0),
  };
}

export function whatIfAt(problem: EvaluatedProblem, portfolio: Portfolio): WhatIfFigures {
  const outcome = outcomeOf(problem, portfolio);
  return { expected: meanFigures(problem, outcome), risk: riskFigures(problem, outcome) };
}

export function termAt(problem: EvaluatedProblem, portfolio: Portfolio): WhatIfTerm {
  const { months, cashAtStartUsd, undiscountedUsd, netPresentValueUsd, breakEvenMonth } = cashFlowOfPurchase(
    problem,
    portfolio,
  );
  return { months: months.length, cashAtStartUsd, undiscountedUsd, netPresentValueUsd, breakEvenMonth };
}

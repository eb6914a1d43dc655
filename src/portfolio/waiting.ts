/**
 * Whether to buy now at all, around a book of plans that are renewed one by one. A little more or less today is worth
 * about nothing there, for the next renewal can be larger or smaller instead; and it binds for a term. So what starts now
 * has to be worth more than the error that its worth is estimated with, and a thousandth of what the usage costs.
 */
import { boughtNow } from "../domain/portfolio.ts";
import type { RiskMeasure } from "../domain/risk.ts";
import { standardErrorUsd } from "../domain/sampling-error.ts";
import { riskAdjustedUsd, type Outcome } from "../problem/evaluation.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

/** Of the cost over the horizon: what a decision has to be worth. */
const LEAST_SHARE = 0.001;

/** `chosen`, or `waiting` (nothing now, the best queue) where that is as good. */
export function unlessAsGood(
  problem: PurchaseProblem,
  chosen: Outcome,
  waiting: Outcome,
  risk: RiskMeasure,
): Outcome {
  const isRenewed = problem.starts.some(({ ends }) => ends.length > 0);
  if (!problem.isSampled || !isRenewed) return chosen;
  return boughtNow(chosen.portfolio).length > 0 && worthMore(problem, chosen, waiting, risk)
    ? chosen
    : waiting;
}

/** Whether `one` is better than `other` by more than their difference is known to, and by more than a thousandth of the cost. */
export function worthMore(
  problem: PurchaseProblem,
  one: Outcome,
  other: Outcome,
  risk: RiskMeasure,
): boolean {
  const costUsd = riskAdjustedUsd(problem, one, risk);
  const worthUsd = riskAdjustedUsd(problem, other, risk) - costUsd;
  const differenceUsd = one.netSavingsUsd.map((usd, s) => usd - other.netSavingsUsd[s]!);
  return worthUsd > Math.max(standardErrorUsd(differenceUsd), LEAST_SHARE * costUsd);
}

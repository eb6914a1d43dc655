/** What takes more than one settlement: the month of break-even, and the curve. */
import { cashFlowOfPurchase } from "./cash-flow.ts";
import type { CurvePoint, Expected } from "../domain/documents/outcome.ts";
import { inCommitmentSteps } from "../domain/offering.ts";
import { totalUsdPerHour, withNow, type Portfolio } from "../domain/portfolio.ts";
import { meanUsd } from "../domain/risk.ts";
import { horizonHours } from "../domain/scenario.ts";
import { meanFigures, riskFigures } from "./figures.ts";
import { outcomeOf, type Outcome } from "../problem/evaluation.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

export const expectedOf = (problem: PurchaseProblem, outcome: Outcome): Expected => ({
  ...meanFigures(problem, outcome),
  breakEvenMonth: cashFlowOfPurchase(problem, outcome.portfolio).breakEvenMonth,
});

const CURVE_POINTS = 40;

/** Along the total commitment now at the chosen mix, the queue held, from nothing to twice the chosen one (or to twice the mean spend). */
export function curveOf(problem: PurchaseProblem, chosen: Portfolio, mixIfNothing: number): CurvePoint[] {
  const { scenarios } = problem;
  const total = inCommitmentSteps(totalUsdPerHour(chosen));
  const spent = meanUsd(problem.settlement.onDemandUsd, scenarios.probability);
  const endUsd = total > 0 ? 2 * total : Math.max(0.001, spent / Math.max(1, horizonHours(scenarios)));
  const shareOf = (k: number): number => (total > 0 ? chosen[k]! / total : k === mixIfNothing ? 1 : 0);
  const grid = Array.from({ length: CURVE_POINTS + 1 }, (_, n) =>
    inCommitmentSteps((endUsd * n) / CURVE_POINTS),
  );
  return [...new Set([...grid, total])]
    .sort((a, b) => a - b)
    .map((commitmentUsdPerHour): CurvePoint => {
      const portfolio =
        commitmentUsdPerHour === total ? chosen : withNow(chosen, (k) => shareOf(k) * commitmentUsdPerHour);
      const outcome = outcomeOf(problem, portfolio);
      const { netSavingsUsd, utilization: used, coverage: covered } = meanFigures(problem, outcome);
      const { cvarLossUsd } = riskFigures(problem, outcome);
      return { commitmentUsdPerHour, netSavingsUsd, cvarLossUsd, utilization: used, coverage: covered };
    });
}

/** What takes more than one settlement: the month of break-even, and the curve. */
import { cashFlowOfPurchase } from "./cash-flow.ts";
import type { CurvePoint, Expected } from "../domain/documents/outcome.ts";
import { inCommitmentSteps } from "../domain/offering.ts";
import { meanUsd } from "../domain/risk.ts";
import { horizonHours } from "../domain/scenario.ts";
import { meanFigures, riskFigures } from "./figures.ts";
import { outcomeOf, type Outcome, type Prospect } from "../problem/problem.ts";

export const expectedOf = (prospect: Prospect, outcome: Outcome): Expected => ({
  ...meanFigures(prospect, outcome),
  breakEvenMonth: cashFlowOfPurchase(prospect, outcome.commitments).breakEvenMonth,
});

const CURVE_POINTS = 40;

/** Along the total commitment at the chosen mix, from nothing to twice the chosen one (or to twice the mean spend). */
export function curveOf(prospect: Prospect, chosen: Float64Array, mixIfNothing: number): CurvePoint[] {
  const { futures } = prospect.scene.situation;
  const total = inCommitmentSteps(chosen.reduce((sum, usd) => sum + usd, 0));
  const spent = meanUsd(prospect.settlement.onDemandUsd, futures.probability);
  const endUsd = total > 0 ? 2 * total : Math.max(0.001, spent / Math.max(1, horizonHours(futures)));
  const mix =
    total > 0 ? chosen.map((usd) => usd / total) : chosen.map((_, k) => (k === mixIfNothing ? 1 : 0));
  const grid = Array.from({ length: CURVE_POINTS + 1 }, (_, n) =>
    inCommitmentSteps((endUsd * n) / CURVE_POINTS),
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

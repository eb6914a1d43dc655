/** How far another sample of scenarios would move the best commitment. */
import { portfolioAmong, type Portfolio } from "../domain/portfolio.ts";
import { riskEnvelope } from "../domain/risk.ts";
import { standardErrorUsd } from "../domain/sampling-error.ts";
import { outcomeOf, type Outcome } from "../problem/evaluation.ts";
import { isLimited, riskOf } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

/** Share by which the whole purchase is made larger and smaller. Half and twice of it give the same error within 5 %. */
const STEP = 0.1;

/**
 * Standard error of the commitment, as a share of it: that of the slope of the risk-adjusted loss along it, ÷ its
 * curvature (A. Shapiro, Asymptotic analysis of stochastic programs, Annals of Operations Research 30, 1991). Null where
 * the sample alone does not decide it.
 */
export function commitmentErrorShare(problem: PurchaseProblem, answer: Outcome): number | null {
  const { isSampled, objective, scenarios } = problem;
  if (!isSampled || isLimited(objective) || answer.portfolio.every((usd) => usd === 0)) return null;
  const { probability } = scenarios;
  const risk = riskOf(objective);
  const [less, same, more] = [1 - STEP, 1, 1 + STEP].map((share) =>
    lossOf(outcomeOf(problem, scaled(answer.portfolio, share))),
  ) as [Float64Array, Float64Array, Float64Array];
  const riskAdjusted = (lossUsd: Float64Array): number => {
    const weights = riskEnvelope(lossUsd, probability, risk);
    return lossUsd.reduce((usd, each, s) => usd + weights[s]! * each, 0);
  };
  const weights = riskEnvelope(same, probability, risk);
  const slopes = same.map((_, s) => ((more[s]! - less[s]!) / (2 * STEP)) * weights[s]! * same.length);
  const curvature = (riskAdjusted(more) - 2 * riskAdjusted(same) + riskAdjusted(less)) / STEP ** 2;
  return curvature > 0 ? standardErrorUsd(slopes) / curvature : null;
}

const scaled = (portfolio: Portfolio, share: number): Portfolio =>
  portfolioAmong(
    [...portfolio.keys()],
    portfolio.map((usd) => usd * share),
  );

const lossOf = ({ netSavingsUsd, capitalUsd }: Outcome): Float64Array =>
  netSavingsUsd.map((saved) => capitalUsd - saved);

/** An outcome against another of the same problem: after any negotiated discount. */
import type { Worth, WorthFigures } from "../domain/documents/worth.ts";
import { quantileUsd, savingsFigures } from "../domain/risk.ts";
import { NOTHING, withNow, type Portfolio } from "../domain/portfolio.ts";
import { outcomeOf, type Outcome } from "../problem/evaluation.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

/** `waiting`: the best schedule that buys nothing now; `nothing`: nothing now, nothing later. */
export const worthOf = (
  problem: PurchaseProblem,
  chosen: Outcome,
  { waiting, nothing }: { waiting: Outcome; nothing: Outcome },
): Worth => ({ now: against(problem, chosen, waiting), schedule: against(problem, chosen, nothing) });

/** What a portfolio's purchases now are worth, against its queue alone. */
export const worthOfNow = (problem: PurchaseProblem, portfolio: Portfolio): WorthFigures =>
  against(
    problem,
    outcomeOf(problem, portfolio),
    outcomeOf(
      problem,
      withNow(portfolio, () => 0),
    ),
  );

/** A purchase against nothing. */
export const worthAlone = (problem: PurchaseProblem, outcome: Outcome): WorthFigures =>
  against(problem, outcome, outcomeOf(problem, NOTHING));

function against(problem: PurchaseProblem, chosen: Outcome, other: Outcome): WorthFigures {
  const { scenarios, negotiatedDiscount, objective } = problem;
  const { probability } = scenarios;
  const saved = chosen.netSavingsUsd.map(
    (usd, s) => (usd - other.netSavingsUsd[s]!) * (1 - negotiatedDiscount),
  );
  const { netSavingsUsd, cvarLossUsd, probabilityOfLoss } = savingsFigures(
    saved,
    probability,
    objective.tail,
  );
  return {
    netSavingsUsd,
    p5: quantileUsd(saved, probability, 0.05),
    p50: quantileUsd(saved, probability, 0.5),
    p95: quantileUsd(saved, probability, 0.95),
    cvarLossUsd,
    probabilityOfLoss,
  };
}

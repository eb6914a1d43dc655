/** Other purchases beside the answer, settled on the same scenarios. */
import type { Certificate } from "../domain/documents/certificate.ts";
import type { Alternative } from "../domain/documents/outcome.ts";
import { offeringLabel, OFFERINGS } from "../domain/offering.ts";
import { boughtIn } from "../domain/portfolio.ts";
import { expectedOf } from "../outcome/curve.ts";
import { riskFigures } from "../outcome/figures.ts";
import { purchasesOf } from "../outcome/purchases.ts";
import { rateShares } from "../outcome/rate-shares.ts";
import type { Answer } from "../portfolio/answer.ts";
import { certificateOf } from "../portfolio/best-portfolio.ts";
import { answerOf } from "../portfolio/candidates.ts";
import type { Outcome } from "../problem/evaluation.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { answerCertificate } from "./policy-figures.ts";

interface More {
  certificate?: Certificate;
  allowed?: boolean;
  /** Index of the offering whose rates the figures rest on. */
  ratesOf?: number;
}

export const alternativeFor = (
  problem: PurchaseProblem,
  kind: Alternative["kind"],
  label: string,
  outcome: Outcome,
  { certificate, allowed, ratesOf }: More = {},
): Alternative => ({
  kind,
  label,
  purchases: purchasesOf(outcome.portfolio, problem),
  expected: expectedOf(problem, outcome),
  risk: riskFigures(problem, outcome),
  certificate: certificate ?? null,
  allowed: allowed ?? true,
  rateShares:
    ratesOf === undefined
      ? { file: 0, bill: 0, illustrative: 0 }
      : rateShares(problem, problem.offers[ratesOf]!.rates),
});

/** Nothing, AWS's rule, and the answer; between them what else is held against it. */
export function comparedWith(
  problem: PurchaseProblem,
  answer: Answer,
  others: readonly Alternative[] = [],
): Alternative[] {
  const { nothing, awsRule, bestSingle } = answer;
  const decided = answerOf(answer);
  const ratesOf = bestSingle;
  const rule = `AWS's rule, best of 7, 30 and 60 days: the last ${awsRule.days} days`;
  return [
    alternativeFor(problem, "nothing", "buy nothing", nothing),
    alternativeFor(problem, "aws-rule", rule, awsRule.outcome, { ratesOf }),
    ...others,
    alternativeFor(problem, "answer", "the answer", decided, {
      certificate: answerCertificate(problem, answer),
      ratesOf: leastSure(problem, answer, decided),
    }),
  ];
}

/** Each offering alone at its best. */
export const offeringsAlone = (
  problem: PurchaseProblem,
  { allowed }: Answer,
  alone: Answer["alone"],
): Alternative[] =>
  [...alone].map(([k, { outcome, riskAdjustedUsd, solution }]) =>
    alternativeFor(problem, "offering", offeringLabel(OFFERINGS[k]!), outcome, {
      certificate: certificateOf(problem, riskAdjustedUsd, solution),
      allowed: allowed.includes(k),
      ratesOf: k,
    }),
  );

/** Of the offerings bought, the one whose rates are the least sure. */
export function leastSure(problem: PurchaseProblem, { bestSingle }: Answer, { portfolio }: Outcome): number {
  const bought = boughtIn(portfolio);
  const share = (k: number): number => rateShares(problem, problem.offers[k]!.rates).illustrative;
  return bought.reduce((worst, k) => (share(k) > share(worst) ? k : worst), bought[0] ?? bestSingle);
}

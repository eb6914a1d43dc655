/** How far the user's own commitments are from the best. */
import type { Certificate } from "../domain/documents/certificate.ts";
import { OFFERINGS } from "../domain/offering.ts";
import { boughtIn } from "../domain/portfolio.ts";
import { boundAmong, certificateOf } from "../portfolio/best-portfolio.ts";
import type { Answer } from "../portfolio/answer.ts";
import { costOfPurchase } from "../portfolio/candidates.ts";
import { isWithinLimits, type Outcome } from "../problem/evaluation.ts";
import { withoutLimits } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

/** Limits that the user breaks can't bound the user; the bound must hold for what the user holds, allowed or not. */
export async function ownCertificate(
  problem: PurchaseProblem,
  answer: Answer,
  subject: Outcome,
): Promise<Certificate> {
  const isWithin = isWithinLimits(problem, subject);
  const objective = isWithin ? problem.objective : withoutLimits(problem.objective);
  const own = boughtIn(subject.portfolio).map((k) => k % OFFERINGS.length);
  const among = [...new Set([...answer.allowed, ...own])].sort((a, b) => a - b);
  const isAnswered = isWithin && own.every((k) => answer.allowed.includes(k));
  const known = answer.answer.outcome.portfolio;
  const solution = isAnswered
    ? answer.answer.solution
    : await boundAmong({ ...problem, objective }, among, known);
  return certificateOf(problem, costOfPurchase(problem, subject), solution);
}

/** What to buy and queue, with nothing beside it, and the best there is without buying now. */
import type { Allowed } from "../domain/allowed.ts";
import { OFFERINGS } from "../domain/offering.ts";
import { isNow, NOTHING, type Portfolio } from "../domain/portfolio.ts";
import { outcomeOf, type Outcome } from "../problem/evaluation.ts";
import type { RiskMeasure } from "../domain/risk.ts";
import { riskOf } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { bestAmong, type Best, type Pause } from "./best-portfolio.ts";
import { evenWhereAsGood } from "./even-renewals.ts";
import { allowedOfferings, offersOf, undominated } from "./offers.ts";
import { decidedNow } from "./policy.ts";
import { unlessAsGood } from "./waiting.ts";

/** What to buy and queue, with nothing beside it. `known`: answers to begin with, of problems like it. */
export async function answerAlone(
  problem: PurchaseProblem,
  pause: Pause,
  { term, payment }: Allowed,
  known: readonly Portfolio[] = [],
): Promise<Outcome> {
  const risk = riskOf(problem.objective);
  const allowed = allowedOfferings(term, payment);
  const among = undominated(problem, offersOf(problem, allowed));
  const chosen =
    (await decidedNow(problem, allowed, known, pause)) ??
    (await bestOfAll(problem, allowed, among, known, pause)).outcome;
  return unlessAsGood(problem, chosen, await waitingFor(problem, pause, among, risk, chosen.portfolio), risk);
}

/** Each offering alone, and all together. */
async function bestOfAll(
  problem: PurchaseProblem,
  allowed: readonly number[],
  among: readonly number[],
  known: readonly Portfolio[],
  pause: Pause,
): Promise<Best> {
  const risk = riskOf(problem.objective);
  const found: Best[] = [];
  for (const k of allowed) found.push(await bestAmong(problem, offersOf(problem, [k]), risk, known, pause));
  const singles = found.map(({ outcome }) => outcome.portfolio);
  if (!areOneOffering(among)) found.push(await bestAmong(problem, among, risk, singles, pause));
  return found.reduce((least, each) => (each.riskAdjustedUsd < least.riskAdjustedUsd ? each : least));
}

/** The best schedule that buys nothing now. */
export async function waitingFor(
  problem: PurchaseProblem,
  pause: Pause,
  among: readonly number[],
  risk: RiskMeasure,
  known: Portfolio,
): Promise<Outcome> {
  const later = among.filter((k) => !isNow(k));
  return later.length === 0
    ? outcomeOf(problem, NOTHING)
    : evenWhereAsGood(problem, (await bestAmong(problem, later, risk, [known], pause)).outcome, risk);
}

export const areOneOffering = (among: readonly number[]): boolean =>
  new Set(among.map((k) => k % OFFERINGS.length)).size === 1;

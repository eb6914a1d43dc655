/**
 * What else to buy now where plans do not reach all accounts: in the accounts that the answer's plans do not cover. Usage
 * of such accounts is covered by plans of their own alone, so each is a problem of its own, and the savings add up. Decided one by one at
 * the same risk aversion, they bear no more risk together than the sum says.
 */
import { turnOf } from "../domain/sharing.ts";
import type { Demand } from "../domain/usage.ts";
import { usdByAccount } from "../domain/usd-by-account.ts";
import type { Outcome } from "../problem/evaluation.ts";
import { riskOf } from "../problem/objective.ts";
import { boughtBy, type PurchaseProblem } from "../problem/problem.ts";
import { bestAmong, type Best, type Pause } from "./best-portfolio.ts";

export interface Elsewhere {
  /** The problem as the account that buys has it. */
  problem: PurchaseProblem;
  /** Its best purchase of one offering, without a queue. */
  outcome: Outcome;
}

/** Accounts in which to buy, beside the answer's; smaller ones are left to `--buyer`. */
const MOST = 8;

/** None under limits, which all purchases would have to share. `allowed`: indices into OFFERINGS. */
export async function purchasesElsewhere(
  problem: PurchaseProblem,
  pause: Pause,
  allowed: readonly number[],
): Promise<Elsewhere[]> {
  const { maxCommitmentUsdPerHour, maxUpfrontUsd } = problem.objective;
  if (maxCommitmentUsdPerHour !== null || maxUpfrontUsd !== null) return [];
  const found: Elsewhere[] = [];
  for (const buyer of otherBuyers(problem)) {
    const theirs = boughtBy(problem, buyer);
    const singles: Best[] = [];
    for (const k of allowed) singles.push(await bestAmong(theirs, [k], riskOf(problem.objective), [], pause));
    const [best] = singles.toSorted((a, b) => a.riskAdjustedUsd - b.riskAdjustedUsd);
    if (best && best.outcome.portfolio.some((usd) => usd > 0))
      found.push({ problem: theirs, outcome: best.outcome });
  }
  return found;
}

/** Of the accounts that no buyer before reaches the one that uses the most, and so on. */
function otherBuyers({ pastDemand, sharing, buyer }: PurchaseProblem): string[] {
  const isReachedBy = (owner: string, account: string): boolean => turnOf(sharing, owner, account) !== null;
  let left = accountsByUsage(pastDemand).filter((account) => !isReachedBy(buyer, account));
  const buyers: string[] = [];
  while (left.length > 0 && buyers.length < MOST) {
    const next = left[0]!;
    buyers.push(next);
    left = left.filter((account) => !isReachedBy(next, account));
  }
  return buyers;
}

const accountsByUsage = (demand: Demand): string[] =>
  [...usdByAccount(demand)]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .map(([account]) => account);

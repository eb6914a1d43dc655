import type { Purchase, QueuedPurchase } from "../domain/documents/purchase.ts";
import { isoHour } from "../domain/hour.ts";
import { TERM_HOURS, UPFRONT_SHARE } from "../domain/offering.ts";
import { boughtNow, queuedIn, type Portfolio } from "../domain/portfolio.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

/** What is bought now. Upfront dollars are before any negotiated discount. */
export const purchasesOf = (portfolio: Portfolio, problem: PurchaseProblem): Purchase[] =>
  boughtNow(portfolio).map((k) => purchaseOf(portfolio, problem, k));

/** What is queued, in order of time. `arnOf`: of an owned plan of the problem. */
export const queuedPurchases = (
  portfolio: Portfolio,
  problem: PurchaseProblem,
  arnOf: (plan: number) => string,
): QueuedPurchase[] =>
  queuedIn(portfolio).map((k) => ({
    ...purchaseOf(portfolio, problem, k),
    renews: problem.offers[k]!.start.ends.map(arnOf),
  }));

function purchaseOf(portfolio: Portfolio, { start, offers }: PurchaseProblem, k: number): Purchase {
  const { offering, start: from, ownerAccount } = offers[k]!;
  const upfrontUsd = portfolio[k]! * TERM_HOURS[offering.term] * UPFRONT_SHARE[offering.paymentOption];
  return {
    ...offering,
    commitmentUsdPerHour: portfolio[k]!,
    upfrontUsd: toCents(upfrontUsd),
    start: isoHour(start + from.hour),
    account: ownerAccount,
  };
}

const toCents = (usd: number): number => Math.round(usd * 100) / 100;

/** What the schedule queues in place of plans that end soon: to each its part of the start that follows it. */
import type { OwnedPlan } from "../domain/commitment.ts";
import type { Expiry } from "../domain/documents/plan-review.ts";
import type { Purchase, QueuedPurchase } from "../domain/documents/purchase.ts";
import {
  COMMITMENT_STEP_USD,
  inCommitmentSteps,
  MIN_COMMITMENT_USD,
  TERM_HOURS,
  UPFRONT_SHARE,
} from "../domain/offering.ts";

/** Less than this share of a plan is not worth a plan of its own. */
const LEAST_SHARE = 0.02;

export const renewalsOf = (
  expiries: readonly Omit<Expiry, "renewal">[],
  queued: readonly QueuedPurchase[],
  plans: readonly OwnedPlan[],
): Expiry[] =>
  expiries.map((expiry) => {
    const following = queued.filter(({ renews }) => renews.includes(expiry.arn));
    const [largest] = following.toSorted((a, b) => b.commitmentUsdPerHour - a.commitmentUsdPerHour);
    if (largest === undefined) return { ...expiry, renewal: null };
    const ending = totalOf(plans.filter(({ arn }) => largest.renews.includes(arn)));
    const wanted = (largest.commitmentUsdPerHour * expiry.commitmentUsdPerHour) / ending;
    const usdPerHour = Math.floor(wanted / COMMITMENT_STEP_USD) * COMMITMENT_STEP_USD;
    const isWorth = usdPerHour >= Math.max(MIN_COMMITMENT_USD, LEAST_SHARE * expiry.commitmentUsdPerHour);
    return {
      ...expiry,
      renewal: isWorth ? renewalAt(largest, inCommitmentSteps(usdPerHour), expiry.end) : null,
    };
  });

const totalOf = (plans: readonly OwnedPlan[]): number =>
  plans.reduce((usd, plan) => usd + plan.commitmentUsdPerHour, 0);

function renewalAt(
  { term, paymentOption, account }: QueuedPurchase,
  commitmentUsdPerHour: number,
  start: string,
): Purchase {
  const upfront = commitmentUsdPerHour * TERM_HOURS[term] * UPFRONT_SHARE[paymentOption];
  return {
    term,
    paymentOption,
    commitmentUsdPerHour,
    upfrontUsd: Math.round(upfront * 100) / 100,
    start,
    account,
  };
}

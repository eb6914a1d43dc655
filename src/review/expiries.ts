/** Plans that end soon, and what each leaves uncovered. */
import type { Sharing } from "../domain/sharing.ts";
import type { OwnedPlan, PlanTerms } from "../domain/commitment.ts";
import { isoHour, type Hour } from "../domain/hour.ts";
import type { Expiry } from "../domain/documents/plan-review.ts";
import type { Demand, Sku } from "../domain/usage.ts";
import { settle } from "../settlement/settle.ts";

const SOON_HOURS = 90 * 24;

export const expiresSoon = ({ end }: OwnedPlan, asOf: Hour): boolean =>
  end !== null && end > asOf && end <= asOf + SOON_HOURS;

/**
 * `demand`: the eligible usage of the last weeks; `terms`: `[plan]` all plans owned now, active in all of it. Other
 * plans take over what they can, by AWS's rule.
 */
export function expiriesOf(
  plans: readonly OwnedPlan[],
  terms: readonly PlanTerms[],
  demand: Demand,
  skus: readonly Sku[],
  asOf: Hour,
  { sharing, kept }: { sharing: Sharing; kept: number },
): Omit<Expiry, "renewal">[] {
  const leftUsd = (held: readonly PlanTerms[]): number =>
    settle(demand, skus, held, { sharing }).onDemandLeftUsd.reduce((sum, usd) => sum + usd, 0);
  const all = leftUsd(terms);
  return plans
    .map((plan, k) => ({ plan, others: terms.filter((_, n) => n !== k) }))
    .filter(({ plan }) => expiresSoon(plan, asOf))
    .sort((a, b) => a.plan.end! - b.plan.end!)
    .map(({ plan, others }) => ({
      arn: plan.arn,
      term: plan.term,
      paymentOption: plan.paymentOption,
      commitmentUsdPerHour: plan.commitmentUsdPerHour,
      end: isoHour(plan.end!),
      daysLeft: Math.floor((plan.end! - asOf) / 24),
      uncoveredUsdPerHour: demand.hourCount > 0 ? (kept * (leftUsd(others) - all)) / demand.hourCount : 0,
    }));
}

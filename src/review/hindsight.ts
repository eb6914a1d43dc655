/** The advice of the review before: what it foresaw, and what it would have brought. */
import type { Sharing } from "../domain/sharing.ts";
import type { OwnedPlan, PlanTerms } from "../domain/commitment.ts";
import type { Purchase } from "../domain/documents/purchase.ts";
import { isoHour, type Hour } from "../domain/hour.ts";
import { sameOffering, TERM_HOURS } from "../domain/offering.ts";
import type { Recommendation } from "../domain/documents/recommendation.ts";
import type { AdviceFigures, Hindsight } from "../domain/documents/review.ts";
import type { Demand, Sku } from "../domain/usage.ts";
import { settle } from "../settlement/settle.ts";

/** Its means, in dollars an hour: of usage over the horizon, of savings while the purchases last. */
export function predictedOf({
  purchases,
  expected,
  horizon,
}: Pick<Recommendation, "purchases" | "expected" | "horizon">): AdviceFigures {
  const lastsHours = purchases.reduce((most, { term }) => Math.max(most, TERM_HOURS[term]), 0);
  const saves = Math.min(horizon.hours, lastsHours);
  return {
    onDemandUsdPerHour: expected.onDemandUsd / horizon.hours,
    netSavingsUsdPerHour: saves > 0 ? expected.netSavingsUsd / saves : 0,
    utilization: purchases.length > 0 ? expected.utilization : null,
  };
}

/** The advised plans beside those owned then, settled over the hours since. */
export function actualOf(
  demand: Demand,
  skus: readonly Sku[],
  owned: readonly PlanTerms[],
  advised: readonly PlanTerms[],
  { sharing, kept }: { sharing: Sharing; kept: number },
): AdviceFigures {
  const sum = (values: Float64Array): number => values.reduce((total, usd) => total + usd, 0);
  const usage = demand.onDemandUsd.reduce((total, usd) => total + usd, 0);
  const alone = settle(demand, skus, owned, { sharing });
  const together = settle(demand, skus, [...owned, ...advised], { sharing });
  const paid = demand.hourCount * advised.reduce((total, each) => total + each.commitmentUsdPerHour, 0);
  const used = together.usedUsd.slice(owned.length).reduce((total, each) => total + sum(each), 0);
  const saved = sum(alone.onDemandLeftUsd) - sum(together.onDemandLeftUsd) - paid;
  return {
    onDemandUsdPerHour: (kept * usage) / demand.hourCount,
    netSavingsUsdPerHour: (kept * saved) / demand.hourCount,
    utilization: paid > 0 ? Math.min(1, used / paid) : null,
  };
}

/** Plans that began since then. */
export const boughtSince = (plans: readonly OwnedPlan[], since: Hour, until: Hour): Hindsight["bought"] =>
  plans
    .filter(({ start }) => start !== null && start >= since && start < until)
    .map(({ arn, term, paymentOption, commitmentUsdPerHour, start }) => ({
      arn,
      term,
      paymentOption,
      commitmentUsdPerHour,
      start: isoHour(start!),
    }));

/** Amounts that differ by less than this share are the same purchase, rounded by a person. */
const ROUNDED = 0.05;

export function followed(purchases: readonly Purchase[], bought: Hindsight["bought"]): Hindsight["followed"] {
  if (bought.length === 0) return purchases.length === 0 ? "nothing-advised" : "not";
  const isAdvised = bought.every((plan) => purchases.some((each) => sameOffering(each, plan)));
  if (!isAdvised) return "otherwise";
  const amounts = purchases.map((each) => ({
    advised: each.commitmentUsdPerHour,
    bought: bought
      .filter((plan) => sameOffering(plan, each))
      .reduce((sum, plan) => sum + plan.commitmentUsdPerHour, 0),
  }));
  if (amounts.some((each) => each.bought > each.advised * (1 + ROUNDED))) return "otherwise";
  return amounts.every((each) => each.bought >= each.advised * (1 - ROUNDED)) ? "as-advised" : "in-part";
}

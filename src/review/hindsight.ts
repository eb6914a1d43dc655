/** The advice of the review before: what it foresaw, and what it would have brought. */
import type { Sharing } from "../domain/sharing.ts";
import type { OwnedPlan, PlanTerms } from "../domain/commitment.ts";
import type { ForecastMonth } from "../domain/documents/outcome.ts";
import type { Purchase } from "../domain/documents/purchase.ts";
import { hourOfMs, isoHour, parseUtcMs, type Hour, type HourSpan } from "../domain/hour.ts";
import { sameOffering, TERM_HOURS } from "../domain/offering.ts";
import type { Recommendation } from "../domain/documents/recommendation.ts";
import type { AdviceFigures, Foreseen, Hindsight } from "../domain/documents/review.ts";
import type { Demand, Sku } from "../domain/usage.ts";
import { settle } from "../settlement/settle.ts";

/**
 * What was foreseen of the hours `since` … `until`: its months as far as they reach into them. Without months (a store of
 * 0.1) the means of the whole horizon, and of savings while the purchases last.
 */
export function predictedOf(
  advice: Pick<Recommendation, "purchases" | "expected" | "horizon"> &
    Partial<Pick<Recommendation, "forecast">>,
  span: HourSpan,
): Foreseen {
  const { purchases, expected, horizon, forecast = [] } = advice;
  const utilization = purchases.length > 0 ? expected.utilization : null;
  const months = forecast.map((month) => ({ month, hours: hoursWithin(month, span) }));
  const hours = months.reduce((sum, each) => sum + each.hours, 0);
  if (hours === 0) {
    const lastsHours = purchases.reduce((most, { term }) => Math.max(most, TERM_HOURS[term]), 0);
    const saves = Math.min(horizon.hours, lastsHours);
    return {
      onDemandUsdPerHour: expected.onDemandUsd / horizon.hours,
      netSavingsUsdPerHour: saves > 0 ? expected.netSavingsUsd / saves : 0,
      utilization,
      onDemandUsdPerHourP5: null,
      onDemandUsdPerHourP95: null,
    };
  }
  const mean = (of: (month: ForecastMonth) => number): number =>
    months.reduce((usd, each) => usd + (each.hours / hours) * of(each.month), 0);
  return {
    onDemandUsdPerHour: mean((month) => month.onDemandUsdPerHour),
    netSavingsUsdPerHour: mean((month) => month.netSavingsUsdPerHour),
    utilization,
    // Months that fall and rise together: of several the range is as wide as this, of independent ones narrower.
    onDemandUsdPerHourP5: mean((month) => month.onDemandUsdPerHourP5),
    onDemandUsdPerHourP95: mean((month) => month.onDemandUsdPerHourP95),
  };
}

const hourOfIso = (iso: string): Hour => hourOfMs(parseUtcMs(iso));

const hoursWithin = (month: ForecastMonth, { from, to }: HourSpan): number =>
  Math.max(0, Math.min(to, hourOfIso(month.to)) - Math.max(from, hourOfIso(month.from)));

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

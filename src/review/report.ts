/** What a review tells of the past, put together from the rooms' pieces. */
import { isOwnedAt, type PlanTerms } from "../domain/commitment.ts";
import { demandSpan } from "../domain/demand-span.ts";
import type { Expiry } from "../domain/documents/plan-review.ts";
import type { Hindsight, Review, ReviewRecord } from "../domain/documents/review.ts";
import { isoHour, type Hour } from "../domain/hour.ts";
import { offeringLabel } from "../domain/offering.ts";
import { asCommitmentUsd } from "../domain/units.ts";
import { termsOf } from "../history/replay.ts";
import { calibrationOf } from "./calibration.ts";
import { driftOf, windowsOf } from "./drift.ts";
import { expiriesOf } from "./expiries.ts";
import { actualOf, boughtSince, followed, predictedOf } from "./hindsight.ts";
import { monthFigures } from "./months.ts";
import type { Past } from "./past.ts";
import { planReviews } from "./plans.ts";
import { returnableOf } from "./returnable.ts";

const FOUR_WEEKS_HOURS = 672;

const MOST_MONTHS = 13;

type Told = "asOf" | "usage" | "months" | "plans" | "returnable" | "drift" | "lastReview" | "calibration";

/** All that a review tells of the past; what to renew is not known yet. */
export type PastReview = Pick<Review, Told> & { expiries: Omit<Expiry, "renewal">[] };

/** What earlier reviews told, and what came of those before the newest. */
interface EarlierReviews {
  before: { usageUntil: Hour; told: ReviewRecord } | null;
  decision: string | null;
  hindsights: readonly Hindsight[];
}

export async function reviewOf(
  past: Past,
  { before, decision, hindsights }: EarlierReviews,
  asOfMs: number,
): Promise<PastReview> {
  const { billing, history, demand, skus, rates, sharing, from, until, asOf, hours, isBilled, kept } = past;
  const windows = windowsOf(from, until, before?.usageUntil ?? null);
  const served = windows && {
    ...windows,
    servedBefore: await past.usedIn(windows.before, windows.hours),
    servedNow: await past.usedIn(windows.now, windows.hours),
  };
  const lately = Math.max(0, demand.hourCount - FOUR_WEEKS_HOURS);
  const active = billing.ownedPlans.filter((plan) => isOwnedAt(plan, asOf) && (plan.start ?? 0) <= asOf);
  const lastReview = before && before.usageUntil >= from ? hindsightOf(past, before, decision) : null;
  return {
    asOf: new Date(asOfMs).toISOString().replace(".000Z", "Z"),
    usage: {
      from: history.from,
      to: history.to,
      hours: history.hours,
      missingHours: history.missingHours,
      billingPeriods: new Set(billing.deliveries.map(({ delivery }) => delivery.billingPeriod)).size,
    },
    months: monthFigures(demand, from, hours, kept).slice(-MOST_MONTHS),
    plans: planReviews(billing.ownedPlans, hours, isBilled, served, asOf, kept),
    expiries: expiriesOf(
      active,
      active.map((plan) => always(termsOf(plan, rates, { from, to: until }), demand.hourCount - lately)),
      demandSpan(demand, lately, demand.hourCount),
      skus,
      asOf,
      { sharing, kept },
    ),
    returnable: returnableOf(billing, hours, asOfMs),
    drift: driftOf(demand, skus, from, before?.usageUntil ?? null, kept),
    lastReview,
    calibration: calibrationOf(lastReview ? [...hindsights, lastReview] : hindsights),
  };
}

const always = (terms: PlanTerms, hourCount: number): PlanTerms => ({
  ...terms,
  activeFrom: 0,
  activeTo: hourCount,
});

function hindsightOf(
  { billing, demand: all, skus, rates, buyer, sharing, from, until, kept }: Past,
  { usageUntil, told }: { usageUntil: Hour; told: ReviewRecord },
  decision: string | null,
): Hindsight {
  const demand = demandSpan(all, usageUntil - from, until - from);
  const { purchases } = told.recommendation;
  const owned = billing.ownedPlans
    .filter(({ start }) => start === null || start < usageUntil)
    .map((plan) => termsOf(plan, rates, { from: usageUntil, to: until }));
  const advised = purchases.map((purchase): PlanTerms => ({
    ownerAccount: buyer,
    commitmentUsdPerHour: asCommitmentUsd(purchase.commitmentUsdPerHour),
    activeFrom: 0,
    activeTo: demand.hourCount,
    rates: rates.byOffering.get(offeringLabel(purchase))!,
  }));
  const bought = boughtSince(billing.ownedPlans, usageUntil, until);
  return {
    asOf: told.asOf,
    usageUntil: isoHour(usageUntil),
    hours: demand.hourCount,
    purchases,
    predicted: predictedOf(told.recommendation, { from: usageUntil, to: until }),
    actual: actualOf(demand, skus, owned, advised, { sharing, kept }),
    bought,
    followed: followed(purchases, bought),
    decision,
  };
}

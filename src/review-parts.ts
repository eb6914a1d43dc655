/** What a review tells of the past, put together from the rooms' pieces. */
import type { PlanTerms } from "./domain/commitment.ts";
import { demandSpan } from "./domain/demand-span.ts";
import { isoHour, type Hour } from "./domain/hour.ts";
import { offeringLabel } from "./domain/offering.ts";
import type { Expiry, Hindsight, Review, ReviewRecord } from "./domain/review.ts";
import type { StoreEngine } from "./engine/query-engine.ts";
import type { Billing } from "./ingest/billing.ts";
import { planUse, type PlanUse } from "./ingest/plan-use.ts";
import { termsOf } from "./replay.ts";
import { driftOf, windowsOf } from "./review/drift.ts";
import { expiriesOf } from "./review/expiries.ts";
import { actualOf, boughtSince, followed, predictedOf } from "./review/hindsight.ts";
import { monthFigures } from "./review/months.ts";
import { hoursOfPlans, type HourOfPlan } from "./review/plan-hours.ts";
import { planReviews } from "./review/plans.ts";
import { returnableOf } from "./review/returnable.ts";
import type { Scene } from "./scene.ts";
import { isOwnedAt } from "./situation.ts";

/** The usage that was seen, and what the plans did in it. */
export interface Past {
  billing: Billing;
  scene: Scene;
  from: Hour;
  /** The hour after the last. */
  until: Hour;
  asOf: Hour;
  hours: HourOfPlan[];
  isBilled: ReadonlySet<string>;
  kept: number;
  usedIn: (from: Hour, count: number) => Promise<PlanUse[]>;
}

const FOUR_WEEKS_HOURS = 672;
const MOST_MONTHS = 13;

export async function pastOf(engine: StoreEngine, billing: Billing, scene: Scene, asOf: Hour): Promise<Past> {
  const { spend, rates, situation } = scene;
  const { demand } = situation.past;
  const { from } = spend;
  const span = { from, to: from + demand.hourCount };
  const { hours, isBilled } = hoursOfPlans(
    {
      arns: billing.ownedPlans.map(({ arn }) => arn),
      terms: billing.ownedPlans.map((plan) => termsOf(plan, rates, span)),
      demand,
      from,
      skus: spend.skus,
      sharing: situation.sharing,
    },
    billing.planHours.filter(({ hour }) => hour >= from && hour < span.to),
  );
  return {
    billing,
    scene,
    from,
    until: span.to,
    asOf,
    hours,
    isBilled,
    kept: 1 - situation.negotiatedDiscount,
    usedIn: (start, count) => planUse(engine, { from: start, to: start + count }),
  };
}

type Told = "asOf" | "usage" | "months" | "plans" | "returnable" | "drift" | "lastReview";

export async function reviewOf(
  past: Past,
  before: { usageUntil: Hour; told: ReviewRecord } | null,
  decision: string | null,
  asOfMs: number,
): Promise<Pick<Review, Told> & { expiries: Omit<Expiry, "renewal">[] }> {
  const { billing, scene, from, until, asOf, hours, isBilled, kept } = past;
  const { situation, history } = scene;
  const { demand } = situation.past;
  const windows = windowsOf(from, until, before?.usageUntil ?? null);
  const served = windows && {
    ...windows,
    servedBefore: await past.usedIn(windows.before, windows.hours),
    servedNow: await past.usedIn(windows.now, windows.hours),
  };
  const lately = Math.max(0, demand.hourCount - FOUR_WEEKS_HOURS);
  const active = billing.ownedPlans.filter((plan) => isOwnedAt(plan, asOf) && (plan.start ?? 0) <= asOf);
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
      active.map((plan) =>
        always(termsOf(plan, scene.rates, { from, to: until }), demand.hourCount - lately),
      ),
      demandSpan(demand, lately, demand.hourCount),
      scene.spend.skus,
      asOf,
      { sharing: situation.sharing, kept },
    ),
    returnable: returnableOf(billing.ownedPlans, hours, asOfMs),
    drift: driftOf(demand, scene.spend.skus, from, before?.usageUntil ?? null, kept),
    lastReview: before && before.usageUntil >= from ? hindsightOf(past, before, decision) : null,
  };
}

const always = (terms: PlanTerms, hourCount: number): PlanTerms => ({
  ...terms,
  activeFrom: 0,
  activeTo: hourCount,
});

function hindsightOf(
  { billing, scene, from, until, kept }: Past,
  { usageUntil, told }: { usageUntil: Hour; told: ReviewRecord },
  decision: string | null,
): Hindsight {
  const { situation, rates, spend } = scene;
  const { sharing, buyer } = situation;
  const demand = demandSpan(situation.past.demand, usageUntil - from, until - from);
  const { purchases } = told.recommendation;
  const owned = billing.ownedPlans
    .filter(({ start }) => start === null || start < usageUntil)
    .map((plan) => termsOf(plan, rates, { from: usageUntil, to: until }));
  const advised = purchases.map((purchase): PlanTerms => ({
    ownerAccount: buyer,
    commitmentUsdPerHour: purchase.commitmentUsdPerHour,
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
    predicted: predictedOf(told.recommendation),
    actual: actualOf(demand, spend.skus, owned, advised, { sharing, kept }),
    bought,
    followed: followed(purchases, bought),
    decision,
  };
}

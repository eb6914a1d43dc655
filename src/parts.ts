/** Pieces of a result that are read off what was settled. */
import type { Purchase } from "./domain/commitment.ts";
import { isoHour, type HourSpan } from "./domain/hour.ts";
import type { HourlyUse } from "./domain/hourly-use.ts";
import { TERM_HOURS, UPFRONT_SHARE, type Offering } from "./domain/offering.ts";
import type { OfferingRates, RateSource } from "./domain/rates.ts";
import type { OwnedPlanSummary, Provenance } from "./domain/recommendation.ts";
import type { Situation } from "./domain/situation.ts";
import type { Settled } from "./evaluate.ts";
import type { Billing } from "./ingest/billing.ts";
import { shownPath } from "./ingest/shown-path.ts";
import type { RatesInUse } from "./ingest/rates-in-use.ts";
import { termsOf } from "./replay.ts";
import { settle } from "./settlement/settle.ts";
import { packageVersion } from "./version.ts";

export const provenanceOf = (billing: Billing, options: Record<string, unknown>): Provenance => ({
  version: packageVersion(),
  inputs: billing.inputs.map((input) => ({ ...input, path: shownPath(input.path) })),
  options,
  seed: 1,
});

/** A purchase that starts when the history ends. Upfront dollars are before any negotiated discount. */
export const purchaseOf = (offering: Offering, commitmentUsdPerHour: number, span: HourSpan): Purchase => ({
  ...offering,
  commitmentUsdPerHour,
  upfrontUsd: toCents(
    commitmentUsdPerHour * TERM_HOURS[offering.term] * UPFRONT_SHARE[offering.paymentOption],
  ),
  start: isoHour(span.to),
});

const toCents = (usd: number): number => Math.round(usd * 100) / 100;

/** The owned plans and how they were used while they were active in these hours, by our settlement. */
export function ownedPlanSummaries(
  billing: Billing,
  rates: RatesInUse,
  { span, demand, skus, sharing }: Situation,
): OwnedPlanSummary[] {
  const terms = billing.ownedPlans.map((plan) => termsOf(plan, rates, span));
  const { usedUsd } = settle(demand, skus, terms, { sharing });
  return billing.ownedPlans.map((plan, n) => {
    const { activeFrom, activeTo } = terms[n]!;
    const paid = plan.commitmentUsdPerHour * Math.max(0, activeTo - activeFrom);
    const used = usedUsd[n]!.reduce((sum, usd) => sum + usd, 0);
    return {
      arn: plan.arn,
      ownerAccount: plan.ownerAccount,
      term: plan.term,
      paymentOption: plan.paymentOption,
      commitmentUsdPerHour: plan.commitmentUsdPerHour,
      start: plan.start === null ? null : isoHour(plan.start),
      end: plan.end === null ? null : isoHour(plan.end),
      utilization: paid > 0 ? Math.min(1, used / paid) : 0,
    };
  });
}

/** Share of the eligible spend whose rate comes from each source. */
export function rateShares({ demand }: Situation, { source }: OfferingRates): Record<RateSource, number> {
  const usd = { file: 0, bill: 0, illustrative: 0 };
  let total = 0;
  for (const [item, { sku }] of demand.items.entries()) {
    const from = source[sku];
    for (let n = demand.start[item]!; n < demand.start[item + 1]!; n++) {
      total += demand.onDemandUsd[n]!;
      if (from) usd[from] += demand.onDemandUsd[n]!;
    }
  }
  const share = (part: number): number => (total > 0 ? part / total : 0);
  return { file: share(usd.file), bill: share(usd.bill), illustrative: share(usd.illustrative) };
}

/** The settled answer hour by hour; money after any negotiated discount, as everywhere in a result. */
export function hourlyUseOf(
  { demand, owned, span, negotiatedDiscount }: Situation,
  { settlement }: Settled,
  commitmentUsdPerHour: number,
): HourlyUse {
  const kept = 1 - negotiatedDiscount;
  const charged = (usd: Float64Array): Float64Array => usd.map((each) => each * kept);
  const onDemandUsd = new Float64Array(demand.hourCount);
  for (let n = 0; n < demand.hour.length; n++) onDemandUsd[demand.hour[n]!]! += demand.onDemandUsd[n]!;
  const ownedCoveredOnDemandUsd = new Float64Array(demand.hourCount);
  for (const covered of settlement.coveredOnDemandUsd.slice(0, owned.length)) {
    for (let h = 0; h < demand.hourCount; h++) ownedCoveredOnDemandUsd[h]! += covered[h]!;
  }
  const newUsedUsd = settlement.usedUsd.at(-1)!;
  return {
    from: span.from,
    onDemandUsd: charged(onDemandUsd),
    ownedCoveredOnDemandUsd: charged(ownedCoveredOnDemandUsd),
    newCoveredOnDemandUsd: charged(settlement.coveredOnDemandUsd.at(-1)!),
    newUsedUsd: charged(newUsedUsd),
    newUnusedUsd: charged(newUsedUsd.map((usd) => commitmentUsdPerHour - usd)),
    onDemandLeftUsd: charged(settlement.onDemandLeftUsd),
  };
}

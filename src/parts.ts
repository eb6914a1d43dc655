/** Pieces of a result that are read off what was settled. */
import type { PlanTerms, Purchase } from "./domain/commitment.ts";
import { isoHour, type HourSpan } from "./domain/hour.ts";
import { certain, type ScenarioSet } from "./domain/scenario.ts";
import type { HourlyUse } from "./domain/hourly-use.ts";
import { MAX_COMMITMENT_USD, OFFERINGS, TERM_HOURS, UPFRONT_SHARE } from "./domain/offering.ts";
import type { OfferingRates, RateSource } from "./domain/rates.ts";
import type { OwnedPlanSummary, Provenance } from "./domain/recommendation.ts";
import type { Situation } from "./domain/situation.ts";
import type { HourlySpend } from "./domain/usage.ts";
import type { Billing } from "./ingest/billing.ts";
import type { InputFile } from "./ingest/input-file.ts";
import { shownPath } from "./ingest/shown-path.ts";
import type { RatesInUse } from "./ingest/rates-in-use.ts";
import type { Offer } from "./optimize/program.ts";
import { commitmentsOfAll, planOf, type Prospect } from "./prospect.ts";
import { termsOf } from "./replay.ts";
import { settle } from "./settlement/settle.ts";
import { prepareScenarioSettlement, settleHourly, type ScenarioSettlement } from "./settlement/scenarios.ts";
import { spanOf } from "./situation.ts";
import { packageVersion } from "./version.ts";

export const provenanceOf = (
  billing: Billing,
  others: readonly (InputFile | null)[],
  options: Record<string, unknown>,
): Provenance => ({
  version: packageVersion(),
  inputs: [...billing.inputs, ...others.filter((input) => input !== null)].map((input) => ({
    ...input,
    path: shownPath(input.path),
  })),
  options,
  seed: typeof options["seed"] === "number" ? options["seed"] : 1,
});

/** `commitments[offering]` in the order of OFFERINGS. Upfront dollars are before any negotiated discount. */
export const purchasesOf = (commitments: Float64Array, { start }: Situation): Purchase[] =>
  OFFERINGS.flatMap((offering, k) =>
    commitments[k] === 0
      ? []
      : [
          {
            ...offering,
            commitmentUsdPerHour: commitments[k]!,
            upfrontUsd: toCents(
              commitments[k]! * TERM_HOURS[offering.term] * UPFRONT_SHARE[offering.paymentOption],
            ),
            start: isoHour(start),
          },
        ],
  );

const toCents = (usd: number): number => Math.round(usd * 100) / 100;

/** The owned plans and how they were used while they were active in the history, by our settlement. */
export function ownedPlanSummaries(
  billing: Billing,
  spend: HourlySpend,
  rates: RatesInUse,
  { past, skus, sharing }: Situation,
): OwnedPlanSummary[] {
  const terms = billing.ownedPlans.map((plan) => termsOf(plan, rates, spanOf(spend)));
  const { usedUsd } = settle(past.demand, skus, terms, { sharing });
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
      isQueued: plan.isQueued,
      utilization: paid > 0 ? Math.min(1, used / paid) : 0,
    };
  });
}

/** Share of the eligible spend of the futures whose rate comes from each source. */
export function rateShares({ futures }: Situation, { source }: OfferingRates): Record<RateSource, number> {
  const { base, baseHour, growth, probability, hourCount } = futures;
  const weight = new Float64Array(base.hourCount);
  for (let n = 0; n < baseHour.length; n++) {
    weight[baseHour[n]!]! += probability[Math.floor(n / hourCount)]! * growth[n]!;
  }
  const usd = { file: 0, bill: 0, illustrative: 0 };
  let total = 0;
  for (const [item, { sku }] of base.items.entries()) {
    const from = source[sku];
    for (let n = base.start[item]!; n < base.start[item + 1]!; n++) {
      const expected = base.onDemandUsd[n]! * weight[base.hour[n]!]!;
      total += expected;
      if (from) usd[from] += expected;
    }
  }
  const share = (part: number): number => (total > 0 ? part / total : 0);
  return { file: share(usd.file), bill: share(usd.bill), illustrative: share(usd.illustrative) };
}

/**
 * The purchase settled hour by hour, mean of the futures; money after any negotiated discount, as everywhere in a result. Sampled
 * futures have no hours that mean anything one by one: there it is the history, as if the purchase had been held.
 */
export function hourlyUseOf(prospect: Prospect, commitments: Float64Array): HourlyUse {
  const { negotiatedDiscount, assumed } = prospect.scene.situation;
  const { settlement, offers, owned, span, futures } = assumed ? inThePast(prospect) : inTheFutures(prospect);
  const kept = 1 - negotiatedDiscount;
  const hours = settleHourly(settlement, commitmentsOfAll(owned, commitments));
  const charged = (usd: Float64Array): Float64Array => usd.map((each) => each * kept);
  const added = (plans: readonly Float64Array[]): Float64Array =>
    new Float64Array(futures.hourCount).map((_, t) => plans.reduce((sum, usd) => sum + usd[t]!, 0));
  const newUsedUsd = added(hours.usedUsd.slice(owned.length));
  const committed = newUsedUsd.map((_, t) =>
    offers.reduce((sum, { activeHours }, k) => sum + (t < activeHours ? commitments[k]! : 0), 0),
  );
  return {
    from: span.from,
    onDemandUsd: charged(hours.onDemandUsd),
    ownedCoveredOnDemandUsd: charged(added(hours.coveredOnDemandUsd.slice(0, owned.length))),
    newCoveredOnDemandUsd: charged(added(hours.coveredOnDemandUsd.slice(owned.length))),
    newUsedUsd: charged(newUsedUsd),
    newUnusedUsd: charged(newUsedUsd.map((usd, t) => Math.max(0, committed[t]! - usd))),
    onDemandLeftUsd: charged(hours.leftUsd),
  };
}

/** `[hour]` The commitment to one offering that each of those hours could use, descending, $/h. */
export function usableOf(prospect: Prospect, offering: number): Float64Array {
  const { settlement, owned } = prospect.scene.situation.assumed
    ? inThePast(prospect)
    : inTheFutures(prospect);
  const commitments = new Float64Array(OFFERINGS.length);
  commitments[offering] = MAX_COMMITMENT_USD;
  const { usedUsd } = settleHourly(settlement, commitmentsOfAll(owned, commitments));
  return usedUsd[owned.length + offering]!.slice().sort().reverse();
}

interface Hours {
  settlement: ScenarioSettlement;
  offers: readonly Offer[];
  owned: readonly PlanTerms[];
  span: HourSpan;
  futures: ScenarioSet;
}

const inTheFutures = ({ scene, settlement, offers }: Prospect): Hours => ({
  settlement,
  offers,
  ...scene.situation,
});

function inThePast({ scene, offers }: Prospect): Hours {
  const { past, skus, sharing } = scene.situation;
  const futures = certain(past.demand);
  const always = offers.map((offer) => ({ ...offer, activeHours: futures.hourCount }));
  const plans = [...past.owned, ...always.map(planOf)];
  const settlement = prepareScenarioSettlement(futures, skus, plans, {
    sharing,
    firstNew: past.owned.length,
  });
  return { settlement, offers: always, owned: past.owned, span: spanOf(scene.spend), futures };
}

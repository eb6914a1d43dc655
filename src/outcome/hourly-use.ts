/** A purchase, settled hour by hour. */
import type { PlanTerms } from "../domain/commitment.ts";
import type { HourSpan } from "../domain/hour.ts";
import type { HourlyUse } from "../domain/hourly-use.ts";
import type { Offer } from "../domain/offer.ts";
import { MAX_COMMITMENT_USD, OFFERINGS } from "../domain/offering.ts";
import { certain, type ScenarioSet } from "../domain/scenario.ts";
import { spanOf } from "../domain/usage.ts";
import { commitmentsOfAll, planOf, type Prospect } from "../problem/problem.ts";
import { prepareScenarioSettlement, settleHourly, type ScenarioSettlement } from "../settlement/scenarios.ts";

/**
 * The purchase settled hour by hour, mean of the futures; money after any negotiated discount, as everywhere in a
 * result. Sampled futures have no hours that mean anything one by one: there it is the history, as if the purchase had
 * been held.
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

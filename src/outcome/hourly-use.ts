/** A purchase, settled hour by hour. */
import type { Hour } from "../domain/hour.ts";
import type { HourlyUse } from "../domain/hourly-use.ts";
import { MAX_COMMITMENT_USD } from "../domain/offering.ts";
import { isNow, portfolioAmong, withoutQueue, type Portfolio } from "../domain/portfolio.ts";
import { certain } from "../domain/scenario.ts";
import { commitmentsOfAll } from "../problem/evaluation.ts";
import { planOf, type PurchaseProblem } from "../problem/problem.ts";
import { prepareScenarioSettlement } from "../settlement/prepare-scenarios.ts";
import { settleHourly } from "../settlement/scenarios.ts";

/**
 * The purchase settled hour by hour, mean of the scenarios; money after any negotiated discount, as everywhere in a
 * result. Sampled scenarios have no hours that mean anything one by one: there it is the history, as if what is bought
 * now had been held.
 */
export function hourlyUseOf(problem: PurchaseProblem, portfolio: Portfolio): HourlyUse {
  const shown = hoursShownOf(problem);
  const { settlement, offers, owned, from } = shown;
  const kept = 1 - problem.negotiatedDiscount;
  const held = problem.isSampled ? withoutQueue(portfolio) : portfolio;
  const hours = settleHourly(settlement, commitmentsOfAll(shown, held));
  const charged = (usd: Float64Array): Float64Array => usd.map((each) => each * kept);
  const added = (plans: readonly Float64Array[]): Float64Array =>
    hours.leftUsd.map((_, t) => plans.reduce((sum, usd) => sum + usd[t]!, 0));
  const newUsedUsd = added(hours.usedUsd.slice(owned.length));
  const committed = newUsedUsd.map((_, t) =>
    held.reduce((sum, usd, k) => {
      const { activeFrom, activeHours } = offers[k]!;
      return sum + (activeFrom <= t && t < activeFrom + activeHours ? usd : 0);
    }, 0),
  );
  return {
    from,
    onDemandUsd: charged(hours.onDemandUsd),
    ownedCoveredOnDemandUsd: charged(added(hours.coveredOnDemandUsd.slice(0, owned.length))),
    newCoveredOnDemandUsd: charged(added(hours.coveredOnDemandUsd.slice(owned.length))),
    newUsedUsd: charged(newUsedUsd),
    newUnusedUsd: charged(newUsedUsd.map((usd, t) => Math.max(0, committed[t]! - usd))),
    onDemandLeftUsd: charged(hours.leftUsd),
  };
}

/** `[hour]` The commitment to one offering that each of those hours could use, descending, $/h. */
export function usableOf(problem: PurchaseProblem, offering: number): Float64Array {
  const shown = hoursShownOf(problem);
  const portfolio = portfolioAmong([offering], [MAX_COMMITMENT_USD]);
  const { usedUsd } = settleHourly(shown.settlement, commitmentsOfAll(shown, portfolio));
  return usedUsd[shown.owned.length + offering]!.slice().sort().reverse();
}

interface HoursShown extends Pick<PurchaseProblem, "settlement" | "offers" | "owned"> {
  from: Hour;
}

function hoursShownOf(problem: PurchaseProblem): HoursShown {
  if (!problem.isSampled) return { ...problem, from: problem.span.from };
  const { pastSpan, pastDemand, pastOwned: owned, skus, sharing } = problem;
  const past = certain(pastDemand);
  const { hourCount } = past;
  const now = problem.offers.filter((_, k) => isNow(k));
  const offers = now.map((offer) => ({ ...offer, activeTo: hourCount, activeHours: hourCount }));
  const plans = [...owned, ...offers.map(planOf)];
  const settlement = prepareScenarioSettlement(past, skus, plans, { sharing, firstNew: owned.length });
  return { settlement, offers, owned, from: pastSpan.from };
}

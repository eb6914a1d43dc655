/**
 * What AWS's own recommendation would be: one offering, the commitment that would have saved the most over the last 7,
 * 30 or 60 days, beside the plans owned (AWS, "Understanding your Savings Plans recommendations"). It does not
 * forecast.
 */
import type { PlanTerms } from "../domain/commitment.ts";
import { demandSpan } from "../domain/demand-span.ts";
import type { PiecewiseLinear } from "../domain/piecewise.ts";
import { meanUsd } from "../domain/risk.ts";
import type { Demand } from "../domain/usage.ts";
import { bestCommitment } from "../optimize/optimum.ts";
import { outcomeOf, type Outcome, type Prospect } from "../problem/problem.ts";
import { avoidedOnDemand } from "../settlement/sweep.ts";
import { purchaseOf } from "./best-portfolio.ts";

const LOOKBACK_DAYS = [7, 30, 60];

/** The rule over some hours, beside some plans. `avoided`: On-Demand dollars of those hours along the commitment. */
export function awsRuleOver(...over: Parameters<typeof avoidedOnDemand>): {
  commitmentUsdPerHour: number;
  avoided: PiecewiseLinear;
} {
  const avoided = avoidedOnDemand(...over);
  const [{ hourCount }] = over;
  return { ...bestCommitment(avoided, { hours: hourCount, weight: 1 }), avoided };
}

export interface AwsRule {
  days: number;
  outcome: Outcome;
}

/**
 * Of the three lookbacks the one that does best on the futures: hindsight in AWS's favour. `k`: index of the offering.
 */
export function awsRule(prospect: Prospect, k: number): AwsRule {
  const { situation } = prospect.scene;
  const { past, futures } = situation;
  const lookbacks = LOOKBACK_DAYS.filter(
    (_, n) => n === 0 || LOOKBACK_DAYS[n - 1]! * 24 < past.demand.hourCount,
  );
  const rules = lookbacks.map((days): AwsRule => {
    const demand = newestHours(past.demand, days * 24);
    const owned = past.owned.map((plan): PlanTerms => ({ ...plan, activeTo: demand.hourCount }));
    const offer = prospect.offers[k]!;
    const { commitmentUsdPerHour } = awsRuleOver(demand, situation.skus, owned, offer, situation);
    return {
      days: Math.min(days, Math.ceil(past.demand.hourCount / 24)),
      outcome: outcomeOf(prospect, purchaseOf([k], [commitmentUsdPerHour])),
    };
  });
  const savedUsd = ({ outcome }: AwsRule): number => meanUsd(outcome.netSavingsUsd, futures.probability);
  return rules.reduce((best, each) => (savedUsd(each) > savedUsd(best) ? each : best));
}

const newestHours = (demand: Demand, hours: number): Demand =>
  demandSpan(demand, Math.max(0, demand.hourCount - hours), demand.hourCount);

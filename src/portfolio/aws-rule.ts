/**
 * What AWS's own recommendation would be: one offering, the commitment that would have saved the most over the last 7,
 * 30 or 60 days, beside the plans owned (AWS, "Understanding your Savings Plans recommendations"). It does not
 * forecast.
 */
import type { PlanTerms } from "../domain/commitment.ts";
import { demandSpan } from "../domain/demand-span.ts";
import type { PiecewiseLinear } from "../domain/piecewise.ts";
import { portfolioAmong } from "../domain/portfolio.ts";
import { meanUsd } from "../domain/risk.ts";
import type { Demand } from "../domain/usage.ts";
import { bestCommitment } from "../optimize/optimum.ts";
import { outcomeOf, type Outcome } from "../problem/evaluation.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { avoidedOnDemand } from "../settlement/sweep.ts";

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
 * Of the three lookbacks the one that does best over the scenarios: hindsight in AWS's favour. `k`: index of the offering.
 */
export function awsRule(problem: PurchaseProblem, k: number): AwsRule {
  const { pastDemand, pastOwned, scenarios, skus } = problem;
  const lookbacks = LOOKBACK_DAYS.filter(
    (_, n) => n === 0 || LOOKBACK_DAYS[n - 1]! * 24 < pastDemand.hourCount,
  );
  const rules = lookbacks.map((days): AwsRule => {
    const demand = newestHours(pastDemand, days * 24);
    const owned = pastOwned.map((plan): PlanTerms => ({ ...plan, activeTo: demand.hourCount }));
    const { commitmentUsdPerHour } = awsRuleOver(demand, skus, owned, problem.offers[k]!, problem);
    return {
      days: Math.min(days, Math.ceil(pastDemand.hourCount / 24)),
      outcome: outcomeOf(problem, portfolioAmong([k], [commitmentUsdPerHour])),
    };
  });
  const savedUsd = ({ outcome }: AwsRule): number => meanUsd(outcome.netSavingsUsd, scenarios.probability);
  return rules.reduce((best, each) => (savedUsd(each) > savedUsd(best) ? each : best));
}

const newestHours = (demand: Demand, hours: number): Demand =>
  demandSpan(demand, Math.max(0, demand.hourCount - hours), demand.hourCount);

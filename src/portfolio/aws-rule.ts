/**
 * What AWS's own recommendation would be: one offering, the commitment that would have saved the most over the last 7,
 * 30 or 60 days, beside the plans owned (AWS, "Understanding your Savings Plans recommendations"). It does not
 * forecast.
 */
import type { PlanTerms } from "../domain/commitment.ts";
import { portfolioAmong } from "../domain/portfolio.ts";
import { meanUsd } from "../domain/risk.ts";
import type { Demand } from "../domain/usage.ts";
import { bestCommitment } from "../optimize/optimum.ts";
import { outcomeOf, type Outcome } from "../problem/evaluation.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { avoidedOnDemand } from "../settlement/sweep.ts";

const LOOKBACK_DAYS = [7, 30, 60];

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
    const demand = lastHours(pastDemand, days * 24);
    const owned = pastOwned.map((plan): PlanTerms => ({ ...plan, activeTo: demand.hourCount }));
    const avoided = avoidedOnDemand(demand, skus, owned, problem.offers[k]!, problem);
    const { commitmentUsdPerHour } = bestCommitment(avoided, { hours: demand.hourCount, weight: 1 });
    return {
      days: Math.min(days, Math.ceil(pastDemand.hourCount / 24)),
      outcome: outcomeOf(problem, portfolioAmong([k], [commitmentUsdPerHour])),
    };
  });
  const savedUsd = ({ outcome }: AwsRule): number => meanUsd(outcome.netSavingsUsd, scenarios.probability);
  return rules.reduce((best, each) => (savedUsd(each) > savedUsd(best) ? each : best));
}

/** The newest hours of a demand, or all of it if it is shorter. */
function lastHours(demand: Demand, hours: number): Demand {
  const first = Math.max(0, demand.hourCount - hours);
  const isLate = (hour: number): boolean => hour >= first;
  const start = new Int32Array(demand.items.length + 1);
  for (let item = 0; item < demand.items.length; item++) {
    const late = demand.hour.subarray(demand.start[item], demand.start[item + 1]).filter(isLate).length;
    start[item + 1] = start[item]! + late;
  }
  return {
    ...demand,
    hourCount: demand.hourCount - first,
    start,
    hour: demand.hour.filter(isLate).map((hour) => hour - first),
    onDemandUsd: demand.onDemandUsd.filter((_, n) => isLate(demand.hour[n]!)),
  };
}

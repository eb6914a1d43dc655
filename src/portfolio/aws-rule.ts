/**
 * What AWS's own recommendation would be: one offering, the commitment that would have saved the most over the last 7,
 * 30 or 60 days, beside the plans owned (AWS, "Understanding your Savings Plans recommendations"). It does not
 * forecast.
 */
import type { PlanTerms } from "../domain/commitment.ts";
import { demandSpan } from "../domain/demand-span.ts";
import { easedMedian } from "../domain/eased-median.ts";
import type { Hour } from "../domain/hour.ts";
import type { PiecewiseLinear } from "../domain/piecewise.ts";
import { nearestSold } from "../domain/offering.ts";
import { portfolioAmong, type Portfolio } from "../domain/portfolio.ts";
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
  const { pastDemand, scenarios } = problem;
  const lookbacks = LOOKBACK_DAYS.filter(
    (_, n) => n === 0 || LOOKBACK_DAYS[n - 1]! * 24 < pastDemand.hourCount,
  );
  const rules = lookbacks.map((days): AwsRule => ({
    days: Math.min(days, Math.ceil(pastDemand.hourCount / 24)),
    outcome: outcomeOf(problem, portfolioAmong([k], [ruleOverLast(problem, k, days)])),
  }));
  const savedUsd = ({ outcome }: AwsRule): number => meanUsd(outcome.netSavingsUsd, scenarios.probability);
  return rules.reduce((best, each) => (savedUsd(each) > savedUsd(best) ? each : best));
}

/** AWS's rule over the last days, beside the plans that are owned now, $/h. */
function ruleOverLast(problem: PurchaseProblem, k: number, days: number): number {
  const { pastDemand, pastOwned, skus } = problem;
  const demand = newestHours(pastDemand, days * 24);
  const owned = pastOwned.map((plan): PlanTerms => ({ ...plan, activeTo: demand.hourCount }));
  return awsRuleOver(demand, skus, owned, problem.offers[k]!, problem).commitmentUsdPerHour;
}

const MONTH_DAYS = 30;

/** AWS's rule on the 30 days before an hour of the history, as if nothing were owned, $/h. */
export function monthRuleAlone(problem: PurchaseProblem, k: number, until: Hour): number {
  const { pastDemand, pastSpan, skus } = problem;
  const to = Math.min(pastDemand.hourCount, until - pastSpan.from);
  const demand = demandSpan(pastDemand, Math.max(0, to - MONTH_DAYS * 24), to);
  return awsRuleOver(demand, skus, [], problem.offers[k]!, problem).commitmentUsdPerHour;
}

/** What is owned now, $/h. */
export const ownedNowUsdPerHour = ({ pastOwned }: PurchaseProblem): number =>
  pastOwned.reduce((usd, { commitmentUsdPerHour }) => usd + commitmentUsdPerHour, 0);

/** What the median rule would buy now: it eases the level, so plans that are owned are in it, and taken off again. */
export function medianRule(problem: PurchaseProblem, k: number): Portfolio {
  const ownedUsd = ownedNowUsdPerHour(problem);
  const levelUsd = easedMedian((days) => ownedUsd + ruleOverLast(problem, k, days));
  return portfolioAmong([k], [nearestSold(Math.max(0, levelUsd - ownedUsd))]);
}

const newestHours = (demand: Demand, hours: number): Demand =>
  demandSpan(demand, Math.max(0, demand.hourCount - hours), demand.hourCount);

import type { PlanTerms } from "../domain/commitment.ts";
import type { SettledTotals } from "../domain/kpi.ts";
import type { Demand } from "../domain/usage.ts";
import { asCommitmentUsd, asOnDemandUsd } from "../domain/units.ts";
import type { Settlement } from "./settle.ts";

/**
 * A settlement added up over its hours. `ofPlans` names the plans whose coverage, use and commitment count; without it
 * all do. A plan is paid for in each of its active hours, whether anything runs or not.
 */
export function settledTotals(
  demand: Demand,
  plans: readonly PlanTerms[],
  settlement: Settlement,
  ofPlans: readonly number[] = plans.map((_, k) => k),
): SettledTotals {
  const over = (perPlan: readonly Float64Array[]): number => sum(ofPlans.map((k) => sum(perPlan[k]!)));
  return {
    hours: demand.hourCount,
    onDemandUsd: asOnDemandUsd(sum(demand.onDemandUsd)),
    coveredOnDemandUsd: asOnDemandUsd(over(settlement.coveredOnDemandUsd)),
    usedUsd: asCommitmentUsd(over(settlement.usedUsd)),
    commitmentUsd: asCommitmentUsd(
      sum(ofPlans.map((k) => plans[k]!.commitmentUsdPerHour * activeHours(plans[k]!, demand.hourCount))),
    ),
  };
}

/** Hours of the demand in which the plan is active. */
const activeHours = (plan: PlanTerms, hourCount: number): number =>
  Math.max(0, Math.min(plan.activeTo, hourCount) - Math.max(plan.activeFrom, 0));

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let n = 0; n < values.length; n++) total += values[n]!;
  return total;
}

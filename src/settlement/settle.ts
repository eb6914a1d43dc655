import type { Sharing } from "../domain/sharing.ts";
import type { PlanTerms } from "../domain/commitment.ts";
import {
  commitmentToCover,
  asCommitmentUsd,
  asOnDemandUsd,
  asRateRatio,
  usageCovered,
  type CommitmentVector,
  type OnDemandVector,
} from "../domain/units.ts";
import type { Demand, Sku } from "../domain/usage.ts";
import { coverageOrder } from "./order.ts";

/** What AWS bills, hour by hour. USD; one hour spans one index of the demand. */
export interface Settlement {
  /** `[plan][hour]`: used commitment, at Savings Plans rates; never above the plan's commitment. */
  usedUsd: CommitmentVector[];
  /** `[plan][hour]`: usage that the plan covers, at On-Demand rates. */
  coveredOnDemandUsd: OnDemandVector[];
  /** `[hour]`: usage that is billed On-Demand. */
  onDemandLeftUsd: OnDemandVector;
  /** The same per entry of the demand. */
  entryLeftUsd: OnDemandVector;
}

/** Below this share of its commitment a plan's remainder is rounding of a double, not money. */
const DUST = 1e-12;

/**
 * AWS's rule over all hours. The order of the (plan, item) pairs is the same in every hour, so the pairs are walked
 * once and each passes over the hours of its item; `remaining` and `entryLeftUsd` carry the state of all hours at the
 * same time.
 */
export function settle(
  demand: Demand,
  skus: readonly Sku[],
  plans: readonly PlanTerms[],
  options: { sharing: Sharing },
): Settlement {
  const { hourCount, start, hour } = demand;
  const order = coverageOrder(demand.items, skus, plans, options);
  const entryLeftUsd = demand.onDemandUsd.slice();
  const remaining = plans.map((plan) => new Float64Array(hourCount).fill(plan.commitmentUsdPerHour));
  const coveredOnDemandUsd = plans.map(() => new Float64Array(hourCount));

  for (let pair = 0; pair < order.plan.length; pair++) {
    const k = order.plan[pair]!;
    const ratio = asRateRatio(order.ratio[pair]!);
    const { activeFrom, activeTo, commitmentUsdPerHour } = plans[k]!;
    const dust = DUST * commitmentUsdPerHour;
    const planRemaining = remaining[k]!;
    const planCovered = coveredOnDemandUsd[k]!;
    const end = start[order.item[pair]! + 1]!;
    for (let n = start[order.item[pair]!]!; n < end; n++) {
      const h = hour[n]!;
      const left = asOnDemandUsd(entryLeftUsd[n]!);
      const available = asCommitmentUsd(planRemaining[h]!);
      if (h < activeFrom || h >= activeTo || left <= 0 || available <= 0) continue;
      const need = commitmentToCover(left, ratio);
      const covered = need <= available + dust ? left : usageCovered(available, ratio);
      planCovered[h]! += covered;
      entryLeftUsd[n] = left - covered;
      planRemaining[h] = need < available - dust ? available - need : 0;
    }
  }

  const onDemandLeftUsd = new Float64Array(hourCount);
  for (let n = 0; n < hour.length; n++) onDemandLeftUsd[hour[n]!]! += entryLeftUsd[n]!;
  const usedUsd = plans.map((plan, k) => remaining[k]!.map((left) => plan.commitmentUsdPerHour - left));
  return { usedUsd, coveredOnDemandUsd, onDemandLeftUsd, entryLeftUsd };
}

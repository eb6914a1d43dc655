/** What each owned plan did, hour by hour. */
import type { Sharing } from "../domain/sharing.ts";
import type { PlanTerms } from "../domain/commitment.ts";
import type { Hour } from "../domain/hour.ts";
import type { Demand, Sku } from "../domain/usage.ts";
import { settle } from "../settlement/settle.ts";

/** USD of one plan in one hour, before any discount. */
export interface HourOfPlan {
  arn: string;
  hour: Hour;
  commitmentUsd: number;
  usedUsd: number;
  coveredOnDemandUsd: number;
}

export interface PlansInUse {
  /** `[plan]` as in `arns`. */
  arns: readonly string[];
  terms: readonly PlanTerms[];
  /** From hour `from` on. */
  demand: Demand;
  from: Hour;
  skus: readonly Sku[];
  sharing: Sharing;
}

/** The bill's rows where it has some of a plan, else our settlement of its usage. */
export function hoursOfPlans(
  plans: PlansInUse,
  billed: readonly HourOfPlan[],
): { hours: HourOfPlan[]; isBilled: ReadonlySet<string> } {
  const { arns, terms, demand, from, skus, sharing } = plans;
  const owned = new Set(arns);
  // A member account's bill has covered rows without the plan's fee: the commitment is not in it.
  const known = billed.filter(({ arn, commitmentUsd }) => owned.has(arn) && commitmentUsd > 0);
  const isBilled = new Set(known.map(({ arn }) => arn));
  if (arns.every((arn) => isBilled.has(arn))) return { hours: known, isBilled };
  const { usedUsd, coveredOnDemandUsd } = settle(demand, skus, terms, { sharing });
  const settled = arns.flatMap((arn, k) => {
    if (isBilled.has(arn)) return [];
    const { activeFrom, activeTo, commitmentUsdPerHour } = terms[k]!;
    return Array.from({ length: Math.max(0, activeTo - activeFrom) }, (_, n): HourOfPlan => ({
      arn,
      hour: from + activeFrom + n,
      commitmentUsd: commitmentUsdPerHour,
      usedUsd: usedUsd[k]![activeFrom + n]!,
      coveredOnDemandUsd: coveredOnDemandUsd[k]![activeFrom + n]!,
    }));
  });
  return { hours: [...known, ...settled], isBilled };
}

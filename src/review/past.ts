/** The past that a review looks back on. */
import type { Sharing } from "../domain/sharing.ts";
import type { Billing } from "../domain/billing.ts";
import type { Hour } from "../domain/hour.ts";
import type { PlanUse } from "../domain/plan-use.ts";
import { termsOf } from "../history/replay.ts";
import type { History } from "../domain/documents/history.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import type { Demand, Sku } from "../domain/usage.ts";
import type { PurchaseInputs } from "../problem/inputs.ts";
import type { ProblemData } from "../problem/problem.ts";
import { hoursOfPlans, type HourOfPlan } from "./plan-hours.ts";

/** The usage that was seen, and what the plans did in it. */
export interface Past {
  billing: Billing;
  history: History;
  demand: Demand;
  skus: readonly Sku[];
  rates: RatesInUse;
  buyer: string;
  sharing: Sharing;
  from: Hour;
  /** The hour after the last. */
  until: Hour;
  asOf: Hour;
  hours: HourOfPlan[];
  isBilled: ReadonlySet<string>;
  kept: number;
  usedIn: (from: Hour, count: number) => Promise<PlanUse[]>;
}

export async function pastOf(
  billing: Billing,
  { spend, rates, history }: PurchaseInputs,
  { pastDemand: demand, buyer, sharing, negotiatedDiscount }: ProblemData,
  asOf: Hour,
  usedIn: Past["usedIn"],
): Promise<Past> {
  const { from, skus } = spend;
  const span = { from, to: from + demand.hourCount };
  const { hours, isBilled } = hoursOfPlans(
    {
      arns: billing.ownedPlans.map(({ arn }) => arn),
      terms: billing.ownedPlans.map((plan) => termsOf(plan, rates, span)),
      demand,
      from,
      skus,
      sharing,
    },
    billing.planHours.filter(({ hour }) => hour >= from && hour < span.to),
  );
  return {
    billing,
    history,
    demand,
    skus,
    rates,
    buyer,
    sharing,
    from,
    until: span.to,
    asOf,
    hours,
    isBilled,
    kept: 1 - negotiatedDiscount,
    usedIn,
  };
}

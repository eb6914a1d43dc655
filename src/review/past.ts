/** The past that a review looks back on. */
import type { Billing } from "../domain/billing.ts";
import type { Hour } from "../domain/hour.ts";
import type { PlanUse } from "../domain/plan-use.ts";
import { termsOf } from "../history/replay.ts";
import type { Scene } from "../problem/inputs.ts";
import { hoursOfPlans, type HourOfPlan } from "./plan-hours.ts";

/** The usage that was seen, and what the plans did in it. */
export interface Past {
  billing: Billing;
  scene: Scene;
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
  scene: Scene,
  asOf: Hour,
  usedIn: Past["usedIn"],
): Promise<Past> {
  const { spend, rates, situation } = scene;
  const { demand } = situation.past;
  const { from } = spend;
  const span = { from, to: from + demand.hourCount };
  const { hours, isBilled } = hoursOfPlans(
    {
      arns: billing.ownedPlans.map(({ arn }) => arn),
      terms: billing.ownedPlans.map((plan) => termsOf(plan, rates, span)),
      demand,
      from,
      skus: spend.skus,
      sharing: situation.sharing,
    },
    billing.planHours.filter(({ hour }) => hour >= from && hour < span.to),
  );
  return {
    billing,
    scene,
    from,
    until: span.to,
    asOf,
    hours,
    isBilled,
    kept: 1 - situation.negotiatedDiscount,
    usedIn,
  };
}

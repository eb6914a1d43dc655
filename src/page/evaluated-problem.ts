/** The numbers of `WhatIfModel` → what evaluation asks of a problem. */
import { OFFERINGS } from "../domain/offering.ts";
import { activeIn, type ScenarioUsage } from "../domain/scenario.ts";
import type { WhatIfModel } from "../domain/what-if.ts";
import { asCommitmentUsd } from "../domain/units.ts";
import { baselineOf, type EvaluatedProblem } from "../problem/evaluation.ts";
import { settlementInOrder } from "../settlement/prepare-scenarios.ts";
import { settleHourly } from "../settlement/scenarios.ts";

export function evaluatedProblemOf(model: WhatIfModel): EvaluatedProblem {
  const { startHour, probability, baseHour, growth, planFrom, planTo, planCommitment, ownedCount } = model;
  const { baseHourCount, start, hour, onDemandUsd } = model;
  const scenarios: ScenarioUsage = {
    hourCount: startHour.length - 1,
    startHour,
    base: { hourCount: baseHourCount, start, hour, onDemandUsd },
    probability,
    baseHour,
    growth,
  };
  const plans = Array.from(planFrom, (activeFrom, k) => ({
    activeFrom,
    activeTo: planTo[k]!,
    commitmentUsdPerHour: asCommitmentUsd(planCommitment[k]!),
  }));
  const order = { plan: model.orderPlan, item: model.orderItem, ratio: model.orderRatio };
  const settlement = settlementInOrder(scenarios, plans, order, ownedCount);
  return {
    scenarios,
    pastRepeats: model.pastRepeats,
    isSampled: model.sampled,
    negotiatedDiscount: model.negotiatedDiscount,
    owned: plans.slice(0, ownedCount),
    objective: { tail: model.tail, discountRate: model.discountRate },
    offers: plans.slice(ownedCount).map((plan, k) => ({
      offering: OFFERINGS[k % OFFERINGS.length]!,
      weight: model.weight[k]!,
      activeFrom: plan.activeFrom,
      activeHours: activeIn(scenarios, plan).hours,
    })),
    settlement,
    baselineUsd: baselineOf(settlement, planCommitment),
    baselineLeftUsd: settleHourly(settlement, planCommitment).leftUsd,
  };
}

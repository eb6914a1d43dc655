/** The numbers of `WhatIfModel` → what the verbs settle purchases with. */
import { activeIn, type ScenarioSet } from "../domain/scenario.ts";
import type { WhatIfModel } from "../domain/what-if.ts";
import { baselineOf, type Settleable } from "../problem/problem.ts";
import { settleHourly, settlementInOrder } from "../settlement/scenarios.ts";

export function prospectOfModel(model: WhatIfModel): Settleable {
  const { startHour, probability, baseHour, growth, planFrom, planTo, planCommitment, ownedCount } = model;
  const { baseHourCount, start, hour, onDemandUsd } = model;
  // Who uses what is in the order already.
  const items = Array.from({ length: start.length - 1 }, (_, sku) => ({ account: "", sku }));
  const futures: ScenarioSet = {
    hourCount: startHour.length - 1,
    startHour,
    base: { hourCount: baseHourCount, items, start, hour, onDemandUsd },
    probability,
    baseHour,
    growth,
  };
  const plans = Array.from(planFrom, (activeFrom, k) => ({
    activeFrom,
    activeTo: planTo[k]!,
    commitmentUsdPerHour: planCommitment[k]!,
  }));
  const order = { plan: model.orderPlan, item: model.orderItem, ratio: model.orderRatio };
  const settlement = settlementInOrder(futures, plans, order, ownedCount);
  return {
    scene: {
      situation: {
        futures,
        negotiatedDiscount: model.negotiatedDiscount,
        pastRepeats: model.pastRepeats,
        owned: plans.slice(0, ownedCount),
        assumed: model.sampled ? {} : null,
      },
    },
    objective: { tail: model.tail, discountRate: model.discountRate },
    offers: plans.slice(ownedCount).map((plan, k) => ({
      weight: model.weight[k]!,
      activeHours: activeIn(futures, plan).hours,
    })),
    settlement,
    baselineUsd: baselineOf(settlement, planCommitment),
    baselineLeftUsd: settleHourly(settlement, planCommitment).leftUsd,
  };
}

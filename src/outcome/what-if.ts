/**
 * What a page recomputes from: the problem, as numbers alone. `page/evaluated-problem.ts` makes of those what evaluation asks for.
 */
import type { ScenarioSet } from "../domain/scenario.ts";
import type { Portfolio } from "../domain/portfolio.ts";
import type { Demand } from "../domain/usage.ts";
import type { WhatIf, WhatIfModel } from "../domain/what-if.ts";
import { termAt, whatIfAt } from "./figures.ts";
import { usableOf } from "./hourly-use.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

export const whatIfOf = (problem: PurchaseProblem, subject: Portfolio): WhatIf => ({
  subject,
  at: (portfolio) => whatIfAt(problem, portfolio),
  term: (portfolio) => termAt(problem, portfolio),
  model: () => modelOf(problem),
  usableUsdPerHour: (offering) => usableOf(problem, offering),
});

function modelOf(problem: PurchaseProblem): WhatIfModel {
  const { scenarios, owned, objective, offers, settlement } = problem;
  const { order, plans } = settlement;
  const { base, baseHour } = visitedOnly(scenarios);
  return {
    startHour: scenarios.startHour,
    probability: scenarios.probability,
    baseHour,
    growth: scenarios.growth,
    baseHourCount: base.hourCount,
    start: base.start,
    hour: base.hour,
    onDemandUsd: base.onDemandUsd,
    orderPlan: order.plan,
    orderItem: order.item,
    orderRatio: order.ratio,
    planCommitment: Float64Array.from(plans, (_, k) => owned[k]?.commitmentUsdPerHour ?? 0),
    planFrom: Float64Array.from(plans, ({ activeFrom }) => activeFrom),
    planTo: Float64Array.from(plans, ({ activeTo }) => activeTo),
    weight: Float64Array.from(offers, ({ weight }) => weight),
    ownedCount: owned.length,
    tail: objective.tail,
    negotiatedDiscount: problem.negotiatedDiscount,
    discountRate: objective.discountRate,
    pastRepeats: problem.pastRepeats,
    sampled: problem.isSampled,
  };
}

/** Base hours that no scenario visits are left out; the others keep their order, so that sums keep theirs. */
function visitedOnly({ base, baseHour }: ScenarioSet): { base: Demand; baseHour: Int32Array } {
  const visited = new Uint8Array(base.hourCount);
  for (const h of baseHour) visited[h] = 1;
  const place = new Int32Array(base.hourCount).fill(-1);
  let hourCount = 0;
  for (let h = 0; h < base.hourCount; h++) if (visited[h] === 1) place[h] = hourCount++;
  const start = new Int32Array(base.start.length);
  const kept = base.hour.reduce((sum, h) => sum + visited[h]!, 0);
  const hour = new Int32Array(kept);
  const onDemandUsd = new Float64Array(kept);
  let at = 0;
  for (let item = 0; item < base.items.length; item++) {
    for (let n = base.start[item]!; n < base.start[item + 1]!; n++) {
      const h = place[base.hour[n]!]!;
      if (h < 0) continue;
      hour[at] = h;
      onDemandUsd[at++] = base.onDemandUsd[n]!;
    }
    start[item + 1] = at;
  }
  return {
    base: { hourCount, items: base.items, start, hour, onDemandUsd },
    baseHour: baseHour.map((h) => place[h]!),
  };
}

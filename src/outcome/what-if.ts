/**
 * What a page recomputes from: the prospect, and its numbers alone. `page/prospect.ts` makes a prospect of those again.
 */
import type { ScenarioSet } from "../domain/scenario.ts";
import type { Demand } from "../domain/usage.ts";
import type { WhatIf, WhatIfModel } from "../domain/what-if.ts";
import { termAt, whatIfAt } from "./figures.ts";
import { usableOf } from "./hourly-use.ts";
import type { Prospect } from "../problem/problem.ts";

export const whatIfOf = (prospect: Prospect): WhatIf => ({
  at: (commitments) => whatIfAt(prospect, commitments),
  term: (commitments) => termAt(prospect, commitments),
  model: () => modelOf(prospect),
  usableUsdPerHour: (offering) => usableOf(prospect, offering),
});

function modelOf({ scene, objective, offers, settlement }: Prospect): WhatIfModel {
  const { futures, owned, negotiatedDiscount, assumed, pastRepeats } = scene.situation;
  const { order, plans } = settlement;
  const { base, baseHour } = visitedOnly(futures);
  return {
    startHour: futures.startHour,
    probability: futures.probability,
    baseHour,
    growth: futures.growth,
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
    negotiatedDiscount,
    discountRate: objective.discountRate,
    pastRepeats,
    sampled: assumed !== null,
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

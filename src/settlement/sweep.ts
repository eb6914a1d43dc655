import type { Sharing } from "../domain/sharing.ts";
import type { PlanTerms } from "../domain/commitment.ts";
import type { PiecewiseLinear } from "../domain/piecewise.ts";
import type { OfferingRates } from "../domain/rates.ts";
import type { Demand, Sku } from "../domain/usage.ts";
import { asCommitmentUsd } from "../domain/units.ts";
import { addHinge, emptyHinges, piecewiseOf, type Hinges } from "./hinges.ts";
import { coverageOrder, type CoverageOrder } from "./order.ts";
import { sweepContestedHours } from "./sweep-hour.ts";

/** A plan that might be bought; it would be active in every hour. */
export interface SteadyOffer {
  ownerAccount: string;
  rates: OfferingRates;
}

/**
 * The On-Demand dollars, over all hours, that one new plan of commitment C avoids beyond what the owned plans cover
 * without it: an exact piecewise-linear function of C ≥ 0 under AWS's rule. It need not be concave.
 *
 * Hours are independent, so the function is the sum of theirs. In an hour without active owned plans the new plan walks
 * its items in one fixed order: covering the item with ratio r avoids 1/r dollars per committed dollar, from the point
 * where the items before it are covered. Hours with owned plans are swept one by one (`sweep-hour.ts`).
 */
export function avoidedOnDemand(
  demand: Demand,
  skus: readonly Sku[],
  owned: readonly PlanTerms[],
  offer: SteadyOffer,
  options: { sharing: Sharing },
): PiecewiseLinear {
  const newPlan: PlanTerms = {
    ...offer,
    commitmentUsdPerHour: asCommitmentUsd(0),
    activeFrom: 0,
    activeTo: demand.hourCount,
  };
  const contested = contestedHours(demand.hourCount, owned);
  const hinges = emptyHinges(demand.hour.length + demand.hourCount);
  addFreeHours(hinges, demand, coverageOrder(demand.items, skus, [newPlan], options), contested);
  if (contested.includes(1)) {
    const plans = [...owned, newPlan];
    const order = coverageOrder(demand.items, skus, plans, options);
    sweepContestedHours(hinges, demand, plans, order, contested);
  }
  return piecewiseOf(hinges);
}

/** 1 for the hours in which an owned plan has something to cover with. */
function contestedHours(hourCount: number, owned: readonly PlanTerms[]): Uint8Array {
  const contested = new Uint8Array(hourCount);
  for (const { commitmentUsdPerHour, activeFrom, activeTo } of owned) {
    if (commitmentUsdPerHour > 0) contested.fill(1, Math.max(0, activeFrom), Math.max(0, activeTo));
  }
  return contested;
}

/** All uncontested hours at once, item by item: `covered[h]` is the commitment that the items so far burn in hour h. */
function addFreeHours(hinges: Hinges, demand: Demand, order: CoverageOrder, contested: Uint8Array): void {
  const { hourCount, start, hour, onDemandUsd } = demand;
  const { at, slopeChange } = hinges;
  const covered = new Float64Array(hourCount);
  const slope = new Float64Array(hourCount);
  let count = 0;
  for (let pair = 0; pair < order.item.length; pair++) {
    const ratio = order.ratio[pair]!;
    const itemSlope = 1 / ratio;
    const end = start[order.item[pair]! + 1]!;
    for (let n = start[order.item[pair]!]!; n < end; n++) {
      const h = hour[n]!;
      const usage = onDemandUsd[n]!;
      if (usage <= 0 || contested[h] === 1) continue;
      const from = covered[h]!;
      const change = itemSlope - slope[h]!;
      if (from === 0) hinges.slopeAt0 += itemSlope;
      else if (change !== 0) {
        at[count] = from;
        slopeChange[count++] = change;
      }
      covered[h] = from + usage * ratio;
      slope[h] = itemSlope;
    }
  }
  hinges.count = count;
  for (let h = 0; h < hourCount; h++) {
    if (covered[h]! > 0) addHinge(hinges, covered[h]!, -slope[h]!);
  }
}

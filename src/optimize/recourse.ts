/**
 * The second stage: what an hour's demand costs at least, once the commitments stand.
 *
 *     Q_h(C) = min Σ_i d_hi − Σ_ik x_ik   s.t.  Σ_i r_ik x_ik ≤ C_k  (μ_k ≥ 0),   Σ_k x_ik ≤ d_hi,   x ≥ 0
 *            = max_{μ ≥ 0} Σ_i d_hi · min(1, min_k μ_k r_ik) − Σ_k μ_k C_k                               (dual)
 *
 * h hour, i item, k plan; d On-Demand dollars, r Savings Plans ÷ On-Demand rate, C commitment in $/h. The owned C_k are fixed;
 * the one that is looked for is written C below, its multiplier μ. *Any* μ_k ≥ 0 give a line that lies below Q_h everywhere:
 *
 *     Q_h(C) ≥ Σ_i d_hi · min(1, min_k μ_k r_ik) − Σ_owned μ_k C_k − μ·C                                   (cut)
 *
 * so a cut is valid however its multipliers were found, and it touches Q_h where they are the best.
 *
 * The new plan alone: cover the items by rising r until C is used up at item j; the best μ is 1/r_j, or 0 if nothing is left
 * to cover. The order of the items is the same in all hours, so one pass over the items, each over its hours, finds all μ.
 *
 * EXAMPLE. $10 at r = 0.5 and $20 at r = 0.8, C = 9: the first takes 5 and the other 4 of C, μ = 1/0.8 = 1.25. Cut:
 * Q(C) ≥ 10·min(1, 0.625) + 20·min(1, 1) − 1.25·C = 26.25 − 1.25·C; at C = 9 that is 15, and so is Q: 30 − 10 − 4/0.8.
 *
 * This is a relaxation of AWS's rule: it may leave a plan's own account for a better saving elsewhere (with sharing on), and
 * need not take the highest saving first. It is never above the settled cost.
 */
import type { PlanTerms } from "../domain/commitment.ts";
import type { OfferingRates } from "../domain/rates.ts";
import type { Demand } from "../domain/usage.ts";
import type { Cut } from "./cut.ts";
import { contestedCut, prepareContested, type ContestedHours } from "./several-plans.ts";

/** One new plan, active in every hour, around owned plans. */
export interface RecourseProblem {
  demand: Demand;
  owned: readonly PlanTerms[];
  offer: { ownerAccount: string; rates: OfferingRates };
  sharing: boolean;
}

/** A problem made ready for evaluation at any C. */
export interface Recourse {
  hourCount: number;
  /** Σ d of the hours in which only the new plan is active. */
  freeUsd: number;
  /** 1 for hours in which an owned plan is active too. */
  contested: Uint8Array;
  demand: Demand;
  /** Items that the new plan may cover, by rising ratio. */
  items: { item: number; ratio: number }[];
  /** Null when there is no contested hour. */
  contestedHours: ContestedHours | null;
  /** Σ_h of the owned commitments: paid whatever is bought. */
  ownedUsd: number;
  /** The new plan can use no more than this in any hour. */
  largestUsefulUsdPerHour: number;
}

export function prepareRecourse({ demand, owned, offer, sharing }: RecourseProblem): Recourse {
  const { hourCount, hour, onDemandUsd } = demand;
  const newPlan: PlanTerms = { ...offer, commitmentUsdPerHour: 0, activeFrom: 0, activeTo: hourCount };
  const contested = new Uint8Array(hourCount);
  let ownedUsd = 0;
  for (const { commitmentUsdPerHour, activeFrom, activeTo } of owned) {
    const from = Math.max(0, activeFrom);
    const to = Math.max(from, Math.min(activeTo, hourCount));
    ownedUsd += commitmentUsdPerHour * (to - from);
    if (commitmentUsdPerHour > 0) contested.fill(1, from, to);
  }
  let freeUsd = 0;
  for (let n = 0; n < hour.length; n++) if (contested[hour[n]!] === 0) freeUsd += onDemandUsd[n]!;
  const items = demand.items
    .map((_, item) => ({ item, ratio: ratioOf(demand, newPlan, item, sharing) }))
    .filter(({ ratio }) => ratio < Infinity)
    .sort((a, b) => a.ratio - b.ratio);
  return {
    hourCount,
    freeUsd,
    contested,
    demand,
    items,
    contestedHours: contested.includes(1)
      ? prepareContested(demand, contested, [...owned, newPlan], (plan, item) =>
          ratioOf(demand, plan, item, sharing),
        )
      : null,
    ownedUsd,
    largestUsefulUsdPerHour: largestUse(demand, items),
  };
}

/** Infinity: the plan may not cover the item. */
function ratioOf({ items }: Demand, plan: PlanTerms, item: number, sharing: boolean): number {
  const { account, sku } = items[item]!;
  const ratio = plan.rates.ratio[sku]!;
  return ratio > 0 && (sharing || account === plan.ownerAccount) ? ratio : Infinity;
}

function largestUse({ hourCount, start, hour, onDemandUsd }: Demand, items: Recourse["items"]): number {
  const use = new Float64Array(hourCount);
  for (const { item, ratio } of items) {
    for (let n = start[item]!; n < start[item + 1]!; n++)
      use[hour[n]!]! += Math.max(0, onDemandUsd[n]!) * ratio;
  }
  return use.reduce((most, usd) => Math.max(most, usd), 0);
}

/** The cut at commitment C of all hours together; its slope is the one to the right of C. O(hours + entries). */
export function cutAt(recourse: Recourse, c: number): Cut {
  const free = freeCut(recourse, c);
  if (recourse.contestedHours === null) return free;
  const contested = contestedCut(recourse.contestedHours, c);
  return {
    interceptUsd: free.interceptUsd + contested.interceptUsd,
    slope: free.slope + contested.slope,
  };
}

/**
 * Hours of the new plan alone. With the items before j covered, the cut's intercept is d of the rest + μ·(commitment that the
 * items before j use): of item j itself min(1, μ r_j) = 1.
 */
function freeCut({ demand, items, contested, freeUsd, hourCount }: Recourse, c: number): Cut {
  const { start, hour, onDemandUsd } = demand;
  const used = new Float64Array(hourCount);
  const mu = new Float64Array(hourCount);
  let coveredUsd = 0;
  let slope = 0;
  for (const { item, ratio } of items) {
    const end = start[item + 1]!;
    for (let n = start[item]!; n < end; n++) {
      const h = hour[n]!;
      const usage = onDemandUsd[n]!;
      if (mu[h]! > 0 || usage <= 0 || contested[h] === 1) continue;
      const withItem = used[h]! + usage * ratio;
      if (withItem > c) {
        mu[h] = 1 / ratio;
        slope -= 1 / ratio;
      } else {
        used[h] = withItem;
        coveredUsd += usage;
      }
    }
  }
  let interceptUsd = freeUsd - coveredUsd;
  for (let h = 0; h < hourCount; h++) interceptUsd += mu[h]! * used[h]!;
  return { interceptUsd, slope };
}

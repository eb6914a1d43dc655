/** One hour to be solved for any number of plans (`hour-dual.ts` has the formulation), and room to solve it in. */

/** Beyond so many plans only sets of one, two and all are tried. */
export const SET_LIMIT = 12;

/**
 * One hour to be solved, and room to solve it in. Arrays are as long as the largest hour; `itemCount` entries count.
 */
export interface HourDual {
  planCount: number;
  itemCount: number;
  /** `[item]` USD at On-Demand rates, > 0. */
  d: Float64Array;
  /** `[item · planCount + plan]` Infinity: the plan may not cover the item. */
  r: Float64Array;
  /** `[plan]` Commitment in the hour, $. */
  c: Float64Array;
  /** `[plan]` In: where to start. Out: the best multipliers. */
  mu: Float64Array;
  /** Σ d. */
  usageUsd: number;
  /**
   * Out: Σ_i d_i · min(1, min_k μ_k r_ik). With μ it is the line of the hour's cost along its
   * growth and its commitments.
   */
  pricedUsd: number;
  sets: readonly number[];
  /** `[plan]` Σ d·price of the items that this plan alone prices lowest, at the present μ. */
  single: Float64Array;
  /**
   * The sets of plans that tie on some item, "uncovered" being the bit after the last plan; and Σ
   * d·price of those items.
   */
  tieCount: number;
  tiedSet: Int32Array;
  tiedUsd: Float64Array;
  at: Float64Array;
  change: Float64Array;
}

/** Room for hours of up to `mostItems` items. */
export function hourDual(planCount: number, mostItems: number): HourDual {
  return {
    planCount,
    itemCount: 0,
    d: new Float64Array(mostItems),
    r: new Float64Array(planCount * mostItems),
    c: new Float64Array(planCount),
    mu: new Float64Array(planCount).fill(1),
    usageUsd: 0,
    pricedUsd: 0,
    sets: setsOf(planCount),
    single: new Float64Array(planCount),
    tieCount: 0,
    tiedSet: new Int32Array(mostItems),
    tiedUsd: new Float64Array(mostItems),
    at: new Float64Array(mostItems),
    change: new Float64Array(mostItems),
  };
}

/** All sets of plans as bits, or those of one, two and all when there are too many. */
function setsOf(planCount: number): number[] {
  const everyone = 2 ** planCount - 1;
  if (planCount <= SET_LIMIT) return Array.from({ length: everyone }, (_, n) => n + 1);
  const plans = Array.from({ length: planCount }, (_, k) => k);
  const pairs = plans.flatMap((a) => plans.filter((b) => b >= a).map((b) => (2 ** a) | (2 ** b)));
  return [...pairs, everyone];
}

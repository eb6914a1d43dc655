import type { PlanTerms } from "../domain/commitment.ts";
import { turnOf, type Sharing } from "../domain/sharing.ts";
import type { RateRatioVector } from "../domain/units.ts";
import type { Sku, UsageItem } from "../domain/usage.ts";

/** Every (plan, item) pair that AWS may join, in the order in which it tries them. One entry per pair. */
export interface CoverageOrder {
  plan: Int32Array;
  item: Int32Array;
  /** Savings Plans rate ÷ On-Demand rate of the pair; finite and positive. */
  ratio: RateRatioVector;
}

/**
 * Two rates that AWS calls the same saving (0.03/0.04 and 0.003/0.004) may differ in a double's last digit; savings are
 * compared at nine decimals so that the next tie-breaker gets its say.
 */
const RATIO_DECIMALS = 1e9;

/**
 * The rule's order (AWS Savings Plans user guide, "Understanding how Savings Plans apply to your usage"):
 * a plan's owner account before the others, in the turns of the organization's sharing (`domain/sharing.ts`); then the
 * highest saving; then the lowest Savings Plans rate. What AWS leaves open is fixed here: usage type, operation, region,
 * account, plan index. A ratio that is not a positive number is no rate: no pair.
 */
export function coverageOrder(
  items: readonly UsageItem[],
  skus: readonly Sku[],
  plans: readonly PlanTerms[],
  options: { sharing: Sharing },
): CoverageOrder {
  const rankOfItem = itemRanks(items, skus);
  const pairs = plans.flatMap(({ ownerAccount, rates }, plan) =>
    items.flatMap(({ account, sku }, item) => {
      const ratio = rates.ratio[sku]!;
      const turn = turnOf(options.sharing, ownerAccount, account);
      if (!(ratio > 0 && ratio < Infinity) || turn === null) return [];
      const rate = rates.savingsPlanRateUsd[sku]!;
      return [{ plan, item, turn, ratio, tie: Math.round(ratio * RATIO_DECIMALS), rate }];
    }),
  );
  pairs.sort(
    (a, b) =>
      a.turn - b.turn ||
      a.tie - b.tie ||
      a.rate - b.rate ||
      rankOfItem[a.item]! - rankOfItem[b.item]! ||
      a.plan - b.plan,
  );
  return {
    plan: Int32Array.from(pairs, (pair) => pair.plan),
    item: Int32Array.from(pairs, (pair) => pair.item),
    ratio: Float64Array.from(pairs, (pair) => pair.ratio),
  };
}

/** Place of each item when sorted by usage type, operation, region, account; the item's own index comes last. */
function itemRanks(items: readonly UsageItem[], skus: readonly Sku[]): Int32Array {
  const sorted = items
    .map(({ account, sku }, item) => {
      const { usageType, operation, region } = skus[sku]!;
      return { item, keys: [usageType, operation, region, account] };
    })
    .sort((a, b) => compareKeys(a.keys, b.keys) || a.item - b.item);
  const ranks = new Int32Array(items.length);
  for (const [rank, { item }] of sorted.entries()) ranks[item] = rank;
  return ranks;
}

/** By code unit, not by locale: the same bill on every machine. */
function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (let n = 0; n < a.length; n++) {
    if (a[n]! < b[n]!) return -1;
    if (a[n]! > b[n]!) return 1;
  }
  return 0;
}

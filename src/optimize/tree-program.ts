import type { PlanTerms } from "../domain/commitment.ts";
import type { RiskMeasure } from "../domain/risk.ts";
import type { ScenarioSet } from "../domain/scenario.ts";
import type { ScenarioTree } from "../domain/scenario-tree.ts";
import type { Limits, Offer } from "../domain/offer.ts";

/** A plan that may be bought at every node. */
export interface TreeOffer extends Omit<Offer, "activeFrom" | "activeHours"> {
  /**
   * False: active in the hours of the node in which it is bought. True: from there to the horizon's end, and paid for
   * these hours only: what it binds beyond is taken to be worth what it costs.
   */
  lasts: boolean;
}

/**
 * The multistage stochastic linear program: C_nk ≥ 0, $/h of each offer bought at each node of the tree. Active in a
 * node are what is bought there and what lasts of its ancestors'. Second stage, in every hour: as in `Program`.
 *
 * `maxCommitmentUsdPerHour` is of the new plans that are active at once, in every node; `maxUpfrontUsd` of what is
 * bought at the root. A limit on expected utilization is left out: it is one over all nodes together, which a node's
 * cuts cannot say.
 */
export interface TreeProgram {
  scenarios: ScenarioSet;
  tree: ScenarioTree;
  /** Active hours are indices into the horizon. */
  owned: readonly PlanTerms[];
  offers: readonly TreeOffer[];
  sharing: boolean;
  risk: RiskMeasure;
  limits: Omit<Limits, "minUtilization">;
  /** `[node][its scenario]` What the node's hours cost with nothing new bought, settled, USD. */
  baselineUsd: readonly Float64Array[];
}

/** Place of a decision among all: of each node, its offers. */
export const decisionAt = ({ offers }: Pick<TreeProgram, "offers">, node: number, offer: number): number =>
  node * offers.length + offer;

/** The owned plans as a node's hours see them. */
export const ownedWithin = (
  owned: readonly PlanTerms[],
  { from, to }: { from: number; to: number },
): PlanTerms[] =>
  owned.map((plan) => ({
    ...plan,
    activeFrom: Math.min(to, Math.max(from, plan.activeFrom)) - from,
    activeTo: Math.min(to, Math.max(from, plan.activeTo)) - from,
  }));

/** `[offer]` $/h active in the node of all that was bought up to it, by decision. */
export function activeInNode(
  { offers }: Pick<TreeProgram, "offers">,
  path: readonly number[],
  bought: ArrayLike<number>,
): Float64Array {
  const node = path.at(-1)!;
  return Float64Array.from(offers, ({ lasts }, k) =>
    (lasts ? path : [node]).reduce((sum, n) => sum + bought[n * offers.length + k]!, 0),
  );
}

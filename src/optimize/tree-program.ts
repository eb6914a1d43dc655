import type { Sharing } from "../domain/sharing.ts";
import type { PlanTerms } from "../domain/commitment.ts";
import type { RiskMeasure } from "../domain/risk.ts";
import type { ScenarioSet } from "../domain/scenario.ts";
import { hoursOfNode, type ScenarioTree } from "../domain/scenario-tree.ts";
import type { Limits, Offer } from "../domain/offer.ts";

/** A plan that may be bought at every node that decides. */
export interface TreeOffer extends Omit<Offer, "activeFrom" | "activeHours"> {
  /**
   * From the start of the node in which it is bought. It is paid for the hours within the horizon only: what it binds
   * beyond is taken to be worth what it costs.
   */
  termHours: number;
}

/**
 * The multistage stochastic linear program: C_nk ≥ 0, $/h of each offer bought at each node of the tree that decides.
 * Active in a node are what is bought there and what has not ended of its ancestors'. Second stage, in every hour: as in
 * `Program`.
 *
 * `maxCommitmentUsdPerHour` is of the new plans that are active at once, in every node; `maxUpfrontUsd` of what is
 * bought within each year of a path. A limit on expected utilization is left out: it is one over all nodes together,
 * which a node's cuts cannot say.
 */
export interface TreeProgram {
  scenarios: ScenarioSet;
  tree: ScenarioTree;
  /** `[stage]` False: plans begin or end there, and nothing is decided. */
  decides: readonly boolean[];
  /** Active hours are indices into the horizon. */
  owned: readonly PlanTerms[];
  offers: readonly TreeOffer[];
  sharing: Sharing;
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

/**
 * Nodes of the path at which an offer of this term was bought that is active in the last of them: a stage in which it
 * ends counts by its middle, as an hour of the scenarios does.
 */
export const boughtAlong = (
  { tree, scenarios, decides }: Pick<TreeProgram, "tree" | "scenarios" | "decides">,
  path: readonly number[],
  { termHours }: Pick<TreeOffer, "termHours">,
): number[] => {
  const { from, to } = hoursOfNode(tree, tree.nodes[path.at(-1)!]!, scenarios);
  return path.filter((n) => {
    const { stage } = tree.nodes[n]!;
    return decides[stage]! && (from + to) / 2 < tree.stageStart[stage]! + termHours;
  });
};

/** `[offer]` $/h active in the node of all that was bought up to it, by decision. */
export const activeInNode = (
  program: Pick<TreeProgram, "offers" | "tree" | "scenarios" | "decides">,
  path: readonly number[],
  bought: ArrayLike<number>,
): Float64Array =>
  Float64Array.from(program.offers, (offer, k) =>
    boughtAlong(program, path, offer).reduce((sum, n) => sum + bought[decisionAt(program, n, k)]!, 0),
  );

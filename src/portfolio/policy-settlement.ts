/** A policy on a scenario tree, settled by AWS's rule: each node's hours by themselves. */
import { soldBelow, TERM_HOURS } from "../domain/offering.ts";
import { meanUsd, riskEnvelope } from "../domain/risk.ts";
import { hoursOfNode, pathTo, sliceOf } from "../domain/scenario-tree.ts";
import type { Sku } from "../domain/usage.ts";
import { asCommitmentUsd } from "../domain/units.ts";
import { polish } from "../optimize/polish.ts";
import { activeInNode, decisionAt, ownedWithin, type TreeProgram } from "../optimize/tree-program.ts";
import {
  prepareScenarioSettlement,
  type BaseHours,
  type ScenarioSettlement,
} from "../settlement/prepare-scenarios.ts";
import { settleScenarios } from "../settlement/scenarios.ts";

/**
 * What policies are settled against, made ready once. The program's baseline is what its nodes cost with nothing new.
 */
export interface PolicyGround {
  program: TreeProgram;
  nodes: GroundNode[];
  /** `[scenario]` USD over the horizon with nothing new. */
  baselineUsd: Float64Array;
}

interface GroundNode {
  path: number[];
  settlement: ScenarioSettlement;
  hours: number;
}

/** USD over the horizon, before any negotiated discount. */
export interface SettledPolicy {
  /** $/h by decision. */
  bought: Float64Array;
  /** `[scenario]` */
  netSavingsUsd: Float64Array;
  riskAdjustedUsd: number;
}

export function groundOf(
  program: Omit<TreeProgram, "baselineUsd">,
  skus: readonly Sku[],
  baseHours?: BaseHours,
): PolicyGround {
  const { scenarios, tree, owned, offers, sharing } = program;
  const nodes = tree.nodes.map((node, n): GroundNode => {
    const { from, to } = hoursOfNode(tree, node, scenarios);
    const plans = [
      ...ownedWithin(owned, { from, to }),
      ...offers.map(({ ownerAccount, rates }) => ({
        ownerAccount,
        rates,
        commitmentUsdPerHour: asCommitmentUsd(0),
        activeFrom: 0,
        activeTo: to - from,
      })),
    ];
    const slice = sliceOf(scenarios, tree, node);
    const options = { sharing, firstNew: owned.length, baseHours };
    return {
      path: pathTo(tree, n),
      settlement: prepareScenarioSettlement(slice, skus, plans, options),
      hours: to - from,
    };
  });
  const nothing = new Float64Array(nodes.length * offers.length);
  const withoutBaseline: PolicyGround = {
    program: { ...program, baselineUsd: [] },
    nodes,
    baselineUsd: new Float64Array(scenarios.probability.length),
  };
  const baselineUsd = nodes.map((_, n) => nodeCosts(withoutBaseline, n, nothing).settledUsd);
  const ground = { ...withoutBaseline, program: { ...program, baselineUsd } };
  return { ...ground, baselineUsd: overHorizon(ground, baselineUsd) };
}

interface NodeCosts {
  /** `[its scenario]` */
  settledUsd: Float64Array;
  /** What paying early costs in the node's hours. */
  capitalUsd: number;
}

function nodeCosts({ program, nodes }: PolicyGround, n: number, bought: ArrayLike<number>): NodeCosts {
  const { path, settlement, hours } = nodes[n]!;
  const active = activeInNode(program, path, bought);
  const owned = settlement.plans
    .slice(0, settlement.firstNew)
    .map(({ commitmentUsdPerHour }) => commitmentUsdPerHour);
  const totals = settleScenarios(settlement, Float64Array.from([...owned, ...active]));
  return {
    settledUsd: Float64Array.from(totals, ({ leftUsd, commitmentUsd }) =>
      commitmentUsd.reduce((sum, usd) => sum + usd, leftUsd),
    ),
    capitalUsd: program.offers.reduce((usd, { weight }, k) => usd + (weight - 1) * hours * active[k]!, 0),
  };
}

/** `[scenario]` Of `[node][its scenario]`. */
function overHorizon({ program }: PolicyGround, ofNodes: readonly Float64Array[]): Float64Array {
  const usd = new Float64Array(program.scenarios.probability.length);
  for (const [n, { scenarios }] of program.tree.nodes.entries()) {
    for (const [i, s] of scenarios.entries()) usd[s]! += ofNodes[n]![i]!;
  }
  return usd;
}

function addedUp(ground: PolicyGround, bought: Float64Array, costs: readonly NodeCosts[]): SettledPolicy {
  const { program, baselineUsd } = ground;
  const { probability } = program.scenarios;
  const settled = overHorizon(
    ground,
    costs.map(({ settledUsd }) => settledUsd),
  );
  const withCapital = overHorizon(
    ground,
    costs.map(({ settledUsd, capitalUsd }) => settledUsd.map((usd) => usd + capitalUsd)),
  );
  const lossUsd = withCapital.map((usd, s) => usd - baselineUsd[s]!);
  return {
    bought,
    netSavingsUsd: settled.map((usd, s) => baselineUsd[s]! - usd),
    riskAdjustedUsd:
      meanUsd(baselineUsd, probability) + meanUsd(lossUsd, riskEnvelope(lossUsd, probability, program.risk)),
  };
}

/** The policy in amounts that AWS sells. */
export function settledPolicy(ground: PolicyGround, decisions: ArrayLike<number>): SettledPolicy {
  const bought = Float64Array.from(decisions, soldBelow);
  return addedUp(
    ground,
    bought,
    ground.nodes.map((_, n) => nodeCosts(ground, n, bought)),
  );
}

/** Policies that are asked about for one decision of a node: some per cent of what a whole search would take. */
const ASKED_PER_OFFER = 6;

/**
 * One pass over the nodes, each searched around what it has bought, the others held: what AWS's
 * rule makes of the optimum.
 */
export function polishedPolicy(ground: PolicyGround, from: SettledPolicy): SettledPolicy {
  const { program, nodes } = ground;
  const { offers } = program;
  let best = from;
  const costs = nodes.map((_, n) => nodeCosts(ground, n, best.bought));
  for (const n of nodes.keys()) {
    const first = n * offers.length;
    const own = best.bought.slice(first, first + offers.length);
    if (!own.some((usd) => usd > 0)) continue;
    const before = best.bought;
    const touched = [...nodes.keys()].filter((each) => nodes[each]!.path.includes(n));
    const settledAt = (commitments: Float64Array): { policy: SettledPolicy; costs: NodeCosts[] } => {
      const bought = before.slice();
      bought.set(commitments, first);
      const changed = [...costs];
      for (const each of touched) changed[each] = nodeCosts(ground, each, bought);
      return { policy: addedUp(ground, bought, changed), costs: changed };
    };
    const { commitmentsUsdPerHour } = polish(
      [own],
      (commitments) => {
        const { policy } = settledAt(commitments);
        return keepsLimits(ground, policy.bought) ? policy.riskAdjustedUsd : Infinity;
      },
      {
        scaleUsdPerHour: own.map(() => POLISH_SCALE * Math.max(...own)),
        maxEvaluations: ASKED_PER_OFFER * (1 + offers.length),
      },
    );
    const found = settledAt(commitmentsUsdPerHour);
    if (found.policy.riskAdjustedUsd >= best.riskAdjustedUsd) continue;
    best = found.policy;
    for (const each of touched) costs[each] = found.costs[each]!;
  }
  return best;
}

/** The optimum of AWS's rule lies within some per cent of the linear program's. */
const POLISH_SCALE = 0.3;
const SLACK = 1e-9;

export function keepsLimits({ program, nodes }: PolicyGround, bought: Float64Array): boolean {
  const { offers, limits, tree } = program;
  const yearOf = (n: number): number =>
    Math.floor(tree.stageStart[tree.nodes[n]!.stage]! / TERM_HOURS["1yr"]);
  const spentAt = (n: number): number =>
    offers.reduce((usd, { upfrontUsd }, k) => usd + upfrontUsd * bought[decisionAt(program, n, k)]!, 0);
  /** Of the path to the node, in the year that it ends in. */
  const upfront = nodes.map(({ path }) =>
    path.reduce((usd, n) => usd + (yearOf(n) === yearOf(path.at(-1)!) ? spentAt(n) : 0), 0),
  );
  const active = nodes.map(({ path }) =>
    activeInNode(program, path, bought).reduce((sum, usd) => sum + usd, 0),
  );
  return (
    upfront.every((usd) => usd <= limits.maxUpfrontUsd * (1 + SLACK)) &&
    active.every((usd) => usd <= limits.maxCommitmentUsdPerHour * (1 + SLACK))
  );
}

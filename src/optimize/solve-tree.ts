/**
 * The multistage program, solved by the same cutting planes as the two-stage one, in parts.
 *
 *     cost(C) = (1−λ)·Σ_n E_n(C) + λ·(E[baseline] + CVaR_α[loss]),
 *     loss_s(C) = Σ_{n on s's path} cost_ns(C_n) − baseline_s
 *
 * n: node, C_n: what is active in it, by offer: bought there, or lasting from an ancestor. E_n(C) = Σ_{s in n}
 * p_s·cost_ns(C_n) depends on C_n alone, two numbers for two offers; so one plane a node, each from where that node was
 * best seen, tells more than one for all of them. CVaR does not fall apart by node, but by leaf it does, once its
 * threshold η is a variable (Rockafellar, Uryasev):
 *
 *     CVaR = min_η Σ_leaf [ π_leaf·η + Σ_{s in leaf} p_s/(1−α)·(loss_s − η)⁺ ],
 *
 * and a leaf's term depends on η and what is bought along its path. With w the tail's weights at a
 * point, 0 ≤ w_s ≤ p_s/(1−α),
 *
 *     π_leaf·η + Σ_{s in leaf} w_s·(plane_s(C) − baseline_s − η)
 *
 * lies below it everywhere, and touches it there when η is the loss at which the tail begins. Every evaluation gives
 * that plane, and the one at the η that was asked about.
 *
 * A plane of C_n is one of the decisions: slopes of a plan are those of every ancestor at which one that is still active
 * may be bought. Decisions that can't be worth anything (nothing is decided there, nothing to cover) are no variables of the master.
 */
import { meanUsd, riskEnvelope, riskKindOf, tailWeights } from "../domain/risk.ts";
import { minimise, type ConvexCost, type Sight } from "./cutting-planes.ts";
import type { Plane } from "./plane.ts";
import { limitRows, mostUseful, prepareTree, rehearsedTree, type PreparedTree } from "./prepare-tree.ts";
import { evaluate } from "./recourse.ts";
import type { ProgramSolution, SolveOptions } from "./solve-program.ts";
import { activeInNode, boughtAlong, decisionAt, type TreeProgram } from "./tree-program.ts";

/** `commitmentsUsdPerHour` by decision (`decisionAt`). USD are of the risk-adjusted cost over the horizon. */
export async function solveTree(program: TreeProgram, options: SolveOptions = {}): Promise<ProgramSolution> {
  const prepared = prepareTree(program);
  const rehearsed = rehearsedTree(prepared);
  if (rehearsed === null) return solvePreparedTree(prepared, options);
  const first = await solvePreparedTree(rehearsed, { ...options, relativeTolerance: REHEARSAL_TOLERANCE });
  return solvePreparedTree(prepared, {
    ...options,
    start: [...(options.start ?? []), first.commitmentsUsdPerHour],
  });
}

const REHEARSAL_TOLERANCE = 1e-5;

export async function solvePreparedTree(
  prepared: PreparedTree,
  options: SolveOptions = {},
): Promise<ProgramSolution> {
  const whole = costOf(prepared);
  const decisions = prepared.nodes.length * prepared.program.offers.length;
  const free = Int32Array.from([...whole.domain.keys()].filter((k) => whole.domain[k]! > 0));
  const { at, ...found } = await minimise(ofFree(whole, free), {
    // The threshold is the cost's to choose: any will do.
    start: (options.start ?? []).map((start) => Float64Array.from(free, (k) => start[k] ?? 0)),
    relativeTolerance: options.relativeTolerance ?? 1e-7,
    onIteration: options.onIteration,
  });
  return {
    ...found,
    commitmentsUsdPerHour: [...spread(at, free, whole.domain.length).subarray(0, decisions)],
    hoursSolvedAnotherWay: prepared.nodes.reduce(
      (sum, { recourse }) => sum + recourse.hoursSolvedAnotherWay,
      0,
    ),
  };
}

const picked = (values: Float64Array, free: Int32Array): Float64Array =>
  Float64Array.from(free, (k) => values[k]!);

function spread(values: Float64Array, free: Int32Array, count: number): Float64Array {
  const all = new Float64Array(count);
  for (let n = 0; n < free.length; n++) all[free[n]!] = values[n]!;
  return all;
}

/** The same cost in some of its variables; the others are 0. */
function ofFree(cost: ConvexCost, free: Int32Array): ConvexCost {
  const pick = ({ at, usd, slope }: Plane): Plane => ({
    at: picked(at, free),
    usd,
    slope: picked(slope, free),
  });
  return {
    ...cost,
    domain: picked(cost.domain, free),
    limits: cost.limits.map(({ coefficients, bound }) => ({
      coefficients: picked(coefficients, free),
      bound,
    })),
    look: (c) => {
      const { at, planes, more, upperUsd } = cost.look(spread(c, free, cost.domain.length));
      return {
        at: picked(at, free),
        planes: planes.map(pick),
        more: more.map(({ part, plane }) => ({ part, plane: pick(plane) })),
        upperUsd,
      };
    },
  };
}

/** Costs of every scenario over the horizon at these decisions, from below and from above, USD. */
export function treeCosts(
  prepared: PreparedTree,
  bought: ArrayLike<number>,
): { lowerUsd: Float64Array; upperUsd: Float64Array } {
  const { lowerUsd, upperUsd } = evaluateTree(prepared, bought);
  return { lowerUsd, upperUsd };
}

interface TreeEvaluation {
  /** `[scenario]` */
  lowerUsd: Float64Array;
  upperUsd: Float64Array;
  /** `[node][its scenario]` */
  nodeUsd: Float64Array[];
  /** `[node]` As `Evaluation.slope`. */
  slope: Float64Array[];
}

function evaluateTree({ program, nodes, leafOf }: PreparedTree, bought: ArrayLike<number>): TreeEvaluation {
  const result: TreeEvaluation = {
    lowerUsd: new Float64Array(leafOf.length),
    upperUsd: new Float64Array(leafOf.length),
    nodeUsd: [],
    slope: [],
  };
  for (const { recourse, path, scenarios } of nodes) {
    const { lowerUsd, upperUsd, slope } = evaluate(recourse, activeInNode(program, path, bought));
    for (const [i, s] of scenarios.entries()) {
      result.lowerUsd[s]! += lowerUsd[i]!;
      result.upperUsd[s]! += upperUsd[i]!;
    }
    result.nodeUsd.push(lowerUsd);
    result.slope.push(slope);
  }
  return result;
}

/** Variables: the decisions; with risk aversion, η less the least that it can be. Parts: the nodes, then the leaves. */
function costOf(prepared: PreparedTree): ConvexCost {
  const { program, nodes, leaves } = prepared;
  if (!riskKindOf(program.risk).hasOneTail) {
    const domain = mostUseful(prepared);
    const limits = limitRows(prepared, domain.length);
    return { domain, limits, guard: null, partCount: 1, look: (c) => inOnePlane(prepared, c) };
  }
  const isAverse = program.risk.aversion > 0;
  const most = mostUseful(prepared);
  const threshold = isAverse ? thresholdRange(prepared, most) : null;
  const domain = Float64Array.from([...most, ...(threshold ? [threshold.to - threshold.from] : [])]);
  return {
    domain,
    limits: limitRows(prepared, domain.length),
    guard: null,
    partCount: nodes.length + (isAverse ? leaves.length : 0),
    look: (c) => riskAdjusted(prepared, c, threshold),
  };
}

/**
 * No loss is below −baseline, for costs are not negative; none is above what the plans cost that may be bought, for
 * they take nothing away from those that are owned. So neither is the loss at which the tail begins.
 */
function thresholdRange(
  { program, nodes, baselineUsd, leaves }: PreparedTree,
  most: Float64Array,
): { from: number; to: number } {
  const spent = nodes.map(({ recourse, path }) => {
    const { offers } = recourse.program;
    const active = activeInNode(program, path, most);
    return offers.reduce((usd, { weight, activeHours }, k) => usd + weight * activeHours * active[k]!, 0);
  });
  const ofPath = leaves.map((leaf) => nodes[leaf]!.path.reduce((usd, n) => usd + spent[n]!, 0));
  return {
    from: -baselineUsd.reduce((largest, usd) => Math.max(largest, usd), 0),
    to: Math.max(...ofPath),
  };
}

/** The risk-adjusted mean of what the scenarios cost, USD. */
function adjustedUsd({ program, baselineUsd }: PreparedTree, costUsd: Float64Array): number {
  const { probability } = program.scenarios;
  const loss = costUsd.map((usd, s) => usd - baselineUsd[s]!);
  return meanUsd(baselineUsd, probability) + meanUsd(loss, riskEnvelope(loss, probability, program.risk));
}

/** Any coherent measure, by its weights alone: as `solve-program.ts` has it, all nodes and scenarios in one plane. */
function inOnePlane(prepared: PreparedTree, c: Float64Array): Sight {
  const { program, nodes, baselineUsd } = prepared;
  const { lowerUsd, upperUsd, slope } = evaluateTree(prepared, c);
  const loss = lowerUsd.map((usd, s) => usd - baselineUsd[s]!);
  const weight = riskEnvelope(loss, program.scenarios.probability, program.risk);
  const plane: Plane = { at: c, usd: adjustedUsd(prepared, lowerUsd), slope: new Float64Array(c.length) };
  for (const [n, { scenarios }] of nodes.entries()) {
    for (const [i, s] of scenarios.entries()) addSlope(prepared, plane, n, i, weight[s]!, slope[n]!);
  }
  return { at: c, planes: [plane], more: [], upperUsd: adjustedUsd(prepared, upperUsd) };
}

function riskAdjusted(prepared: PreparedTree, c: Float64Array, range: { from: number } | null): Sight {
  const { program, baselineUsd } = prepared;
  const { risk, scenarios } = program;
  const { probability } = scenarios;
  const evaluation = evaluateTree(prepared, c);
  const upperUsd = adjustedUsd(prepared, evaluation.upperUsd);
  const means = meanPlanes(prepared, evaluation, c);
  if (range === null) return { at: c, planes: means, more: [], upperUsd };
  const loss = evaluation.lowerUsd.map((usd, s) => usd - baselineUsd[s]!);
  const tail = tailWeights(loss, probability, risk.tail);
  const tailStart = loss.reduce((least, usd, s) => (tail[s]! > 0 ? Math.min(least, usd) : least), Infinity);
  const at = Float64Array.from(c);
  at[c.length - 1] = tailStart - range.from;
  // The threshold that the master asked about: without its planes it would ask again.
  const asked = c.at(-1)! + range.from;
  const mass = tailMass(probability, risk.tail);
  const beyond = loss.map((usd, s) => (usd > asked ? probability[s]! / mass : 0));
  const more = leafPlanes(prepared, evaluation, { at: c, threshold: asked, weight: beyond });
  return {
    at,
    planes: [
      ...means.map((plane) => ({ ...plane, at })),
      ...leafPlanes(prepared, evaluation, { at, threshold: tailStart, weight: tail }),
    ],
    more: more.map((plane, n) => ({ part: means.length + n, plane })),
    upperUsd,
  };
}

/**
 * A tail thinner than any scenario is the worst scenario, whatever its mass: so it need not be
 * thinner than the least likely.
 */
const tailMass = (probability: Float64Array, tail: number): number =>
  probability.reduce((mass, p) => (p > 0 ? Math.min(mass, Math.max(p, 1 - tail)) : mass), 1);

/** `[node]` (1−λ)·E_n; what is left of the mean baseline is the root's. */
function meanPlanes(prepared: PreparedTree, { nodeUsd, slope }: TreeEvaluation, at: Float64Array): Plane[] {
  const { program, nodes, baselineUsd } = prepared;
  const { probability } = program.scenarios;
  const kept = 1 - program.risk.aversion;
  return nodes.map(({ scenarios }, n) => {
    const plane: Plane = { at, usd: 0, slope: new Float64Array(at.length) };
    if (n === 0) plane.usd = program.risk.aversion * meanUsd(baselineUsd, probability);
    for (const [i, s] of scenarios.entries()) {
      plane.usd += kept * probability[s]! * nodeUsd[n]![i]!;
      addSlope(prepared, plane, n, i, kept * probability[s]!, slope[n]!);
    }
    return plane;
  });
}

/** `[leaf]` λ·(π·η + Σ weight·(loss − η)). */
function leafPlanes(
  prepared: PreparedTree,
  { lowerUsd, slope }: TreeEvaluation,
  { at, threshold, weight }: { at: Float64Array; threshold: number; weight: Float64Array },
): Plane[] {
  const { program, nodes, leaves, leafOf, baselineUsd } = prepared;
  const { aversion } = program.risk;
  const ofLeaf = new Map<number, Plane>();
  for (const leaf of leaves) {
    const { probability, scenarios } = nodes[leaf]!;
    const plane: Plane = { at, usd: aversion * probability * threshold, slope: new Float64Array(at.length) };
    let left = probability;
    for (const s of scenarios) {
      plane.usd += aversion * weight[s]! * (lowerUsd[s]! - baselineUsd[s]! - threshold);
      left -= weight[s]!;
    }
    plane.slope[at.length - 1] = aversion * left;
    ofLeaf.set(leaf, plane);
  }
  for (const [n, { scenarios }] of nodes.entries()) {
    for (const [i, s] of scenarios.entries()) {
      if (weight[s]! > 0) addSlope(prepared, ofLeaf.get(leafOf[s]!)!, n, i, aversion * weight[s]!, slope[n]!);
    }
  }
  return [...ofLeaf.values()];
}

/** Adds `factor` times the slopes of the node's i-th scenario to the decisions that they are slopes of. */
function addSlope(
  { program, nodes }: PreparedTree,
  plane: Plane,
  n: number,
  i: number,
  factor: number,
  slope: Float64Array,
): void {
  const { offers } = program;
  for (let k = 0; k < offers.length; k++) {
    const each = factor * slope[i * offers.length + k]!;
    for (const from of boughtAlong(program, nodes[n]!.path, offers[k]!))
      plane.slope[decisionAt(program, from, k)]! += each;
  }
}

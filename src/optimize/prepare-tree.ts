/** A tree program, arranged for evaluation: a recourse for the hours of each node. */
import { MAX_COMMITMENT_USD, TERM_HOURS } from "../domain/offering.ts";
import { EXPECTATION } from "../domain/risk.ts";
import { hoursOfNode, nodeProbabilities, pathTo, sliceOf } from "../domain/scenario-tree.ts";
import type { LimitRow } from "./plane.ts";
import { mostUsefulUsdPerHour, prepareRecourse, usageByKind, type Recourse } from "./prepare-recourse.ts";
import type { Program } from "./program.ts";
import { rehearsal } from "./rehearse.ts";
import { boughtAlong, decisionAt, ownedWithin, type TreeProgram } from "./tree-program.ts";

export interface PreparedTree {
  program: TreeProgram;
  nodes: PreparedNode[];
  /** `[scenario]` Its node of the last stage. */
  leafOf: Int32Array;
  leaves: number[];
  /** `[scenario]` USD over the horizon with nothing new bought. */
  baselineUsd: Float64Array;
}

interface PreparedNode {
  recourse: Recourse;
  /** From the root to the node itself. */
  path: number[];
  scenarios: Int32Array;
  probability: number;
}

export function prepareTree(program: TreeProgram): PreparedTree {
  const { scenarios, tree } = program;
  const probability = nodeProbabilities(tree, scenarios);
  const usage = usageByKind(program);
  const nodes = tree.nodes.map((node, n): PreparedNode => ({
    recourse: prepareRecourse(nodeProgram(program, n), usage),
    path: pathTo(tree, n),
    scenarios: node.scenarios,
    probability: probability[n]!,
  }));
  return arranged(program, nodes);
}

/** Nodes that are prepared already. */
export function arranged(program: TreeProgram, nodes: PreparedNode[]): PreparedTree {
  const { scenarios, tree } = program;
  const leafOf = new Int32Array(scenarios.probability.length);
  const leaves = [...tree.nodes.keys()].filter((n) => tree.nodes[n]!.stage === tree.stageStart.length - 1);
  for (const n of leaves) for (const s of tree.nodes[n]!.scenarios) leafOf[s] = n;
  const baselineUsd = new Float64Array(leafOf.length);
  for (const { recourse, scenarios: own } of nodes) {
    for (const [i, s] of own.entries()) baselineUsd[s]! += recourse.program.baselineUsd[i]!;
  }
  return { program, nodes, leafOf, leaves, baselineUsd };
}

/** The same on some of each node's hours; null when no node has so many that it is worth it. */
export function rehearsedTree({ program, nodes }: PreparedTree): PreparedTree | null {
  const rehearsed = nodes.map(({ recourse }) => rehearsal(recourse));
  if (rehearsed.every((each) => each === null)) return null;
  return arranged(
    program,
    nodes.map((node, n) => ({ ...node, recourse: rehearsed[n] ?? node.recourse })),
  );
}

/** The two-stage program of one node's hours; risk and limits are the tree's own business. */
function nodeProgram(program: TreeProgram, n: number): Program {
  const { scenarios, tree, owned, offers, sharing, baselineUsd } = program;
  const node = tree.nodes[n]!;
  const { from, to } = hoursOfNode(tree, node, scenarios);
  return {
    scenarios: sliceOf(scenarios, tree, node),
    owned: ownedWithin(owned, { from, to }),
    offers: offers.map((offer) => ({ ...offer, activeFrom: 0, activeHours: to - from })),
    sharing,
    risk: EXPECTATION,
    limits: { minUtilization: 0, maxCommitmentUsdPerHour: Infinity, maxUpfrontUsd: Infinity },
    baselineUsd: baselineUsd[n]!,
  };
}

/** `[decision]` More than this can be used in no hour that it is active in: beyond it a commitment only costs. */
export function mostUseful({ program, nodes }: PreparedTree): Float64Array {
  const { offers, limits } = program;
  const most = new Float64Array(nodes.length * offers.length);
  for (const { recourse, path } of nodes) {
    const useful = mostUsefulUsdPerHour(recourse);
    for (const [k, offer] of offers.entries()) {
      for (const n of boughtAlong(program, path, offer)) {
        const at = decisionAt(program, n, k);
        most[at] = Math.max(most[at]!, useful[k]!);
      }
    }
  }
  return most.map((usd, at) => {
    const { upfrontUsd } = offers[at % offers.length]!;
    return Math.min(
      usd,
      MAX_COMMITMENT_USD,
      limits.maxCommitmentUsdPerHour,
      upfrontUsd > 0 ? limits.maxUpfrontUsd / upfrontUsd : Infinity,
    );
  });
}

/** Rows over the decisions, and as many more variables as the cost has of its own. */
export function limitRows({ program, nodes, leaves }: PreparedTree, variables: number): LimitRow[] {
  const { offers, limits, tree, decides } = program;
  const rows: LimitRow[] = [];
  if (limits.maxUpfrontUsd < Infinity && offers.some(({ upfrontUsd }) => upfrontUsd > 0)) {
    const yearOf = (n: number): number =>
      Math.floor(tree.stageStart[tree.nodes[n]!.stage]! / TERM_HOURS["1yr"]);
    const spent = leaves.flatMap((leaf) => {
      const path = nodes[leaf]!.path.filter((n) => decides[tree.nodes[n]!.stage]);
      return [...new Set(path.map(yearOf))].map((year) => path.filter((n) => yearOf(n) === year));
    });
    const distinct = new Map(spent.map((those) => [those.join(), those]));
    for (const those of distinct.values()) {
      const coefficients = new Float64Array(variables);
      for (const n of those) {
        for (const [k, { upfrontUsd }] of offers.entries())
          coefficients[decisionAt(program, n, k)] = upfrontUsd;
      }
      rows.push({ coefficients, bound: limits.maxUpfrontUsd });
    }
  }
  if (limits.maxCommitmentUsdPerHour === Infinity) return rows;
  for (const { path } of nodes) {
    const coefficients = new Float64Array(variables);
    for (const [k, offer] of offers.entries()) {
      for (const n of boughtAlong(program, path, offer)) coefficients[decisionAt(program, n, k)] = 1;
    }
    rows.push({ coefficients, bound: limits.maxCommitmentUsdPerHour });
  }
  return rows;
}

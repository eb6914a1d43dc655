import { horizonHours, settledFrom, type ScenarioSet } from "./scenario.ts";

/**
 * What is known when: at a node, that the future is one of its scenarios, and no more. Its hours are those until the
 * next decision. Every scenario is in one node of each stage.
 */
export interface ScenarioTree {
  /** `[stage]` First hour of the horizon; the last stage ends with it. */
  stageStart: readonly number[];
  /** Parents before children. */
  nodes: readonly TreeNode[];
}

export interface TreeNode {
  stage: number;
  /** Its node of the stage before; −1: none. */
  parent: number;
  /** Ascending. */
  scenarios: Int32Array;
}

/**
 * All scenarios in one node of each stage: every decision, later ones too, is made without knowing
 * more than at the start.
 */
export const blindTree = ({ probability }: ScenarioSet, stageStart: readonly number[]): ScenarioTree => ({
  stageStart,
  nodes: stageStart.map((_, stage) => ({
    stage,
    parent: stage - 1,
    scenarios: Int32Array.from(probability.keys()),
  })),
});

/**
 * First hour of the horizon that is the node's, and the hour after its last: where an hour of the scenarios begins, so
 * that what is paid for is what is settled.
 */
export function hoursOfNode(
  { stageStart }: ScenarioTree,
  { stage }: TreeNode,
  set: ScenarioSet,
): { from: number; to: number } {
  const begins = (hour: number): number => set.startHour[settledFrom(set, hour)]!;
  return {
    from: begins(stageStart[stage]!),
    to: stage + 1 < stageStart.length ? begins(stageStart[stage + 1]!) : horizonHours(set),
  };
}

/** The node and those that it follows from, the root first. */
export function pathTo({ nodes }: ScenarioTree, node: number): number[] {
  const path: number[] = [];
  for (let n = node; n >= 0; n = nodes[n]!.parent) path.unshift(n);
  return path;
}

/** Probability of each node. */
export const nodeProbabilities = ({ nodes }: ScenarioTree, { probability }: ScenarioSet): number[] =>
  nodes.map(({ scenarios }) => scenarios.reduce((sum, s) => sum + probability[s]!, 0));

/** The node's hours of its scenarios, as futures of their own. */
export function sliceOf(set: ScenarioSet, tree: ScenarioTree, node: TreeNode): ScenarioSet {
  const { hourCount, startHour, baseHour, growth, probability } = set;
  const span = hoursOfNode(tree, node, set);
  const [from, to] = [settledFrom(set, span.from), settledFrom(set, span.to)];
  const { scenarios } = node;
  const hours = to - from;
  const slice = {
    ...set,
    hourCount: hours,
    // What stands on both sides of a decision counts by its middle (`sample.ts` lets none: it breaks at months).
    startHour: startHour.slice(from, to + 1).map((hour) => hour - startHour[from]!),
    baseHour: new Int32Array(scenarios.length * hours),
    growth: new Float64Array(scenarios.length * hours),
  };
  for (const [n, s] of scenarios.entries()) {
    slice.baseHour.set(baseHour.subarray(s * hourCount + from, s * hourCount + to), n * hours);
    slice.growth.set(growth.subarray(s * hourCount + from, s * hourCount + to), n * hours);
  }
  const own = Float64Array.from(scenarios, (s) => probability[s]!);
  const total = own.reduce((sum, p) => sum + p, 0);
  return { ...slice, probability: own.map((p) => (total > 0 ? p / total : 1 / own.length)) };
}

/**
 * What the uncertainty of a program over time costs, risk-neutral, as `information.ts` tells it of two stages:
 *
 *     WS = Σ_s p_s · min_C cost_s(C)      the scenario is known at the start
 *     RP = min_C Σ_s p_s · cost_s(C)      the tree's optimum
 *     EEV = Σ_s p_s · cost_s(C̄)           C̄: all decisions, later ones too, that are best for the mean scenario
 *
 * WS ≤ RP ≤ EEV. EVPI = RP − WS, VSS = EEV − RP: what planning for the mean and sticking to it costs more.
 */
import { EXPECTATION, meanUsd } from "../domain/risk.ts";
import { meanScenario } from "../domain/scenario.ts";
import { blindTree } from "../domain/scenario-tree.ts";
import { arranged, prepareTree, type PreparedTree } from "./prepare-tree.ts";
import { scenariosAlone } from "./scenarios-alone.ts";
import { solvePreparedTree, solveTree, treeCosts } from "./solve-tree.ts";
import type { TreeProgram } from "./tree-program.ts";

export interface TreeInformation {
  wsUsd: number;
  rpUsd: number;
  eevUsd: number;
}

export async function treeInformation(
  program: TreeProgram,
  options: {
    /** Decisions to begin with, by `decisionAt`. */
    start: readonly ArrayLike<number>[];
    relativeTolerance: number;
    /** Of one scenario, whose optimum is only summed; without it the same. */
    toleranceAlone?: number;
    onScenario?: () => void | Promise<void>;
  },
): Promise<TreeInformation> {
  const { scenarios, tree } = program;
  const { probability } = scenarios;
  const { relativeTolerance } = options;
  const neutral: TreeProgram = { ...program, risk: EXPECTATION };
  const prepared = prepareTree(neutral);
  const { commitmentsUsdPerHour, upperBoundUsd } = await solvePreparedTree(prepared, {
    start: options.start,
    relativeTolerance,
  });
  const known = new Float64Array(probability.length);
  let s = 0;
  for (const certain of alone(prepared)) {
    await options.onScenario?.();
    const path = prepared.nodes[prepared.leafOf[s]!]!.path;
    const start = path.flatMap((n) => decisionsAt(program, commitmentsUsdPerHour, n));
    const best = await solvePreparedTree(certain, {
      start: [start],
      relativeTolerance: options.toleranceAlone ?? relativeTolerance,
    });
    known[s++] = best.upperBoundUsd;
  }
  const ofMean = await solveTree(meanProgram(neutral, prepared), { relativeTolerance });
  const followed = tree.nodes.flatMap(({ stage }) =>
    decisionsAt(program, ofMean.commitmentsUsdPerHour, stage),
  );
  return {
    wsUsd: meanUsd(known, probability),
    rpUsd: upperBoundUsd,
    eevUsd: meanUsd(treeCosts(prepared, followed).upperUsd, probability),
  };
}

const decisionsAt = ({ offers }: TreeProgram, decisions: readonly number[], node: number): number[] =>
  decisions.slice(node * offers.length, (node + 1) * offers.length);

/** `[scenario]` The program of each alone, as if it were certain. */
function* alone({ program, nodes, leafOf }: PreparedTree): Generator<PreparedTree> {
  const ofNode = nodes.map(({ recourse }) => [...scenariosAlone(recourse)]);
  const scenarios = { ...program.scenarios, probability: Float64Array.of(1) };
  const certain = { ...program, scenarios, tree: blindTree(scenarios, program.tree.stageStart) };
  for (const [s, leaf] of leafOf.entries()) {
    const along = nodes[leaf]!.path.map((n, stage) => ({
      recourse: ofNode[n]![nodes[n]!.scenarios.indexOf(s)]!,
      path: Array.from({ length: stage + 1 }, (_, each) => each),
      scenarios: Int32Array.of(0),
      probability: 1,
    }));
    yield arranged(certain, along);
  }
}

function meanProgram(program: TreeProgram, { baselineUsd }: PreparedTree): TreeProgram {
  const scenarios = meanScenario(program.scenarios);
  const usd = meanUsd(baselineUsd, program.scenarios.probability);
  // Risk-neutral, how the baseline spreads over the stages makes no difference.
  return {
    ...program,
    scenarios,
    tree: blindTree(scenarios, program.tree.stageStart),
    baselineUsd: program.tree.stageStart.map((_, stage) => Float64Array.of(stage === 0 ? usd : 0)),
  };
}

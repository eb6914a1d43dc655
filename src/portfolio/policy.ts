/**
 * 1-year plans against 3-year plans over 36 months: the best policy on the tree of what will be known when, what it is
 * worth beside simpler ones, and how near it is to the best there is.
 */
import { portfolioAmong, type Portfolio } from "../domain/portfolio.ts";
import { blindTree, type ScenarioTree } from "../domain/scenario-tree.ts";
import type { PolicyReference } from "../domain/documents/over-time.ts";
import { OFFERINGS, TERM_HOURS } from "../domain/offering.ts";
import type { ProgramSolution } from "../optimize/solve-program.ts";
import { solveTree } from "../optimize/solve-tree.ts";
import { treeInformation, type TreeInformation } from "../optimize/tree-information.ts";
import { type TreeOffer, type TreeProgram } from "../optimize/tree-program.ts";
import {
  groundOf,
  keepsLimits,
  polishedPolicy,
  settledPolicy,
  type PolicyGround,
  type SettledPolicy,
} from "./policy-settlement.ts";
import type { Outcome } from "../problem/evaluation.ts";
import { limitsOf, riskOf } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { NEAR_OPTIMUM, queueBehind, type Pause } from "./best-portfolio.ts";
import { undominated } from "./offers.ts";

/** A policy, and its first decision with the best queue behind it. */
export interface OverTimeChoice {
  tree: ScenarioTree;
  /** Offers of the policy's decisions, as indices into OFFERINGS. */
  among: readonly number[];
  policy: SettledPolicy;
  /** What the policy buys now, and the best queue behind it. */
  now: Outcome;
  solution: ProgramSolution;
  /** Its risk-adjusted cost as the linear program has it: settled, not polished. */
  unpolishedUsd: number;
}

/** A policy that is simpler, at its own best: as the linear program has it, settled and not polished. */
export interface SimplerPolicy {
  kind: PolicyReference["kind"];
  policy: SettledPolicy;
}

/** The tree's optimum is not known to more digits than the sample that it is made of. */
const TOLERANCE = 1e-6;
/** Of what knowing one scenario would save: its error is below what people read of it. */
const TOLERANCE_ALONE = 1e-5;

/**
 * Null where nothing becomes known over time: the futures are not sampled. Null under a limit on utilization too, which is
 * one over the whole horizon and not of a node.
 */
export async function overTime(
  problem: PurchaseProblem,
  pause: Pause,
  allowed: readonly number[],
  starts: readonly Portfolio[],
): Promise<OverTimeChoice | null> {
  const laid = groundFor(problem, allowed, starts);
  if (laid === null) return null;
  const { tree, among, ground, policies } = laid;
  const options = { relativeTolerance: TOLERANCE, onIteration: pause, start: policies };
  const solution = await solveTree(ground.program, options);
  const found = bestPolicy(ground, solution);
  const policy = polishedWhereWorth(ground, solution, found);
  const now = await queueBehind(problem, allowed, portfolioAmong(among, policy.bought), pause);
  return { tree, among, policy, now, solution, unpolishedUsd: found.riskAdjustedUsd };
}

/** Beside the policy, simpler ones; null where `overTime` is. */
export async function simplerOverTime(
  problem: PurchaseProblem,
  pause: Pause,
  allowed: readonly number[],
  starts: readonly Portfolio[],
): Promise<SimplerPolicy[] | null> {
  const laid = groundFor(problem, allowed, starts);
  if (laid === null) return null;
  const { ground, policies } = laid;
  const options = { relativeTolerance: TOLERANCE, onIteration: pause, start: policies };
  const found: SimplerPolicy[] = [];
  const areBoth = new Set(ground.program.offers.map(isLong)).size === 2;
  for (const kind of areBoth ? (["one-year", "three-year", "all-now"] as const) : (["all-now"] as const)) {
    found.push({ kind, policy: settledPolicy(ground, await simpler(ground, kind, options)) });
  }
  return found;
}

/** What it is worth to know the scenario, over time; null where `overTime` is. */
export async function informationOverTime(
  problem: PurchaseProblem,
  pause: Pause,
  allowed: readonly number[],
  starts: readonly Portfolio[],
): Promise<TreeInformation | null> {
  const laid = groundFor(problem, allowed, starts);
  if (laid === null) return null;
  return treeInformation(laid.ground.program, {
    start: laid.policies,
    relativeTolerance: TOLERANCE,
    toleranceAlone: TOLERANCE_ALONE,
    onScenario: pause,
  });
}

/** What the best policy buys now, and the best queue behind it; null where `overTime` is. */
export const decidedNow = async (
  ...[problem, allowed, starts, pause]: [PurchaseProblem, readonly number[], readonly Portfolio[], Pause]
): Promise<Outcome | null> => (await overTime(problem, pause, allowed, starts))?.now ?? null;

/** The program over the tree, and the starts as policies of it; null where there is nothing to weigh over time. */
function groundFor(
  problem: PurchaseProblem,
  allowed: readonly number[],
  starts: readonly Portfolio[],
): { tree: ScenarioTree; among: number[]; ground: PolicyGround; policies: Float64Array[] } | null {
  const { tree, scenarios, owned, sharing, skus } = problem;
  if (tree === null || problem.objective.minUtilization > 0) return null;
  const among = undominated(problem, allowed);
  const offers = among.map((k): TreeOffer => {
    const { ownerAccount, rates, weight, upfrontUsd } = problem.offers[k]!;
    return { ownerAccount, rates, weight, upfrontUsd, termHours: TERM_HOURS[OFFERINGS[k]!.term] };
  });
  const ground = groundOf(
    {
      scenarios,
      tree,
      decides: tree.stageStart.map(() => true),
      owned,
      offers,
      sharing,
      risk: riskOf(problem.objective),
      limits: limitsOf(problem.objective),
    },
    skus,
    problem.settlement,
  );
  const policies = starts.map((start) =>
    repeated(
      ground.program,
      among.map((k) => start[k]!),
    ),
  );
  return { tree, among, ground, policies };
}

const polishedWhereWorth = (
  ground: PolicyGround,
  { upperBoundUsd }: ProgramSolution,
  found: SettledPolicy,
): SettledPolicy =>
  found.riskAdjustedUsd - upperBoundUsd > NEAR_OPTIMUM * found.riskAdjustedUsd
    ? polishedPolicy(ground, found)
    : found;

const isLong = ({ termHours }: TreeOffer): boolean => termHours === TERM_HOURS["3yr"];

/** A purchase as a policy: a 1-year plan bought again as it ends, a 3-year plan once. */
const repeated = ({ tree, offers }: TreeProgram, purchase: readonly number[]): Float64Array =>
  Float64Array.from(
    tree.nodes.flatMap(({ stage }) =>
      offers.map((offer, k) => (tree.stageStart[stage]! % offer.termHours === 0 ? purchase[k]! : 0)),
    ),
  );

/** Decisions of the tree under which only some may be made. */
async function simpler(
  { program }: PolicyGround,
  kind: PolicyReference["kind"],
  options: Parameters<typeof solveTree>[1],
): Promise<Float64Array> {
  const { tree, offers, scenarios, baselineUsd } = program;
  if (kind === "all-now") {
    const blind = blindTree(scenarios, tree.stageStart);
    const usd = blind.nodes.map(() => new Float64Array(scenarios.probability.length));
    for (const [n, { stage, scenarios: own }] of tree.nodes.entries()) {
      for (const [i, s] of own.entries()) usd[stage]![s] = baselineUsd[n]![i]!;
    }
    // The starts' decisions are those of the tree's nodes, and of the blind one's the first of each stage.
    const firsts = blind.nodes.map(({ stage }) => tree.nodes.findIndex((node) => node.stage === stage));
    const at = (decisions: ArrayLike<number>, n: number): number[] =>
      offers.map((_, k) => decisions[n * offers.length + k]!);
    const { commitmentsUsdPerHour } = await solveTree(
      { ...program, tree: blind, baselineUsd: usd },
      { ...options, start: options?.start?.map((start) => firsts.flatMap((n) => at(start, n))) ?? [] },
    );
    return Float64Array.from(tree.nodes.flatMap(({ stage }) => at(commitmentsUsdPerHour, stage)));
  }
  const kept = [...offers.keys()].filter((k) => isLong(offers[k]!) === (kind === "three-year"));
  const keptOf = (decisions: ArrayLike<number>): number[] =>
    tree.nodes.flatMap((_, n) => kept.map((k) => decisions[n * offers.length + k]!));
  const { commitmentsUsdPerHour } = await solveTree(
    { ...program, offers: kept.map((k) => offers[k]!) },
    { ...options, start: options?.start?.map(keptOf) ?? [] },
  );
  const decisions = new Float64Array(tree.nodes.length * offers.length);
  for (const n of tree.nodes.keys()) {
    for (const [i, k] of kept.entries())
      decisions[n * offers.length + k] = commitmentsUsdPerHour[n * kept.length + i]!;
  }
  return decisions;
}

/** The linear program's, or buying nothing: whichever costs less as it is settled. */
function bestPolicy(ground: PolicyGround, { commitmentsUsdPerHour }: ProgramSolution): SettledPolicy {
  const all = [
    settledPolicy(ground, commitmentsUsdPerHour),
    settledPolicy(ground, new Float64Array(commitmentsUsdPerHour.length)),
  ].filter(({ bought }) => keepsLimits(ground, bought));
  return all.reduce((least, each) => (each.riskAdjustedUsd < least.riskAdjustedUsd ? each : least));
}

/**
 * The best schedule: amounts by offering and start, all decided now. It is the multistage program on a tree that never
 * learns anything, with a stage for each start: its nodes' hours are solved for the few offerings alone, however many
 * starts there are.
 */
import { OFFERINGS, TERM_HOURS } from "../domain/offering.ts";
import type { PlanTerms } from "../domain/commitment.ts";
import type { RiskMeasure } from "../domain/risk.ts";
import { blindTree } from "../domain/scenario-tree.ts";
import type { ProgramSolution, SolveOptions } from "../optimize/solve-program.ts";
import { solveTree } from "../optimize/solve-tree.ts";
import { decisionAt, type TreeOffer, type TreeProgram } from "../optimize/tree-program.ts";
import { limitsOf } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

export interface ScheduleAsked {
  /** Offers to choose from. */
  among: readonly number[];
  risk: RiskMeasure;
  /** What is held beside the owned plans, whatever is chosen. */
  held: readonly PlanTerms[];
}

/** `options.start` and the solution's commitments are by `among`. Limits on utilization are not kept. */
export async function solveSchedule(
  problem: PurchaseProblem,
  asked: ScheduleAsked,
  options: SolveOptions,
): Promise<ProgramSolution> {
  const { program, decisionOf } = scheduleProgram(problem, asked);
  const decisions = asked.among.map(decisionOf);
  const start = (options.start ?? []).map((amounts) => {
    const all = new Float64Array(program.tree.nodes.length * program.offers.length);
    for (const [n, decision] of decisions.entries()) all[decision]! += amounts[n]!;
    return all;
  });
  const { commitmentsUsdPerHour, ...solution } = await solveTree(program, { ...options, start });
  // Starts that fall into one hour of the scenarios are one decision: its first has it all.
  const first = (decision: number, n: number): boolean => decisions.indexOf(decision) === n;
  return {
    ...solution,
    commitmentsUsdPerHour: decisions.map((decision, n) =>
      first(decision, n) ? commitmentsUsdPerHour[decision]! : 0,
    ),
  };
}

function scheduleProgram(
  { scenarios, owned, offers, sharing, objective, baselineUsd }: PurchaseProblem,
  { among, risk, held }: ScheduleAsked,
): { program: TreeProgram; decisionOf: (offer: number) => number } {
  const stageStart = [...new Set([0, ...among.map((k) => offers[k]!.activeFrom)])].sort((a, b) => a - b);
  const offerings = [...new Set(among.map((k) => k % OFFERINGS.length))].sort((a, b) => a - b);
  const decided = new Set(among.map((k) => offers[k]!.activeFrom));
  const treeOffers = offerings.map((k): TreeOffer => {
    const { ownerAccount, rates, weight, upfrontUsd, offering } = offers[k]!;
    return { ownerAccount, rates, weight, upfrontUsd, termHours: TERM_HOURS[offering.term] };
  });
  const program: TreeProgram = {
    scenarios,
    tree: blindTree(scenarios, stageStart),
    decides: stageStart.map((hour) => decided.has(hour)),
    owned: [...owned, ...held],
    offers: treeOffers,
    sharing,
    risk,
    limits: limitsOf(objective),
    // Only its sum over the stages counts.
    baselineUsd: stageStart.map((_, stage) =>
      stage === 0 ? baselineUsd : new Float64Array(baselineUsd.length),
    ),
  };
  const decisionOf = (k: number): number =>
    decisionAt(program, stageStart.indexOf(offers[k]!.activeFrom), offerings.indexOf(k % OFFERINGS.length));
  return { program, decisionOf };
}

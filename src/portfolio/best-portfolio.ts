/**
 * The best purchase among some of the offerings: the linear program's optimum, polished under AWS's
 * own rule, and certified.
 */
import { setImmediate } from "node:timers/promises";
import type { PlanTerms } from "../domain/commitment.ts";
import type { Certificate } from "../domain/documents/certificate.ts";
import { invariant } from "../domain/error.ts";
import { nearestSold } from "../domain/offering.ts";
import {
  boughtNow,
  isNow,
  NOTHING,
  portfolioAmong,
  queuedIn,
  withNow,
  type Portfolio,
} from "../domain/portfolio.ts";
import type { Effects, Progress } from "../domain/progress.ts";
import type { RiskMeasure } from "../domain/risk.ts";
import { asCommitmentUsd } from "../domain/units.ts";
import { bestCommitment } from "../optimize/optimum.ts";
import { polish } from "../optimize/polish.ts";
import type { Program } from "../optimize/program.ts";
import { solveProgram, type ProgramSolution, type SolveOptions } from "../optimize/solve-program.ts";
import { isWithinLimits, outcomeOf, riskAdjustedUsd, type Outcome } from "../problem/evaluation.ts";
import { limitsOf, riskOf } from "../problem/objective.ts";
import { planOf, type PurchaseProblem } from "../problem/problem.ts";
import { evenWhereAsGood } from "./even-renewals.ts";
import { offersOf, undominated } from "./offers.ts";
import { solveSchedule, type ScheduleAsked } from "./solve-schedule.ts";
import { avoidedOnDemand } from "../settlement/sweep.ts";

export const boundAmong = (
  problem: PurchaseProblem,
  offerings: readonly number[],
  known: Portfolio,
): Promise<ProgramSolution> => {
  const among = undominated(problem, offersOf(problem, offerings));
  return solveAmong(
    problem,
    { among, risk: riskOf(problem.objective), held: [] },
    {
      start: [among.map((k) => known[k] ?? 0)],
      relativeTolerance: toleranceOf(problem),
    },
  );
};

export interface Best {
  outcome: Outcome;
  riskAdjustedUsd: number;
  solution: ProgramSolution;
}

/** Called now and then with what is under way, so that progress shows and an interruption is heard. */
export type Pause = () => Promise<void>;

export const pauseFor =
  (effects: Effects, progress: Progress): Pause =>
  async () => {
    effects.onProgress?.(progress);
    // A turn of the event loop, so that an interruption is heard.
    await setImmediate();
    effects.signal?.throwIfAborted();
  };

export const programOf = (
  { scenarios, owned, offers, objective, baselineUsd, sharing }: PurchaseProblem,
  among: readonly number[],
  risk: RiskMeasure,
): Program => ({
  scenarios,
  owned,
  offers: among.map((k) => offers[k]!),
  sharing,
  risk,
  limits: limitsOf(objective),
  baselineUsd,
});

/** A limit on utilization is one over all hours: the schedule is then one program of two stages. */
function solveAmong(
  problem: PurchaseProblem,
  asked: ScheduleAsked,
  options: SolveOptions,
): Promise<ProgramSolution> {
  const { among, risk, held } = asked;
  if (!among.every(isNow) && problem.objective.minUtilization === 0)
    return solveSchedule(problem, asked, options);
  const program = programOf(problem, among, risk);
  return solveProgram({ ...program, owned: [...program.owned, ...held] }, options);
}

/** Offers of a portfolio as plans that are held. */
export const plansOf = (
  { offers }: PurchaseProblem,
  among: readonly number[],
  portfolio: Portfolio,
): PlanTerms[] => among.map((k) => ({ ...planOf(offers[k]!), commitmentUsdPerHour: portfolio[k]! }));

/** The best of the offers `among`; `starts` are portfolios to begin with. What `held` queues is held. */
export async function bestAmong(
  problem: PurchaseProblem,
  among: readonly number[],
  risk: RiskMeasure,
  starts: readonly Portfolio[],
  pause: Pause,
  held: Portfolio = NOTHING,
): Promise<Best> {
  const only = among.length === 1 && canSweep(problem) ? among[0]! : null;
  const known = only === null ? starts : [sweptOptimum(problem, only)];
  const asked = { among, risk, held: plansOf(problem, queuedIn(held), held) };
  const solution = await solveAmong(problem, asked, {
    start: known.map((start) => among.map((k) => start[k] ?? 0)),
    relativeTolerance: toleranceOf(problem),
    onIteration: pause,
  });
  const chosen = only === null ? polished(problem, among, risk, solution, known, held) : known[0]!;
  const outcome = outcomeOf(problem, chosen);
  return { outcome, riskAdjustedUsd: riskAdjustedUsd(problem, outcome, risk), solution };
}

/** The best queue behind what is bought now. */
export async function queueBehind(
  problem: PurchaseProblem,
  offerings: readonly number[],
  now: Portfolio,
  pause: Pause,
): Promise<Outcome> {
  const later = undominated(problem, offersOf(problem, offerings)).filter((k) => !isNow(k));
  if (later.length === 0) return outcomeOf(problem, now);
  const risk = riskOf(problem.objective);
  const solution = await solveAmong(
    problem,
    { among: later, risk, held: plansOf(problem, boughtNow(now), now) },
    { relativeTolerance: toleranceOf(problem), onIteration: pause },
  );
  const queued = portfolioAmong(later, solution.commitmentsUsdPerHour.map(nearestSold));
  const found = outcomeOf(
    problem,
    withNow(queued, (k) => now[k]!),
  );
  return evenWhereAsGood(problem, found, risk);
}

/** Work of one settlement of all scenarios, in hours. */
const hoursOf = ({ scenarios }: PurchaseProblem): number =>
  scenarios.hourCount * scenarios.probability.length;

export const toleranceOf = (problem: PurchaseProblem): number => (hoursOf(problem) > 50_000 ? 1e-5 : 1e-7);

/** With one certain future and linear limits the settled cost along one commitment is known whole. */
const canSweep = ({ pastRepeats, objective }: PurchaseProblem): boolean =>
  pastRepeats && objective.minUtilization === 0;

/** The exact optimum of one offering alone. */
function sweptOptimum(problem: PurchaseProblem, k: number): Portfolio {
  const { scenarios, skus, owned, sharing, offers, objective } = problem;
  const offer = offers[k]!;
  const { maxCommitmentUsdPerHour, maxUpfrontUsd } = limitsOf(objective);
  const avoided = avoidedOnDemand(scenarios.base, skus, owned, offer, { sharing });
  const { commitmentUsdPerHour } = bestCommitment(avoided, {
    hours: scenarios.hourCount,
    weight: offer.weight,
    mostUsdPerHour: asCommitmentUsd(
      Math.min(maxCommitmentUsdPerHour, offer.upfrontUsd > 0 ? maxUpfrontUsd / offer.upfrontUsd : Infinity),
    ),
  });
  return portfolioAmong([k], [commitmentUsdPerHour]);
}

/** Two hundred bring three plans within a thousandth of what thousands would. */
const mostEvaluations = (plans: number): number => 50 + 50 * plans;

const FEWEST_EVALUATIONS = 30;

/**
 * Of a sample: what a search finds below the program's optimum is some hundred-thousandths of the cost, where the sample
 * itself is known to some thousandths (`docs/futures.md`). So where AWS's rule comes within `NEAR_OPTIMUM` of the optimum there is none.
 */
export const NEAR_OPTIMUM = 0.01;
const sampledEvaluations = (plans: number): number => 4 + 4 * plans;

/** Hours settled in one polish, about: a minute's work for a whole answer. */
const HOURS_SETTLED = 5_000_000;

function polished(
  problem: PurchaseProblem,
  among: readonly number[],
  risk: RiskMeasure,
  { commitmentsUsdPerHour, upperBoundUsd }: ProgramSolution,
  starts: readonly Portfolio[],
  held: Portfolio,
): Portfolio {
  const whole = (commitments: ArrayLike<number>): Portfolio => {
    const portfolio = portfolioAmong(among, Array.from(commitments));
    return queuedIn(held).length > 0 ? withNow(held, (k) => portfolio[k]!) : portfolio;
  };
  const cost = (commitments: Float64Array): number => {
    const outcome = outcomeOf(problem, whole(commitments));
    return isWithinLimits(problem, outcome) ? riskAdjustedUsd(problem, outcome, risk) : Infinity;
  };
  const all = [
    Float64Array.from(commitmentsUsdPerHour),
    ...starts.map((start) => Float64Array.from(among, (k) => start[k] ?? 0)),
    new Float64Array(among.length),
  ];
  if (problem.isSampled) {
    const sold = all.map((each) => each.map(nearestSold));
    const costs = sold.map(cost);
    const least = costs.reduce((best, usd, n) => (usd < costs[best]! ? n : best), 0);
    if (costs[least]! <= upperBoundUsd + NEAR_OPTIMUM * Math.abs(upperBoundUsd)) return whole(sold[least]!);
  }
  const size = all.reduce((most, each) => Math.max(most, ...each), 0);
  const most = problem.isSampled ? sampledEvaluations(among.length) : mostEvaluations(among.length);
  const fewest = Math.min(FEWEST_EVALUATIONS, most);
  const maxEvaluations = Math.round(Math.max(fewest, Math.min(most, HOURS_SETTLED / hoursOf(problem))));
  // Few evaluations are spent near the program's optimum: scenarios in great number are smooth.
  const scale = Math.max(0.01, (size * maxEvaluations) / most);
  const { commitmentsUsdPerHour: best } = polish(all, cost, {
    scaleUsdPerHour: new Float64Array(among.length).fill(scale),
    maxEvaluations,
  });
  return whole(best);
}

/** The proof for a purchase, after any negotiated discount. */
export function certificateOf(
  { negotiatedDiscount }: PurchaseProblem,
  purchaseUsd: number,
  { lowerBoundUsd, upperBoundUsd, solver, iterations, hoursSolvedAnotherWay }: ProgramSolution,
): Certificate {
  const kept = 1 - negotiatedDiscount;
  const dustUsd = 1e-7 * (1 + Math.abs(purchaseUsd));
  invariant(
    lowerBoundUsd <= purchaseUsd + dustUsd,
    `bound ${lowerBoundUsd} above a purchase of ${purchaseUsd}`,
  );
  const lower = Math.min(lowerBoundUsd, purchaseUsd);
  const best = Math.min(Math.max(lower, upperBoundUsd), purchaseUsd);
  const share = (usd: number): number => (purchaseUsd > 0 ? usd / purchaseUsd : 0);
  return {
    lowerBound: lower * kept,
    upperBound: purchaseUsd * kept,
    relativeGap: share(purchaseUsd - lower),
    lpGap: share(best - lower),
    settlementGap: share(purchaseUsd - best),
    solver,
    iterations,
    hoursSolvedAnotherWay,
  };
}

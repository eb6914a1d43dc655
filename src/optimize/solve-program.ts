/**
 * The two-stage program, solved by cutting planes (the L-shaped method) and certified.
 *
 *     cost(C) = Σ_s p_s·baseline_s + (1−λ)·E[loss] + λ·CVaR_α[loss],     loss_s(C) = cost_s(C) − baseline_s
 *
 * is convex. At a point, `recourse.ts` gives every scenario's cost from below, with its slopes, and from above. CVaR is
 * the highest expectation over the risk envelope, so the weights q that attain it turn all scenarios into *one* plane,
 *
 *     cost(C) ≥ Σ_s p_s·baseline_s + Σ_s q_s·(plane_s(C) − baseline_s),
 *
 * valid for any q of the envelope. `cutting-planes.ts` does the rest.
 *
 * One cut an iteration, not one a scenario: the master keeps a handful of columns and tens of rows,
 * whatever the number of scenarios.
 */
import { meanUsd, riskEnvelope } from "../domain/risk.ts";
import { yearOf } from "../domain/offer.ts";
import { MAX_COMMITMENT_USD } from "../domain/offering.ts";
import { minimise, type ConvexCost, type Guard, type Sight } from "./cutting-planes.ts";
import type { LimitRow, Plane } from "./plane.ts";
import type { Program } from "./program.ts";
import { rehearsal } from "./rehearse.ts";
import { mostUsefulUsdPerHour, prepareRecourse, type Recourse } from "./prepare-recourse.ts";
import { evaluate } from "./recourse.ts";
import { allowedShare, prepareWaste, wasteCut } from "./waste.ts";

export interface SolveOptions {
  /** Points to begin with: the nearer one is to the optimum, the sooner it is done. */
  start?: readonly ArrayLike<number>[];
  /** Stop when upper − lower ≤ this share of upper. */
  relativeTolerance?: number;
  /** Called before every evaluation, with the gap so far (Infinity at first). */
  onIteration?: (relativeGap: number) => void | Promise<void>;
}

/** USD are of the risk-adjusted cost over the horizon. */
export interface ProgramSolution {
  commitmentsUsdPerHour: number[];
  /** No commitments within the limits, and no assignment, cost less. */
  lowerBoundUsd: number;
  /** What these commitments cost with the best assignment. */
  upperBoundUsd: number;
  iterations: number;
  solver: string;
  /** Hours of the last evaluation that the first method did not solve. */
  hoursSolvedAnotherWay: number;
}

export async function solveProgram(program: Program, options: SolveOptions = {}): Promise<ProgramSolution> {
  const { start = [] } = options;
  const recourse = prepareRecourse(program);
  // The optimum of one plan is mostly known; that of several has to be looked for.
  const rehearsed = start.length > 0 && program.offers.length === 1 ? null : rehearsal(recourse);
  if (rehearsed === null) return solvePrepared(recourse, options);
  const first = await solvePrepared(rehearsed, { ...options, relativeTolerance: REHEARSAL_TOLERANCE });
  return solvePrepared(recourse, { ...options, start: [...start, first.commitmentsUsdPerHour] });
}

const REHEARSAL_TOLERANCE = 1e-5;

/** The same for a program that is prepared already. */
export async function solvePrepared(
  recourse: Recourse,
  options: SolveOptions = {},
): Promise<ProgramSolution> {
  const { at, ...found } = await minimise(costOf(recourse), {
    start: options.start ?? [],
    relativeTolerance: options.relativeTolerance ?? 1e-7,
    onIteration: options.onIteration,
  });
  return {
    ...found,
    commitmentsUsdPerHour: [...at],
    hoursSolvedAnotherWay: recourse.hoursSolvedAnotherWay,
  };
}

function costOf(recourse: Recourse): ConvexCost {
  const { offers, limits } = recourse.program;
  const { maxCommitmentUsdPerHour, maxUpfrontUsd, minUtilization } = limits;
  const rows: LimitRow[] = maxCommitmentUsdPerHour < Infinity ? commitmentRows(recourse.program) : [];
  if (maxUpfrontUsd < Infinity && offers.some(({ upfrontUsd }) => upfrontUsd > 0)) {
    for (const year of new Set(offers.map(yearOf))) {
      rows.push({
        coefficients: Float64Array.from(offers, (offer) => (yearOf(offer) === year ? offer.upfrontUsd : 0)),
        bound: maxUpfrontUsd,
      });
    }
  }
  const domain = mostUsefulUsdPerHour(recourse).map((most, k) =>
    Math.min(
      most,
      MAX_COMMITMENT_USD,
      maxCommitmentUsdPerHour,
      offers[k]!.upfrontUsd > 0 ? maxUpfrontUsd / offers[k]!.upfrontUsd : Infinity,
    ),
  );
  return {
    domain,
    limits: rows,
    guard: minUtilization > 0 ? wasteGuard(recourse) : null,
    partCount: 1,
    look: (c) => riskAdjusted(recourse, c),
  };
}

/** All that is active at once: most is right after a start. */
function commitmentRows({ offers, limits }: Program): LimitRow[] {
  const starts = [...new Set(offers.map(({ activeFrom }) => activeFrom))];
  return starts.map((start) => ({
    coefficients: Float64Array.from(offers, ({ activeFrom, activeHours }) =>
      activeFrom <= start && start < activeFrom + activeHours ? 1 : 0,
    ),
    bound: limits.maxCommitmentUsdPerHour,
  }));
}

function wasteGuard(recourse: Recourse): Guard {
  const waste = prepareWaste(recourse);
  return {
    allowedShare: (c) => allowedShare(waste, c),
    cutAt: (c) => {
      const { usd, gradient } = wasteCut(waste, c);
      return { coefficients: gradient, bound: gradient.reduce((sum, slope, k) => sum + slope * c[k]!, -usd) };
    },
  };
}

/** All scenarios as one plane below the risk-adjusted cost, and the cost from above. */
function riskAdjusted(recourse: Recourse, c: Float64Array): Sight {
  const { scenarios, offers, baselineUsd, risk } = recourse.program;
  const { probability } = scenarios;
  const { lowerUsd, upperUsd, slope } = evaluate(recourse, c);
  const baseline = meanUsd(baselineUsd, probability);
  const lossBelow = lowerUsd.map((usd, s) => usd - baselineUsd[s]!);
  const lossAbove = upperUsd.map((usd, s) => usd - baselineUsd[s]!);
  const q = riskEnvelope(lossBelow, probability, risk);
  const plane: Plane = {
    at: c,
    usd: baseline + dot(q, lossBelow),
    slope: new Float64Array(offers.length),
  };
  for (let s = 0; s < q.length; s++) {
    for (let k = 0; k < offers.length; k++) plane.slope[k]! += q[s]! * slope[s * offers.length + k]!;
  }
  const upper = baseline + dot(riskEnvelope(lossAbove, probability, risk), lossAbove);
  return { at: c, planes: [plane], more: [], upperUsd: upper };
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, n) => sum + value * b[n]!, 0);

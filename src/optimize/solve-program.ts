/**
 * The two-stage program, solved by cutting planes (the L-shaped method) and certified.
 *
 *     cost(C) = Σ_s p_s·baseline_s + (1−λ)·E[loss] + λ·CVaR_α[loss],     loss_s(C) = cost_s(C) − baseline_s
 *
 * is convex. At a point, `recourse.ts` gives every scenario's cost from below, with its slopes, and from above. CVaR is the
 * highest expectation over the risk envelope, so the weights q that attain it turn all scenarios into *one* plane,
 *
 *     cost(C) ≥ Σ_s p_s·baseline_s + Σ_s q_s·(plane_s(C) − baseline_s),
 *
 * valid for any q of the envelope. The master (`master.ts`) says where to look next, in a box around the best point that grows
 * when its edge is in the way and shrinks when it is not, and how low the cost could be at all.
 *
 * One cut an iteration, not one a scenario: the master keeps a handful of columns and tens of rows, whatever the number of
 * scenarios.
 */
import { meanUsd, riskEnvelope } from "../domain/risk.ts";
import { MAX_COMMITMENT_USD } from "../domain/offering.ts";
import { SageplanError } from "../domain/error.ts";
import {
  planeAt,
  solveMaster,
  type Box,
  type LimitRow,
  type Master,
  type MasterSolution,
  type Plane,
} from "./master.ts";
import type { Program } from "./program.ts";
import { rehearsal } from "./rehearse.ts";
import { mostUsefulUsdPerHour, prepareRecourse, type Recourse } from "./prepare-recourse.ts";
import { evaluate } from "./recourse.ts";
import { allowedShare, prepareWaste, wasteCut, type Waste } from "./waste.ts";

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

const MAX_ITERATIONS = 400;
/** Half the first box's width around a given start, as a share of the domain. */
const FIRST_RADIUS = 0.01;
const WIDENING = 8;

interface Search {
  program: Program;
  recourse: Recourse;
  waste: Waste | null;
  domain: Float64Array;
  limits: LimitRow[];
  planes: Plane[];
  best: { c: Float64Array; upperUsd: number } | null;
  lowerUsd: number;
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
  const tolerance = options.relativeTolerance ?? 1e-7;
  const search = newSearch(recourse);
  const { domain } = search;
  const starts = options.start ?? [];
  for (const start of [...starts, ...(starts.length === 0 ? [domain.map((most) => most / 4)] : [])]) {
    await options.onIteration?.(gapOf(search));
    look(search, Float64Array.from(start));
  }
  const radius = domain.map((most) => most * (starts.length > 0 ? FIRST_RADIUS : 1));
  const solvers = new Set<string>();
  let iterations = 0;
  while (iterations < MAX_ITERATIONS && gapOf(search) > tolerance) {
    const best = search.best!;
    limitSteepness(radius, search);
    const box = boxAround(best.c, radius, domain);
    const master = await masterOrNull(search, {
      ...search,
      box,
      floorUsd: search.lowerUsd,
      ceilingUsd: best.upperUsd,
    });
    if (master === null) break;
    iterations++;
    for (const solver of master.solver.split(", ")) solvers.add(solver);
    search.lowerUsd = Math.max(search.lowerUsd, master.lowerBoundUsd);
    if (gapOf(search) <= tolerance) break;

    await options.onIteration?.(gapOf(search));
    const atEdge = resize(radius, box, best.c, master.at, domain);
    const isNew = look(search, master.at);
    // The planes know this point already: what is left open is rounding.
    if (!isNew && !atEdge) break;
  }
  const best = search.best!;
  return {
    commitmentsUsdPerHour: [...best.c],
    lowerBoundUsd: Math.min(search.lowerUsd, best.upperUsd),
    upperBoundUsd: best.upperUsd,
    iterations,
    solver: [...solvers].join(", ") || "none needed",
    hoursSolvedAnotherWay: recourse.hoursSolvedAnotherWay,
  };
}

/** A bound as near as this is worth having, though no solver can bring it nearer. */
const NEAR_ENOUGH = 1e-3;

async function masterOrNull(search: Search, master: Master): Promise<MasterSolution | null> {
  try {
    return await solveMaster(master);
  } catch (error) {
    // Both bounds stay valid without the solver.
    if (error instanceof SageplanError && gapOf(search) <= NEAR_ENOUGH) return null;
    throw error;
  }
}

function newSearch(recourse: Recourse): Search {
  const { program } = recourse;
  const { offers, limits } = program;
  const { maxCommitmentUsdPerHour, maxUpfrontUsd, minUtilization } = limits;
  const rows: LimitRow[] = [];
  if (maxCommitmentUsdPerHour < Infinity) {
    rows.push({ coefficients: new Float64Array(offers.length).fill(1), bound: maxCommitmentUsdPerHour });
  }
  if (maxUpfrontUsd < Infinity && offers.some(({ upfrontUsd }) => upfrontUsd > 0)) {
    rows.push({
      coefficients: Float64Array.from(offers, ({ upfrontUsd }) => upfrontUsd),
      bound: maxUpfrontUsd,
    });
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
    program,
    recourse,
    waste: minUtilization > 0 ? prepareWaste(recourse) : null,
    domain,
    limits: rows,
    planes: [],
    best: null,
    lowerUsd: -Infinity,
  };
}

const gapOf = ({ best, lowerUsd }: Search): number => {
  if (best === null) return Infinity;
  const open = best.upperUsd - lowerUsd;
  return open <= 0 ? 0 : open / Math.max(Math.abs(best.upperUsd), Number.MIN_VALUE);
};

/** Evaluates a point, pulled within the limits first; false when its plane tells nothing that the others did not. */
function look(search: Search, wanted: Float64Array): boolean {
  const { waste, domain, planes } = search;
  const inDomain = wanted.map((each, k) => Math.min(domain[k]!, Math.max(0, each)));
  let isNew = false;
  let share = search.limits.reduce((least, { coefficients, bound }) => {
    const used = coefficients.reduce((sum, a, k) => sum + a * inDomain[k]!, 0);
    return used > bound ? Math.min(least, bound / used) : least;
  }, 1);
  if (waste !== null) {
    const cut = wasteCut(waste, inDomain);
    const within = allowedShare(waste, inDomain);
    if (within < 1) {
      search.limits.push({
        coefficients: cut.gradient,
        bound: cut.gradient.reduce((sum, slope, k) => sum + slope * inDomain[k]!, -cut.usd),
      });
      isNew = true;
    }
    share = Math.min(share, within);
  }
  const c = inDomain.map((each) => each * share);
  const { plane, upperUsd } = riskAdjusted(search, c);
  const known = planes.reduce((most, each) => Math.max(most, planeAt(each, c)), -Infinity);
  if (plane.usd > known + 1e-13 * Math.abs(plane.usd)) isNew = true;
  planes.push(plane);
  if (search.best === null || upperUsd < search.best.upperUsd) search.best = { c, upperUsd };
  search.lowerUsd = Math.max(search.lowerUsd, boxMinimum(plane, domain));
  return isNew;
}

/** All scenarios as one plane below the risk-adjusted cost, and the cost from above. */
function riskAdjusted({ program, recourse }: Search, c: Float64Array): { plane: Plane; upperUsd: number } {
  const { scenarios, offers, baselineUsd, risk } = program;
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
  return { plane, upperUsd: baseline + dot(riskEnvelope(lossAbove, probability, risk), lossAbove) };
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, n) => sum + value * b[n]!, 0);

const boxMinimum = (plane: Plane, domain: Float64Array): number =>
  planeAt(
    plane,
    plane.slope.map((slope, k) => (slope < 0 ? domain[k]! : 0)),
  );

const boxAround = (center: Float64Array, radius: Float64Array, domain: Float64Array): Box => ({
  low: center.map((c, k) => Math.max(0, c - radius[k]!)),
  high: center.map((c, k) => Math.min(domain[k]!, c + radius[k]!)),
});

/** In the box, planes that matter at the best point rise no more than this many times the gap that is open. */
const STEEP_ENOUGH = 1e4;

/** As the bounds near each other so must the box's sides, or all that the master sees in it are walls. */
function limitSteepness(radius: Float64Array, { best, lowerUsd, planes }: Search): void {
  if (best === null || !(lowerUsd > -Infinity)) return;
  const open = Math.max(best.upperUsd - lowerUsd, 1e-13 * Math.abs(best.upperUsd));
  for (const plane of planes) {
    if (planeAt(plane, best.c) < best.upperUsd - 3 * open) continue;
    for (let k = 0; k < radius.length; k++) {
      radius[k] = Math.min(radius[k]!, (STEEP_ENOUGH * open) / Math.abs(plane.slope[k]!));
    }
  }
}

/** Wider where the box's edge is in the way, narrower when the step was short; true when an edge was in the way. */
function resize(
  radius: Float64Array,
  { low, high }: Box,
  center: Float64Array,
  at: Float64Array,
  domain: Float64Array,
): boolean {
  let longest = 0;
  let anyEdge = false;
  for (let k = 0; k < radius.length; k++) {
    const near = 1e-3 * (high[k]! - low[k]!);
    const atEdge =
      (at[k]! - low[k]! <= near && low[k]! > 0) || (high[k]! - at[k]! <= near && high[k]! < domain[k]!);
    anyEdge ||= atEdge;
    if (radius[k]! > 0) longest = Math.max(longest, Math.abs(at[k]! - center[k]!) / radius[k]!);
    if (atEdge) radius[k]! *= WIDENING;
  }
  // All sides alike: a commitment that stays at 0 takes no steps, and its price must stay in sight.
  if (!anyEdge)
    for (let k = 0; k < radius.length; k++) radius[k]! *= Math.min(1, Math.max(1 / WIDENING, 8 * longest));
  return anyEdge;
}

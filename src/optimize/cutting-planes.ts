/**
 * A convex cost in a few variables, minimised by cutting planes and certified.
 *
 * The cost is a sum of *parts*, each convex. At a point, the cost says how high it is at most, and gives one plane for
 * each part that the part nowhere falls below. The master (`master.ts`) says where to look next, in a box around the
 * best point that grows when its edge is in the way and shrinks when it is not, and how low the cost could be at all.
 *
 * One part asks for the fewest rows. Many that depend on few variables each are known from fewer points, for every part
 * takes its plane from where it was best seen: that is worth its rows from some ten variables on.
 */
import { SageplanError } from "../domain/error.ts";
import { solveMaster, type MasterSolution } from "./master.ts";
import { boxMinimum, planeAt, type Box, type LimitRow, type Plane } from "./plane.ts";
import type { Master } from "./scaled-master.ts";

export interface Sight {
  /** The point itself, or one that is as good or better and differs in variables that the cost may choose. */
  at: Float64Array;
  /** `[part]` The planes of `at`. */
  planes: Plane[];
  /** More of some parts: of the point as it was asked for. */
  more: { part: number; plane: Plane }[];
  upperUsd: number;
}

/** What a point has to keep, beside linear rows: see `waste.ts`. */
export interface Guard {
  /** Share of the way from 0 to the point that is allowed. */
  allowedShare(c: Float64Array): number;
  /** A row that holds everywhere and rules the point out. */
  cutAt(c: Float64Array): LimitRow;
}

/** Index of all points: variable. Each is 0 … `domain`, and within `domain` lies an optimum. */
export interface ConvexCost {
  domain: Float64Array;
  limits: readonly LimitRow[];
  guard: Guard | null;
  partCount: number;
  look(c: Float64Array): Sight;
}

export interface MinimiseOptions {
  /** Points to begin with: the nearer one is to the optimum, the sooner it is done. */
  start: readonly ArrayLike<number>[];
  /** Stop when upper − lower ≤ this share of upper. */
  relativeTolerance: number;
  /** Called before every evaluation, with the gap so far (Infinity at first). */
  onIteration?: ((relativeGap: number) => void | Promise<void>) | undefined;
}

export interface Minimum {
  at: Float64Array;
  /** Nowhere within the limits is the cost lower. */
  lowerBoundUsd: number;
  upperBoundUsd: number;
  iterations: number;
  solver: string;
}

const MAX_ITERATIONS = 400;
/** Half the first box's width around a given start, as a share of the domain. */
const FIRST_RADIUS = 0.01;
const WIDENING = 8;
/** So often narrower for planes that were left out: what is open then is below what any solver can tell. */
const MOST_NARROWED = 8;

interface Search {
  cost: ConvexCost;
  limits: LimitRow[];
  /** `[part]` */
  planes: Plane[][];
  best: Sight | null;
  lowerUsd: number;
}

export async function minimise(
  cost: ConvexCost,
  { start, relativeTolerance: tolerance, onIteration }: MinimiseOptions,
): Promise<Minimum> {
  const { domain } = cost;
  const search: Search = {
    cost,
    limits: [...cost.limits],
    planes: Array.from({ length: cost.partCount }, () => []),
    best: null,
    lowerUsd: -Infinity,
  };
  for (const from of start.length > 0 ? start : [domain.map((most) => most / 4)]) {
    await onIteration?.(gapOf(search));
    look(search, Float64Array.from(from));
  }
  const radius = domain.map((most) => most * (start.length > 0 ? FIRST_RADIUS : 1));
  const solvers = new Set<string>();
  let iterations = 0;
  let narrowed = 0;
  while (iterations < MAX_ITERATIONS && gapOf(search) > tolerance) {
    const best = search.best!;
    limitSteepness(radius, search);
    const box = boxAround(best.at, radius, domain);
    const master = await masterOrNull(search, {
      planes: search.planes,
      limits: search.limits,
      domain,
      box,
      floorUsd: search.lowerUsd,
      ceilingUsd: best.upperUsd,
    });
    if (master === null) break;
    iterations++;
    for (const solver of master.solver.split(", ")) solvers.add(solver);
    search.lowerUsd = Math.max(search.lowerUsd, master.lowerBoundUsd);
    if (gapOf(search) <= tolerance) break;

    await onIteration?.(gapOf(search));
    const atEdge = resize(radius, box, best.at, master.at, domain);
    const isNew = look(search, master.at);
    if (isNew || atEdge) continue;
    // The planes know this point already: what is left open is rounding, unless the master did not hold them all.
    if (!master.leftOut || narrowed++ === MOST_NARROWED) break;
    for (let k = 0; k < radius.length; k++) radius[k]! /= WIDENING;
  }
  const best = search.best!;
  return {
    at: best.at,
    lowerBoundUsd: Math.min(search.lowerUsd, best.upperUsd),
    upperBoundUsd: best.upperUsd,
    iterations,
    solver: [...solvers].join(", ") || "none needed",
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

const gapOf = ({ best, lowerUsd }: Search): number => {
  if (best === null) return Infinity;
  const open = best.upperUsd - lowerUsd;
  return open <= 0 ? 0 : open / Math.max(Math.abs(best.upperUsd), Number.MIN_VALUE);
};

/** Evaluates a point, pulled within the limits first; false when its planes tell nothing that the others did not. */
function look(search: Search, wanted: Float64Array): boolean {
  const { cost, limits, planes } = search;
  const { domain, guard } = cost;
  const inDomain = wanted.map((each, k) => Math.min(domain[k]!, Math.max(0, each)));
  let isNew = false;
  let share = limits.reduce((least, { coefficients, bound }) => {
    const used = coefficients.reduce((sum, a, k) => sum + a * inDomain[k]!, 0);
    return used > bound ? Math.min(least, bound / used) : least;
  }, 1);
  if (guard !== null) {
    const within = guard.allowedShare(inDomain);
    if (within < 1) {
      limits.push(guard.cutAt(inDomain));
      isNew = true;
    }
    share = Math.min(share, within);
  }
  const sight = cost.look(inDomain.map((each) => each * share));
  const knownUsd = (part: number, at: Float64Array): number =>
    planes[part]!.reduce((most, each) => Math.max(most, planeAt(each, at)), -Infinity);
  const seen = sight.planes.reduce((sum, { usd }) => sum + usd, 0);
  const dust = 1e-13 * Math.abs(seen);
  if (seen > sight.planes.reduce((sum, _, part) => sum + knownUsd(part, sight.at), dust)) isNew = true;
  if (sight.more.some(({ part, plane }) => plane.usd > knownUsd(part, plane.at) + dust)) isNew = true;
  for (const [part, plane] of sight.planes.entries()) planes[part]!.push(plane);
  for (const { part, plane } of sight.more) planes[part]!.push(plane);
  if (search.best === null || sight.upperUsd < search.best.upperUsd) search.best = sight;
  search.lowerUsd = Math.max(
    search.lowerUsd,
    boxMinimum(sight.planes, { low: domain.map(() => 0), high: domain }),
  );
  return isNew;
}

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
  for (const [part, ofPart] of planes.entries()) {
    const matters = best.planes[part]!.usd - 3 * open;
    for (const plane of ofPart) {
      if (planeAt(plane, best.at) < matters) continue;
      for (let k = 0; k < radius.length; k++) {
        radius[k] = Math.min(radius[k]!, (STEEP_ENOUGH * open) / Math.abs(plane.slope[k]!));
      }
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

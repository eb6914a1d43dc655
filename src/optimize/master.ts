/**
 * Where to look next, and how low the cost could be.
 *
 * Every evaluation gives for each part of the cost a plane below it: f_j(C) = f_j(C_j) + slope_j·(C − C_j). The master
 * minimises the sum over the parts of max_j f_j(C) over a box around the best point so far, within the limits; its dual
 * weighs the planes.
 *
 * THE BOUND trusts no solver. For any weights y ≥ 0 that add up to 1 in every part and any
 * multipliers z ≥ 0 of the limits a_m·C ≤ b_m,
 *
 *     cost(C) ≥ Σ_j y_j f_j(Ĉ) + Σ_m z_m (a_m·Ĉ − b_m) + Σ_k min over 0 ≤ C_k ≤ U_k of ρ_k·(C_k − Ĉ_k),
 *     ρ = Σ y slope + Σ z a
 *
 * for every C that keeps the limits, Ĉ being any point: y and z only have to make ρ small. So the solver's weights are
 * clipped, made to add up to 1 and put into this formula. A wrong answer costs an iteration, never the proof.
 *
 * SCALE. c = (C − low) ÷ (high − low) in the box, a part's cost = floor + size·t, c in [0, 1] and t ≥ 0: the size of
 * every number that matters is 1, as the small solver needs it (`javascript-lp.ts`), however near the bounds have come
 * to each other. One part's floor is the bound that is proven; several have floors of their own, below what their
 * planes leave in the box. Primal and dual must agree, which is how a wrong answer shows: the small solver gives no
 * multipliers and solves them as two programs, HiGHS gives both at once.
 */
import { primalDualByHighs, solveWithHighs } from "./highs-lp.ts";
import { isFailure, type LpSolution } from "./lp.ts";
import { dot, planeAt, type Plane } from "./plane.ts";
import {
  masterColumns,
  dualOf,
  FLATTEST,
  primalOf,
  scaledMaster,
  type Master,
  type Scaled,
} from "./scaled-master.ts";
import { HIGHS_FIRST, solveLp } from "./solve-lp.ts";

export interface MasterSolution {
  at: Float64Array;
  /** The lower bound of the cost over the whole domain that its weights prove. */
  lowerBoundUsd: number;
  /** True when planes were left out because they are nearly upright in the box: a narrower one would hold them. */
  leftOut: boolean;
  solver: string;
}

/** Columns up to which the small solver is the faster one; 1 part and 6 variables are 7. */
const HANDFUL = 12;
/** How far primal and dual may be apart, in units of `size`: the solver rounds to 1e-8 along the steepest plane. */
const DISAGREEMENT = 1e-3;

export async function solveMaster(master: Master): Promise<MasterSolution> {
  const isLarge = master.planes.length + master.domain.length > HANDFUL;
  const scaled = scaledMaster(master, isLarge ? FLATTEST.highs : FLATTEST.small);
  const atOnce = isLarge ? await solvedAtOnce(scaled) : null;
  if (atOnce !== null) return masterSolution(master, scaled, atOnce.x, atOnce.multipliers, "highs");
  const solvers = isLarge ? HIGHS_FIRST : undefined;
  let primal = await solveLp(primalOf(scaled), undefined, solvers);
  const differs = ({ value }: LpSolution): boolean =>
    Math.abs(value + primal.value) > DISAGREEMENT * (1 + primal.value);
  const dual = await solveLp(
    dualOf(scaled),
    (solution) => (differs(solution) ? "not the primal's value" : null),
    solvers,
  );
  // The dual was asked twice; so is the primal.
  const again = differs(dual) ? await solveWithHighs(primalOf(scaled)) : primal;
  if (!isFailure(again)) primal = again;
  const solver = primal.solver === dual.solver ? primal.solver : `${primal.solver}, ${dual.solver}`;
  return masterSolution(master, scaled, primal.x, multipliersOf(scaled, dual.x), solver);
}

function masterSolution(
  master: Master,
  scaled: Scaled,
  x: ArrayLike<number>,
  multipliers: Multipliers,
  solver: string,
): MasterSolution {
  const { low, high } = master.box;
  return {
    at: low.map((from, k) => Math.min(high[k]!, Math.max(from, from + (high[k]! - from) * x[k]!))),
    lowerBoundUsd: lowerBound(master, scaled, multipliers),
    leftOut: scaled.leftOut,
    solver,
  };
}

/** Weights of the planes and multipliers of the limits, in the units of `Scaled`. */
interface Multipliers {
  plane: ArrayLike<number>;
  limit: ArrayLike<number>;
}

const multipliersOf = ({ planes, variables }: Scaled, x: readonly number[]): Multipliers => ({
  plane: x.slice(0, planes.length),
  limit: x.slice(planes.length + variables),
});

/** Null when the solver fails, or its two solutions disagree. */
async function solvedAtOnce(scaled: Scaled): Promise<{ x: Float64Array; multipliers: Multipliers } | null> {
  const { planes, limits, variables } = scaled;
  const solved = await primalDualByHighs(masterColumns(scaled));
  if ("failure" in solved) return null;
  const { x, rowDual } = solved;
  const plane = rowDual.subarray(0, planes.length).map((each) => Math.max(0, each));
  const limit = rowDual.subarray(planes.length).map((each) => Math.max(0, -each));
  const primalValue = x.subarray(variables).reduce((sum, each) => sum + each, 0);
  // Σ y·start − Σ v − Σ z·bound, with the least v that y and z leave.
  let dualValue = 0;
  const reduced = new Float64Array(variables);
  for (const [n, { start, slope }] of planes.entries()) {
    dualValue += plane[n]! * start;
    if (plane[n]! > 0) for (let k = 0; k < variables; k++) reduced[k]! += plane[n]! * slope[k]!;
  }
  for (const [m, { coefficients, bound }] of limits.entries()) {
    dualValue -= limit[m]! * bound;
    for (let k = 0; k < variables; k++) reduced[k]! += limit[m]! * coefficients[k]!;
  }
  for (const each of reduced) dualValue += Math.min(0, each);
  const agree = Math.abs(primalValue - dualValue) <= DISAGREEMENT * (1 + primalValue);
  return agree ? { x, multipliers: { plane, limit } } : null;
}

/** The formula of the opening comment, at the box's middle. */
function lowerBound(
  { box, domain }: Master,
  { planes, limits, lowest, sizeUsd }: Scaled,
  multipliers: Multipliers,
): number {
  const weights = planes.map((_, n) => Math.max(0, multipliers.plane[n]!));
  const total = new Float64Array(lowest.length);
  for (const [n, { part }] of planes.entries()) total[part]! += weights[n]!;
  // Where t ≥ 0 holds the program up, the planes have nothing to add to the bound that is known.
  if (lowest.length === 1 && total[0]! < 0.5) return -Infinity;
  const center = box.low.map((low, k) => (low + box.high[k]!) / 2);
  const rho = new Float64Array(center.length);
  let value = 0;
  const add = (plane: Plane, y: number): void => {
    value += y * planeAt(plane, center);
    for (let k = 0; k < rho.length; k++) rho[k]! += y * plane.slope[k]!;
  };
  for (const [n, { part, plane }] of planes.entries()) {
    if (total[part]! >= 0.5) add(plane, weights[n]! / total[part]!);
  }
  for (const [part, plane] of lowest.entries()) if (plane !== null && total[part]! < 0.5) add(plane, 1);
  // One part's weights are made to add up to 1, and its multipliers with them.
  const shared = lowest.length === 1 ? total[0]! : 1;
  for (const [m, { row, unit }] of limits.entries()) {
    const z = (Math.max(0, multipliers.limit[m]!) * sizeUsd) / (unit * shared);
    value += z * (dot(row.coefficients, center) - row.bound);
    for (let k = 0; k < rho.length; k++) rho[k]! += z * row.coefficients[k]!;
  }
  for (let k = 0; k < rho.length; k++) {
    value += Math.min(-rho[k]! * center[k]!, rho[k]! * (domain[k]! - center[k]!));
  }
  return value;
}

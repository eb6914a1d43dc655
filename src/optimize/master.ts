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
 * planes leave in the box. Primal and dual are solved as two programs: they must agree, which is how a wrong answer
 * shows.
 */
import { solveWithHighs } from "./highs-lp.ts";
import { isFailure, type Lp, type LpSolution } from "./lp.ts";
import { HIGHS_FIRST, solveLp } from "./solve-lp.ts";

/** A plane below a part of the cost, known by its value at one point. Index of the arrays: variable. */
export interface Plane {
  at: Float64Array;
  usd: number;
  slope: Float64Array;
}

/** coefficients·C ≤ bound */
export interface LimitRow {
  coefficients: Float64Array;
  bound: number;
}

export interface Box {
  low: Float64Array;
  high: Float64Array;
}

export interface MasterSolution {
  at: Float64Array;
  /** The lower bound of the cost over the whole domain that its weights prove. */
  lowerBoundUsd: number;
  /** True when planes were left out because they are nearly upright in the box: a narrower one would hold them. */
  leftOut: boolean;
  solver: string;
}

export interface Master {
  /** `[part]` */
  planes: readonly (readonly Plane[])[];
  limits: readonly LimitRow[];
  box: Box;
  /** `[variable]` No optimum lies above this. */
  domain: Float64Array;
  /** A bound that is proven already, and the cost of the best point: the cost is looked for between them. */
  floorUsd: number;
  ceilingUsd: number;
}

/** Planes steeper than this in the box are nearly upright: they rule out next to nothing and would spoil the scale. */
const STEEPEST = 1e5;
/** Slopes below this in the box would be lost to the solver; the plane is lowered by what they could add. */
const FLATTEST = { small: 1e-5, highs: 1e-8 };
/** Columns up to which the small solver is the faster one; 1 part and 6 variables are 7. */
const HANDFUL = 12;
/** How far primal and dual may be apart, in units of `size`: the solver rounds to 1e-8 along the steepest plane. */
const DISAGREEMENT = 1e-3;

export const planeAt = ({ at, usd, slope }: Plane, c: ArrayLike<number>): number => {
  let value = usd;
  for (let k = 0; k < slope.length; k++) value += slope[k]! * (c[k]! - at[k]!);
  return value;
};

/** The lowest value of all these planes together in the box. */
export function boxMinimum(planes: readonly Plane[], { low, high }: Box): number {
  const slope = new Float64Array(low.length);
  for (const plane of planes) for (let k = 0; k < slope.length; k++) slope[k]! += plane.slope[k]!;
  const lowest = slope.map((each, k) => (each < 0 ? high[k]! : low[k]!));
  return planes.reduce((sum, plane) => sum + planeAt(plane, lowest), 0);
}

export async function solveMaster(master: Master): Promise<MasterSolution> {
  const isLarge = master.planes.length + master.domain.length > HANDFUL;
  const scaled = scaledMaster(master, isLarge ? FLATTEST.highs : FLATTEST.small);
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
  const { low, high } = master.box;
  return {
    at: low.map((from, k) => Math.min(high[k]!, from + (high[k]! - from) * primal.x[k]!)),
    lowerBoundUsd: lowerBound(master, scaled, dual.x),
    leftOut: scaled.leftOut,
    solver: primal.solver === dual.solver ? primal.solver : `${primal.solver}, ${dual.solver}`,
  };
}

/** Rows in units of the box and of `size`. */
interface Scaled {
  sizeUsd: number;
  variables: number;
  leftOut: boolean;
  /**
   * `[part]` The plane to fall back on when the solver weighs none of the part's; null: the proven
   * bound stands in for it.
   */
  lowest: (Plane | null)[];
  /** t of the part ≥ start + slope·c */
  planes: { part: number; plane: Plane; start: number; slope: number[] }[];
  /** coefficients·c ≤ bound; `unit` of the limit is 1 here. */
  limits: { row: LimitRow; unit: number; coefficients: number[]; bound: number }[];
}

/**
 * How far below its planes a part's floor lies, in units of `size`: where t is above 0 the planes' weights add up to 1.
 */
const BELOW = 1;

function scaledMaster({ planes, limits, box, floorUsd, ceilingUsd }: Master, flattest: number): Scaled {
  const { low, high } = box;
  const sizeUsd = Math.max(ceilingUsd - floorUsd, 1e-13 * Math.abs(ceilingUsd), Number.MIN_VALUE);
  const width = Array.from(low, (from, k) => high[k]! - from);
  const floors = planes.map((ofPart) => {
    if (planes.length === 1) return { lowest: null, usd: floorUsd };
    const minima = ofPart.map((plane) => boxMinimum([plane], box));
    const most = minima.reduce((best, usd, n) => (usd > minima[best]! ? n : best), 0);
    return { lowest: ofPart[most]!, usd: minima[most]! - BELOW * sizeUsd };
  });
  let leftOut = false;
  const scaledPlanes = planes.flatMap((ofPart, part) =>
    ofPart.flatMap((plane) => {
      const exact = Array.from(plane.slope, (slope, k) => (slope * width[k]!) / sizeUsd);
      const start = (planeAt(plane, low) - floors[part]!.usd) / sizeUsd;
      const highest = exact.reduce((sum, slope) => sum + Math.max(0, slope), start);
      if (highest <= 0) return [];
      if (exact.some((slope) => Math.abs(slope) > STEEPEST)) {
        leftOut = true;
        return [];
      }
      const lost = exact.reduce(
        (sum, slope) => sum + (Math.abs(slope) < flattest ? Math.min(0, slope) : 0),
        0,
      );
      const slope = exact.map((each) => cutOff(each, flattest));
      return [{ part, plane, start: rounded(start + lost), slope }];
    }),
  );
  const scaledLimits = limits.map((row) => {
    const exact = Array.from(row.coefficients, (a, k) => a * width[k]!);
    const unit = exact.reduce((most, a) => Math.max(most, Math.abs(a)), 0) || 1;
    const bound = (row.bound - dot(row.coefficients, low)) / unit;
    return { row, unit, coefficients: exact.map((a) => cutOff(a / unit, 1e-6)), bound: rounded(bound) };
  });
  return {
    sizeUsd,
    variables: low.length,
    leftOut,
    lowest: floors.map(({ lowest }) => lowest),
    planes: scaledPlanes,
    limits: scaledLimits,
  };
}

const unitVector = (length: number, at: number): number[] =>
  Array.from({ length }, (_, n) => (n === at ? 1 : 0));
const ones = (length: number): number[] => Array.from({ length }, () => 1);
const zeros = (length: number): number[] => Array.from({ length }, () => 0);

/** min Σ t over (c, t). */
const primalOf = ({ variables, lowest, planes, limits }: Scaled): Lp => ({
  objective: [...zeros(variables), ...ones(lowest.length)],
  rows: [
    ...ones(variables).map((_, k) => ({
      coefficients: [...unitVector(variables, k), ...zeros(lowest.length)],
      relation: "<=" as const,
      bound: 1,
    })),
    ...planes.map(({ part, start, slope }) => ({
      coefficients: [...slope.map((each) => -each), ...unitVector(lowest.length, part)],
      relation: ">=" as const,
      bound: start,
    })),
    ...limits.map(({ coefficients, bound }) => ({
      coefficients: [...coefficients, ...zeros(lowest.length)],
      relation: "<=" as const,
      bound,
    })),
  ],
});

/** −max Σ y·start − Σ v − Σ z·bound over (y, v, z): v are the multipliers of c ≤ 1. */
const dualOf = ({ variables, lowest, planes, limits }: Scaled): Lp => ({
  objective: [...planes.map(({ start }) => -start), ...ones(variables), ...limits.map(({ bound }) => bound)],
  rows: [
    ...lowest.map((_, part) => ({
      coefficients: [
        ...planes.map((each) => (each.part === part ? 1 : 0)),
        ...zeros(variables),
        ...zeros(limits.length),
      ],
      relation: "<=" as const,
      bound: 1,
    })),
    ...ones(variables).map((_, k) => ({
      coefficients: [
        ...planes.map(({ slope }) => slope[k]!),
        ...unitVector(variables, k),
        ...limits.map(({ coefficients }) => coefficients[k]!),
      ],
      relation: ">=" as const,
      bound: 0,
    })),
  ],
});

/** The formula of the opening comment, at the box's middle. */
function lowerBound(
  { box, domain }: Master,
  { planes, limits, lowest, sizeUsd }: Scaled,
  x: readonly number[],
): number {
  const weights = planes.map((_, n) => Math.max(0, x[n]!));
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
    const z = (Math.max(0, x[planes.length + rho.length + m]!) * sizeUsd) / (unit * shared);
    value += z * (dot(row.coefficients, center) - row.bound);
    for (let k = 0; k < rho.length; k++) rho[k]! += z * row.coefficients[k]!;
  }
  for (let k = 0; k < rho.length; k++) {
    value += Math.min(-rho[k]! * center[k]!, rho[k]! * (domain[k]! - center[k]!));
  }
  return value;
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
};

const cutOff = (value: number, least: number): number => (Math.abs(value) < least ? 0 : value);

/** Bounds below the solver's own rounding are 0. */
const rounded = (value: number): number => cutOff(value, 1e-6);

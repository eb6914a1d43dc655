/** The master in units in which every number that matters is 1 (`master.ts`, SCALE), as the solvers take it. */
import type { ColumnsLp } from "./highs-lp.ts";
import type { Lp } from "./lp.ts";
import { boxMinimum, dot, planeAt, type Box, type LimitRow, type Plane } from "./plane.ts";

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
export const FLATTEST = { small: 1e-5, highs: 1e-8 };
/** Rows in units of the box and of `size`. */
export interface Scaled {
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

export function scaledMaster(
  { planes, limits, box, floorUsd, ceilingUsd }: Master,
  flattest: number,
): Scaled {
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
export const primalOf = ({ variables, lowest, planes, limits }: Scaled): Lp => ({
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
export const dualOf = ({ variables, lowest, planes, limits }: Scaled): Lp => ({
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

/** `primalOf`, column by column. */
export function masterColumns({ variables, lowest, planes, limits }: Scaled): ColumnsLp {
  const parts = lowest.length;
  const columns: { row: number[]; value: number[] }[] = Array.from({ length: variables + parts }, () => ({
    row: [],
    value: [],
  }));
  const put = (column: number, row: number, value: number): void => {
    if (value === 0) return;
    columns[column]!.row.push(row);
    columns[column]!.value.push(value);
  };
  for (const [n, { part, slope }] of planes.entries()) {
    for (let k = 0; k < variables; k++) put(k, n, -slope[k]!);
    put(variables + part, n, 1);
  }
  for (const [m, { coefficients }] of limits.entries()) {
    for (let k = 0; k < variables; k++) put(k, planes.length + m, coefficients[k]!);
  }
  const start = new Int32Array(columns.length + 1);
  for (const [j, { row }] of columns.entries()) start[j + 1] = start[j]! + row.length;
  return {
    cost: Float64Array.from(columns, (_, j) => (j < variables ? 0 : 1)),
    most: Float64Array.from(columns, (_, j) => (j < variables ? 1 : Infinity)),
    rowLower: Float64Array.from([...planes.map((each) => each.start), ...limits.map(() => -Infinity)]),
    rowUpper: Float64Array.from([...planes.map(() => Infinity), ...limits.map(({ bound }) => bound)]),
    start,
    row: Int32Array.from(columns.flatMap(({ row }) => row)),
    value: Float64Array.from(columns.flatMap(({ value }) => value)),
  };
}

const cutOff = (value: number, least: number): number => (Math.abs(value) < least ? 0 : value);

/** Bounds below the solver's own rounding are 0. */
const rounded = (value: number): number => cutOff(value, 1e-6);

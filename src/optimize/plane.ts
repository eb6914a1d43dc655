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

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
};

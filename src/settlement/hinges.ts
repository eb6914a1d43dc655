import type { PiecewiseLinear } from "../domain/piecewise.ts";

/** A piecewise-linear function that is still being added up: `count` hinges are in use, the arrays grow by doubling. */
export interface Hinges {
  slopeAt0: number;
  count: number;
  at: Float64Array;
  slopeChange: Float64Array;
}

export const emptyHinges = (capacity: number): Hinges => ({
  slopeAt0: 0,
  count: 0,
  at: new Float64Array(capacity),
  slopeChange: new Float64Array(capacity),
});

/** The slope changes by `change` at `at`; at 0 that is the function's first slope. */
export function addHinge(hinges: Hinges, at: number, change: number): void {
  if (at <= 0) {
    hinges.slopeAt0 += change;
    return;
  }
  if (hinges.count === hinges.at.length) {
    hinges.at = grown(hinges.at);
    hinges.slopeChange = grown(hinges.slopeChange);
  }
  hinges.at[hinges.count] = at;
  hinges.slopeChange[hinges.count++] = change;
}

function grown(array: Float64Array): Float64Array {
  const larger = new Float64Array(2 * array.length + 16);
  larger.set(array);
  return larger;
}

export const piecewiseOf = ({ slopeAt0, count, at, slopeChange }: Hinges): PiecewiseLinear => ({
  valueAt0: 0,
  slopeAt0,
  at: at.subarray(0, count),
  slopeChange: slopeChange.subarray(0, count),
});

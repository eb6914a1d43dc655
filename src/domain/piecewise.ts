/**
 * A continuous piecewise-linear function on [0, ∞), as a sum of hinges:
 *
 *     f(x) = valueAt0 + slopeAt0·x + Σ_n slopeChange[n] · max(0, x − at[n])
 *
 * The hinges stand in any order and may repeat, so that a year of hours is added up by putting their hinges side by
 * side and nothing is sorted before somebody has to. Every `at` is ≥ 0.
 */
export interface PiecewiseLinear {
  valueAt0: number;
  slopeAt0: number;
  at: Float64Array;
  /** Slope after `at[n]` − slope before it. */
  slopeChange: Float64Array;
}

/** f(x), x ≥ 0. */
export function valueAt(f: PiecewiseLinear, x: number): number {
  const { at, slopeChange } = f;
  let value = f.valueAt0 + f.slopeAt0 * x;
  for (let n = 0; n < at.length; n++) {
    // Not an `if`: which hinges lie before x is a coin toss to the processor, and guessing wrong
    // costs more than adding 0.
    value += slopeChange[n]! * Math.max(0, x - at[n]!);
  }
  return value;
}

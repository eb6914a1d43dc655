/**
 * A continuous piecewise-linear function on [0, ∞): its value and slope at 0, and at each breakpoint `at[n]` (ascending,
 * distinct) the slope that holds from there on.
 */
export interface PiecewiseLinear {
  valueAt0: number;
  slopeAt0: number;
  at: Float64Array;
  /** `slope[n]` holds on `[at[n], at[n+1])`. */
  slope: Float64Array;
}

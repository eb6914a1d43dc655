/**
 * How near the optimum the answer is proven to be. All bounds are of the risk-adjusted cost over the horizon, in USD:
 * E[cost with nothing new] + (1−λ)·E[loss] + λ·CVaR[loss], cost of capital included; with λ = 0 that is the expected
 * cost.
 */
export interface Certificate {
  /** No purchase of the allowed offerings within the limits, assigned to usage in any way, costs less. */
  lowerBound: number;
  /** The answer, settled by AWS's rule. */
  upperBound: number;
  /** (upperBound − lowerBound) ÷ upperBound = settlementGap + lpGap. */
  relativeGap: number;
  /** (linear program's best point − lowerBound) ÷ upperBound: what the search left open. */
  lpGap: number;
  /**
   * (upperBound − linear program's best point) ÷ upperBound: what AWS's rule and amounts that AWS sells give away
   * against any amounts under the best assignment.
   */
  settlementGap: number;
  solver: string;
  iterations: number;
  /** Hours whose recourse the first method did not solve; they were bounded another way. */
  hoursSolvedAnotherWay: number;
}

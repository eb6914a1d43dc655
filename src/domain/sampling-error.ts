/**
 * Standard errors of figures of a sample in which all scenarios are as likely: what another seed would move them by. They
 * are those of independent draws. The sampler stratifies, so they are upper estimates.
 *
 * `values`: `[scenario]`, two or more.
 */
import { quantileUsd } from "./risk.ts";

/** Of a share times a count. */
const ROUNDING = 1e-9;

/** Of the mean. */
export function standardErrorUsd(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/**
 * Of the quantile q: half the distance between the quantiles that lie one standard error of a share apart from it
 * (R. S. Woodruff, Confidence intervals for medians and other position measures, JASA 47, 1952).
 */
export function quantileErrorUsd(values: Float64Array, q: number): number {
  const probability = alike(values);
  const error = Math.sqrt((q * (1 - q)) / values.length);
  const at = (share: number): number => quantileUsd(values, probability, Math.min(1, Math.max(0, share)));
  return (at(q + error) - at(q - error)) / 2;
}

/**
 * Of the mean of the worst 1 − tail, from the spread of each scenario's part in it
 * (A. A. Trindade et al., Financial prediction with constrained tail risk, J. Banking & Finance 31, 2007). Null where
 * they are fewer than two.
 */
export function cvarErrorUsd(lossUsd: Float64Array, tail: number): number | null {
  if (lossUsd.length * (1 - tail) < 2 - ROUNDING) return null;
  const edge = quantileUsd(lossUsd, alike(lossUsd), tail);
  return standardErrorUsd(lossUsd.map((usd) => edge + Math.max(0, usd - edge) / (1 - tail)));
}

const alike = ({ length }: Float64Array): Float64Array => new Float64Array(length).fill(1 / length);

/**
 * Measures of an uncertain amount, from its value in every scenario and the scenario's probability.
 *
 * WHY THE LOSS AND NOT THE COST. A commitment is bought against falling usage: what can go wrong is that it is paid for
 * and finds nothing to cover. Futures with little usage are cheap futures, so they are not in the tail of *cost*. That
 * tail holds the futures with the most usage, where any commitment saves money, and a buyer who fears it would buy more
 * the more he fears. The loss, cost with the purchase − cost without it in the same future, takes away what the future
 * costs anyway. Its tail is where the purchase is regretted, and a buyer who fears that tail buys less.
 *
 * EXAMPLE. Usage $50 or $100, equally likely; $40 of commitment covers up to $80 of usage. Without it the cost is 50 or
 * 100; with it 40 or 60. The dearer future is the one with 100, there the purchase saves 40. The loss is −10 or −40:
 * the future to fear is the one with 50.
 *
 * (1−λ)·E + λ·CVaR_α is a maximum of plain means: over the weights q_s = (1−λ)·p_s + λ·w_s with 0 ≤ w_s ≤ p_s/(1−α), Σ
 * w = 1. These q are the *risk envelope*; the maximiser moves weight to the worst outcomes and is a subgradient in the
 * losses.
 *
 * `lossUsd`, `valueUsd`, `probability`: `[scenario]`. Probabilities sum to 1; scenarios with
 * probability 0 count for nothing.
 */

/** A measure of the registry with its parameters: λ and α, 0 ≤ λ ≤ 1, 0 ≤ α < 1. */
export interface RiskMeasure {
  /** Default: the mean and the worst tail, (1−λ)·E[loss] + λ·CVaR_α[loss]. */
  kind?: RiskKind;
  aversion: number;
  tail: number;
}

/** A coherent measure: the mean loss under the weights of its risk envelope that make that mean highest. */
interface RiskMeasureKind {
  label: string;
  /** `[scenario]` ≥ 0, sum 1. They are all that the programs, their proofs and the polish ask for. */
  weights: (lossUsd: Float64Array, probability: Float64Array, risk: RiskMeasure) => Float64Array;
  /** A mean and one tail: `optimize/solve-tree.ts` then takes it apart by node and leaf, which needs fewer planes. */
  hasOneTail: boolean;
}

/** Its ends are the expectation, λ = 0, and the worst case, λ = 1 and α → 1. */
export const RISK_MEASURES = {
  "mean-cvar": {
    label: "the mean, and the mean of the worst scenarios",
    weights: meanCvarWeights,
    hasOneTail: true,
  },
} as const satisfies Record<string, RiskMeasureKind>;

export type RiskKind = keyof typeof RISK_MEASURES;

export const riskKindOf = ({ kind = "mean-cvar" }: RiskMeasure): RiskMeasureKind => RISK_MEASURES[kind];

export const EXPECTATION: RiskMeasure = { aversion: 0, tail: 0 };

/** Probabilities that differ by less are equal: what a few thousand rounded additions leave. */
const ROUNDING = 1e-12;

export const meanUsd = (valueUsd: Float64Array, probability: Float64Array): number =>
  weightedSum(valueUsd, probability);

/** Mean of the worst 1 − tail of the probability; a scenario on the edge counts with the part of it that is inside. */
export const cvarUsd = (lossUsd: Float64Array, probability: Float64Array, tail: number): number =>
  weightedSum(lossUsd, tailWeights(lossUsd, probability, tail));

/** Smallest value whose cumulative probability is at least q; for q = 0 the smallest that is possible at all. */
export function quantileUsd(valueUsd: Float64Array, probability: Float64Array, q: number): number {
  const ascending = possible(probability).sort((a, b) => valueUsd[a]! - valueUsd[b]!);
  let cumulative = 0;
  const found = ascending.find((s) => (cumulative += probability[s]!) >= q - ROUNDING);
  return valueUsd[found ?? ascending.at(-1)!]!;
}

/** Probability of a value < x. */
export const probabilityBelow = (valueUsd: Float64Array, probability: Float64Array, x: number): number =>
  probability.reduce((sum, p, s) => sum + (valueUsd[s]! < x ? p : 0), 0);

/** What a buyer reads of the net savings, after any negotiated discount. */
export function savingsFigures(
  savedUsd: Float64Array,
  probability: Float64Array,
  tail: number,
): { netSavingsUsd: number; cvarLossUsd: number; probabilityOfLoss: number } {
  const lossUsd = savedUsd.map((usd) => 0 - usd);
  // A saving that is 0 but for a double's last digits is not a loss.
  const dust = 1e-9 * (1 + meanUsd(savedUsd.map(Math.abs), probability));
  return {
    netSavingsUsd: meanUsd(savedUsd, probability),
    cvarLossUsd: cvarUsd(lossUsd, probability, tail),
    probabilityOfLoss: probabilityBelow(savedUsd, probability, -dust),
  };
}

/** The weights with which the mean loss is the measure: those of its risk envelope, a subgradient in the losses. */
export const riskEnvelope = (
  lossUsd: Float64Array,
  probability: Float64Array,
  risk: RiskMeasure,
): Float64Array => riskKindOf(risk).weights(lossUsd, probability, risk);

/** Of equal losses the first is worse. */
function meanCvarWeights(
  lossUsd: Float64Array,
  probability: Float64Array,
  { aversion, tail }: RiskMeasure,
): Float64Array {
  const worst = tailWeights(lossUsd, probability, tail);
  return probability.map((p, s) => (1 - aversion) * p + aversion * worst[s]!);
}

/**
 * `[scenario]` Shares of the worst 1 − tail of the probability: all on the worst scenario when it is that likely alone.
 */
export function tailWeights(lossUsd: Float64Array, probability: Float64Array, tail: number): Float64Array {
  const mass = Math.max(ROUNDING, 1 - tail);
  const weights = new Float64Array(probability.length);
  let taken = 0;
  for (const s of possible(probability).sort((a, b) => lossUsd[b]! - lossUsd[a]! || a - b)) {
    if (taken > 0 && mass - taken <= ROUNDING) break;
    weights[s] = Math.min(probability[s]!, mass - taken);
    taken += weights[s];
  }
  return weights.map((weight) => weight / taken);
}

/** Scenarios that can happen. */
const possible = (probability: Float64Array): number[] =>
  [...probability.keys()].filter((s) => probability[s]! > 0);

const weightedSum = (valueUsd: Float64Array, weights: Float64Array): number =>
  weights.reduce((sum, weight, s) => (weight > 0 ? sum + weight * valueUsd[s]! : sum), 0);

/**
 * The rule of thumb that does as well on real demand as sampled futures at risk aversion 0 (`docs/futures.md`): the median of
 * AWS's rule over five lookbacks; where the last day's is below it, lower by their ratio to the power of 0.35.
 */
const MEDIAN_DAYS = [1, 3, 7, 14, 30];
const EASE = 0.35;

/** `bestOver`: AWS's rule over the last days, $/h; so is what is returned. */
export function easedMedian(bestOver: (days: number) => number): number {
  const [lastDay, ...longer] = MEDIAN_DAYS.map(bestOver);
  const median = [lastDay!, ...longer].sort((a, b) => a - b)[Math.floor(MEDIAN_DAYS.length / 2)]!;
  return median > 0 ? median * Math.min(1, lastDay! / median) ** EASE : 0;
}

/** $/h at Savings Plans rates: of the plans owned now, and of what the rule and the answer would buy now. */
export interface BesideMedianRule {
  ownedUsd: number;
  ruleUsd: number;
  answerUsd: number;
}

/** Of what the rule would own. */
const DIFFERS = 0.15;

/** Whether a reader must know why the two differ. */
export const isFarFromMedianRule = ({ ownedUsd, ruleUsd, answerUsd }: BesideMedianRule): boolean =>
  Math.abs(answerUsd - ruleUsd) > DIFFERS * (ownedUsd + ruleUsd);

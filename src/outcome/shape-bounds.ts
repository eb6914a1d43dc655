/**
 * Bounds on a saving where only the sums of days are known.
 *
 * ARGUMENT. What one plan of C $/h covers of an hour's use x are On-Demand dollars Σ y_i with 0 ≤ y_i ≤ x_i and
 * Σ r_i·y_i ≤ C, and AWS's rule leaves no commitment while usage is left. Let F(x) be the most that such a y covers (lowest
 * ratio first), g(x) the least (highest first). F is the value of a linear program in its right-hand side: concave, and
 * subadditive with F(0) = 0. g is subadditive too: more use, once the commitment is spent, only offers more of what is
 * covered worst. So of all ways to put a day's use u into its P hours
 *
 *     g(u)  ≤  Σ_h g(x_h)  ≤  Σ_h f(x_h)  ≤  Σ_h F(x_h)  ≤  P·F(u ÷ P)
 *
 * whatever the order f in which the rule serves. Where the order is that of the ratio throughout and one plan alone has a
 * commitment, f = F, and F(u) is the least. It is not where an owner account is served before the others: that order is
 * no order of ratios, f is not concave, and an even day may cover less than a busy one.
 *
 * Several plans cover at most what each would alone, added up, and all usage; at least what any one would at worst: one
 * that is not spent has left nothing of what it may cover. A new plan's gross saving is what is covered with it less what
 * is covered without, so it lies between the differences of those ends; it is never below zero, because commitment that
 * it sets free covers something else or nothing. What is paid is the same for all shapes.
 *
 * HOW. An hour of the flat history stands for each hour of its day. Its use in k hours of P is x·P/k in k hours and 0
 * in the others, so it is settled at P/k times its use and what is left counts k/P: no hour is written out, in sampled
 * scenarios neither.
 */
import type { Finding } from "../domain/documents/finding.ts";
import type { ShapeBounds } from "../domain/documents/shape-bounds.ts";
import { NOTHING, type Portfolio } from "../domain/portfolio.ts";
import { commitmentsOfAll, type EvaluatedProblem } from "../problem/evaluation.ts";
import { settlementInOrder } from "../settlement/prepare-scenarios.ts";
import { settleScenarios } from "../settlement/scenarios.ts";

/** null where the hours are known: hourly data, and scenarios of the user's own. */
export function shapeBoundsOf(
  problem: EvaluatedProblem,
  granularityHours: number,
  portfolio: Portfolio,
): ShapeBounds | null {
  const isOwnScenarios = !problem.pastRepeats && !problem.isSampled;
  if (granularityHours <= 1 || isOwnScenarios) return null;
  return boundsOver(problem, portfolio, granularityHours);
}

/** The dollars at stake: how far apart the bounds lie. `sign`: of their currency. */
export const boundsFinding = (
  { periodHours, lowerNetSavingsUsd, upperNetSavingsUsd, assumed }: ShapeBounds,
  sign: string,
): Finding => ({
  code: "hours-not-known",
  message:
    `The data is ${periodHours > 24 ? "monthly" : "daily"}: with its hours unknown, the net saving lies between ` +
    `${sign}${lowerNetSavingsUsd.toFixed(2)} and ${sign}${upperNetSavingsUsd.toFixed(2)} over the horizon. ${assumed} Hourly data narrows it.`,
  usd: upperNetSavingsUsd - lowerNetSavingsUsd,
  source: "",
});

/** The scenarios' hours each stand for all of a period's. */
export function boundsOver(
  problem: EvaluatedProblem,
  portfolio: Portfolio,
  periodHours: number,
): ShapeBounds {
  const { offers, negotiatedDiscount, settlement } = problem;
  const kept = 1 - negotiatedDiscount;
  const without = commitmentsOfAll(problem, NOTHING);
  const all = commitmentsOfAll(problem, portfolio);
  const paidUsd = portfolio.reduce((usd, each, k) => usd + offers[k]!.activeHours * each, 0);
  const known = new Map<number, number>();
  const savedIn = (hours: number): number => {
    const times = periodHours / hours;
    const usd =
      known.get(hours) ?? (leftUsd(problem, without, times) - leftUsd(problem, all, times) - paidUsd) * kept;
    known.set(hours, usd);
    return usd;
  };
  const isBestFirst = isAscending(settlement.order.ratio);
  const isAlone = all.filter((usd) => usd > 0).length <= 1;
  const ends = (): [lower: number, upper: number] => {
    if (isBestFirst && isAlone) return [savedIn(1), savedIn(periodHours)];
    const { leastUsd, mostUsd } = grossBounds(problem, without, all, periodHours);
    const reachedUsd = isBestFirst ? Math.min(mostUsd, reachUsd(problem, portfolio)) : mostUsd;
    return [(leastUsd - paidUsd) * kept, (reachedUsd - paidUsd) * kept];
  };
  const [lower, upper] = ends();
  return {
    periodHours,
    lowerNetSavingsUsd: Math.min(lower, savedIn(periodHours)),
    upperNetSavingsUsd: Math.max(upper, savedIn(periodHours)),
    concentrated: hoursShown(periodHours).map((hours) => ({ hours, netSavingsUsd: savedIn(hours) })),
    breakEvenHours: breakEvenHours(savedIn, periodHours, isBestFirst),
    assumed: assumedText(periodHours, isBestFirst, isAlone),
  };
}

const isAscending = (ratio: Float64Array): boolean =>
  ratio.every((each, pair) => pair === 0 || each >= ratio[pair - 1]! - 1e-9);

/** The ends between which the cover with the new plans, less that without, lies. */
function grossBounds(
  problem: EvaluatedProblem,
  without: Float64Array,
  all: Float64Array,
  periodHours: number,
): { leastUsd: number; mostUsd: number } {
  const none = new Float64Array(all.length);
  const totalUsd = leftUsd(problem, none, 1);
  const [best, worst] = [inOrderOf(problem, 1), inOrderOf(problem, -1)];
  const alone = [...all].map((usd, plan) => {
    const own = none.slice();
    own[plan] = usd;
    return usd > 0
      ? {
          mostUsd: totalUsd - leftUsd(best, own, 1),
          leastUsd: totalUsd - leftUsd(worst, own, periodHours),
        }
      : { mostUsd: 0, leastUsd: 0 };
  });
  const coverOf = (commitments: Float64Array): { leastUsd: number; mostUsd: number } => {
    const used = alone.filter((_, plan) => commitments[plan]! > 0);
    return {
      leastUsd: used.reduce((usd, { leastUsd }) => Math.max(usd, leastUsd), 0),
      mostUsd: Math.min(
        totalUsd,
        used.reduce((usd, { mostUsd }) => usd + mostUsd, 0),
      ),
    };
  };
  const [before, after] = [coverOf(without), coverOf(all)];
  return {
    leastUsd: Math.max(0, after.leastUsd - before.mostUsd),
    mostUsd: after.mostUsd - before.leastUsd,
  };
}

/** The same with each plan's usage by its ratio alone: the lowest first (1), or the highest (−1). */
function inOrderOf(problem: EvaluatedProblem, sign: 1 | -1): EvaluatedProblem {
  const { set, plans, order, firstNew } = problem.settlement;
  const { plan, item, ratio } = order;
  const pairs = [...ratio.keys()].sort((a, b) => sign * (ratio[a]! - ratio[b]!));
  const sorted = {
    plan: Int32Array.from(pairs, (pair) => plan[pair]!),
    item: Int32Array.from(pairs, (pair) => item[pair]!),
    ratio: Float64Array.from(pairs, (pair) => ratio[pair]!),
  };
  return { ...problem, settlement: settlementInOrder(set, plans, sorted, firstNew) };
}

/**
 * What stays On-Demand when each hour's use is so many times as much in that share of the hours; mean of the scenarios.
 */
function leftUsd(
  { scenarios, settlement }: EvaluatedProblem,
  commitmentsOfPlans: Float64Array,
  times: number,
): number {
  const { set, plans, order, firstNew } = settlement;
  const denser = { ...set, growth: set.growth.map((growth) => growth * times) };
  const totals = settleScenarios(settlementInOrder(denser, plans, order, firstNew), commitmentsOfPlans);
  return totals.reduce((usd, each, s) => usd + scenarios.probability[s]! * each.leftUsd, 0) / times;
}

/** The most that the commitments could cover, all of them used at their best rate. */
function reachUsd({ offers, settlement }: EvaluatedProblem, portfolio: Portfolio): number {
  const { order, firstNew } = settlement;
  const best = new Float64Array(offers.length).fill(Infinity);
  for (let pair = 0; pair < order.plan.length; pair++) {
    const k = order.plan[pair]! - firstNew;
    if (k >= 0) best[k] = Math.min(best[k]!, order.ratio[pair]!);
  }
  return portfolio.reduce(
    (usd, each, k) => usd + (best[k]! < Infinity ? (offers[k]!.activeHours * each) / best[k]! : 0),
    0,
  );
}

const hoursShown = (periodHours: number): number[] => [
  ...new Set([1, 1 / 2, 1 / 3, 1 / 6, 0].map((share) => Math.max(1, Math.round(periodHours * share)))),
];

/** What is saved grows with whole hours where the order is that of the ratio; else the hours from which on it does. */
function breakEvenHours(
  savedIn: (hours: number) => number,
  periodHours: number,
  isBestFirst: boolean,
): number | null {
  if (savedIn(periodHours) < 0) return null;
  if (!isBestFirst && periodHours <= 24) {
    let hours = periodHours;
    while (hours > 1 && savedIn(hours - 1) >= 0) hours--;
    return hours;
  }
  let [loses, saves] = [0, periodHours];
  while (saves - loses > 1) {
    const middle = (loses + saves) >> 1;
    if (savedIn(middle) < 0) loses = middle;
    else saves = middle;
  }
  return saves;
}

function assumedText(periodHours: number, isBestFirst: boolean, isAlone: boolean): string {
  const period = periodHours > 24 ? "month" : "day";
  const noShape = `the bracket is wide, and neither end is one shape of the ${period}`;
  const ends = !isBestFirst
    ? `Because the buying account's usage is served before that of others, whatever it saves, even use is not the best case: ${noShape}.`
    : isAlone
      ? `The lower end puts all use of each ${period} into one hour, the upper end spreads it evenly.`
      : `Because several plans cover together, what each covers is bounded by itself: ${noShape}.`;
  return `${ends} No largest number of instances is known that would rule shapes out.`;
}

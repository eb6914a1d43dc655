/**
 * Bounds on a saving where only the sums of days are known.
 *
 * ARGUMENT. One new plan of C $/h and nothing owned. What it covers of an hour's use x is f(x) = the most On-Demand
 * dollars Σ y_i with 0 ≤ y_i ≤ x_i and Σ r_i·y_i ≤ C; AWS's order (lowest ratio first) attains it. f is the value of a
 * linear program in its right-hand side, so it is concave, and f(0) = 0; and it is subadditive: a cover of a + b splits
 * into one of a and one of b. So of all ways to put a day's use u into its P hours
 *
 *     f(u)  ≤  Σ_h f(x_h)  ≤  P·f(u ÷ P):
 *
 * nothing covers less than the whole day in one hour, and nothing more than the flat day. What is paid is the same. If
 * each item's use of an hour is at most u_i ÷ k, the least is the use spread over k hours, all items in the same ones:
 * f is submodular (more of one item leaves less for another), so hours that are busy together cover least.
 *
 * With plans owned already the new plan's saving is a difference of two such functions, and neither end bounds it: then
 * the ends of both are taken, which is wide and true.
 *
 * HOW. An hour of the flat history stands for each hour of its day. Its use in k hours of P is x·P/k in k hours and 0
 * in the others, so it is settled at P/k times its use and what is left counts k/P: no hour is written out, in sampled
 * scenarios neither.
 */
import type { Finding } from "../domain/documents/finding.ts";
import type { ShapeBounds } from "../domain/documents/shape-bounds.ts";
import { NOTHING, type Portfolio } from "../domain/portfolio.ts";
import { commitmentsOfAll, type EvaluatedProblem } from "../problem/evaluation.ts";
import { settlementInOrder, settleScenarios } from "../settlement/scenarios.ts";

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

/** The dollars at stake: how far apart the bounds lie. */
export const boundsFinding = ({
  periodHours,
  lowerNetSavingsUsd,
  upperNetSavingsUsd,
  assumed,
}: ShapeBounds): Finding => ({
  code: "hours-not-known",
  message:
    `The data is ${periodHours > 24 ? "monthly" : "daily"}: with its hours unknown, the net saving lies between ` +
    `$${lowerNetSavingsUsd.toFixed(2)} and $${upperNetSavingsUsd.toFixed(2)} over the horizon. ${assumed} Hourly data narrows it.`,
  usd: upperNetSavingsUsd - lowerNetSavingsUsd,
  source: "",
});

/** The scenarios' hours each stand for all of a period's. */
export function boundsOver(
  problem: EvaluatedProblem,
  portfolio: Portfolio,
  periodHours: number,
): ShapeBounds {
  const { owned, offers, negotiatedDiscount } = problem;
  const kept = 1 - negotiatedDiscount;
  const paidUsd = offers.reduce((usd, { activeHours }, k) => usd + activeHours * portfolio[k]!, 0);
  const left = new Map<number, { before: number; after: number }>();
  const leftIn = (hours: number): { before: number; after: number } => {
    const known = left.get(hours) ?? {
      before: leftUsd(problem, NOTHING, periodHours / hours),
      after: leftUsd(problem, portfolio, periodHours / hours),
    };
    left.set(hours, known);
    return known;
  };
  const savedIn = (hours: number): number => (leftIn(hours).before - leftIn(hours).after - paidUsd) * kept;
  const holds = owned.some(({ commitmentUsdPerHour }) => commitmentUsdPerHour > 0);
  const [flat, dense] = [leftIn(periodHours), leftIn(1)];
  const mostUsd = Math.min(dense.before - flat.after, reachUsd(problem, portfolio));
  const lower = holds
    ? Math.max(0, flat.before - dense.after) - paidUsd
    : dense.before - dense.after - paidUsd;
  const upper = holds ? mostUsd - paidUsd : flat.before - flat.after - paidUsd;
  return {
    periodHours,
    lowerNetSavingsUsd: Math.min(lower * kept, savedIn(periodHours)),
    upperNetSavingsUsd: Math.max(upper * kept, savedIn(periodHours)),
    concentrated: hoursShown(periodHours).map((hours) => ({ hours, netSavingsUsd: savedIn(hours) })),
    breakEvenHours: breakEvenHours(savedIn, periodHours),
    assumed: assumedText(periodHours, holds),
  };
}

/**
 * What stays On-Demand when each hour's use is so many times as much in that share of the hours; mean of the scenarios.
 */
function leftUsd(problem: EvaluatedProblem, portfolio: Portfolio, times: number): number {
  const { owned, scenarios, settlement } = problem;
  const { set, plans, order, firstNew } = settlement;
  const denser = { ...set, growth: set.growth.map((growth) => growth * times) };
  const totals = settleScenarios(
    settlementInOrder(denser, plans, order, firstNew),
    commitmentsOfAll(owned, portfolio),
  );
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
  return offers.reduce(
    (usd, { activeHours }, k) => usd + (best[k]! < Infinity ? (activeHours * portfolio[k]!) / best[k]! : 0),
    0,
  );
}

const hoursShown = (periodHours: number): number[] => [
  ...new Set([1, 1 / 2, 1 / 3, 1 / 6, 0].map((share) => Math.max(1, Math.round(periodHours * share)))),
];

/** Whole hours; what is saved grows with them. */
function breakEvenHours(savedIn: (hours: number) => number, periodHours: number): number | null {
  if (savedIn(periodHours) < 0) return null;
  let [loses, saves] = [0, periodHours];
  while (saves - loses > 1) {
    const middle = (loses + saves) >> 1;
    if (savedIn(middle) < 0) loses = middle;
    else saves = middle;
  }
  return saves;
}

const assumedText = (periodHours: number, holds: boolean): string => {
  const period = periodHours > 24 ? "month" : "day";
  const ends = holds
    ? `Because plans are owned already, what they cover is bounded by itself too, so the bracket is wide: neither end is one shape of the ${period}.`
    : `The lower end puts all use of each ${period} into one hour, the upper end spreads it evenly.`;
  return `${ends} No largest number of instances is known that would rule shapes out.`;
};

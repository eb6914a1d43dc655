/** A purchase → what it costs and avoids by month, settled over the scenarios. Runs in the page of `--html` too. */
import { cashFlowOf, type MonthlyFlow } from "../domain/cash-flow.ts";
import { MONTH_HOURS, TERM_HOURS, UPFRONT_SHARE } from "../domain/offering.ts";
import { boughtIn, type Portfolio } from "../domain/portfolio.ts";
import { horizonHours, hoursOf } from "../domain/scenario.ts";
import { commitmentsOfAll, type EvaluatedProblem } from "../problem/evaluation.ts";
import { settleHourly } from "../settlement/scenarios.ts";

/** Cash is what AWS charges for the whole term, however far the scenarios reach. */
export function cashFlowOfPurchase(
  problem: EvaluatedProblem,
  portfolio: Portfolio,
): ReturnType<typeof cashFlowOf> {
  const kept = 1 - problem.negotiatedDiscount;
  const lives = boughtIn(portfolio).map((k) => lifeOf(problem, k));
  const months = lives.reduce((most, { to }) => Math.max(most, Math.ceil(to / MONTH_HOURS)), 0);
  const avoided = avoidedByMonth(problem, portfolio, months);
  let atStartUsd = 0;
  const paidUsd = new Float64Array(months);
  for (const life of lives) {
    const upfront = UPFRONT_SHARE[problem.offers[life.k]!.offering.paymentOption];
    const usdPerHour = portfolio[life.k]! * kept;
    const upfrontUsd = usdPerHour * (life.to - life.from) * upfront;
    if (life.from === 0) atStartUsd += upfrontUsd;
    else paidUsd[Math.floor(life.from / MONTH_HOURS)]! += upfrontUsd;
    for (let n = 0; n < months; n++) {
      paidUsd[n]! += usdPerHour * hoursWithin(life, monthSpan(n)) * (1 - upfront);
    }
  }
  const flows = avoided.map(({ usd, hoursInFutures }, n): MonthlyFlow => ({
    recurringUsd: paidUsd[n]!,
    onDemandAvoidedUsd: usd * kept,
    hoursInFutures,
  }));
  return cashFlowOf(atStartUsd, flows, problem.objective.discountRate);
}

interface Life {
  /** Of the offers. */
  k: number;
  /** Hours since now. */
  from: number;
  to: number;
}

/** The whole term, however far the scenarios reach. */
function lifeOf({ offers }: EvaluatedProblem, k: number): Life {
  const { activeFrom, offering } = offers[k]!;
  return { k, from: activeFrom, to: activeFrom + TERM_HOURS[offering.term] };
}

interface Span {
  from: number;
  to: number;
}

const monthSpan = (n: number): Span => ({ from: n * MONTH_HOURS, to: (n + 1) * MONTH_HOURS });

const hoursWithin = (a: Span, b: Span): number =>
  Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));

interface Avoided {
  usd: number;
  hoursInFutures: number;
}

/**
 * On-Demand dollars avoided, the mean of the scenarios. An hour that stands for several spreads evenly over them; a
 * sample of hours breaks at months (`scenario/sample-breaks.ts`), so that nothing of it crosses one. Where the scenarios
 * end before the term, and in a past that repeats, a month has the mean hour of each plan.
 */
function avoidedByMonth(problem: EvaluatedProblem, portfolio: Portfolio, months: number): Avoided[] {
  if (months === 0) return [];
  const { scenarios, owned, pastRepeats, settlement, offers, baselineLeftUsd } = problem;
  const settled = settleHourly(settlement, commitmentsOfAll(problem, portfolio));
  const bought = boughtIn(portfolio);
  const total = horizonHours(scenarios);
  const usd = new Float64Array(months);
  /** `[offer]` Its part of what is avoided, by what it covers. */
  const ofOffer = new Float64Array(portfolio.length);
  for (let t = 0; t < scenarios.hourCount; t++) {
    const perHour = baselineLeftUsd[t]! - settled.leftUsd[t]!;
    const covered = (k: number): number => settled.coveredOnDemandUsd[owned.length + k]![t]!;
    const coveredUsd = bought.reduce((sum, k) => sum + covered(k), 0);
    for (const k of bought) {
      const part = coveredUsd > 0 ? covered(k) / coveredUsd : 0;
      ofOffer[k]! += perHour * part * hoursOf(scenarios, t);
    }
    if (pastRepeats) continue;
    const [from, to] = [scenarios.startHour[t]!, scenarios.startHour[t + 1]!];
    for (let n = Math.floor(from / MONTH_HOURS); n < months && n * MONTH_HOURS < to; n++) {
      usd[n]! += perHour * hoursWithin({ from, to }, monthSpan(n));
    }
  }
  return Array.from(usd, (inFutures, n): Avoided => {
    const hoursInFutures = Math.max(0, Math.min(MONTH_HOURS, total - n * MONTH_HOURS));
    const { from, to } = monthSpan(n);
    const beyond = { from: pastRepeats ? from : Math.max(from, total), to };
    const later = bought.reduce(
      (sum, k) => sum + (ofOffer[k]! / offers[k]!.activeHours) * hoursWithin(lifeOf(problem, k), beyond),
      0,
    );
    return { usd: inFutures + later, hoursInFutures };
  });
}

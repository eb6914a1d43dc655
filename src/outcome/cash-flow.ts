/** A purchase → what it costs and avoids by month, settled over the scenarios. Runs in the page of `--html` too. */
import { cashFlowOf, type MonthlyFlow } from "../domain/cash-flow.ts";
import { MONTH_HOURS, OFFERINGS, TERM_HOURS, TERM_MONTHS, UPFRONT_SHARE } from "../domain/offering.ts";
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
  const bought = boughtIn(portfolio);
  const months = bought.reduce((most, k) => Math.max(most, TERM_MONTHS[OFFERINGS[k]!.term]), 0);
  const avoided = avoidedByMonth(problem, portfolio, months);
  let atStartUsd = 0;
  const recurringUsd = new Float64Array(months);
  for (const k of bought) {
    const { term, paymentOption } = OFFERINGS[k]!;
    const upfront = UPFRONT_SHARE[paymentOption];
    atStartUsd += portfolio[k]! * TERM_HOURS[term] * upfront * kept;
    for (let n = 0; n < TERM_MONTHS[term]; n++) {
      recurringUsd[n]! += portfolio[k]! * MONTH_HOURS * (1 - upfront) * kept;
    }
  }
  const flows = avoided.map(({ usd, hoursInFutures }, n): MonthlyFlow => ({
    recurringUsd: recurringUsd[n]!,
    onDemandAvoidedUsd: usd * kept,
    hoursInFutures,
  }));
  return cashFlowOf(atStartUsd, flows, problem.objective.discountRate);
}

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
  const settled = settleHourly(settlement, commitmentsOfAll(owned, portfolio));
  const bought = boughtIn(portfolio);
  const total = horizonHours(scenarios);
  const usd = new Float64Array(months);
  /** `[offering]` Its part of what is avoided, by what it covers. */
  const ofOffering = new Float64Array(portfolio.length);
  for (let t = 0; t < scenarios.hourCount; t++) {
    const perHour = baselineLeftUsd[t]! - settled.leftUsd[t]!;
    const covered = (k: number): number => settled.coveredOnDemandUsd[owned.length + k]![t]!;
    const coveredUsd = bought.reduce((sum, k) => sum + covered(k), 0);
    for (const k of bought) {
      const part = coveredUsd > 0 ? covered(k) / coveredUsd : 0;
      ofOffering[k]! += perHour * part * hoursOf(scenarios, t);
    }
    if (pastRepeats) continue;
    const [from, to] = [scenarios.startHour[t]!, scenarios.startHour[t + 1]!];
    for (let n = Math.floor(from / MONTH_HOURS); n < months && n * MONTH_HOURS < to; n++) {
      usd[n]! += perHour * (Math.min(to, (n + 1) * MONTH_HOURS) - Math.max(from, n * MONTH_HOURS));
    }
  }
  return Array.from(usd, (inFutures, n): Avoided => {
    const hoursInFutures = Math.max(0, Math.min(MONTH_HOURS, total - n * MONTH_HOURS));
    const beyond = pastRepeats ? MONTH_HOURS : MONTH_HOURS - hoursInFutures;
    const later = bought
      .filter((k) => n < TERM_MONTHS[OFFERINGS[k]!.term])
      .reduce((sum, k) => sum + (ofOffering[k]! / offers[k]!.activeHours) * beyond, 0);
    return { usd: inFutures + (beyond > 0 ? later : 0), hoursInFutures };
  });
}

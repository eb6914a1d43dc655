/**
 * What a purchase costs and avoids, month by month of its term (730 h). USD after any negotiated
 * discount; months run from the start of the plan.
 *
 * PRESENT VALUE at the yearly rate R. Cash at the start counts in full. What is paid and avoided in a month flows
 * evenly over it, so it counts with the month's mean discount factor, t in years: (1/(b − a))·∫ₐᵇ (1+R)^−t dt. Twelve
 * such months give the factor that prices paying early in the optimum (`problem/problem.ts`), so the two never
 * disagree. At R = 0 every factor is 1, and the net present value is the undiscounted sum.
 *
 * EXAMPLE. $1/h for a year avoids $1.25/h of On-Demand. No Upfront: −730 and +912.50 each month, 2,190 in all; at 8 %
 * 2,107.85. All Upfront: 8,760 at the start, then +912.50: 2,190 in all, repaid in month 10; at 8 % 1,779.24.
 */
import type { CashFlow, CashFlowMonth } from "./documents/cash-flow.ts";

/** What flows in one month. */
export type MonthlyFlow = Pick<CashFlowMonth, "onDemandAvoidedUsd" | "hoursInFutures"> & {
  /** Paid by the hour. */
  recurringUsd: number;
};

const MONTHS_PER_YEAR = 12;
/** What a double's rounding leaves is no debt. */
const DUST_USD = 1e-6;

export function cashFlowOf(
  cashAtStartUsd: number,
  flows: readonly MonthlyFlow[],
  yearlyRate: number,
): Omit<CashFlow, "kind" | "label" | "purchases"> {
  let cumulativeUsd = 0;
  const months = flows.map(({ recurringUsd, onDemandAvoidedUsd, hoursInFutures }, n): CashFlowMonth => {
    const cashUsd = recurringUsd + (n === 0 ? cashAtStartUsd : 0);
    const netUsd = onDemandAvoidedUsd - cashUsd;
    cumulativeUsd += netUsd;
    return { month: n + 1, cashUsd, onDemandAvoidedUsd, netUsd, cumulativeUsd, hoursInFutures };
  });
  const repaid = months.find((each) => each.cumulativeUsd >= -DUST_USD);
  const pays = cumulativeUsd > 0;
  return {
    cashAtStartUsd,
    months,
    undiscountedUsd: cumulativeUsd,
    netPresentValueUsd:
      yearlyRate === 0
        ? cumulativeUsd
        : flows.reduce(
            (usd, { recurringUsd, onDemandAvoidedUsd }, n) =>
              usd + (onDemandAvoidedUsd - recurringUsd) * monthFactor(yearlyRate, n),
            0 - cashAtStartUsd,
          ),
    breakEvenMonth: pays && repaid ? repaid.month : null,
  };
}

/** Mean discount factor of the month that begins after `month` months. */
function monthFactor(yearlyRate: number, month: number): number {
  const force = Math.log1p(yearlyRate) / MONTHS_PER_YEAR;
  return (Math.exp(-force * month) - Math.exp(-force * (month + 1))) / force;
}

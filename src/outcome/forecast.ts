/** What is foreseen month by month: of usage, and of what is bought now. After any negotiated discount. */
import { cashFlowOfPurchase } from "./cash-flow.ts";
import type { ForecastMonth } from "../domain/documents/outcome.ts";
import { isoHour } from "../domain/hour.ts";
import { MONTH_HOURS, TERM_MONTHS } from "../domain/offering.ts";
import { totalUsdPerHour, withoutQueue, type Portfolio } from "../domain/portfolio.ts";
import { meanUsd, quantileUsd } from "../domain/risk.ts";
import { horizonHours } from "../domain/scenario.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

const MONTHS = TERM_MONTHS["1yr"];

/** The first twelve months that the scenarios reach, the last perhaps in part. */
export function forecastOf(problem: PurchaseProblem, portfolio: Portfolio): ForecastMonth[] {
  const { scenarios, start, monthlyUsd, negotiatedDiscount } = problem;
  const { probability } = scenarios;
  const kept = 1 - negotiatedDiscount;
  const now = withoutQueue(portfolio);
  const flows = cashFlowOfPurchase(problem, now).months;
  const paidUsdPerHour = kept * totalUsdPerHour(now);
  const count = Math.min(MONTHS, Math.ceil(horizonHours(scenarios) / MONTH_HOURS));
  return Array.from({ length: count }, (_, month): ForecastMonth => {
    const usd = Float64Array.from(probability, (__, s) => kept * monthlyUsd[s * MONTHS + month]!);
    const avoidedUsd = flows[month]?.onDemandAvoidedUsd ?? 0;
    return {
      from: isoHour(start + month * MONTH_HOURS),
      to: isoHour(start + Math.min((month + 1) * MONTH_HOURS, horizonHours(scenarios))),
      onDemandUsdPerHour: meanUsd(usd, probability),
      onDemandUsdPerHourP5: quantileUsd(usd, probability, 0.05),
      onDemandUsdPerHourP95: quantileUsd(usd, probability, 0.95),
      netSavingsUsdPerHour: avoidedUsd / MONTH_HOURS - paidUsdPerHour,
    };
  });
}

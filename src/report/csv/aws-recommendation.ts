import type { HourlyUse } from "../../domain/hourly-use.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import {
  illustrativeWarning,
  isSimulation,
  offeringName,
  perMonth,
  totalCommitment,
} from "../document/answer.ts";
import { moneyColumn, perHourColumn, textColumn } from "./columns.ts";
import { csvText } from "./format.ts";

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/**
 * The columns of the CSV that AWS's console offers for its own recommendations, in its order, and a note. Spend: what
 * owned plans leave On-Demand. Percentages are of 100, as AWS has them. ROI = saving ÷ Savings Plans cost.
 */
export function awsRecommendationCsv(r: Recommendation, use: HourlyUse): string {
  const spend = use.onDemandUsd.map((usd, n) => usd - use.ownedCoveredOnDemandUsd[n]!);
  const hours = spend.length;
  const savingsPlansCost = sum(use.newUsedUsd) + sum(use.newUnusedUsd);
  const { netSavingsUsd, savingsRate, utilization } = r.expected;
  return csvText(
    [
      textColumn("Account ID"),
      textColumn("Offering ID"),
      perHourColumn("Hourly commitment to purchase"),
      moneyColumn("Estimated Savings Plans cost"),
      moneyColumn("Estimated On-Demand cost"),
      perHourColumn("Current average hourly On-Demand spend"),
      perHourColumn("Current minimum hourly On-Demand spend"),
      perHourColumn("Current maximum hourly On-Demand spend"),
      moneyColumn("Estimated average utilization"),
      moneyColumn("Estimated monthly savings amount"),
      moneyColumn("Estimated savings percentage"),
      moneyColumn("Estimated ROI"),
      textColumn("Note"),
    ],
    [
      [
        r.payerAccounts.join(" ") || "organization",
        null,
        totalCommitment(r.purchases),
        savingsPlansCost,
        sum(use.onDemandLeftUsd),
        hours > 0 ? sum(spend) / hours : 0,
        spend.reduce((low, usd) => Math.min(low, usd), hours > 0 ? Infinity : 0),
        spend.reduce((high, usd) => Math.max(high, usd), 0),
        utilization * 100,
        perMonth(netSavingsUsd, r.horizon.hours),
        savingsRate * 100,
        savingsPlansCost > 0 ? (netSavingsUsd / savingsPlansCost) * 100 : 0,
        awsNote(r),
      ],
    ],
  );
}

function awsNote(r: Recommendation): string {
  const plans = r.purchases.map(offeringName).join(" + ");
  const what =
    r.purchases.length === 0
      ? `${isSimulation(r) ? "Nothing bought." : "Buy nothing."} ${r.reason}`.trim()
      : `${plans}. Billing data holds no offering ID: aws savingsplans describe-savings-plans-offerings prints it.`;
  const own = isSimulation(r) ? "Your own commitments, not a recommendation. " : "";
  const warning = illustrativeWarning(r);
  return warning === null ? own + what : `${own}${what} ${warning}`;
}

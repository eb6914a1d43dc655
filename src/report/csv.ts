import { isoHour } from "../domain/hour.ts";
import type { HourlyUse } from "../domain/hourly-use.ts";
import type { Recommendation } from "../domain/recommendation.ts";
import {
  illustrativeShare,
  illustrativeWarning,
  isBought,
  offeringAlternatives,
  offeringName,
  perMonth,
  totalCommitment,
  totalUpfront,
} from "./answer.ts";
import { csvText } from "./csv-format.ts";
import type { CsvCell, CsvColumn } from "./csv-format.ts";

/** Sums of money, in USD to the cent. */
const money = (name: string): CsvColumn => ({ name, decimals: 2 });
/** Commitments, in USD per hour, as finely as AWS takes them. */
const perHour = (name: string): CsvColumn => ({ name, decimals: 5 });
/** Money of a single hour: fine enough that a year of it still adds up to the cent. */
const ofHour = (name: string): CsvColumn => ({ name, decimals: 6 });
/** Shares of 1. */
const share = (name: string): CsvColumn => ({ name, decimals: 6 });
const whole = (name: string): CsvColumn => ({ name, decimals: 0 });
const text = (name: string): CsvColumn => ({ name });

/** The recommendation as tidy tables, and as the file that AWS's own recommendations come in. */
export const csvFiles = (r: Recommendation, use: HourlyUse): { name: string; text: string }[] => [
  { name: "hourly.csv", text: hourlyCsv(r, use) },
  { name: "curve.csv", text: curveCsv(r) },
  { name: "offerings.csv", text: offeringsCsv(r) },
  { name: "aws-recommendation.csv", text: awsRecommendationCsv(r, use) },
];

const hourlyCsv = (r: Recommendation, use: HourlyUse): string =>
  csvText(
    [
      text("hour_utc"),
      ofHour("on_demand_usd"),
      ofHour("owned_covered_on_demand_usd"),
      ofHour("new_covered_on_demand_usd"),
      ofHour("new_used_usd"),
      ofHour("new_unused_usd"),
      ofHour("on_demand_left_usd"),
      share("illustrative_rate_share"),
    ],
    Array.from(use.onDemandUsd, (onDemand, n) => [
      isoHour(use.from + n),
      onDemand,
      use.ownedCoveredOnDemandUsd[n]!,
      use.newCoveredOnDemandUsd[n]!,
      use.newUsedUsd[n]!,
      use.newUnusedUsd[n]!,
      use.onDemandLeftUsd[n]!,
      illustrativeShare(r),
    ]),
  );

const curveCsv = (r: Recommendation): string =>
  csvText(
    [
      perHour("commitment_usd_per_hour"),
      money("net_savings_usd"),
      money("cvar_loss_usd"),
      share("utilization"),
      share("coverage"),
      share("illustrative_rate_share"),
    ],
    r.curve.map((point) => [
      point.commitmentUsdPerHour,
      point.netSavingsUsd,
      point.cvarLossUsd,
      point.utilization,
      point.coverage,
      illustrativeShare(r),
    ]),
  );

const offeringsCsv = (r: Recommendation): string =>
  csvText(
    [
      text("term"),
      text("payment_option"),
      text("allowed"),
      text("recommended"),
      perHour("commitment_usd_per_hour"),
      money("upfront_usd"),
      whole("horizon_hours"),
      money("on_demand_usd"),
      money("cost_usd"),
      money("net_savings_usd"),
      share("savings_rate"),
      share("effective_savings_rate"),
      share("utilization"),
      share("coverage"),
      whole("hours_underused"),
      share("break_even_utilization"),
      whole("break_even_month"),
      { name: "lock_in_months", decimals: 1 },
      money("cvar_loss_usd"),
      share("rate_share_file"),
      share("rate_share_bill"),
      share("rate_share_illustrative"),
    ],
    offeringAlternatives(r).map(({ offering, alternative: { expected, risk, ...rest } }): CsvCell[] => [
      offering.term,
      offering.paymentOption,
      rest.allowed,
      isBought(r, offering),
      totalCommitment(rest.purchases),
      totalUpfront(rest.purchases),
      r.horizon.hours,
      expected.onDemandUsd,
      expected.costUsd,
      expected.netSavingsUsd,
      expected.savingsRate,
      expected.effectiveSavingsRate,
      expected.utilization,
      expected.coverage,
      expected.hoursUnderused,
      expected.breakEvenUtilization,
      expected.breakEvenMonth,
      risk.lockInMonths,
      risk.cvarLossUsd,
      rest.rateShares.file,
      rest.rateShares.bill,
      rest.rateShares.illustrative,
    ]),
  );

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/**
 * The columns of the CSV that AWS's console offers for its own recommendations, in its order, and a note. Spend: what
 * owned plans leave On-Demand. Percentages are of 100, as AWS has them. ROI = saving ÷ Savings Plans cost.
 */
function awsRecommendationCsv(r: Recommendation, use: HourlyUse): string {
  const spend = use.onDemandUsd.map((usd, n) => usd - use.ownedCoveredOnDemandUsd[n]!);
  const hours = spend.length;
  const savingsPlansCost = sum(use.newUsedUsd) + sum(use.newUnusedUsd);
  const { netSavingsUsd, savingsRate, utilization } = r.expected;
  return csvText(
    [
      text("Account ID"),
      text("Offering ID"),
      perHour("Hourly commitment to purchase"),
      money("Estimated Savings Plans cost"),
      money("Estimated On-Demand cost"),
      perHour("Current average hourly On-Demand spend"),
      perHour("Current minimum hourly On-Demand spend"),
      perHour("Current maximum hourly On-Demand spend"),
      money("Estimated average utilization"),
      money("Estimated monthly savings amount"),
      money("Estimated savings percentage"),
      money("Estimated ROI"),
      text("Note"),
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
  const what =
    r.purchases.length === 0
      ? `Buy nothing. ${r.reason}`.trim()
      : `${r.purchases.map(offeringName).join(" + ")}. Billing data holds no offering ID: aws savingsplans describe-savings-plans-offerings prints it.`;
  const warning = illustrativeWarning(r);
  return warning === null ? what : `${what} ${warning}`;
}

/** The alternatives, the six offerings and the efficient frontier as CSV, one line each. */
import type { Alternative, Recommendation } from "../domain/recommendation.ts";
import {
  illustrativeShareOf,
  isAdvised,
  isSimulation,
  offeringAlternatives,
  purchasesText,
  totalCommitment,
  totalUpfront,
} from "./answer.ts";
import { money, months, perHour, share, text, whole } from "./csv-columns.ts";
import { csvText } from "./csv-format.ts";
import type { CsvCell, CsvColumn } from "./csv-format.ts";

type Figures = Pick<Alternative, "purchases" | "expected" | "risk">;

const FIGURES: readonly CsvColumn[] = [
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
  months("lock_in_months"),
  money("cvar_loss_usd"),
];

const figures = (r: Recommendation, { purchases, expected, risk }: Figures): CsvCell[] => [
  totalCommitment(purchases),
  totalUpfront(purchases),
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
];

const SPREAD: readonly CsvColumn[] = [
  money("capital_cost_usd"),
  share("probability_of_loss"),
  money("net_savings_usd_p5"),
  money("net_savings_usd_p50"),
  money("net_savings_usd_p95"),
];

const spread = ({ expected, risk }: Figures): CsvCell[] => [
  expected.capitalCostUsd,
  risk.probabilityOfLoss,
  risk.netSavingsUsdP5,
  risk.netSavingsUsdP50,
  risk.netSavingsUsdP95,
];

export const offeringsCsv = (r: Recommendation): string =>
  csvText(
    [
      text("term"),
      text("payment_option"),
      text("allowed"),
      text("recommended"),
      ...FIGURES,
      share("rate_share_file"),
      share("rate_share_bill"),
      share("rate_share_illustrative"),
      ...SPREAD,
    ],
    offeringAlternatives(r).map(({ offering, alternative }) => [
      offering.term,
      offering.paymentOption,
      alternative.allowed,
      isAdvised(r, offering),
      ...figures(r, alternative),
      alternative.rateShares.file,
      alternative.rateShares.bill,
      alternative.rateShares.illustrative,
      ...spread(alternative),
    ]),
  );

/** In a simulation the user's own commitments come first. */
export function alternativesCsv(r: Recommendation): string {
  const row = (kind: string, label: string, each: Figures): CsvCell[] => [
    kind,
    label,
    purchasesText(each.purchases),
    ...figures(r, each),
    ...spread(each),
    r.risk.tail,
    r.horizon.scenarios,
    illustrativeShareOf(r, each.purchases),
  ];
  return csvText(
    [
      text("kind"),
      text("label"),
      text("purchases"),
      ...FIGURES,
      ...SPREAD,
      share("tail"),
      whole("scenarios"),
      share("illustrative_rate_share"),
    ],
    [
      ...(isSimulation(r) ? [row("simulated", "your commitments", r)] : []),
      ...r.alternatives.map((each) => row(each.kind, each.label, each)),
    ],
  );
}

export const frontierCsv = (r: Recommendation): string =>
  csvText(
    [
      share("risk_aversion"),
      text("purchases"),
      perHour("commitment_usd_per_hour"),
      money("upfront_usd"),
      money("net_savings_usd"),
      money("cvar_loss_usd"),
      share("probability_of_loss"),
      share("utilization"),
      share("tail"),
      whole("scenarios"),
      share("illustrative_rate_share"),
    ],
    r.frontier.map((point) => [
      point.riskAversion,
      purchasesText(point.purchases),
      totalCommitment(point.purchases),
      totalUpfront(point.purchases),
      point.netSavingsUsd,
      point.cvarLossUsd,
      point.probabilityOfLoss,
      point.utilization,
      r.risk.tail,
      r.horizon.scenarios,
      illustrativeShareOf(r, point.purchases),
    ]),
  );

/** The alternatives, the six offerings and the efficient frontier as CSV, one line each. */
import type { Alternative } from "../../domain/documents/outcome.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import {
  illustrativeShareOf,
  isAdvised,
  isSimulation,
  offeringAlternatives,
  purchasesText,
  totalCommitment,
  totalUpfront,
} from "../document/answer.ts";
import { dictionaryColumn as column } from "../document/dictionary.ts";
import { csvText } from "./format.ts";
import type { CsvCell, CsvColumn } from "./format.ts";

type Figures = Pick<Alternative, "purchases" | "expected" | "risk">;

const FIGURES: readonly CsvColumn[] = [
  column("commitment_usd_per_hour"),
  column("upfront_usd"),
  column("horizon_hours"),
  column("on_demand_usd"),
  column("cost_usd"),
  column("net_savings_usd"),
  column("savings_rate"),
  column("effective_savings_rate"),
  column("utilization"),
  column("coverage"),
  column("hours_underused"),
  column("break_even_utilization"),
  column("break_even_month"),
  column("lock_in_months"),
  column("cvar_loss_usd"),
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
  column("capital_cost_usd"),
  column("probability_of_loss"),
  column("net_savings_usd_p5"),
  column("net_savings_usd_p50"),
  column("net_savings_usd_p95"),
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
      column("term"),
      column("payment_option"),
      column("allowed"),
      column("recommended"),
      ...FIGURES,
      column("rate_share_file"),
      column("rate_share_bill"),
      column("rate_share_illustrative"),
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
      column("kind"),
      column("label"),
      column("purchases"),
      ...FIGURES,
      ...SPREAD,
      column("tail"),
      column("scenarios"),
      column("illustrative_rate_share"),
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
      column("risk_aversion"),
      column("purchases"),
      column("commitment_usd_per_hour"),
      column("upfront_usd"),
      column("net_savings_usd"),
      column("cvar_loss_usd"),
      column("probability_of_loss"),
      column("utilization"),
      column("tail"),
      column("scenarios"),
      column("illustrative_rate_share"),
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

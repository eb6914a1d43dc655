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
import { moneyIn } from "../document/money.ts";
import { FIGURES } from "../document/figures.ts";
import { csvOf, type CsvField } from "./format.ts";

/** A purchase and what it comes to. */
type Line = Pick<Alternative, "purchases" | "expected" | "risk">;

const figureFields = (when: "early" | "late"): CsvField<Line>[] =>
  FIGURES.filter(({ csv }) => csv === when).map(({ name, valueOf }) => [column(name), valueOf]);

const purchaseFields = (r: Recommendation): CsvField<Line>[] => [
  [column("commitment_usd_per_hour"), ({ purchases }) => totalCommitment(purchases)],
  [column("upfront_usd"), ({ purchases }) => totalUpfront(purchases)],
  [column("horizon_hours"), () => r.horizon.hours],
  ...figureFields("early"),
];

/** What a line's risk is of, and what it rests on. */
const basisFields = (r: Recommendation): CsvField<Pick<Line, "purchases">>[] => [
  [column("tail"), () => r.risk.tail],
  [column("scenarios"), () => r.horizon.scenarios],
  [column("illustrative_rate_share"), ({ purchases }) => illustrativeShareOf(r, purchases)],
];

export function offeringsCsv(r: Recommendation): string {
  const lines = offeringAlternatives(r).map(({ offering, alternative }) => ({ offering, ...alternative }));
  return csvOf<(typeof lines)[number]>(
    [
      [column("term"), ({ offering }) => offering.term],
      [column("payment_option"), ({ offering }) => offering.paymentOption],
      [column("allowed"), ({ allowed }) => allowed],
      [column("recommended"), ({ offering }) => isAdvised(r, offering)],
      ...purchaseFields(r),
      [column("rate_share_file"), ({ rateShares }) => rateShares.file],
      [column("rate_share_bill"), ({ rateShares }) => rateShares.bill],
      [column("rate_share_illustrative"), ({ rateShares }) => rateShares.illustrative],
      ...figureFields("late"),
    ],
    lines,
  );
}

/** In a simulation the user's own commitments come first. */
export const alternativesCsv = (r: Recommendation): string =>
  csvOf<Line & { kind: string; label: string }>(
    [
      [column("kind"), ({ kind }) => kind],
      [column("label"), ({ label }) => label],
      [column("purchases"), ({ purchases }) => purchasesText(purchases, moneyIn(r))],
      ...purchaseFields(r),
      ...figureFields("late"),
      ...basisFields(r),
    ],
    [...(isSimulation(r) ? [{ ...r, kind: "simulated", label: "your commitments" }] : []), ...r.alternatives],
  );

export const frontierCsv = (r: Recommendation): string =>
  csvOf(
    [
      [column("risk_aversion"), ({ riskAversion }) => riskAversion],
      [column("purchases"), ({ purchases }) => purchasesText(purchases, moneyIn(r))],
      [column("commitment_usd_per_hour"), ({ purchases }) => totalCommitment(purchases)],
      [column("upfront_usd"), ({ purchases }) => totalUpfront(purchases)],
      [column("net_savings_usd"), ({ netSavingsUsd }) => netSavingsUsd],
      [column("cvar_loss_usd"), ({ cvarLossUsd }) => cvarLossUsd],
      [column("probability_of_loss"), ({ probabilityOfLoss }) => probabilityOfLoss],
      [column("utilization"), ({ utilization }) => utilization],
      ...basisFields(r),
    ],
    r.frontier,
  );

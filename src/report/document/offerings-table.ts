import type { RateSource } from "../../domain/rates.ts";
import type { OwnedPlanSummary } from "../../domain/documents/history.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import {
  alternativeOf,
  hasRisk,
  isBought,
  isSimulation,
  offeringAlternatives,
  offeringName,
  shortName,
  totalCommitment,
  totalUpfront,
} from "./answer.ts";
import { clean } from "./clean.ts";
import { cut, decimal, instant, percent, usd, usdPerHour, usdWhole } from "./format.ts";
import { paint } from "./style.ts";
import type { Style } from "./style.ts";
import { right, table } from "./table.ts";
import type { Cells, Column } from "./table.ts";

const OFFERING_COLUMNS: Column[] = [
  { title: "  Offering" },
  right("$/h"),
  right("Net saving"),
  right("Saves"),
  right("Used"),
  right("Covers"),
  right("Upfront"),
  { title: "Allowed" },
  { title: "Rates from" },
];

const SOURCES: readonly RateSource[] = ["file", "bill", "illustrative"];

/** `bill 42%, illustrative 58%`; `none` is what has no rate and stays On-Demand, from 1% on. */
function sourcesText(shares: Record<RateSource, number>): string {
  const none = 1 - SOURCES.reduce((sum, source) => sum + shares[source], 0);
  const parts: [string, number][] = [
    ...SOURCES.map((s): [string, number] => [s, shares[s]]),
    ["none", none < 0.01 ? 0 : none],
  ];
  const shown = parts.filter(([, share]) => share >= 0.0005);
  return (
    shown.map(([name, share]) => `${name} ${share < 0.01 ? "<1%" : percent(share, 0)}`).join(", ") || "–"
  );
}

/** Each of the six offerings at its own best commitment, the answer marked. */
export function offeringsCells(r: Recommendation): Cells {
  const rows = offeringAlternatives(r).map(({ offering, alternative }) => {
    const bought = alternative.purchases.length > 0;
    const { expected } = alternative;
    return [
      `${isBought(r, offering) ? "▶" : " "} ${shortName(offering)}`,
      bought ? decimal(totalCommitment(alternative.purchases), 5) : "none",
      bought ? usdWhole(expected.netSavingsUsd) : "–",
      bought ? percent(expected.savingsRate) : "–",
      bought ? percent(expected.utilization) : "–",
      percent(expected.coverage),
      bought ? usdWhole(totalUpfront(alternative.purchases)) : "–",
      alternative.allowed ? "yes" : "no",
      sourcesText(alternative.rateShares),
    ];
  });
  return { head: OFFERING_COLUMNS, rows };
}

export function offeringsTable(r: Recommendation, style: Style, width: number): string[] {
  const offers = offeringAlternatives(r);
  const { head, rows } = offeringsCells(r);
  return table(head, rows, width, (line, row) => {
    if (row < 0) return paint(style, "dim", line);
    const { offering, alternative } = offers[row]!;
    if (isBought(r, offering)) return paint(style, "green", line);
    return alternative.allowed ? line : paint(style, "dim", line);
  });
}

/** What a marked line stands for, where it is not the answer itself. */
export function markNote(r: Recommendation): string {
  if (isSimulation(r) && r.purchases.length > 0) {
    return "▶ an offering of your commitments, here alone at its best.";
  }
  return r.purchases.length < 2 ? "" : "▶ part of the answer, here alone and so at another commitment.";
}

/** What the buyer's own choice of offerings costs: the best that it rules out, when it would save more. */
export function ruledOutNote(r: Recommendation): string {
  const best = offeringAlternatives(r)
    .filter(({ alternative }) => !alternative.allowed)
    .toSorted((a, b) => b.alternative.expected.netSavingsUsd - a.alternative.expected.netSavingsUsd)[0];
  const answer = isSimulation(r) ? (alternativeOf(r, "answer") ?? r) : r;
  const more = best ? best.alternative.expected.netSavingsUsd - answer.expected.netSavingsUsd : 0;
  if (!best || more < 0.005) return "";
  const saved = r.horizon.futures === "history" ? `have saved ${usd(more)} more` : `save ${usd(more)} more`;
  const over = hasRisk(r) ? "on average over the same futures" : "on the same hours";
  return (
    `--term ${r.terms.term} --payment ${r.terms.paymentOption} rule out ${offeringName(best.offering)}, which would ` +
    `${saved} ${isSimulation(r) ? "than the best found " : ""}${over}, for ${usdWhole(totalUpfront(best.alternative.purchases))} upfront and ` +
    `${decimal(best.alternative.risk.lockInMonths, 1).replace(/\.0$/, "")} months of lock-in.`
  );
}

/** The plans that the organisation holds already. */
export function ownedPlansCells(plans: readonly OwnedPlanSummary[]): Cells {
  const queued = plans.some(({ isQueued }) => isQueued);
  const rows = plans.map((plan) => [
    `  ${cut(clean(plan.arn).split("/").at(-1)!, 9)}`,
    clean(plan.ownerAccount),
    shortName(plan),
    usdPerHour(plan.commitmentUsdPerHour),
    plan.isQueued ? "queued" : percent(plan.utilization),
    ...(queued ? [plan.start === null ? "unknown" : instant(plan.start)] : []),
    plan.end === null ? "unknown" : instant(plan.end),
  ]);
  const head: Column[] = [
    { title: "  Plan" },
    { title: "Owner" },
    { title: "Offering" },
    right("$/h"),
    right("Used"),
    ...(queued ? [{ title: "From" }] : []),
    { title: "Until" },
  ];
  return { head, rows };
}

export function ownedPlansTable(plans: readonly OwnedPlanSummary[], style: Style, width: number): string[] {
  const { head, rows } = ownedPlansCells(plans);
  return table(head, rows, width, (line, row) => (row < 0 ? paint(style, "dim", line) : line));
}

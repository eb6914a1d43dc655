import type { Offering } from "../domain/offering.ts";
import type { RateSource } from "../domain/rates.ts";
import type { OwnedPlanSummary, Recommendation } from "../domain/recommendation.ts";
import {
  isBought,
  offeringAlternatives,
  offeringName,
  PAYMENT_NAMES,
  totalCommitment,
  totalUpfront,
} from "./answer.ts";
import { clean } from "./clean.ts";
import { cut, decimal, instant, percent, usd, usdPerHour, usdWhole, wrap } from "./format.ts";
import { paint } from "./style.ts";
import type { Style } from "./style.ts";
import { table } from "./table.ts";
import type { Column } from "./table.ts";

const right = (title: string): Column => ({ title, align: "right" });

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

/** `1yr No Upfront`, for tables. */
const shortName = ({ term, paymentOption }: Offering): string => `${term} ${PAYMENT_NAMES[paymentOption]}`;

/** Each of the six offerings at its own best commitment, the answer marked. */
export function offeringsTable(r: Recommendation, style: Style, width: number): string[] {
  const offers = offeringAlternatives(r);
  const rows = offers.map(({ offering, alternative }) => {
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
  return table(OFFERING_COLUMNS, rows, width, (line, row) => {
    if (row < 0) return paint(style, "dim", line);
    const { offering, alternative } = offers[row]!;
    if (isBought(r, offering)) return paint(style, "green", line);
    return alternative.allowed ? line : paint(style, "dim", line);
  });
}

/** What the buyer's own limits cost: the best offering that they rule out, when it would have saved more. */
export function ruledOutNote(r: Recommendation, width: number): string[] {
  const best = offeringAlternatives(r)
    .filter(({ alternative }) => !alternative.allowed)
    .toSorted((a, b) => b.alternative.expected.netSavingsUsd - a.alternative.expected.netSavingsUsd)[0];
  const more = best ? best.alternative.expected.netSavingsUsd - r.expected.netSavingsUsd : 0;
  if (!best || more < 0.005) return [];
  return wrap(
    `--term ${r.terms.term} --payment ${r.terms.paymentOption} rule out ${offeringName(best.offering)}, which would have ` +
      `saved ${usd(more)} more on the same hours, for ${usdWhole(totalUpfront(best.alternative.purchases))} upfront and ` +
      `${best.alternative.risk.lockInMonths} months of lock-in.`,
    width,
    "  ",
  );
}

/** The plans that the organisation holds already. */
export function ownedPlansTable(plans: readonly OwnedPlanSummary[], style: Style, width: number): string[] {
  const rows = plans.map((plan) => [
    `  ${cut(clean(plan.arn).split("/").at(-1)!, 9)}`,
    clean(plan.ownerAccount),
    shortName(plan),
    usdPerHour(plan.commitmentUsdPerHour),
    percent(plan.utilization),
    plan.end === null ? "unknown" : instant(plan.end),
  ]);
  const head: Column[] = [
    { title: "  Plan" },
    { title: "Owner" },
    { title: "Offering" },
    right("$/h"),
    right("Used"),
    { title: "Until" },
  ];
  return table(head, rows, width, (line, row) => (row < 0 ? paint(style, "dim", line) : line));
}

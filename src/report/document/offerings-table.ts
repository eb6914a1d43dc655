import type { RateSource } from "../../domain/rates.ts";
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
import { columnText } from "./figure.ts";
import { figuresIn } from "./figures.ts";
import { decimal, percent } from "./format.ts";
import { moneyIn } from "./money.ts";
import { marked, right, type Cells } from "./table.ts";

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
  const money = moneyIn(r);
  const offers = offeringAlternatives(r);
  const figures = figuresIn("offerings", hasRisk(r));
  const head = [
    { title: "  Offering" },
    right(`${money.sign}/h`),
    ...figures.map(({ label }) => right(label)),
    right("Upfront"),
    { title: "Allowed" },
    { title: "Rates from" },
  ];
  const rows = offers.map(({ offering, alternative }) => {
    const bought = alternative.purchases.length > 0;
    return [
      `${isBought(r, offering) ? "▶" : " "} ${shortName(offering)}`,
      bought ? decimal(totalCommitment(alternative.purchases), 5) : "none",
      ...figures.map(({ figure, dash }) => (dash && !bought ? "–" : columnText(figure, alternative, money))),
      bought ? money.whole(totalUpfront(alternative.purchases)) : "–",
      alternative.allowed ? "yes" : "no",
      sourcesText(alternative.rateShares),
    ];
  });
  return marked({ head, rows }, (n) => (offers[n]!.alternative.allowed ? "usual" : "quiet"));
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
  const { cents, whole } = moneyIn(r);
  const best = offeringAlternatives(r)
    .filter(({ alternative }) => !alternative.allowed)
    .toSorted((a, b) => b.alternative.expected.netSavingsUsd - a.alternative.expected.netSavingsUsd)[0];
  const answer = isSimulation(r) ? (alternativeOf(r, "answer") ?? r) : r;
  const more = best ? best.alternative.expected.netSavingsUsd - answer.expected.netSavingsUsd : 0;
  if (!best || more < 0.005) return "";
  const saved =
    r.horizon.futures === "history" ? `have saved ${cents(more)} more` : `save ${cents(more)} more`;
  const over = hasRisk(r) ? "on average over the same scenarios" : "on the same hours";
  return (
    `--term ${r.terms.term} --payment ${r.terms.paymentOption} rule out ${offeringName(best.offering)}, which would ` +
    `${saved} ${isSimulation(r) ? "than the best found " : ""}${over}, for ${whole(totalUpfront(best.alternative.purchases))} upfront and ` +
    `${decimal(best.alternative.risk.lockInMonths, 1).replace(/\.0$/, "")} months of lock-in.`
  );
}

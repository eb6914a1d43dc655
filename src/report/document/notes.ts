/**
 * What a result stands on, in sentences: the futures supposed, the objective and its limits, the length of the promise.
 */
import { MONTH_HOURS } from "../../domain/offering.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import type { Summary } from "../../domain/summary.ts";
import {
  hasRisk,
  isSimulation,
  offeringAlternatives,
  offeringName,
  tailName,
  totalCommitment,
} from "./answer.ts";
import { shareText } from "./format.ts";
import { moneyIn } from "./money.ts";

/** The first words of every result about sampled futures. */
const SAMPLED =
  "Scenarios sampled from the history: they show how usage like this goes on, not what you know is coming (--growth, --events, --futures FILE).";

export const FUTURES_NOTE: Readonly<Record<Recommendation["horizon"]["futures"], string>> = {
  history:
    "--futures history: the past repeats exactly (AWS's assumption): a measure of the past, not of risk to come.",
  bootstrap: SAMPLED,
  file: "--futures FILE: the scenarios and their probabilities are your own; the figures are as good as they are.",
};

/** What was minimised, when there was a choice. */
function aimText(r: Recommendation): string {
  const { riskAversion, tail, discountRate } = r.objective;
  const aim =
    riskAversion === 0
      ? "Risk aversion 0: only the mean saving counts."
      : `Risk aversion ${riskAversion}: the mean saving counts for ${shareText(1 - riskAversion)}, the mean of the ${tailName(tail)} of the scenarios for ${shareText(riskAversion)}.`;
  const capital = `Money paid early costs ${shareText(discountRate)} a year (--discount-rate ${discountRate}).`;
  return [hasRisk(r) ? aim : "", discountRate > 0 ? capital : ""].filter(Boolean).join(" ");
}

/** The limits that the user set, each with its option. */
export function limitTexts(r: Summary): string[] {
  const { minUtilization, maxCommitmentUsdPerHour, maxUpfrontUsd } = r.objective;
  const { cents, perHour } = moneyIn(r);
  return [
    minUtilization > 0
      ? `at least ${shareText(minUtilization)} of the new commitment used, on average (--min-utilization)`
      : "",
    maxCommitmentUsdPerHour === null
      ? ""
      : `at most ${perHour(maxCommitmentUsdPerHour)}/h in all (--max-commitment)`,
    maxUpfrontUsd === null ? "" : `at most ${cents(maxUpfrontUsd)} upfront (--max-upfront)`,
  ].filter(Boolean);
}

/** The aim and the limits in force; empty when there is neither. */
export function objectiveNote(r: Recommendation): string {
  const limits = limitTexts(r);
  const within = isSimulation(r)
    ? "The best is sought within your limits, to which your commitments were not held"
    : "Within your limits";
  return [aimText(r), limits.length > 0 ? `${within}: ${limits.join(", ")}.` : ""].filter(Boolean).join(" ");
}

const monthsText = (months: number): string =>
  `${months < 1 ? "less than one" : months} month${months > 1 ? "s" : ""}`;

/** What a 3-year promise rests on; null when the futures cover all of it. */
function lastsLongEnough({ horizon }: Recommendation): string | null {
  const months = Math.round(horizon.hours / MONTH_HOURS);
  if (horizon.futures === "history") {
    return (
      "A 3-year plan wins on a replay of the past because its rates are lower. It is right only if this usage lasts 36 " +
      `months, and the past seen here is ${monthsText(months)}.`
    );
  }
  if (months >= 36) return null;
  return `A 3-year plan binds for 36 months, and the scenarios span ${monthsText(months)}: nothing was supposed of what follows.`;
}

/**
 * Why a 3-year plan needs a second look, and the best 1-year offering, an allowed one first. Null when there is no
 * 3-year plan, or the futures span its term.
 */
export function longTermNote(r: Recommendation): string | null {
  const wins = r.purchases.some(({ term }) => term === "3yr") ? lastsLongEnough(r) : null;
  if (wins === null) return null;
  const best = offeringAlternatives(r)
    .filter(({ offering, alternative }) => offering.term === "1yr" && alternative.purchases.length > 0)
    .toSorted((a, b) => b.alternative.expected.netSavingsUsd - a.alternative.expected.netSavingsUsd)
    .toSorted((a, b) => Number(b.alternative.allowed) - Number(a.alternative.allowed))[0];
  if (!best) return wins;
  const { cents, perHour } = moneyIn(r);
  const commitment = perHour(totalCommitment(best.alternative.purchases));
  return `${wins} The best for one year: ${offeringName(best.offering)}, ${commitment}/h, saving ${cents(best.alternative.expected.netSavingsUsd)}.`;
}

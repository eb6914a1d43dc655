/** Facts that every medium states about a recommendation, in the same words. */
import { OFFERINGS, offeringLabel, sameOffering } from "../domain/offering.ts";
import type { Offering, PaymentOption } from "../domain/offering.ts";
import type { Alternative, Recommendation } from "../domain/recommendation.ts";
import { percent, usd, usdPerHour } from "./format.ts";

/** AWS's month: 730 hours. */
const MONTH_HOURS = 730;

/** As AWS's console and API spell them. */
export const PAYMENT_NAMES: Readonly<Record<PaymentOption, string>> = {
  "no-upfront": "No Upfront",
  "partial-upfront": "Partial Upfront",
  "all-upfront": "All Upfront",
};

/** `1-year No Upfront` */
export const offeringName = ({ term, paymentOption }: Offering): string =>
  `${term.replace("yr", "-year")} ${PAYMENT_NAMES[paymentOption]}`;

/** USD over the horizon → USD per month. */
export const perMonth = (usdOverHorizon: number, hours: number): number =>
  hours > 0 ? (usdOverHorizon * MONTH_HOURS) / hours : 0;

/** The offering that an alternative is about, bought or not; null for "buy nothing". */
const offeringOf = (alternative: Alternative): Offering | null =>
  alternative.purchases[0] ??
  OFFERINGS.find((offering) => offeringLabel(offering) === alternative.label) ??
  null;

/** The alternatives that are one offering each: without "buy nothing". */
export const offeringAlternatives = (r: Recommendation): { offering: Offering; alternative: Alternative }[] =>
  r.alternatives.flatMap((alternative) => {
    const offering = offeringOf(alternative);
    return offering ? [{ offering, alternative }] : [];
  });

export const isBought = (r: Recommendation, offering: Offering): boolean =>
  r.purchases.some((purchase) => sameOffering(purchase, offering));

/** USD per hour at Savings Plans rates, over all purchases. */
export const totalCommitment = (purchases: Recommendation["purchases"]): number =>
  purchases.reduce((sum, purchase) => sum + purchase.commitmentUsdPerHour, 0);

export const totalUpfront = (purchases: Recommendation["purchases"]): number =>
  purchases.reduce((sum, purchase) => sum + purchase.upfrontUsd, 0);

/**
 * Share (0…1) of the eligible spend whose rate is illustrative, in what the answer rests on: the offerings bought; when
 * nothing is bought, the allowed offerings that were turned down.
 */
export function illustrativeShare(r: Recommendation): number {
  const restsOn = offeringAlternatives(r).filter(({ offering, alternative }) =>
    r.purchases.length > 0 ? isBought(r, offering) : alternative.allowed,
  );
  return Math.max(0, ...restsOn.map(({ alternative }) => alternative.rateShares.illustrative));
}

/** The warning that stands beside the answer when it rests on rates that are not AWS's; null when it does not. */
export function illustrativeWarning(r: Recommendation): string | null {
  const share = illustrativeShare(r);
  if (!(share > 0)) return null;
  return (
    `ILLUSTRATIVE RATES: ${percent(share)} of the eligible spend (${usd(share * r.history.eligibleUsd)} On-Demand) is ` +
    `priced at Savings Plans rates that ship with sageplan and are not AWS's. Do not buy on these figures. Get AWS's ` +
    `own with "aws savingsplans describe-savings-plans-offering-rates --savings-plan-types SageMaker" (all pages) and ` +
    `pass them with --rates FILE.`
  );
}

export const FUTURES_NOTE: Readonly<Record<Recommendation["horizon"]["futures"], string>> = {
  history:
    "--futures history: the past repeats exactly (AWS's assumption): a measure of the past, not of risk to come.",
};

/**
 * Why a 3-year answer needs a second look: on a replay of the past its lower rates always look better. Names the best
 * 1-year offering that is allowed. Null when the answer is not a 3-year plan.
 */
export function longTermNote(r: Recommendation): string | null {
  if (!r.purchases.some((purchase) => purchase.term === "3yr")) return null;
  const months = Math.round(r.horizon.hours / MONTH_HOURS);
  const wins =
    `A 3-year plan wins on a replay of the past because its rates are lower. It is right only if this usage lasts 36 ` +
    `months, and the past seen here is ${months < 1 ? "less than one" : months} month${months > 1 ? "s" : ""}.`;
  const best = offeringAlternatives(r)
    .filter(({ offering, alternative }) => offering.term === "1yr" && alternative.purchases.length > 0)
    .toSorted((a, b) => b.alternative.expected.netSavingsUsd - a.alternative.expected.netSavingsUsd)
    .toSorted((a, b) => Number(b.alternative.allowed) - Number(a.alternative.allowed))[0];
  if (!best) return wins;
  const commitment = usdPerHour(totalCommitment(best.alternative.purchases));
  return `${wins} The best for one year: ${offeringName(best.offering)}, ${commitment}/h, saving ${usd(best.alternative.expected.netSavingsUsd)}.`;
}

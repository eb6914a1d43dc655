/** Facts that every medium states about a result, in the same words. */
import type { Purchase } from "../../domain/documents/purchase.ts";
import { MONTH_HOURS, OFFERINGS, offeringLabel, sameOffering } from "../../domain/offering.ts";
import type { Offering, PaymentOption } from "../../domain/offering.ts";
import type { Alternative, AlternativeKind } from "../../domain/documents/outcome.ts";
import type { Summary } from "../../domain/summary.ts";
import { percent, shareText } from "./format.ts";
import { moneyIn, type Money } from "./money.ts";

/** As AWS's console and API spell them. */
export const PAYMENT_NAMES: Readonly<Record<PaymentOption, string>> = {
  "no-upfront": "No Upfront",
  "partial-upfront": "Partial Upfront",
  "all-upfront": "All Upfront",
};

/** `1-year No Upfront` */
export const offeringName = ({ term, paymentOption }: Offering): string =>
  `${term.replace("yr", "-year")} ${PAYMENT_NAMES[paymentOption]}`;

/** `1yr No Upfront`, for tables. */
export const shortName = ({ term, paymentOption }: Offering): string =>
  `${term} ${PAYMENT_NAMES[paymentOption]}`;

/** `1-year All Upfront $3.000/h + 1-year No Upfront $1.520/h` */
export const purchasesText = (purchases: readonly Purchase[], { perHour }: Money): string =>
  purchases.map((each) => `${offeringName(each)} ${perHour(each.commitmentUsdPerHour)}/h`).join(" + ") ||
  "nothing";

/** USD over the horizon → USD per month. */
export const perMonth = (usdOverHorizon: number, hours: number): number =>
  hours > 0 ? (usdOverHorizon * MONTH_HOURS) / hours : 0;

/** The figures are about the user's own commitments, not about advice. */
export const isSimulation = (r: Summary): boolean => r.schema === "sageplan/simulation/2";

/** With one scenario there is no risk to show: every quantile is the same number. */
export const hasRisk = (r: Summary): boolean => r.horizon.scenarios > 1;

/** What the figures are about, within a sentence. */
export function subject(r: Summary): string {
  if (isSimulation(r)) return "your commitments";
  return r.purchases.length > 1 ? "these purchases" : "this purchase";
}

const TAIL_NAMES: ReadonlyMap<string, string> = new Map([
  ["50%", "worse half"],
  ["25%", "worst quarter"],
  ["20%", "worst fifth"],
  ["10%", "worst tenth"],
]);

/** `worst tenth`: the share 1 − tail of the futures that CVaR averages. */
export function tailName(tail: number): string {
  const share = shareText(1 - tail);
  return TAIL_NAMES.get(share) ?? `worst ${share}`;
}

/** The offering that an alternative is about, bought or not; null when it is not about one offering. */
const offeringOf = ({ kind, label, purchases }: Alternative): Offering | null =>
  kind === "offering"
    ? (purchases[0] ?? OFFERINGS.find((offering) => offeringLabel(offering) === label) ?? null)
    : null;

/** The alternatives that are one offering each. */
export const offeringAlternatives = (r: Summary): { offering: Offering; alternative: Alternative }[] =>
  r.alternatives.flatMap((alternative) => {
    const offering = offeringOf(alternative);
    return offering ? [{ offering, alternative }] : [];
  });

export const alternativeOf = (r: Summary, kind: AlternativeKind): Alternative | undefined =>
  r.alternatives.find((alternative) => alternative.kind === kind);

/** What `recommend` says: in a simulation that is an alternative. */
export const advised = (r: Summary): Purchase[] =>
  isSimulation(r) ? (alternativeOf(r, "answer")?.purchases ?? []) : r.purchases;

const holds = (purchases: readonly Purchase[], offering: Offering): boolean =>
  purchases.some((purchase) => sameOffering(purchase, offering));

export const isBought = (r: Summary, offering: Offering): boolean => holds(r.purchases, offering);

export const isAdvised = (r: Summary, offering: Offering): boolean => holds(advised(r), offering);

/** USD per hour at Savings Plans rates, over all purchases. */
export const totalCommitment = (purchases: readonly Purchase[]): number =>
  purchases.reduce((sum, purchase) => sum + purchase.commitmentUsdPerHour, 0);

export const totalUpfront = (purchases: readonly Purchase[]): number =>
  purchases.reduce((sum, purchase) => sum + purchase.upfrontUsd, 0);

/** The same offerings at the same commitments. */
export const samePurchases = (a: readonly Purchase[], b: readonly Purchase[]): boolean =>
  a.length === b.length &&
  a.every((one) =>
    b.some((other) => sameOffering(one, other) && one.commitmentUsdPerHour === other.commitmentUsdPerHour),
  );

/** Above this share of illustrative rates nothing is called advice. */
const MOST_ILLUSTRATIVE = 0.05;

export const isEstimate = (r: Summary): boolean => illustrativeShare(r) > MOST_ILLUSTRATIVE;

/** Share (0…1) of the eligible spend whose rate is illustrative, in what these purchases rest on. */
export const illustrativeShareOf = (r: Summary, purchases: readonly Purchase[]): number =>
  largestIllustrative(r, ({ offering }) => holds(purchases, offering));

/** The same of the answer; when nothing is bought, of the allowed offerings that were turned down. */
export const illustrativeShare = (r: Summary): number =>
  r.purchases.length > 0
    ? illustrativeShareOf(r, r.purchases)
    : largestIllustrative(r, ({ alternative }) => alternative.allowed);

const largestIllustrative = (
  r: Summary,
  counts: (each: { offering: Offering; alternative: Alternative }) => boolean,
): number =>
  offeringAlternatives(r)
    .filter(counts)
    .reduce((most, { alternative }) => Math.max(most, alternative.rateShares.illustrative), 0);

/** The warning that stands beside the answer when it rests on rates that are not AWS's; null when it does not. */
export function illustrativeWarning(r: Summary): string | null {
  const share = illustrativeShare(r);
  if (!(share > 0)) return null;
  const ofHistory = r.horizon.futures === "history";
  // What a negotiated discount leaves of it is what the result shows.
  const eligibleUsd = ofHistory
    ? r.history.eligibleUsd
    : r.expected.onDemandUsd / (1 - r.negotiatedDiscount.share);
  return (
    `ILLUSTRATIVE RATES: ${percent(share)} of the eligible spend${ofHistory ? "" : " in the scenarios"} (${moneyIn(r).cents(share * eligibleUsd)} On-Demand) is ` +
    `priced at Savings Plans rates that ship with sageplan and are not AWS's. Do not buy on these figures. Get AWS's ` +
    `own with "sageplan pull rates", or "sageplan pull price-list" (no credentials), and pass them with --rates FILE.`
  );
}

/** What AWS sells: one of six SageMaker AI Savings Plans. */
export const TERMS = ["1yr", "3yr"] as const;
export type Term = (typeof TERMS)[number];
export const PAYMENT_OPTIONS = ["no-upfront", "partial-upfront", "all-upfront"] as const;
export type PaymentOption = (typeof PAYMENT_OPTIONS)[number];

export interface Offering {
  term: Term;
  paymentOption: PaymentOption;
}

/** The six, in the order in which they are always shown. */
export const OFFERINGS: readonly Offering[] = TERMS.flatMap((term) =>
  PAYMENT_OPTIONS.map((paymentOption) => ({ term, paymentOption })),
);

/** Terms are exact: 31,536,000 s and 94,608,000 s (AWS, DescribeSavingsPlansOfferings `durationSeconds`). */
export const TERM_HOURS: Readonly<Record<Term, number>> = { "1yr": 8_760, "3yr": 26_280 };
export const TERM_MONTHS: Readonly<Record<Term, number>> = { "1yr": 12, "3yr": 36 };

/** AWS's month, a twelfth of a year. */
export const MONTH_HOURS = 730;

/** Share of the total commitment paid at the start; Partial Upfront is half unless the buyer says otherwise. */
export const UPFRONT_SHARE: Readonly<Record<PaymentOption, number>> = {
  "no-upfront": 0,
  "partial-upfront": 0.5,
  "all-upfront": 1,
};

/** `1yr no-upfront` */
export const offeringLabel = ({ term, paymentOption }: Offering): string => `${term} ${paymentOption}`;

export const sameOffering = (a: Offering, b: Offering): boolean =>
  a.term === b.term && a.paymentOption === b.paymentOption;

/**
 * AWS accepts at most 5 decimals and at least 0.001 $/h (CreateSavingsPlan, `commitment`). Counted in steps, whole
 * numbers are exact where 0.00001 is not.
 */
export const STEPS_PER_USD = 100_000;
export const COMMITMENT_STEP_USD = 1 / STEPS_PER_USD;
export const MIN_COMMITMENT_USD = 0.001;
export const MAX_COMMITMENT_USD = 1_000_000;

/** The nearest five decimals: what a double's sums and differences of commitments leave beyond them is dropped. */
export const inCommitmentSteps = (usdPerHour: number): number => Number(usdPerHour.toFixed(5));

/** A number of steps but for a double's last digits is that number. */
const SLACK_STEPS = 1e-6;

/** The most that AWS sells and that is no more than this: rounded down, so that limits stay kept; 0 below the least. */
export function soldBelow(usdPerHour: number): number {
  const sold = Math.floor(usdPerHour * STEPS_PER_USD + SLACK_STEPS) / STEPS_PER_USD;
  return sold >= MIN_COMMITMENT_USD ? sold : 0;
}

const MIN_STEPS = Math.round(MIN_COMMITMENT_USD * STEPS_PER_USD);

/** The nearest that AWS sells; below half of the least, 0. */
export function nearestSold(usdPerHour: number): number {
  const steps = Math.round(Math.min(MAX_COMMITMENT_USD, usdPerHour) * STEPS_PER_USD);
  return (steps >= MIN_STEPS ? steps : steps >= MIN_STEPS / 2 ? MIN_STEPS : 0) / STEPS_PER_USD;
}

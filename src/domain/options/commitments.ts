/** `1yr-no-upfront=5`, `1yr-no-upfront=2@2027-01-01`: commitments as the command line takes them. */
import { MIN_COMMITMENT_USD, MAX_COMMITMENT_USD, sameOffering, type Offering } from "../offering.ts";
import { refusal, utcInstant, type Kind } from "./kinds.ts";

export type OfferingCommitment = Offering & {
  commitmentUsdPerHour: number;
  /** Hour at which it starts, ISO 8601, UTC; without it now. */
  start?: string | undefined;
};

/** `1yr-no-upfront`, `3yr/all-upfront`, `1yr:NoUpfront`, `1-year No Upfront`… */
const OFFERING = /^([13])[ -]?y(?:ea)?rs?[ /:_,-]*(no|partial|all)[ _-]?upfront$/i;

/** AWS's own limits (CreateSavingsPlan): five decimals, at least $0.001/h; 0 buys nothing. */
const AMOUNT = /^\d*\.?\d+$/;
const MOST_DECIMALS = 5;

/** Reads `OFFERING=AMOUNT` or `OFFERING=AMOUNT@START` and adds it to those given before. */
export const commitments: Kind<readonly OfferingCommitment[]> = {
  unit: "offering=amount",
  type: "readonly (Offering & { commitmentUsdPerHour: number; start?: string })[]",
  isList: true,
  read(text, before = []) {
    const [, name, amount, at] = /^([^=]+)=([^=@]*)(?:@([^=@]*))?$/.exec(text) ?? [];
    if (name === undefined || amount === undefined) {
      throw refusal(
        "Expected an offering and an amount per hour, as 1yr-no-upfront=5. --commitment takes every word up to the next option: put the exports before it.",
      );
    }
    const start = at === undefined ? undefined : utcInstant.read!(at);
    const one = { ...offeringOf(name), commitmentUsdPerHour: amountOf(amount), ...(start && { start }) };
    if (before.some((each) => sameOffering(each, one) && each.start === one.start)) {
      throw refusal(
        `${one.term}-${one.paymentOption} is there already: give each offering once a start, with its whole commitment.`,
      );
    }
    return [...before, one];
  },
};

function offeringOf(name: string): Offering {
  const [, years, share] = OFFERING.exec(name.trim()) ?? [];
  if (years === undefined || share === undefined) {
    throw refusal(
      "Expected one of the six offerings: 1yr or 3yr, then no-upfront, partial-upfront or all-upfront, as 1yr-no-upfront=5.",
    );
  }
  return {
    term: `${years}yr` as Offering["term"],
    paymentOption: `${share.toLowerCase()}-upfront` as Offering["paymentOption"],
  };
}

function amountOf(amount: string): number {
  const text = amount.trim();
  const usdPerHour = AMOUNT.test(text) ? Number(text) : Number.NaN;
  const decimals = text.split(".")[1]?.length ?? 0;
  const fits = usdPerHour === 0 || (usdPerHour >= MIN_COMMITMENT_USD && usdPerHour <= MAX_COMMITMENT_USD);
  if (!fits || decimals > MOST_DECIMALS) {
    throw refusal(
      "Expected an amount per hour at Savings Plans rates as AWS takes them: 0, or from 0.001 to 1000000, with at most five decimals.",
    );
  }
  return usdPerHour;
}

import { InvalidArgumentError } from "commander";

/** One of the user's own commitments, as `simulate` takes it. */
export interface Commitment {
  term: "1yr" | "3yr";
  paymentOption: "no-upfront" | "partial-upfront" | "all-upfront";
  commitmentUsdPerHour: number;
}

/** `1yr-no-upfront`, `3yr/all-upfront`, `1yr:NoUpfront`, `1-year No Upfront`… */
const OFFERING = /^([13])[ -]?y(?:ea)?rs?[ /:_,-]*(no|partial|all)[ _-]?upfront$/i;

/** AWS's own limits (CreateSavingsPlan): five decimals, at least $0.001/h; 0 buys nothing. */
const AMOUNT = /^\d*\.?\d+$/;
const MOST_DECIMALS = 5;
const LEAST_USD_PER_HOUR = 0.001;

/** Reads `OFFERING=USD` and adds it to those given before. */
export function commitmentValue(text: string, before: readonly Commitment[] = []): Commitment[] {
  const [, name, amount] = /^([^=]+)=([^=]*)$/.exec(text) ?? [];
  if (name === undefined || amount === undefined) {
    throw new InvalidArgumentError(
      "Expected an offering and dollars per hour, as 1yr-no-upfront=5. --commitment takes every word up to the next option: put the exports before it.",
    );
  }
  const one = { ...offeringOf(name), commitmentUsdPerHour: amountOf(amount) };
  if (before.some((each) => each.term === one.term && each.paymentOption === one.paymentOption)) {
    throw new InvalidArgumentError(
      `${one.term}-${one.paymentOption} is there already: give each offering once, with its whole commitment.`,
    );
  }
  return [...before, one];
}

function offeringOf(name: string): Pick<Commitment, "term" | "paymentOption"> {
  const [, years, share] = OFFERING.exec(name.trim()) ?? [];
  if (years === undefined || share === undefined) {
    throw new InvalidArgumentError(
      "Expected one of the six offerings: 1yr or 3yr, then no-upfront, partial-upfront or all-upfront, as 1yr-no-upfront=5.",
    );
  }
  return {
    term: `${years}yr` as Commitment["term"],
    paymentOption: `${share.toLowerCase()}-upfront` as Commitment["paymentOption"],
  };
}

function amountOf(amount: string): number {
  const text = amount.trim();
  const usdPerHour = AMOUNT.test(text) ? Number(text) : Number.NaN;
  const decimals = text.split(".")[1]?.length ?? 0;
  const fits = usdPerHour === 0 || (usdPerHour >= LEAST_USD_PER_HOUR && usdPerHour <= 1_000_000);
  if (!fits || decimals > MOST_DECIMALS) {
    throw new InvalidArgumentError(
      "Expected dollars per hour at Savings Plans rates as AWS takes them: 0, or from 0.001 to 1000000, with at most five decimals.",
    );
  }
  return usdPerHour;
}

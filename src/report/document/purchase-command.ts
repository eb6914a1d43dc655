import type { Purchase } from "../../domain/documents/purchase.ts";
import type { Tranche } from "../../domain/documents/ladder.ts";
import { isTooLargeToReturn, returnLimitText } from "../../domain/return-limit.ts";
import { TERM_HOURS } from "../../domain/offering.ts";
import type { Offering } from "../../domain/offering.ts";
import { offeringName, PAYMENT_NAMES } from "./answer.ts";
import { decimal } from "./format.ts";

/** The commitment as the AWS API takes it: a plain decimal with at most five places. */
const commitmentArgument = (usdPerHourAtSpRates: number): string =>
  decimal(usdPerHourAtSpRates, 5)
    .replaceAll(",", "")
    .replace(/0{1,2}$/, "");

/** As `--commitment` takes it: `1yr-no-upfront=5`, and `@` its start where that is not now. */
export const commitmentWord = ({
  term,
  paymentOption,
  commitmentUsdPerHour,
  start,
}: Offering & { commitmentUsdPerHour: number; start?: string }): string =>
  `${term}-${paymentOption}=${commitmentUsdPerHour}${start === undefined ? "" : `@${start}`}`;

/** Finds the offering id: AWS gives every offering one, and billing data does not hold it. */
const offeringIdCommand = ({ term, paymentOption }: Offering): string[] => [
  "aws savingsplans describe-savings-plans-offerings --plan-types SageMaker \\",
  `    --payment-options "${PAYMENT_NAMES[paymentOption]}" --durations ${TERM_HOURS[term] * 3600} \\`,
  `    --query "searchResults[].offeringId" --output text`,
];

/** A queued purchase begins at its time (CreateSavingsPlan, `purchaseTime`). */
const createCommand = (
  { commitmentUsdPerHour, start }: Pick<Purchase, "commitmentUsdPerHour" | "start">,
  isQueued: boolean,
): string[] => [
  "aws savingsplans create-savings-plan --savings-plan-offering-id OFFERING_ID \\",
  `    --commitment ${commitmentArgument(commitmentUsdPerHour)}${isQueued ? ` --purchase-time ${start}` : ""}`,
];

/** The same for a tranche of a ladder: all but the first wait for their hour. */
export const queuedCommand = (tranche: Tranche): string[] => createCommand(tranche, tranche.number > 1);

/** Whether AWS takes the plans back. */
export function returnNote(r: { currency: string; purchases: readonly Purchase[] }): string {
  const { purchases } = r;
  const limit = returnLimitText(r);
  const large = purchases.filter((p) => isTooLargeToReturn(r, p.commitmentUsdPerHour));
  const returnable = `AWS takes back a plan of at most ${limit} within 7 days of the purchase and in the same calendar month (UTC), ten a year.`;
  const final = `A plan above ${limit} cannot be returned at all.`;
  if (large.length === 0) return returnable;
  return large.length === purchases.length ? final : `${returnable} ${final}`;
}

/** What a person would run to buy, one block of lines per purchase. */
export const purchaseCommands = (purchases: readonly Purchase[], isQueued = false): string[] =>
  purchases.flatMap((purchase, n) => [
    `# ${2 * n + 1}. The id of the ${offeringName(purchase)} offering`,
    ...offeringIdCommand(purchase),
    `# ${2 * n + 2}. The purchase${isQueued ? ", queued until then" : ""}`,
    ...createCommand(purchase, isQueued),
  ]);

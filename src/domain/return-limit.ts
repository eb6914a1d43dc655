/** AWS takes small plans back for a short time (AWS Savings Plans user guide, "Returning a purchased Savings Plan"). */
import { currencyOf, USUAL_CURRENCY } from "./currency.ts";

/** Stated in US dollars, and nothing here is converted. */
const RETURN_LIMIT_USD_PER_HOUR = 100;

/** Never of a plan in another currency: AWS, not this tool, knows what the limit is there. */
export const isTooLargeToReturn = (bill: { currency: string }, commitmentUsdPerHour: number): boolean =>
  currencyOf(bill) === USUAL_CURRENCY && commitmentUsdPerHour > RETURN_LIMIT_USD_PER_HOUR;

/** `$100/h` */
export const returnLimitText = (bill: { currency: string }): string =>
  currencyOf(bill) === USUAL_CURRENCY
    ? `$${RETURN_LIMIT_USD_PER_HOUR}/h`
    : `${RETURN_LIMIT_USD_PER_HOUR} US dollars an hour, or what it sets in ${currencyOf(bill)},`;

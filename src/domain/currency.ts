/** Currencies: the bill's is the result's, and nothing is converted. */

/** Of what states none, as tables of other tools do; and of AWS's list prices that ship. */
export const USUAL_CURRENCY = "USD";

/** ISO 4217 for "no currency". */
const NONE = "XXX";

/** The code of the amounts, fit for every medium: a file may hold any words in its place. */
export const currencyOf = ({ currency }: { currency: string }): string =>
  /^[a-z]{3}$/i.test(currency) ? currency.toUpperCase() : currency === "" ? USUAL_CURRENCY : NONE;

/** For messages. */
export const currencyTold = (bill: { currency: string }): string =>
  bill.currency === "" ? `${USUAL_CURRENCY}, as far as it states none` : currencyOf(bill);

/** What stands before an amount: `$`, `CN¥`, `€`, `CHF ` (its space does not break); `¤` where there is no such currency. */
export function currencySign(of: { currency: string }): string {
  const parts = new Intl.NumberFormat("en-US", { style: "currency", currency: currencyOf(of) }).formatToParts(
    0,
  );
  const digits = parts.findIndex(({ type }) => type === "integer");
  return parts
    .slice(0, digits)
    .map(({ value }) => value)
    .join("");
}

/** Amounts in the currency of a document. Made from it, so that none is shown in another. */
import { currencyOf, currencySign, USUAL_CURRENCY } from "../../domain/currency.ts";
import { decimal } from "./format.ts";

export interface Money {
  /** `$`, `CN¥`, `€` */
  sign: string;
  /** Within a sentence: `dollars`, `CNY`. */
  name: string;
  /** To the cent: `$12,345.60`, `-$3.00`. */
  cents: (value: number) => string;
  /** Without cents, for tables. */
  whole: (value: number) => string;
  /** Of an hour: three decimals as AWS prints them, up to the five that it accepts. */
  perHour: (value: number) => string;
  /** Plain digits, with the sign in its place. */
  signed: (digits: string) => string;
}

export function moneyIn(document: { currency: string }): Money {
  const sign = currencySign(document);
  const signed = (digits: string): string => {
    if (digits === "n/a") return digits;
    return digits.startsWith("-") ? `-${sign}${digits.slice(1)}` : `${sign}${digits}`;
  };
  return {
    sign,
    name: currencyOf(document) === USUAL_CURRENCY ? "dollars" : currencyOf(document),
    cents: (value) => signed(decimal(value, 2)),
    whole: (value) => signed(decimal(value, 0)),
    perHour: (value) => signed(decimal(value, 5).replace(/0{1,2}$/, "")),
    signed,
  };
}

import type { PaymentOption, Term } from "../../domain/offering.ts";

/** AWS's spellings of a payment option: `No Upfront`, `NoUpfront`, `no-upfront`. null: none of the three. */
export function parsePaymentOption(text: string): PaymentOption | null {
  const word = /^(no|partial|all)[ -]?upfront$/i.exec(text.trim())?.[1]?.toLowerCase();
  return word ? (`${word}-upfront` as PaymentOption) : null;
}

/** `1yr`, `1 year`, `3yr`… null: neither term. */
export function termOfText(text: string): Term | null {
  const years = /^([13])\s*(?:yr|year)s?$/i.exec(text.trim())?.[1];
  return years ? (`${years}yr` as Term) : null;
}

/** AWS's exact term lengths. null: neither. */
export const termOfSeconds = (seconds: number): Term | null =>
  seconds === 31_536_000 ? "1yr" : seconds === 94_608_000 ? "3yr" : null;

/**
 * Dollars an hour in plain decimals (`2.60544`, `6.0E-1`); NaN for anything else, and below a millionth of a dollar.
 */
export function rateOfText(text: string): number {
  const rate = /^\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
  return rate >= 1e-6 && rate < Infinity ? rate : Number.NaN;
}

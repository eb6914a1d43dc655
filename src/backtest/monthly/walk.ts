/** Every month of a history decided by each rule, each with the book that it builds. */
import { MONTHLY_RULES, type Known } from "./rules.ts";
import { bestBook } from "./hindsight.ts";
import { heldIn, savedUsdOf, type Months } from "./months.ts";

/** What a rule bought and what came of it. USD over the months in which it decided. */
export interface Book {
  rule: string;
  label: string;
  /** `[month]` $/h bought, from month 0. */
  bought: Float64Array;
  savedUsd: number;
  /** `[month]` */
  savedUsdByMonth: Float64Array;
}

export const bookOf = (months: Months, rule: string, label: string, bought: Float64Array): Book => {
  const savedUsdByMonth = savedUsdOf(months, bought);
  return {
    rule,
    label,
    bought,
    savedUsdByMonth,
    savedUsd: savedUsdByMonth.reduce((sum, usd) => sum + usd, 0),
  };
};

/** One month after the other, with what was bought before. */
export async function decidedMonthly(
  months: Months,
  buys: (known: Known) => number | Promise<number>,
): Promise<Float64Array> {
  const bought = new Float64Array(months.count);
  for (let month = months.first; month < months.count; month++) {
    const heldUsdPerHour = heldIn(bought.subarray(0, month + 1))[month]!;
    bought[month] = Math.max(0, await buys({ months, month, bought, heldUsdPerHour }));
  }
  return bought;
}

export async function rulesMonthly(months: Months): Promise<Book[]> {
  const books: Book[] = [];
  for (const { name, label, buys } of MONTHLY_RULES) {
    books.push(bookOf(months, name, label, await decidedMonthly(months, buys)));
  }
  const { bought } = await bestBook(months);
  return [...books, bookOf(months, "hindsight", "the best book in hindsight", bought)];
}

/** Every month of a history decided by each rule, each with the book that it builds. */
import type { MonthlyBacktest } from "../../domain/documents/backtest.ts";
import type { Effects } from "../../domain/progress.ts";
import { pauseFor } from "../../portfolio/best-portfolio.ts";
import { monthlyDocument } from "./document.ts";
import { boughtByOurs, type OursOptions } from "./ours.ts";
import { MONTHLY_RULES, type Known } from "./rules.ts";
import { bestBook } from "./hindsight.ts";
import { heldIn, savedUsdOf, type Book, type Months } from "./months.ts";

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

/** Ours at the caller's risk aversion, the other rules, hindsight. */
export async function monthlyBacktest(
  months: Months,
  options: OursOptions,
  effects: Effects,
): Promise<MonthlyBacktest> {
  const { riskAversion = 0 } = options;
  let done = 0;
  const total = months.count - months.first;
  const bought = await decidedMonthly(months, (known) =>
    boughtByOurs(
      known,
      options,
      pauseFor(effects, { step: "Deciding each month", done: done++, total, unit: "months" }),
    ),
  );
  const own = bookOf(months, "sageplan", `sageplan, risk aversion ${riskAversion}`, bought);
  const others = await rulesMonthly(months);
  return monthlyDocument(months, [
    { ...own, riskAversion },
    ...others.map((book) => ({ ...book, riskAversion: null })),
  ]);
}

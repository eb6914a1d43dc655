import { hourOfMs, type HourSpan } from "./hour.ts";

/**
 * The hours of a billing period `2026-10`, a calendar month in UTC; null when it is spelled otherwise, or of a year
 * before AWS or after 2099: a damaged date.
 */
export function hoursOfPeriod(billingPeriod: string): HourSpan | null {
  const [, year, month] = /^(20\d{2})-(0[1-9]|1[0-2])$/.exec(billingPeriod) ?? [];
  if (year === undefined || month === undefined || year < "2006") return null;
  const startOf = (months: number): number => hourOfMs(Date.UTC(Number(year), months, 1));
  return { from: startOf(Number(month) - 1), to: startOf(Number(month)) };
}

import { SageplanError } from "./error.ts";
import { TERM_HOURS, type Term } from "./offering.ts";

const HOURS = { d: 24, mo: 730 } as const;
/** Beyond it a plan that is bought now has ended. */
const MOST_HOURS = 36 * HOURS.mo;

const spelledHours = (span: string): number => {
  const [, count, unit] = /^(\d{1,4})(d|mo)$/.exec(span) ?? [];
  return Number(count) * HOURS[unit as keyof typeof HOURS];
};

export const isSpan = (span: string): boolean => spelledHours(span) > 0 && spelledHours(span) <= MOST_HOURS;

/**
 * `60d`, `12mo` → hours; a month is a twelfth of a year.
 * @throws SageplanError `wrong-call`
 */
export function hoursOfSpan(span: string): number {
  if (isSpan(span)) return spelledHours(span);
  throw new SageplanError("wrong-call", `${span} is not a span of 1d to 36mo: write 60d or 12mo.`);
}

/** What sampled futures span: without a word the term, 36 months when terms are compared. */
export const horizonHoursOf = (horizon: string | undefined, term: Term | "any"): number =>
  horizon === undefined ? TERM_HOURS[term === "any" ? "3yr" : term] : hoursOfSpan(horizon);

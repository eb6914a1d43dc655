import { SageplanError } from "./domain/error.ts";
import { TERM_HOURS, type Term } from "./domain/offering.ts";

const HOURS = { d: 24, mo: 730 } as const;
/** Beyond it a plan that is bought now has ended. */
const MOST_HOURS = 36 * HOURS.mo;

/**
 * `60d`, `12mo`: hours; without it the term, 36 months when terms are compared.
 * @throws SageplanError `wrong-call`
 */
export function horizonHoursOf(horizon: string | undefined, term: Term | "any"): number {
  if (horizon === undefined) return TERM_HOURS[term === "any" ? "3yr" : term];
  const [, count, unit] = /^(\d{1,4})(d|mo)$/.exec(horizon) ?? [];
  const hours = Number(count) * HOURS[unit as keyof typeof HOURS];
  if (hours > 0 && hours <= MOST_HOURS) return hours;
  throw new SageplanError(
    "wrong-call",
    `--horizon ${horizon} is not a span of 1d to 36mo: write 60d or 12mo.`,
  );
}

/** Where the hours that stand for others must not stand for two things: months end, plans begin and end. */
import type { PlanTerms } from "../domain/commitment.ts";
import { MONTH_HOURS, TERM_HOURS } from "../domain/offering.ts";
import { sharesOf } from "./sample.ts";

/** A plan's hours may be off by this share of them: less is far below what the futures leave open. */
const TOLERATED = 0.001;

/**
 * Hours of the horizon, for `sampledHours`. The months, so that money of a month and a purchase at its start are exact.
 * Then the hours in which an owned plan begins or ends, unless the nearest bound is within a thousandth of the plan's
 * hours: with 60 hours for a year a bound can be 73 h away, which of a plan that ends in four months is 2.5 % of its
 * cost. A plan that ends in the first year may be followed by one of the same day (`--ladder`), which ends a term
 * later. `starts`: hours at which plans may be queued to start.
 */
export function sampleBreaks(
  owned: readonly PlanTerms[],
  horizonHours: number,
  hoursSettled: number,
  starts: readonly number[] = [],
): number[] {
  const months = Array.from(
    { length: Math.floor(horizonHours / MONTH_HOURS) },
    (_, n) => (n + 1) * MONTH_HOURS,
  );
  const even = sharesOf(horizonHours, hoursSettled, months);
  const missedBy = (hour: number): number =>
    even.reduce((least, bound) => Math.min(least, Math.abs(bound - hour)), Infinity);
  const ofPlans = owned.flatMap(({ activeFrom, activeTo }) => {
    const hours = activeTo - activeFrom;
    const after = activeTo <= TERM_HOURS["1yr"] ? [activeTo + TERM_HOURS["1yr"]] : [];
    return [activeFrom, activeTo, ...after].filter(
      (hour) => hour > 0 && hour < horizonHours && missedBy(hour) > TOLERATED * hours,
    );
  });
  const ofStarts = starts.filter(
    (hour) => hour > 0 && hour < horizonHours && missedBy(hour) > TOLERATED * TERM_HOURS["1yr"],
  );
  return [...months, ...ofPlans, ...ofStarts];
}

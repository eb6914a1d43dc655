/**
 * When a purchase may start: now, and where plans end. A plan that ends is a gap that a plan of the same day fills; the
 * one that fills it ends a year later, and so on.
 */
import type { PlanTerms } from "../domain/commitment.ts";
import { TERM_HOURS } from "../domain/offering.ts";
import { NOW_ONLY, type Start } from "../domain/start.ts";

/** Every start is some more amounts to decide: of the ends of owned plans, and of what follows them in a later year. */
const MOST = { ends: 12, ofLaterYear: 4 };

/**
 * Now; the ends of owned plans within the horizon; a year and two years after now and after each. Ends that lie close
 * together are one start, at the mean of their plans by commitment, until there are few enough.
 */
export function startsOf(owned: readonly PlanTerms[], horizonHours: number): Start[] {
  const ending = merged(endsWithin(owned, horizonHours), MOST.ends);
  const first: Start[] = [...NOW_ONLY, ...ending.map(({ hour, plans }) => ({ hour, ends: plans }))];
  const years = Math.ceil(horizonHours / TERM_HOURS["1yr"]);
  const later = Array.from({ length: years }, (_, n) => (n + 1) * TERM_HOURS["1yr"]).flatMap((after) =>
    [0, ...merged(ending, MOST.ofLaterYear).map(({ hour }) => hour)]
      .map((hour) => hour + after)
      .filter((hour) => hour < horizonHours)
      .map((hour): Start => ({ hour, ends: [] })),
  );
  return distinct([...first, ...later]);
}

/** The same, and these hours of the horizon. */
export const withStarts = (starts: readonly Start[], hours: readonly number[]): Start[] =>
  distinct([...starts, ...hours.map((hour): Start => ({ hour, ends: [] }))]);

interface EndGroup {
  hour: number;
  usdPerHour: number;
  plans: number[];
}

const endsWithin = (owned: readonly PlanTerms[], horizonHours: number): EndGroup[] =>
  owned
    .flatMap(({ activeTo, commitmentUsdPerHour }, plan) =>
      activeTo > 0 && activeTo < horizonHours
        ? [{ hour: activeTo, usdPerHour: commitmentUsdPerHour as number, plans: [plan] }]
        : [],
    )
    .sort((a, b) => a.hour - b.hour);

/** The two that are nearest are made one, until no more than `most` are left. */
function merged(groups: readonly EndGroup[], most: number): EndGroup[] {
  const left = [...groups];
  const gapAfter = (n: number): number => left[n + 1]!.hour - left[n]!.hour;
  const nearest = (): number =>
    left.slice(1).reduce((best, _, n) => (gapAfter(n) < gapAfter(best) ? n : best), 0);
  while (left.length > 1 && (left.length > most || gapAfter(nearest()) === 0)) {
    const n = nearest();
    left.splice(n, 2, together(left[n]!, left[n + 1]!));
  }
  return left;
}

function together(a: EndGroup, b: EndGroup): EndGroup {
  const usdPerHour = a.usdPerHour + b.usdPerHour;
  const share = usdPerHour > 0 ? b.usdPerHour / usdPerHour : 0.5;
  return {
    hour: a.hour === b.hour ? a.hour : Math.round(a.hour + share * (b.hour - a.hour)),
    usdPerHour,
    plans: [...a.plans, ...b.plans],
  };
}

/** In order of time; of one hour one start. */
const distinct = (starts: readonly Start[]): Start[] =>
  [...new Set(starts.map(({ hour }) => hour))]
    .sort((a, b) => a - b)
    .map((hour) => ({
      hour,
      ends: starts.filter((start) => start.hour === hour).flatMap(({ ends }) => ends),
    }));

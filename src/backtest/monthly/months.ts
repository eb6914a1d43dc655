/**
 * A history in months, and the book that purchases of every month build: a plan bought in month m is active in
 * m … m + 11. Months of a short history are shorter than AWS's, and so is then the term.
 */
import { demandSpan } from "../../domain/demand-span.ts";
import { savingsAt, type OneOffer } from "../../optimize/one-offer.ts";
import type { Series } from "../decide.ts";
import { knownOffer } from "../known.ts";

export const TERM_STEPS = 12;

/** Months that the first decision has behind it. */
const STEPS_BEFORE = 3;

export interface Months {
  series: Series;
  /** Hours of a month. */
  monthHours: number;
  /** Whole months of the series, and the first of them in which is decided. */
  count: number;
  first: number;
  /** `[month]` What came, from month 0. */
  came: OneOffer[];
  /** On-Demand spend of the months in which is decided, USD. */
  spendUsd: number;
}

export function monthsOf(series: Series, monthHours: number): Months {
  const { demand, ratioOf } = series;
  const count = Math.floor(demand.hourCount / monthHours);
  const first = Math.min(STEPS_BEFORE, count);
  const spans = Array.from({ length: count }, (_, m) =>
    demandSpan(demand, m * monthHours, (m + 1) * monthHours),
  );
  const spendUsd = spans
    .slice(first)
    .reduce((sum, { onDemandUsd }) => sum + onDemandUsd.reduce((usd, each) => usd + each, 0), 0);
  return {
    series,
    monthHours,
    count,
    first,
    spendUsd,
    came: spans.map((span) => knownOffer(span, ratioOf)),
  };
}

/** `[month]` $/h of the plans that are active. `bought[month]` is bought at its start. */
export const heldIn = (bought: ArrayLike<number>): Float64Array =>
  Float64Array.from({ length: bought.length }, (_, m) => {
    let held = 0;
    for (let n = Math.max(0, m - TERM_STEPS + 1); n <= m; n++) held += bought[n]!;
    return held;
  });

/** `[month]` On-Demand avoided − what is paid, USD; the months before the first decision save nothing. */
export function savedUsdOf({ came, first }: Months, bought: ArrayLike<number>): Float64Array {
  const held = heldIn(bought);
  return Float64Array.from(came, (month, m) => (m < first ? 0 : savingsAt(month, held[m]!).savedUsd[0]!));
}

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

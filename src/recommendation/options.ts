/** The options of a call, with the defaults that it took. */
import type { Allowed } from "../domain/allowed.ts";
import { SageplanError } from "../domain/error.ts";
import { HOUR_MS, isoHour, parseUtcMs, type Hour } from "../domain/hour.ts";
import { offeringLabel, sameOffering } from "../domain/offering.ts";
import type { OfferingCommitment } from "../domain/options/commitments.ts";
import { futuresKind, offeringOptions, riskOptions, sampleOptions } from "../domain/options/decision.ts";
import { withDefaults, type OptionsOf } from "../domain/options/option.ts";
import { portfolioAmong, type Portfolio } from "../domain/portfolio.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

export function allowedOf(options: OptionsOf<typeof offeringOptions>): Allowed {
  const { term, payment } = withDefaults(offeringOptions, options);
  return { term, payment };
}

const statedRows = { ...offeringOptions, ...riskOptions, ...futuresKind };

/** What provenance states: the options of a call, and the defaults that it took of these. Threads change no result. */
export function statedOptions(
  options: OptionsOf<typeof statedRows & typeof sampleOptions>,
): Record<string, unknown> {
  const given = Object.fromEntries(Object.entries(options).filter(([name]) => name !== "threads"));
  const stated = withDefaults(statedRows, given as typeof options);
  return stated.futures === futuresKind.futures.default ? withDefaults(sampleOptions, stated) : stated;
}

/**
 * The portfolio that these commitments are in a problem whose starts hold theirs.
 * @throws SageplanError `wrong-call` for two of one offering and start
 */
export function portfolioNamed(
  { offers, start }: Pick<PurchaseProblem, "offers" | "start">,
  commitments: readonly OfferingCommitment[],
): Portfolio {
  const placeOf = (one: OfferingCommitment): number => {
    const hour = one.start === undefined ? 0 : hourNamed(one.start) - start;
    return offers.findIndex((offer) => offer.start.hour === hour && sameOffering(offer.offering, one));
  };
  const places = commitments.map(placeOf);
  const twice = places.find((place, n) => places.indexOf(place) !== n);
  if (twice === undefined)
    return portfolioAmong(
      places,
      commitments.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour),
    );
  const named = places.filter((place) => place === twice).length;
  throw new SageplanError(
    "wrong-call",
    `${offeringLabel(offers[twice]!.offering)} is named ${named} times: give each offering's commitment once a start.`,
  );
}

/** The hours at which they start that are not now. */
export const startsNamed = (commitments: readonly OfferingCommitment[]): Hour[] =>
  commitments.flatMap(({ start }) => (start === undefined ? [] : [hourNamed(start)]));

/** @throws SageplanError `wrong-call` for a start outside of the scenarios, or where they have no dates */
export function requireStartsFit(
  { pastRepeats, span }: Pick<PurchaseProblem, "pastRepeats" | "span">,
  hours: readonly Hour[],
): void {
  const outside = hours.find((hour) => pastRepeats || hour < span.from || hour >= span.to);
  if (outside === undefined) return;
  throw new SageplanError(
    "wrong-call",
    pastRepeats
      ? "With --futures history the past is taken to repeat, and no plan starts later in it: leave out the start after @."
      : `A commitment starts at ${isoHour(outside)}; the scenarios span ${isoHour(span.from)} to ${isoHour(span.to)}: name a start within them.`,
  );
}

/** @throws SageplanError `wrong-call` for what is no time */
function hourNamed(start: string): Hour {
  const ms = parseUtcMs(start);
  if (Number.isInteger(ms / HOUR_MS)) return ms / HOUR_MS;
  throw new SageplanError(
    "wrong-call",
    `A commitment starts at ${start}: expected a day or a whole hour, as 2027-01-01T00:00:00Z.`,
  );
}

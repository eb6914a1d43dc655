/** Commitments to what AWS sells: what is bought or queued, or might be. */
import { OFFERINGS } from "./offering.ts";
import { asCommitmentUsd, type CommitmentUsd, type CommitmentVector } from "./units.ts";

declare const byOffer: unique symbol;

/**
 * `[offer]` $/h: what starts now in the order of OFFERINGS, and after it the same for each later start of a problem.
 * Without the later ones nothing is queued.
 */
export type Portfolio = readonly CommitmentUsd[] & { readonly [byOffer]: true };

type UsdPerHourOf = (offer: number) => Parameters<typeof asCommitmentUsd>[0];

const filled = (count: number, usdPerHourOf: UsdPerHourOf): Portfolio =>
  Array.from({ length: count }, (_, k) =>
    asCommitmentUsd(usdPerHourOf(k)),
  ) as readonly CommitmentUsd[] as Portfolio;

/** What starts now. */
export const portfolioOf = (usdPerHourOf: UsdPerHourOf): Portfolio => filled(OFFERINGS.length, usdPerHourOf);

export const NOTHING = portfolioOf(() => 0);

/** `among`: offers; `commitments`: theirs, in the same order. The others are 0. */
export const portfolioAmong = (
  among: readonly number[],
  commitments: CommitmentVector | readonly number[],
): Portfolio =>
  filled(Math.max(OFFERINGS.length, ...among.map((k) => k + 1)), (k) => commitments[among.indexOf(k)] ?? 0);

/** The same queue behind other commitments now. */
export const withNow = (portfolio: Portfolio, usdPerHourOf: UsdPerHourOf): Portfolio =>
  filled(portfolio.length, (k) => (k < OFFERINGS.length ? usdPerHourOf(k) : portfolio[k]!));

export const withoutQueue = (portfolio: Portfolio): Portfolio => portfolioOf((k) => portfolio[k]!);

export const isNow = (offer: number): boolean => offer < OFFERINGS.length;

/** What starts now, and what is queued: as offers. */
export const boughtNow = (portfolio: Portfolio): number[] => boughtIn(portfolio).filter(isNow);
export const queuedIn = (portfolio: Portfolio): number[] =>
  boughtIn(portfolio).filter((offer) => !isNow(offer));

/** The offers with a commitment. */
export const boughtIn = (portfolio: Portfolio): number[] =>
  [...portfolio.keys()].filter((k) => portfolio[k]! > 0);

/** Of what starts now. */
export const totalUsdPerHour = (portfolio: Portfolio): CommitmentUsd =>
  asCommitmentUsd(portfolio.reduce((sum, usd, k) => sum + (isNow(k) ? usd : 0), 0));

/** Commitments to what AWS sells: what is bought, or might be. */
import { OFFERINGS } from "./offering.ts";
import { asCommitmentUsd, type CommitmentUsd, type CommitmentVector } from "./units.ts";

declare const byOffering: unique symbol;

/** `[offering]` $/h, in the order of OFFERINGS. */
export type Portfolio = readonly CommitmentUsd[] & { readonly [byOffering]: true };

export const portfolioOf = (
  usdPerHourOf: (offering: number) => Parameters<typeof asCommitmentUsd>[0],
): Portfolio =>
  OFFERINGS.map((_, k) => asCommitmentUsd(usdPerHourOf(k))) as readonly CommitmentUsd[] as Portfolio;

export const NOTHING = portfolioOf(() => 0);

/** `among`: indices into OFFERINGS; `commitments`: theirs, in the same order. The others are 0. */
export const portfolioAmong = (
  among: readonly number[],
  commitments: CommitmentVector | readonly number[],
): Portfolio => portfolioOf((k) => commitments[among.indexOf(k)] ?? 0);

/** The offerings that are bought, as indices into OFFERINGS. */
export const boughtIn = (portfolio: Portfolio): number[] =>
  [...portfolio.keys()].filter((k) => portfolio[k]! > 0);

export const totalUsdPerHour = (portfolio: Portfolio): CommitmentUsd =>
  asCommitmentUsd(portfolio.reduce((sum, usd) => sum + usd, 0));

/** What may be bought, and within which limits, as the program sees it. */
import type { OfferingRates } from "./rates.ts";

/** A plan that may be bought, in any amount. It is active from the first hour of the horizon. */
export interface Offer {
  ownerAccount: string;
  rates: OfferingRates;
  /** Hours of the horizon in which it would be active, up to where an hour of the scenarios begins. */
  activeHours: number;
  /** What a committed dollar costs, paid upfront or by the hour, in dollars paid by the hour: ≥ 1. */
  weight: number;
  /** Cash at the start per $/h of commitment, USD. */
  upfrontUsd: number;
}

/** Infinity: no limit. */
export interface Limits {
  /** Expected share of the new commitment that could be used (`optimize/waste.ts`), at least: 0 … 1. */
  minUtilization: number;
  /** Of all new plans together, $/h at Savings Plans rates. */
  maxCommitmentUsdPerHour: number;
  maxUpfrontUsd: number;
}

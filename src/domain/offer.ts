/** What may be bought, and within which limits, as the program sees it. */
import { TERM_HOURS, type Offering } from "./offering.ts";
import type { OfferingRates } from "./rates.ts";
import type { Start } from "./start.ts";

/** A plan that may be bought, in any amount. */
export interface Offer {
  ownerAccount: string;
  rates: OfferingRates;
  /** Hour of the horizon with which it would start, where an hour of the scenarios begins. */
  activeFrom: number;
  /** Hours of the horizon in which it would be active, up to where an hour of the scenarios begins. */
  activeHours: number;
  /** What a committed dollar costs, paid upfront or by the hour, in dollars paid by the hour: ≥ 1. */
  weight: number;
  /** Cash at its start per $/h of commitment, USD. */
  upfrontUsd: number;
}

/** An offering at one of the starts. Active in `[activeFrom, activeTo)`. */
export interface DatedOffer extends Offer {
  offering: Offering;
  start: Start;
  activeTo: number;
}

/** Infinity: no limit. */
export interface Limits {
  /** Expected share of the new commitment that could be used (`optimize/waste.ts`), at least: 0 … 1. */
  minUtilization: number;
  /** Of all new plans that are active at once, $/h at Savings Plans rates. */
  maxCommitmentUsdPerHour: number;
  /** Of the new plans that start within a year from now, or within another. */
  maxUpfrontUsd: number;
}

/** The year from now in which it starts, from 0: cash is limited within each. */
export const yearOf = ({ activeFrom }: Pick<Offer, "activeFrom">): number =>
  Math.floor(activeFrom / TERM_HOURS["1yr"]);

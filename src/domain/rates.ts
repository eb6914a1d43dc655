import type { Offering } from "./offering.ts";
import type { RateRatioVector } from "./units.ts";

/** One row of a Savings Plans rate card. */
export interface SavingsPlansRate extends Offering {
  usageType: string;
  operation: string;
  savingsPlanRateUsd: number;
  /** The On-Demand rate that the card states; null: take it from the bill. */
  onDemandRateUsd: number | null;
  /** That the card states. */
  currency?: string;
  /** Why its rate can't be read: a card may hold such a row for usage that nobody has. */
  fault?: string;
}

/** `file`: the user's; `bill`: seen in covered rows; `illustrative`: shipped with this tool, not AWS's. */
export type RateSource = "file" | "bill" | "illustrative";

/**
 * The rates of one offering for a list of SKUs, ready for settlement. Index = SKU index.
 * `ratio` is NaN where the offering has no rate for the SKU: such usage is never covered.
 */
export interface OfferingRates {
  ratio: RateRatioVector;
  savingsPlanRateUsd: Float64Array;
  source: (RateSource | null)[];
}

/** AWS publishes rates with at most this many decimals; dollars ÷ hours is rounded back to the published rate. */
const RATE_DECIMALS = 8;

export const roundRate = (rate: number): number => Number(rate.toFixed(RATE_DECIMALS));

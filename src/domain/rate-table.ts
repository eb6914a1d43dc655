import type { OwnedPlan } from "./commitment.ts";
import type { OfferingRates } from "./rates.ts";

export interface RatesInUse {
  /** Keys of (usage type, operation) with a row in the card in use: the deciding rule of eligibility. */
  ratedKeys: ReadonlySet<string>;
  /** Usage types whose operation is unknown and for which operations have different rates: none was used. */
  ambiguousTypes: ReadonlySet<string>;
  /** `[sku]` The On-Demand rates that the card states; NaN: none. The bill's are used where it shows some. */
  cardOnDemandUsd: Float64Array;
  /** Why rows of the card can't be read, none of them of usage in the bill. */
  passedOver: readonly string[];
  /** By offering label. */
  byOffering: ReadonlyMap<string, OfferingRates>;
  ofOwnedPlan: (plan: OwnedPlan) => OfferingRates;
}

import type { PlanTerms } from "./commitment.ts";
import type { HourSpan } from "./hour.ts";
import type { OfferingRates } from "./rates.ts";
import type { Demand, Sku } from "./usage.ts";

/** What a purchase is weighed against: the hours that count, the usage in them, the plans already held. */
export interface Situation {
  span: HourSpan;
  demand: Demand;
  skus: readonly Sku[];
  owned: readonly PlanTerms[];
  /** The account that would buy: its usage is served first. */
  buyer: string;
  /** True when plans also cover the organisation's other accounts. */
  sharing: boolean;
  /** Share that an enterprise agreement takes off both On-Demand and Savings Plans charges. */
  negotiatedDiscount: number;
}

/** A new plan of one offering, at its rates. */
export interface Candidate {
  rates: OfferingRates;
  commitmentUsdPerHour: number;
}

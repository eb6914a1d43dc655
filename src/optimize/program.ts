import type { PlanTerms } from "../domain/commitment.ts";
import type { RiskMeasure } from "../domain/risk.ts";
import type { OfferingRates } from "../domain/rates.ts";
import type { ScenarioSet } from "../domain/scenario.ts";

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
  /** Expected share of the new commitment that could be used (`waste.ts`), at least: 0 … 1. */
  minUtilization: number;
  /** Of all new plans together, $/h at Savings Plans rates. */
  maxCommitmentUsdPerHour: number;
  maxUpfrontUsd: number;
}

/**
 * The two-stage stochastic linear program. First stage: C_k ≥ 0, $/h of each offer. Second stage: the cheapest assignment of
 * every hour's usage to the offers and the owned plans that are active in it.
 */
export interface Program {
  scenarios: ScenarioSet;
  /** Active hours are hours of the horizon. */
  owned: readonly PlanTerms[];
  offers: readonly Offer[];
  sharing: boolean;
  risk: RiskMeasure;
  limits: Limits;
  /** `[scenario]` What the scenario costs with nothing new bought, settled, USD: losses are held against it. */
  baselineUsd: Float64Array;
}

import type { Sharing } from "../domain/sharing.ts";
import type { PlanTerms } from "../domain/commitment.ts";
import type { Limits, Offer } from "../domain/offer.ts";
import type { RiskMeasure } from "../domain/risk.ts";
import type { ScenarioSet } from "../domain/scenario.ts";

/**
 * The two-stage stochastic linear program. First stage: C_k ≥ 0, $/h of each offer. Second stage: the cheapest
 * assignment of every hour's usage to the offers and the owned plans that are active in it.
 */
export interface Program {
  scenarios: ScenarioSet;
  /** Active hours are hours of the horizon. */
  owned: readonly PlanTerms[];
  offers: readonly Offer[];
  sharing: Sharing;
  risk: RiskMeasure;
  limits: Limits;
  /** `[scenario]` What the scenario costs with nothing new bought, settled, USD: losses are held against it. */
  baselineUsd: Float64Array;
}

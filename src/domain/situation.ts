import type { PlanTerms } from "./commitment.ts";
import type { DeclaredEvent } from "./event.ts";
import type { HourSpan } from "./hour.ts";
import type { ScenarioSet } from "./scenario.ts";
import type { ScenarioTree } from "./scenario-tree.ts";
import type { Assumed } from "./assumed.ts";
import type { Demand, Sku } from "./usage.ts";

/** What a purchase is weighed against: the futures, and the plans that are held in them. */
export interface Situation {
  /**
   * The hours of the futures. A purchase starts with the first; when the past repeats, with the hour after the history.
   */
  span: HourSpan;
  start: number;
  futures: ScenarioSet;
  /** True when the past is taken to repeat: a plan then lasts as long as the horizon, whatever its term. */
  pastRepeats: boolean;
  /** What sampled futures assume; null when nothing is sampled. */
  assumed: Assumed | null;
  /** What will be known when, in futures sampled over three years; else null. */
  tree: ScenarioTree | null;
  /** What the user declared to come, taken into sampled futures. */
  events: readonly DeclaredEvent[];
  /**
   * `[scenario · 12 + month]` Mean hour of each future's first twelve months (730 h), all hours counted, On-Demand USD.
   */
  monthlyUsd: Float64Array;
  skus: readonly Sku[];
  /** Active hours are hours of the horizon. */
  owned: readonly PlanTerms[];
  /** The eligible usage of the history, and the plans owned at its end, taken to have been active all along. */
  past: { demand: Demand; owned: readonly PlanTerms[] };
  /** The account that would buy: its usage is served first. */
  buyer: string;
  /** True when plans also cover the organisation's other accounts. */
  sharing: boolean;
  /** Share that an enterprise agreement takes off both On-Demand and Savings Plans charges. */
  negotiatedDiscount: number;
}

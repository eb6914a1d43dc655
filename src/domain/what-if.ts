/**
 * What other commitments of the same offerings would do, on the same futures and around the same owned plans: what a
 * page recomputes when its reader moves the commitment.
 */
import type { CashFlow } from "./documents/cash-flow.ts";
import type { Expected, Risk } from "./documents/outcome.ts";
import type { Portfolio } from "./portfolio.ts";

/** All after any negotiated discount. The month of break-even takes a settlement of its own: it is in `WhatIfTerm`. */
export interface WhatIfFigures {
  expected: Omit<Expected, "breakEvenMonth">;
  risk: Risk;
}

/** Of the whole term, USD after any negotiated discount. */
export type WhatIfTerm = Pick<
  CashFlow,
  "cashAtStartUsd" | "undiscountedUsd" | "netPresentValueUsd" | "breakEvenMonth"
> & {
  /** Of the longest term that is bought; 0 when nothing is. */
  months: number;
};

/**
 * All numbers that settling takes, and no names: plans, usage types and accounts are indices. Settled by the code that
 * settles the result itself, so that its figures are the result's to the last digit.
 */
export interface WhatIfModel {
  /** `[hour]` and one more; `[scenario]`; `[scenario · hours + hour]`: as in `ScenarioSet`. */
  startHour: Float64Array;
  probability: Float64Array;
  baseHour: Int32Array;
  growth: Float64Array;
  /** The base hours that a scenario visits, by item: as in `Demand`. */
  baseHourCount: number;
  start: Int32Array;
  hour: Int32Array;
  onDemandUsd: Float64Array;
  /** `[pair]` The rule's order: as in `CoverageOrder`. */
  orderPlan: Int32Array;
  orderItem: Int32Array;
  orderRatio: Float64Array;
  /** `[plan]` The owned plans, then the offers, whose commitments are 0 here. */
  planCommitment: Float64Array;
  planFrom: Float64Array;
  planTo: Float64Array;
  /** `[offer]` What a dollar is worth to the objective, paid as the offering is paid. */
  weight: Float64Array;
  ownedCount: number;
  tail: number;
  negotiatedDiscount: number;
  discountRate: number;
  pastRepeats: boolean;
  /** The futures are a sample: its mean has a standard error. */
  sampled: boolean;
}

export interface WhatIf {
  /** What the document is about. */
  subject: Portfolio;
  /** The figures of a portfolio. */
  at: (portfolio: Portfolio) => WhatIfFigures;
  term: (portfolio: Portfolio) => WhatIfTerm;
  /** Made when asked for. */
  model: () => WhatIfModel;
  /**
   * `[hour]` The commitment to this offering that the usage of the hour could use, descending, $/h;
   * of the history or the mean future.
   */
  usableUsdPerHour: (offering: number) => Float64Array;
}

/** What sampled futures assume beyond the history, so that it can be told. */
export interface Assumed {
  /** How far back the present way of use may go, days: each as likely. */
  regimeDays: number[];
  /** Change of the logarithm of usage by week, at the start. */
  driftPerWeek: number;
  /** True: the drift is `--growth`, and lasts; false: the history's, and dies away. */
  driftIsGiven: boolean;
  /** Chance by week that the use of a SKU ends, and that as much begins. */
  endsPerWeek: number;
  birthsPerWeek: number;
  /**
   * SKUs whose On-Demand price is cut in some scenario: from then on a SKU of its own, after all others, in this order.
   */
  cutSkus: CutSku[];
  /** Scale of the level of all usage together: 0.1 is about 10 %. */
  levelScale: number;
}

/** A SKU after its price was cut. */
export interface CutSku {
  /** The SKU before. */
  of: number;
}

/** One cut of this size per family and scenario at most. */
export const PRICE_CUT = 0.3;

import type { Hour } from "./hour.ts";

/**
 * The recommended commitment, settled hour by hour. One entry per hour, from `from` on; USD of that hour,
 * after any negotiated discount.
 */
export interface HourlyUse {
  from: Hour;
  /** On-Demand equivalent of the eligible usage. */
  onDemandUsd: Float64Array;
  /** Of that, covered by owned plans / by the new purchases (at On-Demand rates). */
  ownedCoveredOnDemandUsd: Float64Array;
  newCoveredOnDemandUsd: Float64Array;
  /** Commitment of the new purchases that is used / not used (at Savings Plans rates). */
  newUsedUsd: Float64Array;
  newUnusedUsd: Float64Array;
  /** Billed On-Demand after all plans. */
  onDemandLeftUsd: Float64Array;
}

import type { Hour, HourSpan } from "./hour.ts";
import type { CommitmentVector, OnDemandVector } from "./units.ts";

/** What a Savings Plans rate is keyed by, with the parts that its usage type is made of. */
export interface Sku {
  usageType: string;
  operation: string;
  region: string;
  /** The token of the usage type: `Host`, `Train`, `Studio:KernelGateway`…; empty when the grammar does not fit. */
  component: string;
  /** `ml.g5.2xlarge`, or empty for lines without an instance. */
  instanceType: string;
}

/** One account's use of one SKU. */
export interface UsageItem {
  account: string;
  /** Index into `HourlySpend.skus`. */
  sku: number;
}

/**
 * SageMaker usage by hour, account and SKU: every usage line of the export, eligible or not, at its On-Demand
 * equivalent. Columnar and sparse: row `n` says that item `item[n]` in hour `from + hour[n]` was worth
 * `onDemandUsd[n]`, of which `coveredOnDemandUsd[n]` was covered by owned plans for `coveredSavingsPlanUsd[n]`. Rows
 * ascend by hour, then item.
 */
export interface HourlySpend {
  from: Hour;
  hourCount: number;
  /** Hours that one line of the export spans: 1, or 24 and more for daily and monthly exports spread evenly. */
  granularityHours: number;
  skus: Sku[];
  items: UsageItem[];
  hour: Int32Array;
  item: Int32Array;
  usageHours: Float64Array;
  onDemandUsd: OnDemandVector;
  coveredOnDemandUsd: OnDemandVector;
  coveredSavingsPlanUsd: CommitmentVector;
  /** Part of `coveredOnDemandUsd` under plans whose commitment the exports don't show: no new plan can reach it. */
  coveredByUnknownUsd: OnDemandVector;
}

/**
 * What settlement and optimisation work on: eligible spend in dollars at On-Demand rates, compressed by item. The
 * entries of item `i` are `start[i] … start[i+1] − 1`, ascending by hour; `hour[n]` lies in `0 … hourCount − 1`.
 */
export interface Demand extends UsageByItem {
  items: UsageItem[];
}

/** The same without whose usage it is. */
export interface UsageByItem {
  hourCount: number;
  start: Int32Array;
  hour: Int32Array;
  onDemandUsd: OnDemandVector;
}

export const spanOf = ({ from, hourCount }: HourlySpend): HourSpan => ({ from, to: from + hourCount });

import type { Sku } from "./usage.ts";

/** Savings Plans dollars of one plan for one SKU. */
export interface PlanUse {
  arn: string;
  sku: Sku;
  usedUsd: number;
}

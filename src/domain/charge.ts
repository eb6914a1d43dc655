import type { Picodollars } from "./money.ts";

/** Every SageMaker dollar of an export lands in exactly one of these. */
export const CHARGE_CLASSES = [
  "eligible-uncovered",
  "eligible-covered",
  "ineligible",
  "unconfirmed",
  "fee",
  "discount",
  "credit",
  "refund",
  "tax",
] as const;

export type ChargeClass = (typeof CHARGE_CLASSES)[number];

/** A class with its reason, and the exact sums of the rows that fell into it. */
export interface ClassTotal {
  class: ChargeClass;
  /** Why: `instance usage`, `storage`, `managed spot training`, `asynchronous inference`… */
  reason: string;
  rowCount: number;
  /** What the export bills for these rows; covered usage and its negation stand here together. */
  billedUsd: Picodollars;
  /** On-Demand equivalent of the usage in these rows. */
  onDemandUsd: Picodollars;
}

import type { Agreement } from "../agreement.ts";
import type { ChargeClass } from "../charge.ts";
import type { Finding } from "../finding.ts";
import type { History, OwnedPlanSummary, Provenance } from "./recommendation.ts";

/** `sageplan/inspection/1`: what `inspect --json` prints. Exact amounts are decimal strings. */
export interface Inspection {
  schema: "sageplan/inspection/1";
  provenance: Provenance;
  deliveries: {
    format: string;
    billingPeriod: string;
    version: string;
    files: number;
    rows: number;
    supersedes: number;
  }[];
  granularity: "hourly" | "daily" | "monthly" | "none";
  currency: string;
  payerAccounts: string[];
  accounts: { account: string; onDemandUsd: number; eligibleUsd: number }[];
  regions: { region: string; onDemandUsd: number; eligibleUsd: number }[];
  history: History | null;
  reconciliation: {
    /** The export's own total of its SageMaker rows, and the sum of the classes: equal to the last digit. */
    exportTotalUsd: string;
    classesTotalUsd: string;
    classes: {
      class: ChargeClass;
      reason: string;
      rows: number;
      billedUsd: string;
      onDemandUsd: string;
    }[];
    /** AWS's own rows against each other, and our replay of the owned plans against them. */
    checks: Agreement[];
  };
  ownedPlans: OwnedPlanSummary[];
  /** Eligible usage without a rate, by offering. */
  rateGaps: { offering: string; skus: number; usd: number }[];
  findings: Finding[];
}

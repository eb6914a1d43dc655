import type { Finding } from "./finding.ts";
import type { Offering, PaymentOption, Term } from "./offering.ts";
import type { Purchase } from "./commitment.ts";
import type { RateSource } from "./rates.ts";

/** Where a result came from: enough to make it again. */
export interface Provenance {
  version: string;
  inputs: { path: string; sha256: string; rows: number }[];
  options: Record<string, unknown>;
  seed: number;
}

export interface History {
  /** ISO 8601, UTC; the first hour, and the hour after the last. */
  from: string;
  to: string;
  hours: number;
  onDemandUsd: number;
  eligibleUsd: number;
  ineligibleUsd: number;
  unconfirmedUsd: number;
  missingHours: number;
}

/** Expected money over the horizon, in USD; shares in 0…1. */
export interface Expected {
  /** On-Demand equivalent of the eligible usage. */
  onDemandUsd: number;
  /** What it costs with the owned plans and the new purchases. */
  costUsd: number;
  /** Cost with the owned plans alone − cost with the new purchases too, both settled. */
  netSavingsUsd: number;
  /** netSavingsUsd ÷ cost with the owned plans alone (AWS's "savings %"). */
  savingsRate: number;
  effectiveSavingsRate: number;
  /** Of the new purchases. */
  utilization: number;
  /** Of all plans together. */
  coverage: number;
  /** First month of the term in which the On-Demand cost avoided has repaid the cash paid; null: never. */
  breakEvenMonth: number | null;
  /** Hours of the horizon in which the new commitment is not fully used. */
  hoursUnderused: number;
  /** Utilization below which the new commitment loses money: used commitment ÷ On-Demand dollars that it avoids. */
  breakEvenUtilization: number;
}

export interface Risk {
  tail: number;
  cvarLossUsd: number;
  probabilityOfLoss: number;
  netSavingsUsdP5: number;
  netSavingsUsdP50: number;
  netSavingsUsdP95: number;
  lockInMonths: number;
}

/** How near the optimum the answer is proven to be. Bounds are of the cost over the horizon, in USD. */
export interface Certificate {
  lowerBound: number;
  upperBound: number;
  relativeGap: number;
  solver: string;
  iterations: number;
}

export interface CurvePoint {
  commitmentUsdPerHour: number;
  netSavingsUsd: number;
  cvarLossUsd: number;
  utilization: number;
  coverage: number;
}

export interface Alternative {
  label: string;
  purchases: Purchase[];
  expected: Expected;
  risk: Risk;
  certificate: Certificate | null;
  /** True when `--term` and `--payment` allow it to be bought. */
  allowed: boolean;
  /** Share of the eligible spend whose rate comes from each source; the rest has no rate and stays On-Demand. */
  rateShares: Record<RateSource, number>;
}

export interface OwnedPlanSummary extends Offering {
  arn: string;
  ownerAccount: string;
  commitmentUsdPerHour: number;
  start: string | null;
  end: string | null;
  utilization: number;
}

/** `sageplan/recommendation/1`: what `recommend --json` prints. See `recommendation.schema.json`. */
export interface Recommendation {
  schema: "sageplan/recommendation/1";
  provenance: Provenance;
  /** The management accounts that pay for the usage; empty when the exports do not say. */
  payerAccounts: string[];
  history: History;
  /** What the figures span: under `history` futures the lookback itself. */
  horizon: { from: string; to: string; hours: number; futures: "history" };
  terms: { term: Term | "any"; paymentOption: PaymentOption | "any" };
  negotiatedDiscount: { share: number; source: "option" | "bill" | "none" };
  ownedPlans: OwnedPlanSummary[];
  /** Empty: buy nothing; `reason` then says why. */
  purchases: Purchase[];
  reason: string;
  expected: Expected;
  risk: Risk;
  certificate: Certificate;
  curve: CurvePoint[];
  /** "buy nothing", then each offering alone. */
  alternatives: Alternative[];
  findings: Finding[];
}

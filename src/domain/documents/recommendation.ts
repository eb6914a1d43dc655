import type { CashFlow } from "../cash-flow.ts";
import type { Finding } from "../finding.ts";
import type { Headroom } from "../headroom.ts";
import type { Offering, PaymentOption, Term } from "../offering.ts";
import type { Purchase } from "../commitment.ts";
import type { Comparison } from "./comparison.ts";
import type { Ladder } from "../ladder.ts";
import type { Certificate } from "./certificate.ts";
import type { OverTime } from "./over-time.ts";
import type { ShapeBounds } from "./shape-bounds.ts";
import type { RateSource } from "../rates.ts";

export type { Certificate } from "./certificate.ts";

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
  /** What paying upfront costs at the discount rate, over the horizon; not part of costUsd and netSavingsUsd. */
  capitalCostUsd: number;
}

/** How the net saving spreads over the scenarios. */
export interface Risk {
  tail: number;
  /** Mean loss (−net saving) in the worst 1 − tail of the scenarios; negative: a saving even then. */
  cvarLossUsd: number;
  /** Probability of a net saving below 0. */
  probabilityOfLoss: number;
  netSavingsUsdP5: number;
  netSavingsUsdP50: number;
  netSavingsUsdP95: number;
  /** Standard error of the mean net saving over sampled futures; null where nothing is sampled. */
  netSavingsStandardErrorUsd: number | null;
  /** Months that the purchases bind, weighted by commitment. */
  lockInMonths: number;
}

export interface CurvePoint {
  commitmentUsdPerHour: number;
  netSavingsUsd: number;
  cvarLossUsd: number;
  utilization: number;
  coverage: number;
}

/** `offering`: the best of one offering alone. */
export type AlternativeKind = "nothing" | "aws-rule" | "answer" | "risk-neutral" | "offering";

export interface Alternative {
  kind: AlternativeKind;
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

/** The best purchase at one risk aversion. */
export interface FrontierPoint {
  riskAversion: number;
  purchases: Purchase[];
  netSavingsUsd: number;
  cvarLossUsd: number;
  probabilityOfLoss: number;
  utilization: number;
}

/** What was minimised, and within which limits; null: no limit. */
export interface Objective {
  riskAversion: number;
  tail: number;
  minUtilization: number;
  maxCommitmentUsdPerHour: number | null;
  maxUpfrontUsd: number | null;
  discountRate: number;
}

/**
 * USD over the horizon, ≥ 0, risk-neutral, within the limits on money (not on utilization): 0 when
 * there is one scenario.
 */
export interface Information {
  /** Expected value of perfect information: what knowing the scenario before buying would save. */
  evpiUsd: number;
  /** Value of the stochastic solution: what the answer to the mean scenario would cost more. */
  vssUsd: number;
}

export interface OwnedPlanSummary extends Offering {
  arn: string;
  ownerAccount: string;
  commitmentUsdPerHour: number;
  start: string | null;
  end: string | null;
  /** Bought to start later, or its payment not through yet. */
  isQueued: boolean;
  utilization: number;
}

/**
 * `sageplan/recommendation/1`: what `recommend --json` prints. See `recommendation.schema.json`.
 * `sageplan/simulation/1` is the same at the user's own commitments: `purchases`, `expected`, `risk`, `curve` are about
 * those, the certificate tells how far they are from the best, and the alternative of kind `answer` is what `recommend`
 * says.
 */
export interface Recommendation {
  schema: "sageplan/recommendation/1" | "sageplan/simulation/1";
  provenance: Provenance;
  /** The management accounts that pay for the usage; empty when the exports do not say. */
  payerAccounts: string[];
  history: History;
  /**
   * What the figures span: under `history` futures the lookback itself, under `file` the file's hours, under
   * `bootstrap` the hours after the history, of each scenario of which `hoursSettled` stand for all.
   */
  horizon: {
    from: string;
    to: string;
    hours: number;
    futures: "history" | "file" | "bootstrap";
    scenarios: number;
    hoursSettled: number;
  };
  objective: Objective;
  terms: { term: Term | "any"; paymentOption: PaymentOption | "any" };
  negotiatedDiscount: { share: number; source: "option" | "bill" | "none" };
  ownedPlans: OwnedPlanSummary[];
  /** Empty: buy nothing; `reason` then says why. */
  purchases: Purchase[];
  reason: string;
  expected: Expected;
  risk: Risk;
  /** Where the data is daily or monthly, so that its hours are not known; else null. `expected` supposes them even. */
  bounds: ShapeBounds | null;
  certificate: Certificate;
  /** Along the answer's total commitment, its mix of offerings held. */
  curve: CurvePoint[];
  /** The efficient frontier: the best purchase along rising risk aversion. */
  frontier: FrontierPoint[];
  information: Information;
  /**
   * Where terms are compared over sampled futures of 36 months: the policy whose first decision the answer is; then
   * `certificate` is the policy's, while `expected` and `risk` are of the answer as if nothing followed it. Else null.
   */
  overTime: OverTime | null;
  /**
   * Buy nothing; AWS's rule; the answer; the risk-neutral answer; then each offering alone. All
   * settled on the same futures.
   */
  alternatives: Alternative[];
  /** By month of the term: what the document is about, then each of the six offerings at its own best commitment. */
  cashFlow: CashFlow[];
  /** `--ladder`: the same purchases in monthly tranches; null when it is not asked for, or nothing is bought. */
  ladder: Ladder | null;
  /** `--compare-aws`: AWS's own recommendation beside this one, and why they differ; else null. */
  comparison: Comparison | null;
  /** Savings that would shrink the usage that the commitment stands on; null in a simulation. */
  headroom: Headroom | null;
  findings: Finding[];
}

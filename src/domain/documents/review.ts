/** What the monthly review says. Money in USD after any negotiated discount; shares in 0…1. */
import type { Purchase } from "../commitment.ts";
import type { Finding } from "../finding.ts";
import type { Offering } from "../offering.ts";
import type { Provenance, Recommendation } from "./recommendation.ts";

/** What became of one billing period of a delivery. */
export interface Taken {
  billingPeriod: string;
  version: string;
  /** `known`: the same bytes were there; `older`: the store has a newer version; both change nothing. */
  state: "new" | "restated" | "known" | "older";
  rows: number;
  /**
   * On-Demand equivalent of the period's usage in the store now, and before; null: it had none. Before any discount.
   */
  onDemandUsd: number;
  onDemandUsdBefore: number | null;
  /** Accounts that the store had in this period and that a restating delivery no longer holds: their lines are gone. */
  droppedAccounts: string[];
}

/** What plans did in some hours. */
export interface PlanFigures {
  commitmentUsd: number;
  usedUsd: number;
  /** Paid and not used. */
  unusedUsd: number;
  coveredOnDemandUsd: number;
  /** coveredOnDemandUsd − commitmentUsd. */
  netSavingsUsd: number;
  /** usedUsd ÷ commitmentUsd; null without a commitment. */
  utilization: number | null;
}

/** A calendar month (UTC), as far as usage was seen. */
export interface MonthFigures extends PlanFigures {
  /** `2026-10` */
  month: string;
  /** Hours of it that were seen; fewer than it has: it is not complete. */
  hours: number;
  isComplete: boolean;
  /** Of eligible usage, covered or not. */
  onDemandUsd: number;
  /** Eligible usage billed On-Demand. */
  uncoveredOnDemandUsd: number;
  coverage: number;
  effectiveSavingsRate: number;
}

export interface PlanReview extends Offering {
  arn: string;
  ownerAccount: string;
  commitmentUsdPerHour: number;
  start: string | null;
  end: string | null;
  state: "active" | "ended" | "queued";
  /** Where the figures come from: the bill's own rows, or our settlement of its usage. */
  source: "bill" | "settled";
  months: (PlanFigures & { month: string })[];
  /** What it served before and now (`Drift`), most first; empty without a review before. */
  served: { group: SkuGroup; usedUsdPerHourBefore: number; usedUsdPerHour: number }[];
  /** Before and now, as above; null where it was not active. */
  utilizationBefore: number | null;
  utilizationNow: number | null;
}

export interface SkuGroup {
  component: string;
  /** `ml.c5` */
  family: string;
  region: string;
}

/** Mean eligible usage of a group, before and now. */
export interface DriftGroup extends SkuGroup {
  onDemandUsdPerHourBefore: number;
  onDemandUsdPerHour: number;
  changeUsdPerHour: number;
}

/** The last hours of the review before against the last hours now. */
export interface Drift {
  since: string;
  /** Hours of each of the two windows. */
  windowHours: number;
  onDemandUsdPerHourBefore: number;
  onDemandUsdPerHour: number;
  /** The biggest movers first. */
  groups: DriftGroup[];
  /** Change of all groups that are not named. */
  otherChangeUsdPerHour: number;
}

export interface Expiry extends Offering {
  arn: string;
  commitmentUsdPerHour: number;
  end: string;
  daysLeft: number;
  /** On-Demand dollars an hour that it covers and no other plan would, as usage was in the last four weeks. */
  uncoveredUsdPerHour: number;
  /** What to have in its place from then on; null: let it lapse. */
  renewal: Purchase | null;
}

export interface Returnable extends Offering {
  arn: string;
  commitmentUsdPerHour: number;
  start: string;
  /** The last second. */
  returnableUntil: string;
  /** Since its start; null: no hour of it was seen. */
  utilization: number | null;
}

/** The advice of the review before, held against what came. Dollars an hour over the hours since. */
export interface Hindsight {
  asOf: string;
  usageUntil: string;
  hours: number;
  purchases: Purchase[];
  /** The mean of its futures. */
  predicted: AdviceFigures;
  /** What came: the advised purchases, settled beside the plans owned then. */
  actual: AdviceFigures;
  /** Plans that began since. */
  bought: (Offering & { arn: string; commitmentUsdPerHour: number; start: string })[];
  followed: "nothing-advised" | "as-advised" | "in-part" | "otherwise" | "not";
  /** What a person told of the decision. */
  decision: string | null;
}

export interface AdviceFigures {
  onDemandUsdPerHour: number;
  netSavingsUsdPerHour: number;
  /** Of the advised purchases; null when none was advised. */
  utilization: number | null;
}

/** One thing for a person to decide or to know. */
export interface Step {
  kind: "buy" | "renew" | "let-lapse" | "return-or-keep" | "wait";
  /** One sentence. */
  what: string;
  why: string[];
  /** ISO 8601, UTC; null: no deadline. */
  until: string | null;
  /** What a person would run. */
  commands: string[];
}

/** What the store keeps of a review. */
export interface ReviewRecord {
  asOf: string;
  recommendation: Omit<Recommendation, "provenance">;
}

/** `sageplan/review/1`: what `review --json` prints. */
export interface Review {
  schema: "sageplan/review/1";
  provenance: Provenance;
  /** The instant of the review, and the usage that it saw. */
  asOf: string;
  usage: { from: string; to: string; hours: number; missingHours: number; billingPeriods: number };
  /** True: a person has something to decide, and the exit code is 10. */
  decisionDue: boolean;
  steps: Step[];
  deliveries: Taken[];
  /** Oldest first; the last thirteen. */
  months: MonthFigures[];
  plans: PlanReview[];
  expiries: Expiry[];
  returnable: Returnable[];
  drift: Drift | null;
  lastReview: Hindsight | null;
  recommendation: Recommendation;
  findings: Finding[];
}

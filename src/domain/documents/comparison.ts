import type { InputFile } from "../input-file.ts";
import type { Offering } from "../offering.ts";

/** What AWS itself recommends (GetSavingsPlansPurchaseRecommendation), as far as it is held against ours. */
export interface AwsRecommendation extends Offering {
  lookbackDays: 7 | 30 | 60;
  accountScope: "PAYER" | "LINKED";
  /** Milliseconds since the epoch; null: it does not say. */
  generatedMs: number | null;
  /** $/h at Savings Plans rates, over all accounts; 0: nothing is recommended. */
  commitmentUsdPerHour: number;
  /** Decimals that it is printed with. */
  decimals: number;
  /** Over 730 hours, by AWS; null: it does not say. */
  monthlySavingsUsd: number | null;
  averageOnDemandUsdPerHour: number | null;
}

export type ComparisonKind =
  | "not-explained"
  | "rounding"
  | "lookback"
  | "plans"
  | "futures"
  | "expiries"
  | "risk"
  | "limits"
  | "offerings";

/** One step from AWS's figure to ours, $/h. */
export interface ComparisonPart {
  kind: ComparisonKind;
  changeUsdPerHour: number;
  /** After this step. */
  commitmentUsdPerHour: number;
}

/** A commitment, settled on our futures; USD over the horizon. */
export interface ComparedOutcome {
  commitmentUsdPerHour: number;
  netSavingsUsd: number;
  cvarLossUsd: number;
  probabilityOfLoss: number;
  utilization: number;
}

/** AWS's recommendation beside ours, and the difference in parts that add up to it. */
export interface Comparison extends Offering {
  /** The file of AWS's recommendation. */
  source: string;
  accountScope: "PAYER" | "LINKED";
  lookbackDays: number;
  generatedAt: string | null;
  awsCommitmentUsdPerHour: number;
  ourCommitmentUsdPerHour: number;
  differenceUsdPerHour: number;
  /** In this order, from AWS's figure to ours: the changes add up to the difference. */
  parts: ComparisonPart[];
  /** AWS's figure and AWS's rule, worked out by us, over the same days of past usage. */
  sameLookback: {
    from: string;
    to: string;
    /** Hours of AWS's lookback that the exports hold. */
    hours: number;
    hoursWanted: number;
    ruleCommitmentUsdPerHour: number;
    /**
     * Net saving of AWS's figure in a month of 730 hours: by AWS, and settled by us; before any negotiated discount.
     */
    awsMonthlySavingsUsd: number | null;
    settledMonthlySavingsUsd: number;
    /** The same at the rule's commitment. */
    ruleMonthlySavingsUsd: number;
    /** What owned plans leave On-Demand, mean hour: by AWS, and settled by us. */
    awsAverageOnDemandUsdPerHour: number | null;
    averageOnDemandUsdPerHour: number;
  };
  /** Both on our futures. */
  aws: ComparedOutcome;
  ours: ComparedOutcome;
}

export interface AwsRecommendationFile {
  recommendation: AwsRecommendation;
  /** Empty: it states none. */
  currency: string;
  input: InputFile;
}

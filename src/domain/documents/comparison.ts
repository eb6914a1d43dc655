import { z } from "zod";
import type { Offering } from "../offering.ts";
import { amount, fraction, notNegative, paymentOption, positiveWhole, term, anyText } from "./fields.ts";
import type { InputFile } from "./provenance.ts";

export const ComparisonPart = z
  .object({
    kind: z
      .enum([
        "not-explained",
        "rounding",
        "lookback",
        "plans",
        "futures",
        "expiries",
        "risk",
        "limits",
        "offerings",
      ])
      .describe(
        "not-explained: AWS's rule worked out by us on AWS's days, rounded as AWS prints, gives " +
          "another figure; rounding: without that rounding; lookback: the rule over all history that " +
          "counts; plans: beside the plans as they are held now; futures: the best for the mean of the " +
          "scenarios; expiries: owned plans end and queued ones begin; risk: the risk aversion asked " +
          "for; limits: those asked for; offerings: all allowed offerings, decided over time.",
      ),
    changeUsdPerHour: amount.describe("What the step changes, $/h."),
    commitmentUsdPerHour: notNegative.describe("After the step, $/h."),
  })
  .describe("One step, which changes one thing.");
export type ComparisonKind = ComparisonPart["kind"];
export type ComparisonPart = z.infer<typeof ComparisonPart>;

export const ComparedOutcome = z
  .object({
    commitmentUsdPerHour: notNegative.describe("$/h in all."),
    netSavingsUsd: amount.describe("Mean of the scenarios."),
    cvarLossUsd: amount.describe("Mean loss in the worst scenarios, at `risk.tail`."),
    probabilityOfLoss: fraction.describe("Of a net saving below 0."),
    utilization: fraction.describe("Of the new commitment."),
  })
  .describe("AWS's figure, settled on the scenarios of this document; USD over the horizon.");
export type ComparedOutcome = z.infer<typeof ComparedOutcome>;

export const Comparison = z
  .object({
    term: term.describe("Of the plan that AWS recommends."),
    paymentOption: paymentOption.describe("Of the plan that AWS recommends."),
    source: anyText.describe("The file of AWS's recommendation."),
    accountScope: z
      .enum(["PAYER", "LINKED"])
      .describe("LINKED: AWS's figure is a sum over accounts, each looked at alone."),
    lookbackDays: z.literal([7, 30, 60]).describe("Days of the past that AWS looked at."),
    generatedAt: anyText.nullable().describe("When AWS worked it out; null: it does not say."),
    awsCommitmentUsdPerHour: notNegative.describe("AWS's figure, $/h at Savings Plans rates."),
    ourCommitmentUsdPerHour: notNegative.describe("All purchases of this document, $/h."),
    differenceUsdPerHour: amount.describe("Ours − AWS's."),
    parts: ComparisonPart.array().describe(
      "From AWS's figure to ours; the changes add up to the difference.",
    ),
    sameLookback: z
      .object({
        from: anyText.describe("First hour, ISO 8601, UTC."),
        to: anyText.describe("The hour after the last."),
        hours: positiveWhole.describe("Hours of those days that the exports hold."),
        hoursWanted: positiveWhole.describe("Hours that AWS looked at."),
        ruleCommitmentUsdPerHour: notNegative.describe("AWS's rule, worked out by us, $/h."),
        awsMonthlySavingsUsd: amount
          .nullable()
          .describe("What AWS says its figure saves in 730 hours; null: it does not say."),
        settledMonthlySavingsUsd: amount.describe("The same, settled by us."),
        ruleMonthlySavingsUsd: amount.describe("What the rule's commitment saves in 730 hours."),
        awsAverageOnDemandUsdPerHour: amount
          .nullable()
          .describe(
            "Mean hourly On-Demand spend as AWS saw it; null: it does not say, or it is of single accounts.",
          ),
        averageOnDemandUsdPerHour: notNegative.describe(
          "The same by these exports: what owned plans leave On-Demand.",
        ),
      })
      .describe("Past usage on the days that AWS looked at, before any negotiated discount."),
    aws: ComparedOutcome,
    ours: ComparedOutcome.describe("The purchases of this document, on the same."),
  })
  .meta({
    id: "comparison",
    description: "`--compare-aws`: AWS's own recommendation beside this one, and the difference in parts.",
  });
export type Comparison = z.infer<typeof Comparison>;

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

export interface AwsRecommendationFile {
  recommendation: AwsRecommendation;
  /** Empty: it states none. */
  currency: string;
  input: InputFile;
}

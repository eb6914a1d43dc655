import { z } from "zod";
import {
  amount,
  trueOrFalse,
  fraction,
  notNegative,
  paymentOption,
  term,
  anyText,
  wholeNumber,
} from "./fields.ts";
import { Purchase } from "./purchase.ts";

export const PlanFigures = z.object({
  commitmentUsd: notNegative.describe("Commitment paid, USD."),
  usedUsd: notNegative.describe("Commitment used, USD."),
  unusedUsd: notNegative.describe("Paid and not used, USD."),
  coveredOnDemandUsd: notNegative.describe("Usage covered, at On-Demand rates, USD."),
  netSavingsUsd: amount.describe("coveredOnDemandUsd − commitmentUsd, USD."),
  utilization: fraction.nullable().describe("usedUsd ÷ commitmentUsd; null without a commitment."),
});
export type PlanFigures = z.infer<typeof PlanFigures>;

export const MonthFigures = z
  .object({
    month: anyText.describe("`2026-10`"),
    hours: wholeNumber.describe("Hours of it that were seen."),
    isComplete: trueOrFalse.describe("All of its hours were seen."),
    onDemandUsd: amount.describe("Eligible usage, covered or not, at On-Demand rates."),
    uncoveredOnDemandUsd: amount.describe("Eligible usage billed On-Demand."),
    ...PlanFigures.shape,
    coverage: fraction.describe("coveredOnDemandUsd ÷ onDemandUsd."),
    effectiveSavingsRate: amount.describe(
      "(onDemandUsd − uncoveredOnDemandUsd − commitmentUsd) ÷ onDemandUsd.",
    ),
  })
  .describe("A month, as far as usage was seen.");
export type MonthFigures = z.infer<typeof MonthFigures>;

export const SkuGroup = z
  .object({
    component: anyText.describe("Token of the usage type: Host, Train…"),
    family: anyText.describe("Instance family: ml.c5."),
    region: anyText.describe("Region."),
  })
  .describe("The group.");
export type SkuGroup = z.infer<typeof SkuGroup>;

export const PlanReview = z
  .object({
    arn: anyText.describe("ARN of the Savings Plan."),
    ownerAccount: anyText.describe("Account that owns it."),
    term: term.describe("Term of the plan."),
    paymentOption: paymentOption.describe("How it is paid."),
    commitmentUsdPerHour: notNegative.describe(
      "Commitment, USD per hour at Savings Plans rates, before any discount.",
    ),
    start: anyText.nullable().describe("First hour; null: before the data."),
    end: anyText.nullable().describe("First hour in which it no longer applies; null: unknown."),
    state: z.enum(["active", "ended", "queued"]).describe("At the review's instant."),
    source: z
      .enum(["bill", "settled"])
      .describe("Where the figures come from: the bill's own rows, or AWS's rule over its usage."),
    months: z
      .object({ month: anyText.describe("`2026-10`"), ...PlanFigures.shape })
      .describe("A month.")
      .array()
      .describe("The last thirteen months that it was active in."),
    served: z
      .object({
        group: SkuGroup,
        usedUsdPerHourBefore: amount.describe("Commitment used for it before, USD per hour."),
        usedUsdPerHour: amount.describe("The same now."),
      })
      .describe("A SKU group.")
      .array()
      .describe("What it was used for before and now (`drift`), most first; empty without a review before."),
    utilizationBefore: fraction.nullable().describe("Utilization in the window before; null: not active."),
    utilizationNow: fraction.nullable().describe("The same now."),
  })
  .describe("A plan.");
export type PlanReview = z.infer<typeof PlanReview>;

export const Expiry = z
  .object({
    arn: anyText.describe("ARN of the Savings Plan."),
    term: term.describe("Term of the plan."),
    paymentOption: paymentOption.describe("How it is paid."),
    commitmentUsdPerHour: notNegative.describe(
      "Commitment, USD per hour at Savings Plans rates, before any discount.",
    ),
    end: anyText.describe("First hour in which it no longer applies."),
    daysLeft: wholeNumber.describe("Whole days."),
    uncoveredUsdPerHour: amount.describe(
      "Usage that it covers and no other plan would, as the last four weeks were: On-Demand USD " +
        "per hour.",
    ),
    renewal: Purchase.nullable().describe("What to have in its place from then on; null: let it lapse."),
  })
  .describe("A plan.");
export type Expiry = z.infer<typeof Expiry>;

export const Returnable = z
  .object({
    arn: anyText.describe("ARN of the Savings Plan."),
    term: term.describe("Term of the plan."),
    paymentOption: paymentOption.describe("How it is paid."),
    commitmentUsdPerHour: notNegative.describe(
      "Commitment, USD per hour at Savings Plans rates, before any discount.",
    ),
    start: anyText.describe("When it was bought, ISO 8601, UTC."),
    returnableUntil: anyText.describe("The last second."),
    utilization: fraction.nullable().describe("Since its start; null: no hour of it was seen."),
  })
  .describe("A plan.");
export type Returnable = z.infer<typeof Returnable>;

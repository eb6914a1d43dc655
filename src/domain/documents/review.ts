import { z } from "zod";
import {
  amount,
  currency,
  trueOrFalse,
  fraction,
  notNegative,
  paymentOption,
  term,
  anyText,
  wholeNumber,
} from "./fields.ts";
import { Finding } from "./finding.ts";
import { Expiry, MonthFigures, PlanReview, Returnable, SkuGroup } from "./plan-review.ts";
import { Provenance } from "./provenance.ts";
import { Purchase } from "./purchase.ts";
import type { Recommendation } from "./recommendation.ts";

export const Taken = z
  .object({
    billingPeriod: anyText.describe("`2026-10`"),
    version: anyText.describe(
      "Assembly id or execution folder that the store now has; empty when the layout tells none.",
    ),
    rows: wholeNumber.describe("Rows of the export that were SageMaker's."),
    onDemandUsd: amount.describe(
      "On-Demand equivalent of the period's usage in the store now, before any discount.",
    ),
    onDemandUsdBefore: amount.nullable().describe("The same before; null: the store had none."),
    droppedAccounts: anyText
      .array()
      .describe("Accounts that the store had in this period and that a restating delivery no longer holds."),
    state: z
      .enum(["new", "restated", "known", "older"])
      .describe(
        "`known`: the same bytes were there; `older`: the store has a newer version. Both change nothing.",
      ),
  })
  .describe("A period of a delivery.");
export type Taken = z.infer<typeof Taken>;

export const DriftGroup = z
  .object({
    ...SkuGroup.shape,
    onDemandUsdPerHourBefore: amount.describe("Before, USD per hour."),
    onDemandUsdPerHour: amount.describe("Now, USD per hour."),
    changeUsdPerHour: amount.describe("Now − before."),
  })
  .describe("A SKU group.");
export type DriftGroup = z.infer<typeof DriftGroup>;

export const Drift = z
  .object({
    since: anyText.describe("Where the review before ended."),
    windowHours: wholeNumber.describe("Hours of each of the two windows."),
    onDemandUsdPerHourBefore: amount.describe("All eligible usage before, USD per hour."),
    onDemandUsdPerHour: amount.describe("The same now."),
    groups: DriftGroup.array().describe("The biggest movers."),
    otherChangeUsdPerHour: amount.describe("Change of all groups that are not named."),
  })
  .describe("The last hours of the review before against the last hours now.");
export type Drift = z.infer<typeof Drift>;

export const AdviceFigures = z
  .object({
    onDemandUsdPerHour: amount.describe("Eligible usage, On-Demand, USD per hour."),
    netSavingsUsdPerHour: amount.describe("Net saving of the advised purchases, USD per hour."),
    utilization: fraction.nullable().describe("Of the advised purchases; null when none was advised."),
  })
  .describe("The mean of its scenarios, USD per hour.");
export type AdviceFigures = z.infer<typeof AdviceFigures>;

export const Foreseen = AdviceFigures.extend({
  onDemandUsdPerHourP5: amount.nullable().describe("5th percentile of the eligible usage; null: not kept."),
  onDemandUsdPerHourP95: amount.nullable().describe("95th percentile; null: not kept."),
}).describe("What was foreseen for the hours since, USD per hour.");
export type Foreseen = z.infer<typeof Foreseen>;

export const Calibration = z
  .object({
    reviews: wholeNumber.describe("Reviews whose forecast was held against what came."),
    within: wholeNumber.describe(
      "Of those, how often usage came between the 5th and the 95th percentile that were foreseen: nine of ten should.",
    ),
    meanErrorShare: amount.describe("Mean of (came − foreseen) ÷ foreseen. Share."),
  })
  .describe("How well usage was foreseen so far.");
export type Calibration = z.infer<typeof Calibration>;

export const AdviceBasis = z
  .object({
    term: term.describe("Term of the offering that both are of."),
    paymentOption: paymentOption.describe("How it is paid."),
    pastUsdPerHour: notNegative.describe(
      "AWS's rule on the last 30 days, as if nothing were owned, USD per hour.",
    ),
    levelUsdPerHour: notNegative.describe(
      "The best commitment over the scenarios at the risk aversion, as if nothing were owned, USD per hour.",
    ),
  })
  .describe("What advice rests on, so that the next review can say why its own differs.");
export type AdviceBasis = z.infer<typeof AdviceBasis>;

export const AdviceChange = z
  .object({
    beforeUsdPerHour: notNegative.describe("What the review before advised to buy then."),
    nowUsdPerHour: notNegative.describe("What this one advises to buy now."),
    parts: z
      .object({
        kind: z
          .enum(["rates", "usage", "futures", "plans", "time"])
          .describe(
            "`rates`: AWS's rule on the same days with the rates, options and corrections of today; `usage`: the same rule on " +
              "newer days; `futures`: how much more or less than that rule the scenarios carry; `plans`: what ended less what was " +
              "bought since; `time`: the rest, as plans that end come nearer and purchases can wait.",
          ),
        changeUsdPerHour: amount.describe("USD per hour; the parts add up to the difference."),
      })
      .describe("A part.")
      .array()
      .describe("Why the advice differs."),
  })
  .describe("The commitment advised now against that of the review before, at Savings Plans rates.");
export type AdviceChange = z.infer<typeof AdviceChange>;

export const Hindsight = z
  .object({
    asOf: anyText.describe("Instant of that review."),
    usageUntil: anyText.describe("The usage that it saw ended here."),
    hours: wholeNumber.describe("Hours since."),
    purchases: Purchase.array().describe("What it advised."),
    predicted: Foreseen,
    actual: AdviceFigures.describe(
      "What came: the advised purchases settled beside the plans owned then, USD per hour.",
    ),
    bought: z
      .object({
        term: term.describe("Term of the plan."),
        paymentOption: paymentOption.describe("How it is paid."),
        arn: anyText.describe("ARN of the Savings Plan."),
        commitmentUsdPerHour: notNegative.describe(
          "Commitment, USD per hour at Savings Plans rates, before any discount.",
        ),
        start: anyText.describe("When it began."),
      })
      .describe("A plan.")
      .array()
      .describe("Plans that began since."),
    followed: z
      .enum(["nothing-advised", "as-advised", "in-part", "otherwise", "not"])
      .describe("What was bought against what was advised."),
    decision: anyText.nullable().describe("What a person told of the decision."),
  })
  .describe("The advice of the review before, held against what came.");
export type Hindsight = z.infer<typeof Hindsight>;

export const Step = z
  .object({
    kind: z
      .enum(["buy", "renew", "let-lapse", "return-or-keep", "wait"])
      .describe("`let-lapse` and `wait` need nobody."),
    what: anyText.describe("One sentence."),
    why: anyText.array().describe("Reasons."),
    until: anyText.nullable().describe("Deadline, ISO 8601, UTC; null: none."),
    commands: anyText.array().describe("Lines that a person would run."),
  })
  .describe("A step.");
export type Step = z.infer<typeof Step>;

export const Review = z
  .object({
    schema: z.literal("sageplan/review/1").describe("Name and version of this format."),
    provenance: Provenance,
    currency,
    asOf: anyText.describe("Instant of the review, ISO 8601, UTC."),
    usage: z
      .object({
        from: anyText.describe("First hour, ISO 8601, UTC."),
        to: anyText.describe("The hour after the last."),
        hours: wholeNumber.describe("Hours between them."),
        missingHours: wholeNumber.describe("Of those, hours without any SageMaker usage."),
        billingPeriods: wholeNumber.describe("Billing periods in the store, up to the review."),
      })
      .describe("The usage that was seen."),
    decisionDue: trueOrFalse.describe("True: a person has something to decide; the exit code is 10."),
    steps: Step.array().describe("What there is to decide or to know, first things first."),
    deliveries: Taken.array().describe("What became of the deliveries that were brought, by billing period."),
    months: MonthFigures.array().describe("The last thirteen calendar months (UTC), oldest first."),
    plans: PlanReview.array().describe("Plans owned."),
    expiries: Expiry.array().describe("Plans that expire within 90 days, first first."),
    returnable: Returnable.array().describe("Plans that AWS would still take back."),
    drift: Drift.nullable().describe("How usage moved since the review before; null: there was none."),
    lastReview: Hindsight.nullable().describe("null: this is the first review."),
    calibration: Calibration.nullable().describe("null: nothing was held against what came yet."),
    adviceChange: AdviceChange.nullable().describe("null: there was no review before, or nothing changed."),
    recommendation: z.custom<Recommendation>().meta({ $ref: "urn:sageplan:schema:recommendation:2" }),
    findings: Finding.array().describe("Oddities that did not stop the work."),
  })
  .meta({
    $id: "urn:sageplan:schema:review:1",
    title: "What `sageplan review --json` prints",
    description:
      "The monthly review: what the plans did, and what there is to decide. Money in USD after any " +
      "negotiated discount, unless said otherwise.",
  });
export type Review = z.infer<typeof Review>;

/** What the store keeps of a review. */
export interface ReviewRecord {
  asOf: string;
  recommendation: Omit<Recommendation, "provenance">;
  /** Absent in what 0.1 kept, as is the recommendation's forecast. */
  basis?: AdviceBasis;
}

import { z } from "zod";
import {
  amount,
  trueOrFalse,
  instantText,
  nearShare,
  notNegative,
  paymentOption,
  term,
  anyText,
  wholeNumber,
} from "./fields.ts";

export const History = z
  .object({
    from: instantText.describe("First hour. ISO 8601, UTC."),
    to: instantText.describe("The hour after the last. ISO 8601, UTC."),
    hours: wholeNumber.describe("Hours from `from` to `to`."),
    onDemandUsd: amount.describe("On-Demand equivalent of all SageMaker usage lines, USD."),
    eligibleUsd: amount.describe("Of that, eligible usage, covered by owned plans or not, USD."),
    ineligibleUsd: amount.describe("Of that, usage that SageMaker AI Savings Plans never cover, USD."),
    unconfirmedUsd: amount.describe("Of that, usage for which AWS does not say whether plans cover it, USD."),
    missingHours: wholeNumber.describe("Hours within the span without any SageMaker usage line."),
  })
  .meta({ id: "history", description: "The usage that counted. Money at On-Demand rates over the span." });
export type History = z.infer<typeof History>;

export const OwnedPlanSummary = z
  .object({
    term: term.describe("Length of the commitment."),
    paymentOption: paymentOption.describe("How the commitment is paid."),
    arn: anyText.describe("Savings Plan ARN."),
    ownerAccount: anyText.describe("Account that bought it."),
    commitmentUsdPerHour: notNegative.describe("USD per hour at Savings Plans rates."),
    start: instantText.nullable().describe("Start; null: before the data. ISO 8601, UTC."),
    end: instantText.nullable().describe("End; null: unknown. ISO 8601, UTC."),
    gone: z
      .enum(["returned", "stopped"])
      .nullable()
      .describe("Ended before its stated end: AWS refunded it (`returned`), or its rows stop (`stopped`)."),
    isQueued: trueOrFalse.describe("Bought to start later, or its payment not through yet."),
    utilization: nearShare("Used ÷ total commitment over the history."),
  })
  .meta({ id: "ownedPlan", description: "A plan that the organisation holds." });
export type OwnedPlanSummary = z.infer<typeof OwnedPlanSummary>;

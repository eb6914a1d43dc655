import { z } from "zod";
import { amount, trueOrFalse, fraction, nearShare, notNegative, positiveWhole, anyText } from "./fields.ts";
import { Certificate } from "./certificate.ts";
import { Purchase } from "./purchase.ts";

export const Expected = z
  .object({
    onDemandUsd: amount.describe("On-Demand equivalent of the eligible usage, USD."),
    costUsd: amount.describe("Its cost with the owned plans and the new purchases, USD."),
    netSavingsUsd: amount.describe("Cost with the owned plans alone − cost with the new purchases too, USD."),
    savingsRate: amount
      .max(1)
      .describe("netSavingsUsd ÷ cost with the owned plans alone. Share, at most 1; negative for a loss."),
    effectiveSavingsRate: amount
      .max(1)
      .describe(
        "(On-Demand equivalent − cost) ÷ On-Demand equivalent, unused commitment counted. Share, at " +
          "most 1.",
      ),
    utilization: nearShare("Used ÷ total commitment of the new purchases."),
    coverage: nearShare("On-Demand equivalent covered by all plans ÷ that of the eligible usage."),
    breakEvenMonth: positiveWhole
      .nullable()
      .describe(
        "First month of the term in which the On-Demand cost avoided has repaid the cash paid; null: " +
          "never.",
      ),
    hoursUnderused: notNegative.describe(
      "Hours of the horizon in which the new commitment is not fully used, on average over the " +
        "scenarios.",
    ),
    breakEvenUtilization: notNegative.describe(
      "Utilization below which the new commitment loses money. Share, 0 or more.",
    ),
    capitalCostUsd: notNegative.describe(
      "What paying upfront costs at the discount rate, USD; not part of costUsd and netSavingsUsd.",
    ),
  })
  .meta({ id: "expected", description: "Expected money over the horizon, settled under AWS's rule." });
export type Expected = z.infer<typeof Expected>;

export const Risk = z
  .object({
    tail: nearShare("The tail that CVaR looks at."),
    cvarLossUsd: amount.describe(
      "CVaR of the loss: its mean in the worst 1 − tail of the scenarios, USD; negative: a saving " +
        "even then.",
    ),
    probabilityOfLoss: nearShare("Probability of a negative net saving."),
    netSavingsUsdP5: amount.describe("5th percentile of the net saving, USD."),
    netSavingsUsdP50: amount.describe("Median net saving, USD."),
    netSavingsUsdP95: amount.describe("95th percentile of the net saving, USD."),
    netSavingsStandardErrorUsd: notNegative
      .nullable()
      .describe(
        "Standard error of the mean net saving over sampled scenarios, USD; null where nothing is sampled.",
      ),
    netSavingsP5StandardErrorUsd: notNegative
      .nullable()
      .describe(
        "Standard error of the 5th percentile, an upper estimate, USD; null where nothing is sampled.",
      ),
    cvarStandardErrorUsd: notNegative
      .nullable()
      .describe(
        "Standard error of the CVaR, an upper estimate, USD; null where nothing is sampled, or where the tail holds " +
          "fewer than two scenarios.",
      ),
    lockInMonths: notNegative.describe("Months that the purchases bind, weighted by commitment."),
  })
  .meta({
    id: "risk",
    description:
      "How the net saving spreads over the scenarios. Loss = −net saving; money in USD over the " +
      "horizon.",
  });
export type Risk = z.infer<typeof Risk>;

export const CurvePoint = z
  .object({
    commitmentUsdPerHour: notNegative.describe("USD per hour at Savings Plans rates."),
    netSavingsUsd: amount.describe("Net saving over the horizon, USD."),
    cvarLossUsd: amount.describe("CVaR of the loss over the horizon, USD."),
    utilization: nearShare("Used ÷ total new commitment."),
    coverage: nearShare("Of all plans together."),
  })
  .describe("A point.");
export type CurvePoint = z.infer<typeof CurvePoint>;

export const ForecastMonth = z
  .object({
    from: anyText.describe("First hour. ISO 8601, UTC."),
    to: anyText.describe("The hour after the last. ISO 8601, UTC."),
    onDemandUsdPerHour: notNegative.describe(
      "Eligible usage, On-Demand, mean of the scenarios, USD per hour.",
    ),
    onDemandUsdPerHourP5: notNegative.describe("Its 5th percentile."),
    onDemandUsdPerHourP95: notNegative.describe("Its 95th percentile."),
    netSavingsUsdPerHour: amount.describe(
      "Net saving of what is bought now, alone beside the owned plans, USD per hour; money paid at the start spread " +
        "over the term.",
    ),
  })
  .describe("A month of 730 hours.");
export type ForecastMonth = z.infer<typeof ForecastMonth>;

export const FrontierPoint = z
  .object({
    riskAversion: fraction.describe("Weight of CVaR, 0…1."),
    purchases: Purchase.array().describe("Empty: buy nothing."),
    netSavingsUsd: amount.describe("Mean net saving less the cost of capital, USD."),
    cvarLossUsd: amount.describe(
      "CVaR of the loss at the tail of the risk, cost of capital in it, USD; negative: a saving even then.",
    ),
    probabilityOfLoss: nearShare("Probability of a negative net saving."),
    utilization: nearShare("Mean utilization."),
  })
  .describe("The best purchase at one risk aversion.");
export type FrontierPoint = z.infer<typeof FrontierPoint>;

export const Alternative = z
  .object({
    kind: z
      .enum(["nothing", "aws-rule", "median-rule", "answer", "risk-neutral", "offering"])
      .describe(
        "`aws-rule`: what AWS's own recommendation would be; `median-rule`: the median of AWS's rule over the last 1, 3, 7, " +
          "14 and 30 days, less where the last day is low; `answer`: what `recommend` says; " +
          "`risk-neutral`: the best for the mean alone; `offering`: the best of one offering alone.",
      ),
    label: anyText.describe("In words; for an `offering` its term and payment option."),
    purchases: Purchase.array().describe("Empty: nothing pays."),
    expected: Expected,
    risk: Risk,
    certificate: Certificate.nullable().describe("null: nothing was optimised."),
    allowed: trueOrFalse.describe("`--term` and `--payment` allow it."),
    rateShares: z
      .object({
        file: nearShare("The user's rate files."),
        bill: nearShare("Covered rows of the bill."),
        illustrative: nearShare("Shipped with sageplan, not AWS's."),
      })
      .describe(
        "Share of the eligible spend whose rate comes from each source; the rest has no rate and " +
          "stays On-Demand.",
      ),
  })
  .describe("An alternative.");
export type AlternativeKind = Alternative["kind"];
export type Alternative = z.infer<typeof Alternative>;

import { z } from "zod";
import {
  amount,
  instantText,
  nearShare,
  notNegative,
  paymentOption,
  positiveWhole,
  term,
  anyText,
} from "./fields.ts";

export const Tranche = z
  .object({
    number: positiveWhole.describe("Of the tranche; several offerings make several of each."),
    term: term.describe("Length of the commitment."),
    paymentOption: paymentOption.describe("How the commitment is paid."),
    commitmentUsdPerHour: notNegative.describe("USD per hour at Savings Plans rates."),
    upfrontUsd: notNegative.describe("Cash at its start, before any negotiated discount, USD."),
    start: instantText.describe("First hour. ISO 8601, UTC."),
    end: instantText.describe("The hour after the last. ISO 8601, UTC."),
    afterPlan: anyText
      .nullable()
      .describe("The owned plan whose end it starts at; null: it starts with its month."),
  })
  .describe("One queued purchase.");
export type Tranche = z.infer<typeof Tranche>;

export const LadderOutcome = z
  .object({
    netSavingsUsd: amount.describe("Mean net saving over the horizon, USD."),
    cvarLossUsd: amount.describe(
      "CVaR of the loss at the tail of the risk, USD; negative: a saving even then.",
    ),
    probabilityOfLoss: nearShare("Probability of a negative net saving."),
  })
  .meta({ id: "ladderOutcome", description: "A way through the scenarios, after any negotiated discount." });
export type LadderOutcome = z.infer<typeof LadderOutcome>;

export const LadderStep = z
  .object({
    number: positiveWhole.describe("Of the tranche."),
    at: instantText.describe("Its first hour. ISO 8601, UTC."),
    boundUsdPerHour: notNegative.describe("Commitment that is bound, USD per hour."),
    callableUsdPerHour: notNegative.describe(
      "Commitment that is queued and can be called off, USD per hour.",
    ),
    boundUsd: notNegative.describe(
      "Still to be paid for what is bound, upfront payments spread over their term, USD after any " +
        "negotiated discount.",
    ),
    boundAtOnceUsd: notNegative.describe("The same of the purchase at once, USD."),
    lockInMonths: notNegative.describe(
      "Remaining months of what is bound, weighted by commitment (Commitment Lock-In Risk).",
    ),
    lockInMonthsAtOnce: notNegative.describe("The same of the purchase at once."),
    ifLast: LadderOutcome.describe("If the ladder ends with this tranche, in every scenario."),
  })
  .describe("As a tranche begins.");
export type LadderStep = z.infer<typeof LadderStep>;

export const Ladder = z
  .object({
    asked: positiveWhole.describe("Tranches asked for."),
    tranches: Tranche.array().describe("In the order of their numbers."),
    atOnce: LadderOutcome.describe("All bought at the start."),
    asPlanned: LadderOutcome.describe("Every tranche begins."),
    priceUsd: amount.describe("Mean net saving at once − as planned, USD."),
    calledOff: z
      .object({
        ...LadderOutcome.shape,
        below: notNegative.describe(
          "Usage has collapsed when in the month before a tranche it is below this share of the first " +
            "month's mean.",
        ),
        probability: nearShare("Of calling some of it off."),
      })
      .describe(
        "The rest is called off in the scenarios in which usage has collapsed before a tranche begins.",
      ),
    steps: LadderStep.array().describe("One for each number."),
  })
  .meta({
    id: "ladder",
    description:
      "The same purchases in monthly tranches instead of at once, settled over the same scenarios. " +
      "Money in USD over the horizon.",
  });
export type Ladder = z.infer<typeof Ladder>;

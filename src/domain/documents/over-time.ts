/**
 * The best policy over three years, with decisions in months 0, 12 and 24. What a later 3-year plan binds beyond the
 * horizon is taken to be worth its price.
 */
import { z } from "zod";
import { amount, nearShare, notNegative, paymentOption, term, wholeNumber } from "./fields.ts";
import { Certificate } from "./certificate.ts";

export const PolicyPurchase = z
  .object({
    term: term.describe(
      "Length of the commitment. A 1-year plan lasts until the next decision; a 3-year plan bought " +
        "later is paid for its months within the horizon only.",
    ),
    paymentOption: paymentOption.describe("How the commitment is paid."),
    commitmentUsdPerHour: notNegative.describe("USD per hour at Savings Plans rates."),
  })
  .describe("An amount of one offering.");
export type PolicyPurchase = z.infer<typeof PolicyPurchase>;

export const PolicyNode = z
  .object({
    month: wholeNumber.describe("Month of the horizon: 0, 12, 24."),
    parent: wholeNumber.nullable().describe("Index of the decision that it follows from; null at the start."),
    probability: nearShare("Of being here."),
    onDemandUsdPerHour: notNegative.describe(
      "Mean of its scenarios until the next decision: On-Demand equivalent of the eligible usage, " +
        "USD per hour.",
    ),
    purchases: PolicyPurchase.array().describe("Bought there; empty: nothing."),
  })
  .describe("A decision.");
export type PolicyNode = z.infer<typeof PolicyNode>;

export const PolicyFigures = z
  .object({
    netSavingsUsd: amount.describe("Mean net saving against buying nothing new, USD over the horizon."),
    cvarLossUsd: amount.describe(
      "CVaR of the loss at the tail of the risk, USD; negative: a saving even then.",
    ),
    probabilityOfLoss: nearShare("Probability of a negative net saving."),
  })
  .describe("The whole policy, all decisions together.");
export type PolicyFigures = z.infer<typeof PolicyFigures>;

export const PolicyReference = z
  .object({
    kind: z
      .enum(["one-year", "three-year", "all-now"])
      .describe(
        "`one-year`, `three-year`: plans of that term only. `all-now`: every purchase, later ones " +
          "too, settled at the start.",
      ),
    purchases: PolicyPurchase.array().describe("Bought at the start; empty: nothing."),
    ...PolicyFigures.shape,
  })
  .describe("A simpler policy at its own best.");
export type PolicyReference = z.infer<typeof PolicyReference>;

export const OverTime = z.object({
  nodes: PolicyNode.array().describe(
    "The decisions, parents before children: at the start, then for each third of the scenarios by " +
      "their spend in the four weeks before.",
  ),
  policy: PolicyFigures,
  references: PolicyReference.array().describe("Simpler policies, settled on the same scenarios."),
  valueOfWaitingUsd: notNegative.describe(
    "Risk-adjusted cost when all is decided at the start − that of the policy, USD.",
  ),
  evpiUsd: notNegative.describe(
    "Expected value of perfect information: what knowing the scenario at the start would save, " +
      "risk-neutral, by the linear program, USD.",
  ),
  vssUsd: notNegative.describe(
    "Value of the stochastic solution: what planning all three years for the mean of the scenarios " +
      "would cost more, risk-neutral, by the linear program, USD.",
  ),
  certificate: Certificate,
});
export type OverTime = z.infer<typeof OverTime>;

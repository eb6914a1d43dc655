import { z } from "zod";
import {
  amount,
  currency,
  fraction,
  instantText,
  paymentOption,
  positiveWhole,
  term,
  anyText,
  wholeNumber,
} from "./fields.ts";
import { Provenance } from "./provenance.ts";

export const Coverage = z
  .object({
    nominal: amount.describe("Share of the scenarios in it."),
    realised: amount.describe("Share of the decisions whose saving lay in it."),
    below: amount.describe("Share below it."),
    above: amount.describe("Share above it."),
  })
  .meta({ id: "coverage", description: "A predicted interval of the net saving." });
export type Coverage = z.infer<typeof Coverage>;

export const LossBin = z
  .object({
    from: amount.describe("Least predicted probability."),
    to: amount.describe("Most."),
    forecasts: wholeNumber.describe("Decisions."),
    predicted: amount.nullable().describe("Mean predicted probability; null without decisions."),
    realised: amount.nullable().describe("Share that lost money; null without decisions."),
  })
  .meta({
    id: "lossBin",
    description: "Decisions whose predicted probability of loss lies in `from` … `to`.",
  });
export type LossBin = z.infer<typeof LossBin>;

export const RuleScore = z
  .object({
    rule: anyText.describe("`sageplan`, or another rule's name."),
    label: anyText.describe("The same in words."),
    riskAversion: fraction.nullable().describe("Ours: weight of CVaR. Null for another rule."),
    captured: amount.describe("Saved ÷ saved in hindsight, over all decisions."),
    worstTenth: amount.describe(
      "Mean net saving of the worst tenth of the decisions, as a share of On-Demand spend.",
    ),
    lossFrequency: amount.describe("Share of the decisions that lost money."),
    coverage: Coverage.array().nullable().describe("Ours: intervals of 50, 80 and 90 %."),
    lossBins: LossBin.array()
      .nullable()
      .describe("Ours: by predicted probability of loss, in fifths of 0 … 1."),
    lossFifths: LossBin.array()
      .nullable()
      .describe("Ours: fifths of the decisions, by rising predicted probability."),
  })
  .meta({ id: "ruleScore", description: "One rule." });
export type RuleScore = z.infer<typeof RuleScore>;

export const BacktestChoice = z
  .object({
    rule: anyText.describe("As in the scores."),
    riskAversion: fraction.nullable().describe("Ours: weight of CVaR. Null for another rule."),
    commitmentUsdPerHour: amount.describe("$/h at Savings Plans rates."),
    saved: amount.describe("Share of spend that it saved."),
  })
  .describe("What one rule would have bought.");
export type BacktestChoice = z.infer<typeof BacktestChoice>;

export const BacktestDecision = z
  .object({
    at: instantText.describe("First hour that it could not see. ISO 8601, UTC."),
    spendUsd: amount.describe("On-Demand spend that shares are of, USD."),
    hindsight: amount.describe("Share that the best commitment would have saved."),
    choices: BacktestChoice.array().describe("In the order of the scores."),
  })
  .describe("One decision.");
export type BacktestDecision = z.infer<typeof BacktestDecision>;

export const MonthlyPolicy = z
  .object({
    rule: anyText.describe("`sageplan`, another rule's name, or `hindsight`."),
    label: anyText.describe("The same in words."),
    riskAversion: fraction.nullable().describe("Ours: weight of CVaR. Null for another rule."),
    boughtUsdPerHour: amount
      .array()
      .describe("What it bought in each month in which it decided, $/h at Savings Plans rates."),
    savedUsd: amount.describe("Net saving over those months, plans paid for within them only, USD."),
    saved: amount.describe("The same as a share of On-Demand spend."),
    captured: amount.nullable().describe("Saved ÷ saved in hindsight; null where hindsight saves nothing."),
    monthsBelowZero: wholeNumber.describe("Months in which its plans cost more than they avoided."),
  })
  .describe("One rule, with the book of plans that its decisions build.");
export type MonthlyPolicy = z.infer<typeof MonthlyPolicy>;

export const MonthlyBacktest = z
  .object({
    monthHours: positiveWhole.describe(
      "Hours of a month: 730, fewer where the history is shorter than 15 months.",
    ),
    months: wholeNumber.describe("Months in which is decided."),
    onDemandUsd: amount.describe("On-Demand spend of those months, USD."),
    policies: MonthlyPolicy.array().describe("Ours, the other rules, hindsight."),
    notes: anyText.array().describe("How months were scaled, in sentences."),
  })
  .meta({
    id: "monthlyBacktest",
    description: "Every month decided, with plans of twelve months and the book that they build.",
  });
export type MonthlyBacktest = z.infer<typeof MonthlyBacktest>;

export const Backtest = z
  .object({
    schema: z.literal("sageplan/backtest/2").describe("Name and version of this document."),
    provenance: Provenance,
    currency,
    offering: z
      .object({
        term: term.describe("Term."),
        paymentOption: paymentOption.describe("Payment option."),
      })
      .describe("What is bought anew at each decision."),
    walk: z
      .object({
        from: instantText.describe("First hour of the history. ISO 8601, UTC."),
        to: instantText.describe("The hour after its last."),
        historyHours: wholeNumber.describe("Hours before a decision that it may see."),
        horizonHours: wholeNumber.describe("Hours after a decision that judge it."),
        stepHours: wholeNumber.describe("Hours from one decision to the next."),
        decisions: wholeNumber.describe("How many."),
        notes: anyText.array().describe("How the term was scaled, and what was left out, in sentences."),
      })
      .describe("How the history was walked through."),
    riskAversion: fraction.describe("The caller's own, among those of the scores."),
    scores: RuleScore.array().describe("Ours along risk aversion, then the other rules."),
    decisions: BacktestDecision.array().describe("Each decision, oldest first."),
    monthly: MonthlyBacktest.nullable().describe("Decided every month; null without `--monthly`."),
  })
  .meta({
    $id: "urn:sageplan:schema:backtest:2",
    title: "sageplan backtest",
    description:
      "What `sageplan backtest --json` prints: how the method and other rules would have done, " +
      "walking forward through the history.",
  });
export type Backtest = z.infer<typeof Backtest>;

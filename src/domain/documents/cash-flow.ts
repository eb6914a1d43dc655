import { z } from "zod";
import { amount, notNegative, positiveWhole, anyText } from "./fields.ts";
import { Purchase } from "./purchase.ts";

export const CashFlowMonth = z
  .object({
    month: positiveWhole.describe("1, 2, 3 …"),
    cashUsd: notNegative.describe("Paid for the commitment, USD; in month 1 what is due at the start too."),
    onDemandAvoidedUsd: amount.describe("On-Demand cost that the usage no longer has, USD."),
    netUsd: amount.describe("Avoided − paid, USD."),
    cumulativeUsd: amount.describe("The same of this and all months before, USD."),
    hoursInFutures: notNegative.describe(
      "Of its 730 hours those that the scenarios span; the others are taken to be like the scenarios' " +
        "mean hour.",
    ),
  })
  .describe("A month of 730 hours of the term.");
export type CashFlowMonth = z.infer<typeof CashFlowMonth>;

export const CashFlow = z
  .object({
    kind: z
      .enum(["answer", "offering"])
      .describe("`answer`: what the document is about; `offering`: the best of one offering alone."),
    label: anyText.describe("In words; for an `offering` its term and payment option."),
    purchases: Purchase.array().describe("Empty: nothing pays."),
    cashAtStartUsd: notNegative.describe(
      "Part of month 1's cash that is paid before anything is avoided, USD.",
    ),
    months: CashFlowMonth.array().describe("By month of the longest term; empty when nothing is bought."),
    undiscountedUsd: amount.describe("Avoided − paid over the term, USD."),
    netPresentValueUsd: amount.describe(
      "The same at the yearly discount rate of the objective, USD; equal to it at 0.",
    ),
    breakEvenMonth: positiveWhole
      .nullable()
      .describe("First month at whose end what was avoided has repaid what was paid; null: none."),
  })
  .meta({ id: "cashFlow", description: "A purchase month by month." });
export type CashFlow = z.infer<typeof CashFlow>;

import { z } from "zod";
import { CHARGE_CLASSES } from "../charge.ts";
import { amount, currency, exactDecimal, trueOrFalse, notNegative, anyText, wholeNumber } from "./fields.ts";
import { Finding } from "./finding.ts";
import { History, OwnedPlanSummary } from "./history.ts";
import { Provenance } from "./provenance.ts";

export const Agreement = z
  .object({
    check: anyText.describe("What is compared."),
    comparisons: wholeNumber.describe("Pairs compared."),
    differenceUsd: notNegative.describe("Sum of absolute differences, USD."),
    worstUsd: notNegative.describe("Largest absolute difference, USD."),
    toleranceUsd: notNegative.describe("Difference that is let pass, USD."),
    passed: trueOrFalse.describe("Within the tolerance."),
  })
  .describe("A check.");
export type Agreement = z.infer<typeof Agreement>;

export const Inspection = z
  .object({
    schema: z.literal("sageplan/inspection/1").describe("Name and version of this format."),
    provenance: Provenance,
    deliveries: z
      .object({
        format: anyText.describe("Format of the export."),
        billingPeriod: anyText.describe("Billing period, `2026-07`."),
        version: anyText.describe("What tells it from older deliveries."),
        files: wholeNumber.describe("Files of this delivery."),
        rows: wholeNumber.describe("Rows of these files."),
        supersedes: wholeNumber.describe("Older deliveries of the same period that were found and not used."),
      })
      .describe("A delivery.")
      .array()
      .describe("The deliveries that were used, one per billing period and export."),
    granularity: z.enum(["hourly", "daily", "monthly", "none"]).describe("What one usage line spans."),
    currency,
    payerAccounts: anyText.describe("Account id.").array().describe("Management accounts."),
    accounts: z
      .object({
        account: anyText.describe("Account id."),
        onDemandUsd: amount.describe("All SageMaker usage, USD."),
        eligibleUsd: amount.describe("Eligible usage, USD."),
      })
      .describe("An account.")
      .array()
      .describe("By usage account, USD at On-Demand rates."),
    regions: z
      .object({
        region: anyText.describe("Region code."),
        onDemandUsd: amount.describe("All SageMaker usage, USD."),
        eligibleUsd: amount.describe("Eligible usage, USD."),
      })
      .describe("A Region.")
      .array()
      .describe("By Region, USD at On-Demand rates."),
    usageTypes: z
      .object({
        usageType: anyText.describe("Usage type."),
        onDemandUsd: amount.describe("All its usage, USD."),
        eligibleUsd: amount.describe("Eligible usage, USD."),
      })
      .describe("A usage type.")
      .array()
      .describe("By usage type, USD at On-Demand rates."),
    history: History.nullable().describe("null: no SageMaker usage."),
    reconciliation: z
      .object({
        exportTotalUsd: exactDecimal.describe(
          "Billed total of the export's SageMaker rows. USD, an exact decimal.",
        ),
        classesTotalUsd: exactDecimal.describe("Sum of the classes. USD, an exact decimal."),
        classes: z
          .object({
            class: z.enum(CHARGE_CLASSES).describe("Class of charge."),
            reason: anyText.describe("Why these rows are in this class."),
            rows: wholeNumber.describe("Rows."),
            billedUsd: exactDecimal.describe("What the export bills for them. USD, an exact decimal."),
            onDemandUsd: exactDecimal.describe(
              "On-Demand equivalent of the usage in them. USD, an exact decimal.",
            ),
          })
          .describe("A class with its reason.")
          .array()
          .describe("Every row falls into exactly one."),
        checks: Agreement.array().describe("Agreements between AWS's own rows."),
      })
      .describe("Where every dollar of the export's SageMaker rows went."),
    ownedPlans: OwnedPlanSummary.array().describe("Plans seen in the fee rows or given with --owned."),
    rateGaps: z
      .object({
        offering: anyText.describe("Term and payment option, `1yr no-upfront`."),
        skus: wholeNumber.describe("SKUs without a rate."),
        usd: amount.describe("Their On-Demand equivalent, USD."),
      })
      .describe("A gap.")
      .array()
      .describe("Eligible usage without a rate, by offering."),
    findings: Finding.array().describe("Oddities."),
  })
  .meta({
    $id: "urn:sageplan:schema:inspection:1",
    title: "What `sageplan inspect --json` prints",
    description: "What is in a set of billing exports.",
  });
export type Inspection = z.infer<typeof Inspection>;

import { z } from "zod";

const amount = z.string().regex(/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/, "expected an amount as a string");
const dollars = amount.refine((text) => Number(text) >= 0, "expected 0 or more");

/** GetSavingsPlansPurchaseRecommendation, as the AWS CLI prints it (Cost Explorer API reference). */
export const awsRecommendationSchema = z.object({
  NextPageToken: z.string().nullish(),
  Metadata: z.object({ GenerationTimestamp: z.string().nullish() }).nullish(),
  SavingsPlansPurchaseRecommendation: z.object({
    AccountScope: z.enum(["PAYER", "LINKED"]).nullish(),
    SavingsPlansType: z.string(),
    TermInYears: z.enum(["ONE_YEAR", "THREE_YEARS"]),
    PaymentOption: z.enum(["NO_UPFRONT", "PARTIAL_UPFRONT", "ALL_UPFRONT"]),
    LookbackPeriodInDays: z.enum(["SEVEN_DAYS", "THIRTY_DAYS", "SIXTY_DAYS"]),
    SavingsPlansPurchaseRecommendationDetails: z
      .array(
        z.object({
          AccountId: z.string().nullish(),
          CurrencyCode: z.string().nullish(),
          HourlyCommitmentToPurchase: dollars,
          EstimatedMonthlySavingsAmount: amount.nullish(),
          CurrentAverageHourlyOnDemandSpend: dollars.nullish(),
        }),
      )
      .nullish(),
    SavingsPlansPurchaseRecommendationSummary: z
      .object({
        CurrencyCode: z.string().nullish(),
        HourlyCommitmentToPurchase: dollars.nullish(),
        EstimatedMonthlySavingsAmount: amount.nullish(),
      })
      .nullish(),
  }),
});

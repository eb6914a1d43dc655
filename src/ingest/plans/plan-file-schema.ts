import { z } from "zod";
import { parseUtcMs } from "../../domain/hour.ts";

const dateText = z
  .string()
  .refine((text) => !Number.isNaN(parseUtcMs(text)), "expected a date such as 2026-03-01T00:00:00Z");

/** DescribeSavingsPlans, as the AWS CLI prints it (Savings Plans API reference). */
export const planFileSchema = z.object({
  nextToken: z.string().nullish(),
  savingsPlans: z.array(
    z.object({
      savingsPlanArn: z
        .string()
        .regex(/^arn:aws[a-z-]*:savingsplans::\d{12}:savingsplan\//, "expected a Savings Plan ARN"),
      savingsPlanType: z.string(),
      state: z.string().optional(),
      paymentOption: z.string().regex(/^(?:No|Partial|All) Upfront$/, "expected No, Partial or All Upfront"),
      termDurationInSeconds: z.union([z.literal(31_536_000), z.literal(94_608_000)]),
      commitment: z.string().regex(/^\d+(?:\.\d+)?$/, "expected dollars an hour such as 6.5"),
      start: dateText,
      end: dateText,
    }),
  ),
});

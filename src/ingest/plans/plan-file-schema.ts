import { z } from "zod";
import { parseUtcMs } from "../../domain/hour.ts";

const dateText = z
  .string()
  .refine((text) => !Number.isNaN(parseUtcMs(text)), "expected a date such as 2026-03-01T00:00:00Z");

/** AWS's bounds of a commitment (Savings Plans API reference, CreateSavingsPlan). */
const LEAST_USD = 0.001;
const MOST_USD = 1_000_000;

/** One page of DescribeSavingsPlans, as the AWS CLI prints it (Savings Plans API reference). */
export const planPageSchema = z.object({
  nextToken: z.string().nullish(),
  savingsPlans: z.array(
    z.looseObject({ savingsPlanType: z.string().optional(), state: z.string().optional() }),
  ),
});

/** A plan that counts. All members are optional in AWS's model, so that others are not held to this. */
export const sageMakerPlanSchema = z
  .object({
    savingsPlanArn: z
      .string()
      .regex(/^arn:aws[a-z-]*:savingsplans::\d{12}:savingsplan\//, "expected a Savings Plan ARN"),
    paymentOption: z.string().regex(/^(?:No|Partial|All) Upfront$/, "expected No, Partial or All Upfront"),
    termDurationInSeconds: z.union([z.literal(31_536_000), z.literal(94_608_000)]),
    commitment: z
      .string()
      .regex(/^\d+(?:\.\d+)?$/, "expected dollars an hour such as 6.5")
      .refine(
        (text) => Number(text) >= LEAST_USD && Number(text) <= MOST_USD,
        `expected an hourly commitment from ${LEAST_USD} to ${MOST_USD}`,
      ),
    currency: z.string().optional(),
    start: dateText,
    end: dateText,
  })
  .refine(({ start, end }) => parseUtcMs(end) > parseUtcMs(start), {
    path: ["end"],
    message: "expected a date after the start",
  });

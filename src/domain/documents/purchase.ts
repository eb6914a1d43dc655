import { z } from "zod";
import { instantText, notNegative, paymentOption, term } from "./fields.ts";

export const Purchase = z
  .object({
    term: term.describe("Length of the promise."),
    paymentOption: paymentOption.describe("How the commitment is paid."),
    commitmentUsdPerHour: notNegative.describe("USD per hour at Savings Plans rates."),
    upfrontUsd: notNegative.describe("Cash paid at the start, USD."),
    start: instantText.describe("Start of the plan. ISO 8601, UTC."),
  })
  .meta({ id: "purchase", description: "A plan to buy." });
export type Purchase = z.infer<typeof Purchase>;

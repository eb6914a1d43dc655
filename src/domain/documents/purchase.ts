import { z } from "zod";
import { anyText, instantText, notNegative, paymentOption, term } from "./fields.ts";

export const Purchase = z
  .object({
    term: term.describe("Length of the commitment."),
    paymentOption: paymentOption.describe("How the commitment is paid."),
    commitmentUsdPerHour: notNegative.describe("USD per hour at Savings Plans rates."),
    upfrontUsd: notNegative.describe("Cash paid at the start, USD."),
    start: instantText.describe("Start of the plan. ISO 8601, UTC."),
    account: anyText.describe("The account that buys it; empty when the exports name none."),
  })
  .meta({ id: "purchase", description: "A plan to buy." });
export const QueuedPurchase = Purchase.extend({
  renews: anyText
    .array()
    .describe("Owned plans that end then, or close to it, by ARN; empty: it follows what is bought before."),
}).meta({
  id: "queuedPurchase",
  description: "A plan to queue: AWS starts it at its time, and takes it back before.",
});
export type QueuedPurchase = z.infer<typeof QueuedPurchase>;
export type Purchase = z.infer<typeof Purchase>;

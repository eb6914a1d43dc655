/** What a decision is worth, against which other one. */
import { z } from "zod";
import { amount, nearShare } from "./fields.ts";
import { Purchase } from "./purchase.ts";

const WorthFigures = z.object({
  netSavingsUsd: amount.describe("Mean over the scenarios, USD over the horizon; negative: a loss."),
  p5: amount.describe("5th percentile, USD."),
  p50: amount.describe("Median, USD."),
  p95: amount.describe("95th percentile, USD."),
  cvarLossUsd: amount.describe(
    "CVaR of the loss at the tail of the risk, USD; negative: a saving even then.",
  ),
  probabilityOfLoss: nearShare("Of a negative net saving."),
});
export type WorthFigures = z.infer<typeof WorthFigures>;

export const ElsewherePurchase = Purchase.extend({
  worth: WorthFigures.describe("Against buying nothing in that account."),
}).meta({
  id: "elsewherePurchase",
  description: "A plan to buy in an account that the answer's plans do not reach.",
});
export type ElsewherePurchase = z.infer<typeof ElsewherePurchase>;

export const Worth = z
  .object({
    now: WorthFigures.describe("What starts now, against nothing now and the best queue behind that."),
    schedule: WorthFigures.describe(
      "What starts now and what is queued, against the owned plans running out with nothing after them.",
    ),
  })
  .meta({ id: "worth", description: "What buying now is worth, and what the whole schedule is." });
export type Worth = z.infer<typeof Worth>;

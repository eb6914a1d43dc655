import { z } from "zod";
import { amount, notNegative, anyText, wholeNumber } from "./fields.ts";

export const Certificate = z
  .object({
    lowerBound: amount.describe(
      "No purchase of the allowed offerings, assigned to usage in any way, costs less, USD.",
    ),
    upperBound: amount.describe("What it costs, settled by AWS's rule, USD."),
    relativeGap: notNegative.describe("(upper − lower) ÷ upper bound. Share, 0 or more."),
    lpGap: amount.describe(
      "What the linear program's search left open: (its best point − lower bound) ÷ upper bound. Share.",
    ),
    settlementGap: amount.describe(
      "What AWS's rule gives away against the best assignment: (upper bound − linear program's " +
        "best point) ÷ upper bound. Share; lpGap and settlementGap add up to relativeGap.",
    ),
    solver: anyText.describe("What made the bound, and its fallbacks."),
    iterations: wholeNumber.describe("Iterations."),
    hoursSolvedAnotherWay: wholeNumber.describe(
      "Hours whose recourse the first method did not solve; they were bounded another way.",
    ),
  })
  .meta({
    id: "certificate",
    description:
      "How near the optimum it is proven to be. Bounds are of the risk-adjusted cost over the " +
      "horizon, the cost of capital included: mean cost with nothing new + (1 − risk aversion) · " +
      "mean loss + risk aversion · CVaR of the loss; with one scenario, the cost.",
  });
export type Certificate = z.infer<typeof Certificate>;

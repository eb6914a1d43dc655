import { z } from "zod";
import { amount, anyText } from "./fields.ts";

export const Finding = z
  .object({
    code: anyText.describe("Stable name, kebab-case."),
    message: anyText.describe("For a person: what was found, what it means, what to do."),
    usd: amount.describe(
      "Dollars at stake, USD; at On-Demand rates where usage is meant; 0 when none can be named.",
    ),
    source: anyText.describe("File, usage type or plan to look at; empty when it is about the whole."),
  })
  .meta({ id: "finding", description: "An oddity that did not stop the work." });
export type Finding = z.infer<typeof Finding>;

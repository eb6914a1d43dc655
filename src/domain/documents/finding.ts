import { z } from "zod";
import type { ErrorCode } from "../error.ts";
import type { FindingCode } from "../finding-codes.ts";
import { amount, anyText } from "./fields.ts";

/** One of the table's for the compiler; any text in the JSON Schema, which later versions keep. */
const codeOf = anyText.describe("Stable name, kebab-case.") as unknown as z.ZodType<FindingCode>;

export const Finding = z
  .object({
    code: codeOf,
    message: anyText.describe("For a person: what was found, what it means, what to do."),
    usd: amount.describe(
      "Dollars at stake, USD; at On-Demand rates where usage is meant; 0 when none can be named.",
    ),
    source: anyText.describe("File, usage type or plan to look at; empty when it is about the whole."),
  })
  .meta({ id: "finding", description: "An oddity that did not stop the work." });
export type Finding = z.infer<typeof Finding>;

/** Faults of one question to AWS that left the others to be asked are findings too. */
export type PullFinding = Omit<Finding, "code"> & { code: FindingCode | ErrorCode };
export const PullFinding = Finding as unknown as z.ZodType<PullFinding>;

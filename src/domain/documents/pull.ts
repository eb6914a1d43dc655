import { z } from "zod";
import { PULLS } from "../pulls.ts";
import { trueOrFalse, notNegative, anyText, wholeNumber } from "./fields.ts";
import { PullFinding } from "./finding.ts";

/** One question to AWS; its answer is one file. */
export const PullCall = z.object({
  pull: z.enum(PULLS),
  service: z.enum(["savingsplans", "ce", "price-list"]),
  operation: anyText.describe("As AWS's API names it; of the price list `GET`."),
  parameters: z.record(z.string(), z.unknown()).describe("As the API takes them."),
  file: anyText.describe("Where the answer is put."),
  usdPerRequest: notNegative,
  command: anyText.describe("What gives the same file by hand."),
});
export type PullCall = z.infer<typeof PullCall>;

export const PullAnswer = z.object({
  ...PullCall.shape,
  status: z
    .enum(["planned", "written", "kept", "failed", "open"])
    .describe(
      "planned: a dry run; written: asked and written; kept: answered before; failed: a finding " +
        "tells why; open: not asked to its end, because no more requests were allowed.",
    ),
  requests: wholeNumber.describe("Sent, those that AWS did not answer too."),
  usd: notNegative.describe("At most: AWS does not say which it charges."),
  resumedPages: wholeNumber.describe("Pages that an earlier, interrupted pull had got."),
});
export type PullAnswer = z.infer<typeof PullAnswer>;

export const PullResult = z
  .object({
    schema: z.literal("sageplan/pull/1"),
    answers: PullAnswer.array(),
    requests: wholeNumber,
    usd: notNegative,
    isComplete: trueOrFalse,
    findings: PullFinding.array(),
  })
  .meta({
    title: "sageplan/pull/1",
    description:
      "What `sageplan pull --json` prints: each question to AWS, its answer's file, and what " +
      "asking cost.",
  });
export type PullResult = z.infer<typeof PullResult>;

/** Plain questions of a bad future, each answered by settling it. */
import { z } from "zod";
import { STRESSES } from "../stress.ts";
import { amount, positiveWhole } from "./fields.ts";

const Stressed = z.object({
  netSavingsUsd: amount.describe(
    "Mean net saving against no new plans in the same bad scenario, USD over the horizon.",
  ),
  losesFromMonth: positiveWhole
    .nullable()
    .describe("First month of the horizon in which the plans cost more than they avoid; null: none."),
});
export type Stressed = z.infer<typeof Stressed>;

export const Stress = z
  .object({
    kind: z
      .enum(STRESSES)
      .describe(
        "`less-usage`: 30 % less from month 2 on. `half-gone`: half of it from month 13 on. `lower-prices`: On-Demand " +
          "prices of accelerated instances 40 % lower from month 7 on. `gone`: no SageMaker from month 19 on.",
      ),
    answer: Stressed.describe("What the document is about."),
    oneYear: Stressed.nullable().describe("The best 1-year plans, renewed; null: none may be bought."),
  })
  .meta({
    id: "stress",
    description: "What becomes of the answer in a bad scenario; buying nothing saves 0 in each.",
  });
export type Stress = z.infer<typeof Stress>;

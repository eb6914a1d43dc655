import { z } from "zod";
import { amount, positiveWhole, anyText, wholeNumber } from "./fields.ts";

export const ShapeBounds = z
  .object({
    periodHours: wholeNumber.min(2).describe("Hours that one amount of the data spans: 24, or a month's."),
    lowerNetSavingsUsd: amount.describe("No way of spreading a period's use over its hours saves less."),
    upperNetSavingsUsd: amount.describe(
      "None saves more. Without owned plans it is `expected.netSavingsUsd`, which supposes every " +
        "hour alike.",
    ),
    concentrated: z
      .object({
        hours: positiveWhole.describe("Hours that hold the use."),
        netSavingsUsd: amount.describe("Net saving then."),
      })
      .describe("One way of spreading it.")
      .array()
      .describe(
        "What is saved if all use of each period fell evenly into so many of its hours, the same for " +
          "everything; descending.",
      ),
    breakEvenHours: positiveWhole
      .nullable()
      .describe(
        "The fewest hours over which each period's use may be spread for nothing to be lost; null: " +
          "it loses even when spread evenly.",
      ),
    assumed: anyText.describe("What the bounds suppose."),
  })
  .meta({
    id: "shapeBounds",
    description:
      "What the document's purchases save where the data gives sums of days or months only. USD " +
      "over the horizon, mean of the scenarios, after any negotiated discount.",
  });
export type ShapeBounds = z.infer<typeof ShapeBounds>;

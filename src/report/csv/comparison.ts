import type { Comparison } from "../../domain/documents/comparison.ts";
import { csvText } from "./format.ts";
import { dictionaryColumn as column } from "../document/dictionary.ts";

/** The way from AWS's own recommendation to this one: the changes add up to the last line's. */
export const comparisonCsv = (c: Comparison): string =>
  csvText(
    [column("part"), column("change_usd_per_hour"), column("commitment_usd_per_hour")],
    [
      ["aws", 0, c.awsCommitmentUsdPerHour],
      ...c.parts.map((part) => [part.kind, part.changeUsdPerHour, part.commitmentUsdPerHour]),
      ["answer", c.differenceUsdPerHour, c.ourCommitmentUsdPerHour],
    ],
  );

/** What may be typed into the yellow cells. */
import type { UsageLevel } from "../../domain/commitment-table.ts";
import { MAX_COMMITMENT_USD } from "../../domain/offering.ts";
import { moneyIn } from "../document/money.ts";
import type { Basis } from "./basis.ts";
import type { InputRule } from "./model.ts";

export const inputRules = (r: Basis["r"], levels: readonly UsageLevel[]): InputRule[] => [
  {
    cell: "B5",
    title: "Commitment",
    message: `0 to 1,000,000 ${moneyIn(r).name} an hour.`,
    between: [0, MAX_COMMITMENT_USD],
  },
  { cell: "B6", title: "Negotiated discount", message: "0% to 99%.", between: [0, 0.99] },
  { cell: "B7", title: "Discount rate", message: "0% to 100% a year.", between: [0, 1] },
  {
    cell: "B8",
    title: "Growth",
    message: "One of the levels that are settled.",
    among: levelNames(levels),
  },
];

export const levelNames = (levels: readonly UsageLevel[]): string[] =>
  levels
    .map(({ usageChange }) => usageChange)
    .sort((a, b) => a - b)
    .map(percentText);

const percentText = (share: number): string => `${Math.round(share * 100)}%`;

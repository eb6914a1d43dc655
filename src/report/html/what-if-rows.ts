/**
 * The figures that the page recomputes, as text: once for the document by the tool, then by the
 * page for where its reader moves.
 */
import type { CashFlow } from "../../domain/documents/cash-flow.ts";
import type { WhatIfFigures, WhatIfTerm } from "../../domain/what-if.ts";
import { decimal, percent, shareText, usd } from "../document/format.ts";

interface WhatIfRow {
  id: string;
  label: string;
  /** Only when there are several futures. */
  risky?: true;
  text: (figures: WhatIfFigures, tail: string) => string;
}

interface TermRow {
  id: string;
  label: string;
  text: (term: WhatIfTerm) => string;
}

/** Those of the whole term, which a page settles when its reader's hand rests. */
export const termRows = (discountRate: number): TermRow[] =>
  TERM_ROWS.filter(({ id }) => id !== "npv" || discountRate > 0).map((row) => ({
    ...row,
    label: row.label.replace("RATE", shareText(discountRate)),
  }));

const TERM_ROWS: readonly TermRow[] = [
  { id: "cash", label: "Cash at the start", text: ({ cashAtStartUsd }) => usd(cashAtStartUsd) },
  { id: "saved", label: "Saved in the whole term", text: ({ undiscountedUsd }) => usd(undiscountedUsd) },
  {
    id: "npv",
    label: "Its net present value at RATE",
    text: ({ netPresentValueUsd }) => usd(netPresentValueUsd),
  },
  {
    id: "repaid",
    label: "Cash repaid in",
    text: ({ breakEvenMonth, months }) =>
      months === 0 ? "–" : breakEvenMonth === null ? "never" : `month ${breakEvenMonth} of ${months}`,
  },
];

/** The same of a document. */
export const termOf = ({ months, ...flow }: CashFlow): WhatIfTerm => ({ ...flow, months: months.length });

/** `tail`: `worst tenth`. */
export const whatIfRows = (tail: string, isRisky: boolean): WhatIfRow[] =>
  ROWS.filter(({ risky }) => isRisky || !risky).map((row) => ({
    ...row,
    label: row.label.replace("TAIL", tail),
  }));

const ROWS: readonly WhatIfRow[] = [
  { id: "net-saving", label: "Net saving", text: ({ expected }) => usd(expected.netSavingsUsd) },
  {
    id: "savings-rate",
    label: "Net saving, of the cost before",
    text: ({ expected }) => percent(expected.savingsRate),
  },
  { id: "cost", label: "Cost", text: ({ expected }) => usd(expected.costUsd) },
  {
    id: "utilization",
    label: "Utilization of the purchase",
    text: ({ expected }) => percent(expected.utilization, 2),
  },
  {
    id: "coverage",
    label: "Coverage, all plans together",
    text: ({ expected }) => percent(expected.coverage, 2),
  },
  {
    id: "esr",
    label: "Effective savings rate, all plans",
    text: ({ expected }) => percent(expected.effectiveSavingsRate, 2),
  },
  { id: "worst", label: "Net saving, TAIL (mean)", risky: true, text: ({ risk }) => usd(-risk.cvarLossUsd) },
  {
    id: "p-loss",
    label: "Probability of a loss",
    risky: true,
    text: ({ risk }) => percent(risk.probabilityOfLoss),
  },
  {
    id: "p5",
    label: "Net saving, 5th percentile",
    risky: true,
    text: ({ risk }) => usd(risk.netSavingsUsdP5),
  },
  { id: "p50", label: "Net saving, median", risky: true, text: ({ risk }) => usd(risk.netSavingsUsdP50) },
  {
    id: "p95",
    label: "Net saving, 95th percentile",
    risky: true,
    text: ({ risk }) => usd(risk.netSavingsUsdP95),
  },
  {
    id: "underused",
    label: "Hours not fully used",
    text: ({ expected }) => decimal(expected.hoursUnderused, 0),
  },
  {
    id: "break-even",
    label: "Break-even utilization",
    text: ({ expected }) => percent(expected.breakEvenUtilization, 2),
  },
  {
    id: "capital",
    label: "Cost of paying early, not in the cost",
    text: ({ expected }) => usd(expected.capitalCostUsd),
  },
];

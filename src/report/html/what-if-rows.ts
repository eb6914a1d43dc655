/**
 * The figures that the page recomputes, as text: once for the document by the tool, then by the
 * page for where its reader moves.
 */
import type { CashFlow } from "../../domain/documents/cash-flow.ts";
import type { WhatIfFigures, WhatIfTerm } from "../../domain/what-if.ts";
import { figureText, labelText } from "../document/figure.ts";
import { figuresIn } from "../document/figures.ts";
import { shareText } from "../document/format.ts";
import type { Money } from "../document/money.ts";

interface WhatIfRow {
  id: string;
  label: string;
  text: (figures: WhatIfFigures) => string;
}

interface TermRow {
  id: string;
  label: string;
  text: (term: WhatIfTerm) => string;
}

/** Those of the whole term, which a page settles when its reader's hand rests. */
export const termRows = (discountRate: number, money: Money): TermRow[] =>
  allTermRows(money)
    .filter(({ id }) => id !== "npv" || discountRate > 0)
    .map((row) => ({
      ...row,
      label: row.label.replace("RATE", shareText(discountRate)),
    }));

const allTermRows = ({ cents }: Money): readonly TermRow[] => [
  { id: "cash", label: "Cash at the start", text: ({ cashAtStartUsd }) => cents(cashAtStartUsd) },
  { id: "saved", label: "Saved in the whole term", text: ({ undiscountedUsd }) => cents(undiscountedUsd) },
  {
    id: "npv",
    label: "Its net present value at RATE",
    text: ({ netPresentValueUsd }) => cents(netPresentValueUsd),
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
export const whatIfRows = (tail: string, isRisky: boolean, money: Money): WhatIfRow[] =>
  figuresIn("whatIf", isRisky).map(({ figure, id, label, digits }) => ({
    id,
    label: labelText(label, tail),
    text: (figures) => figureText(figure, figures, money, digits),
  }));

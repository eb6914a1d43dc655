import type { Unit } from "../document/dictionary-entry.ts";
import { seenValue, type Figure, type FiguresOf } from "../document/figure.ts";
import { cellOf, text, type Format, type WorkbookCell } from "./model.ts";

const FORMATS: Partial<Record<Unit, Format>> = {
  USD: "money",
  "USD per hour": "perHour",
  "share of 1": "percent",
  months: "months",
};

/** As people read the figure; with a formula where one follows it. */
export function figureCell(figure: Figure, of: FiguresOf, formula?: string): WorkbookCell {
  const value = seenValue(figure, of);
  if (value === null && formula === undefined) return text("never");
  return cellOf(FORMATS[figure.unit] ?? "whole")(value ?? "never", formula);
}

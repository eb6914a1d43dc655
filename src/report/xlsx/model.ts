/** A workbook as plain data: content here, the library in `write.ts`. */
export type Format = "money" | "perHour" | "percent" | "whole" | "months" | "factor" | "text";

/** `input`: a person may change it, and everything follows. */
export type Look = "title" | "heading" | "input" | "note" | "strong" | "warning" | "wrapped";

export interface WorkbookCell {
  /** What viewers that do not calculate show. */
  value: string | number | boolean | null;
  /** Without the leading "=". */
  formula?: string;
  format?: Format;
  look?: Look;
}

export interface ChartSeries {
  name: string;
  x: string;
  y: string;
  color: string;
  /** A point instead of a line. */
  isPoint?: boolean;
}

export interface WorkbookChart {
  /** Lines through points, or a column for each of a few values. */
  kind: "scatter" | "columns";
  title: string;
  altText: string;
  xTitle: string;
  yTitle: string;
  xFormat: string;
  yFormat: string;
  /** Cells, from 0. */
  from: { row: number; column: number };
  to: { row: number; column: number };
  series: ChartSeries[];
}

/** What an input cell takes. */
export interface InputRule {
  cell: string;
  title: string;
  message: string;
  between?: [least: number, most: number];
  among?: readonly string[];
}

export interface WorkbookSheet {
  name: string;
  /** In characters. */
  widths: readonly number[];
  rows: readonly (readonly WorkbookCell[])[];
  frozenRows: number;
  /** Rows, from 0, whose first cell is a paragraph across all columns. */
  paragraphs?: readonly number[];
  /** Cells that are printed, where not all are. */
  printed?: string;
  frozenColumns?: number;
  /** The header row that each printed page repeats, from 1. */
  repeatedRow?: number;
  charts?: readonly WorkbookChart[];
  inputs?: readonly InputRule[];
}

export interface WorkbookModel {
  title: string;
  sheets: readonly WorkbookSheet[];
  /** Name → what it stands for, as `Assumptions!$B$3`. */
  names: Readonly<Record<string, string>>;
}

export const EMPTY: WorkbookCell = { value: null };

export const cellOf =
  (format: Format) =>
  (value: WorkbookCell["value"], formula?: string): WorkbookCell => ({
    value,
    format,
    ...(formula !== undefined && { formula }),
  });

export const money = cellOf("money");
export const perHour = cellOf("perHour");
export const percentage = cellOf("percent");
export const whole = cellOf("whole");
export const factor = cellOf("factor");
export const text = (value: string | null, look?: Look): WorkbookCell => ({ value, ...(look && { look }) });
export const heading = (...titles: string[]): WorkbookCell[] => titles.map((title) => text(title, "heading"));

/** `A`, `B`, … `AA` of a column counted from 0. */
export function letter(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? letter(rest - 1) : "") + String.fromCharCode(65 + (column % 26));
}

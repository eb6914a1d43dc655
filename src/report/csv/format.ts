/** CSV as RFC 4180 has it, safe to open in a spreadsheet. */

export interface CsvColumn {
  name: string;
  /** Decimals of the numbers in this column; text needs none. */
  decimals?: number;
}

/** null is an empty cell: not known, or not applicable. */
export type CsvCell = string | number | boolean | null;

/** Plain digits and a dot: no exponent, no separators, no minus zero. */
function numberText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return "";
  const text = Math.abs(value) >= 1e21 ? BigInt(Math.round(value)).toString() : value.toFixed(decimals);
  return /^-[0.]*$/.test(text) ? text.slice(1) : text;
}

/**
 * A spreadsheet runs text that begins like this as a formula, some after blanks, some in full-width signs; the
 * apostrophe makes it text again.
 */
export const neutral = (text: string): string =>
  /^(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/.test(text) ? `'${text}` : text;

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function cellText(cell: CsvCell, column: CsvColumn): string {
  if (cell === null) return "";
  if (typeof cell === "number") return numberText(cell, column.decimals ?? 0);
  if (typeof cell === "boolean") return cell ? "true" : "false";
  return quoted(neutral(cell));
}

/** A header line and one line per row, each ended by CRLF. */
export function csvText(columns: readonly CsvColumn[], rows: readonly (readonly CsvCell[])[]): string {
  const lines = [
    columns.map((column) => quoted(column.name)),
    ...rows.map((row) => columns.map((column, index) => cellText(row[index] ?? null, column))),
  ];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

/** A column, and what a line has in it. */
export type CsvField<T> = readonly [column: CsvColumn, cellOf: (line: T) => CsvCell];

export const csvOf = <T>(fields: readonly CsvField<T>[], lines: readonly T[]): string =>
  csvText(
    fields.map(([column]) => column),
    lines.map((line) => fields.map(([, cellOf]) => cellOf(line))),
  );

/** A table as a CSV file. */
export type Table = readonly (readonly string[])[];

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const bare = (cell: string): string => (/[",\r\n]|^\s|\s$/.test(cell) ? quoted(cell) : cell);

export const csvText = (
  table: Table,
  { end = "\n", all = false }: { end?: string; all?: boolean } = {},
): string => table.map((row) => row.map(all ? quoted : bare).join(",") + end).join("");

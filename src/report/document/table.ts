import stringWidth from "string-width";

export interface Column {
  title: string;
  align?: "left" | "right";
}

/** How a row looks where there are colours. */
export type RowLook = "usual" | "marked" | "quiet" | "total" | "failed";

/** A table that every medium shows in its own way. The rows that the result is about begin with ▶. */
export interface Cells {
  head: Column[];
  rows: string[][];
  /** Of each row; the titles are then dim. Without it nothing is coloured. */
  looks?: RowLook[];
}

/** The rows that the result is about stand out from the others. */
export const marked = (
  { head, rows }: Cells,
  lookOf: (row: number) => RowLook = () => "usual",
): Required<Cells> => ({
  head,
  rows,
  looks: rows.map((row, n) => (row[0]!.startsWith("▶") ? "marked" : lookOf(n))),
});

export const right = (title: string): Column => ({ title, align: "right" });

const GAP = "  ";

/**
 * Aligned columns as lines: a title line, then one line per row. When the table is wider than `width`, it is split into
 * several, each of which repeats the first column.
 */
export function table(
  head: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  paintRow: (line: string, row: number) => string = (line) => line,
): string[] {
  const widths = widthsOf(head, rows);
  const line = (cells: readonly string[], group: readonly number[]): string =>
    group
      .map((index) => {
        const cell = cells[index] ?? "";
        const padding = " ".repeat(Math.max(0, widths[index]! - stringWidth(cell)));
        return head[index]!.align === "right" ? padding + cell : cell + padding;
      })
      .join(GAP)
      .trimEnd();
  const titles = head.map((column) => column.title);
  return columnGroups(widths, width).flatMap((group, part) => {
    const lines = rows.map((row, index) => paintRow(line(row, group), index));
    const heading = paintRow(line(titles, group), -1);
    return (part > 0 ? ["", heading] : [heading]).concat(lines);
  });
}

/** Without the last columns that a width has no room for. */
export function fitting(cells: Cells, width: number): Cells {
  const { head, rows } = cells;
  const [first = 0, ...others] = widthsOf(head, rows);
  let used = first;
  const kept = others.filter((each) => (used += GAP.length + each) <= width).length + 1;
  return { ...cells, head: head.slice(0, kept), rows: rows.map((row) => row.slice(0, kept)) };
}

const widthsOf = (head: readonly Column[], rows: readonly (readonly string[])[]): number[] =>
  head.map((column, index) =>
    Math.max(stringWidth(column.title), ...rows.map((row) => stringWidth(row[index] ?? ""))),
  );

/** Column indices per part: the first column, then as many as fit. */
function columnGroups(widths: readonly number[], width: number): number[][] {
  const groups: number[][] = [];
  let group = [0];
  let used = widths[0] ?? 0;
  for (let index = 1; index < widths.length; index += 1) {
    const needed = GAP.length + widths[index]!;
    if (group.length > 1 && used + needed > width) {
      groups.push(group);
      group = [0];
      used = widths[0]!;
    }
    group.push(index);
    used += needed;
  }
  return [...groups, group];
}

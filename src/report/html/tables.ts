import type { Cells } from "../document/table.ts";
import { escaped } from "./escape.ts";

/** A table that scrolls by itself where it is too wide. Rows that the result is about are marked. */
export function htmlTable({ head, rows }: Cells, label: string): string {
  const align = head.map((column) => (column.align === "right" ? ' class="number"' : ""));
  const titles = head.map(({ title }, n) =>
    title.trim() === "" ? "<td></td>" : `<th scope="col"${align[n]}>${escaped(title.trim())}</th>`,
  );
  const body = rows.map((cells) => {
    const marked = cells[0]!.startsWith("▶");
    const text = (cell: string): string => escaped(cell.trim());
    const tags = cells.map((cell, n) =>
      n === 0 ? `<th scope="row">${text(cell)}</th>` : `<td${align[n]}>${text(cell)}</td>`,
    );
    return `<tr${marked ? ' class="marked"' : ""}>${tags.join("")}</tr>`;
  });
  return (
    `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(label)}"><table${head[0]?.title === "" ? ' class="pairs"' : ""}><thead><tr>${titles.join("")}</tr></thead>` +
    `<tbody>${body.join("")}</tbody></table></div>`
  );
}

/** The numbers behind a chart. */
export const tableBehind = (cells: Cells, label: string): string =>
  `<details><summary>Data: ${escaped(label)}</summary>${htmlTable(cells, label)}</details>`;

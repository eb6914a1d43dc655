import { clean } from "../document/clean.ts";
import { wrap } from "../document/format.ts";
import type { NotedRow, SectionPart, PictureKind, Section } from "../document/section.ts";
import { paint, type Paint, type Style } from "../document/style.ts";
import { table, type Cells, type RowLook } from "../document/table.ts";

/** How a medium of text shows what is not text, and how far commands are indented. */
export interface Layout {
  style: Style;
  width: number;
  commandIndent: string;
  pictures?: Partial<Record<PictureKind, (style: Style, width: number) => string[]>>;
}

/** A section for a person at a terminal; empty where it has nothing to show. */
export function sectionText({ title, parts }: Section, layout: Layout): string {
  const lines = parts.flatMap((part) => partLines(part, layout));
  return lines.length === 0 ? "" : [paint(layout.style, "bold", title), ...lines].join("\n");
}

const LOOKS = { good: "green", bad: "red" } as const;

function partLines(part: SectionPart, { style, width, commandIndent, pictures }: Layout): string[] {
  switch (part.kind) {
    case "text": {
      const lines = wrap(part.text, width, "  ");
      return part.look ? lines.map((line) => paint(style, LOOKS[part.look!], line)) : lines;
    }
    case "line":
      return [`  ${part.text}`];
    case "table":
      return tableLines(part.table, style, width);
    case "rows":
      return notedLines(part.rows);
    case "commands":
      return part.commands.map((line) => commandIndent + cleanLine(line));
    case "picture":
      return pictures?.[part.picture]?.(style, width) ?? [];
    case "gap":
      return [""];
  }
}

const ROW_LOOKS: Readonly<Record<RowLook, Paint | null>> = {
  usual: null,
  marked: "green",
  quiet: "dim",
  total: "bold",
  failed: "red",
};

export function tableLines({ head, rows, looks }: Cells, style: Style, width: number): string[] {
  if (looks === undefined) return table(head, rows, width);
  return table(head, rows, width, (line, row) => {
    const how = row < 0 ? "dim" : ROW_LOOKS[looks[row]!];
    return how === null ? line : paint(style, how, line);
  });
}

/** `  label …… value  note`, values aligned on their right edge. */
function notedLines(rows: readonly NotedRow[]): string[] {
  const labelWidth = Math.max(...rows.map(([label]) => label.length));
  const valueWidth = Math.max(...rows.map(([, value]) => value.length));
  return rows.map(([label, value, note]) =>
    `  ${label.padEnd(labelWidth)}  ${value.padStart(valueWidth)}  ${note}`.trimEnd(),
  );
}

/** Its indentation stays. */
const cleanLine = (line: string): string => `${/^ */.exec(line)![0]}${clean(line.trimStart())}`;

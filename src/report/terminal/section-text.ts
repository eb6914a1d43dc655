import { clean } from "../document/clean.ts";
import { wrap } from "../document/format.ts";
import type { Section } from "../document/section.ts";
import { paint, type Style } from "../document/style.ts";
import { table } from "../document/table.ts";

/** A section for a person at a terminal. */
export const sectionText = (
  { title, text, tables, commands }: Section,
  style: Style,
  width: number,
): string =>
  [
    paint(style, "bold", title),
    ...tables.flatMap(({ head, rows }, n) => [...(n > 0 ? [""] : []), ...table(head, rows, width)]),
    ...text.flatMap((each) => wrap(each, width, "  ")),
    ...commands.map((line) => `    ${cleanLine(line)}`),
  ].join("\n");

/** Its indentation stays. */
const cleanLine = (line: string): string => `${/^ */.exec(line)![0]}${clean(line.trimStart())}`;

/** The summary of any result, for a person at a terminal: at most thirty lines at eighty columns, warnings among them. */
import { summaryOfAny, type AnyDocument } from "../document/any-document.ts";
import type { Summary } from "../../domain/summary.ts";
import { count, cut, wrap } from "../document/format.ts";
import { paint, textWidth, type Style } from "../document/style.ts";
import type { SummaryPage, SummaryWarning } from "../document/summary-page.ts";
import { fitting } from "../document/table.ts";
import { tableLines } from "./section-text.ts";

const MOST_LINES = 30;
/** Longer lines are hard to read. */
const MOST_COLUMNS = 100;

const TONES = { good: "green", attention: "yellow", caution: "yellow", bad: "red" } as const;

/** Of what any verb returns. */
export function summaryText(document: Summary | AnyDocument, style: Style): string {
  const page = summaryOfAny(document);
  const width = Math.min(MOST_COLUMNS, textWidth(style));
  const lines = [
    ...headlineLines(page, style, width),
    "",
    ...rowLines(page.rows, width),
    ...page.tables.flatMap((cells) => ["", ...tableLines(fitting(cells, width), style, width)]),
  ];
  const next = page.next.flatMap((text) => wrap(text, width));
  const room = MOST_LINES - lines.length - next.length - 2;
  const warned = warningLines(page, style, width, room);
  return [...lines, ...(warned.length > 0 ? ["", ...warned] : []), "", ...next, ""].join("\n");
}

/** Its headline alone. */
export const quietText = (document: Summary | AnyDocument, style: Style): string =>
  [...headlineLines(summaryOfAny(document), style, textWidth(style)), ""].join("\n");

const headlineLines = ({ headline, tone }: SummaryPage, style: Style, width: number): string[] =>
  headline
    .flatMap((text) => wrap(text, width))
    .map((line) => paint(style, "bold", tone === null ? line : paint(style, TONES[tone], line)));

function rowLines(rows: SummaryPage["rows"], width: number): string[] {
  const room = Math.max(...rows.map(([label]) => label.length)) + 2;
  return rows.flatMap(([label, text]) => wrap(text, width, " ".repeat(2 + room), `  ${label.padEnd(room)}`));
}

/** Whole where there is room, else cut; as many as there is room for, and the rest is counted. */
function warningLines({ warnings, notes }: SummaryPage, style: Style, width: number, room: number): string[] {
  const others = notes === 0 ? "" : `${count(notes, "note")}: --details=findings`;
  const free = room - (others === "" ? 0 : 1);
  const whole = warnings.flatMap((warning) => wrap(worded(warning), width, "    ", "  ! "));
  const single = warnings.map((warning) => cut(`  ! ${worded(warning)}`, width));
  const all = whole.length <= free ? whole : single;
  const shown = all.length <= free ? all : all.slice(0, Math.max(1, room - 1));
  const hidden = all.length - shown.length;
  const more = hidden === 0 ? "" : `${count(hidden, "warning")} more`;
  const rest = [more, others || (more && "--details=findings")].filter((text) => text !== "").join(", ");
  return [...shown.map((line) => paint(style, "yellow", line)), ...(rest === "" ? [] : [`  ${rest}`])];
}

const worded = ({ code, dollars, text }: SummaryWarning): string =>
  `${code}${dollars === "" ? "" : `, ${dollars}`}: ${text}`;

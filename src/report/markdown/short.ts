/** What a chat message or a pull request shows of a result: at most 25 lines, the details folded behind them. */
import { count } from "../document/format.ts";
import type { SummaryPage, SummaryWarning } from "../document/summary-page.ts";
import { plain, tableText } from "./markdown.ts";

const MOST_LINES = 25;
const MOST_WARNINGS = 3;

/** Rows that are left to the details where there are too many, these first. */
const LESS = [
  "Sampling error",
  "Solver gap",
  "Before you buy",
  "Plans that end",
  "Break-even",
  "Buying now",
  "Account",
];

/** `details`: blocks of Markdown. GitHub folds them; elsewhere they follow. */
export const foldedMarkdown = (title: string, page: SummaryPage, details: readonly string[]): string =>
  [...shortBlocks(title, page), "<details>", "<summary>Details</summary>", ...details, "</details>"]
    .join("\n\n")
    .concat("\n");

function shortBlocks(title: string, { headline, rows, tables, warnings }: SummaryPage): string[] {
  const head = [`# ${plain(title)}`, headline.map((line) => `**${plain(line)}**`).join("  \n")];
  const cells = tables.map(tableText);
  const told = warnings.slice(0, MOST_WARNINGS).map(warningLine);
  if (warnings.length > told.length) {
    told.push(`> ${count(warnings.length - told.length, "warning")} more: see the details.`);
  }
  const blocks = (list: string): string[] =>
    [...head, list, ...cells, told.join("  \n")].filter((block) => block !== "");
  const around = blocks("-").join("\n\n").split("\n").length;
  const room = MOST_LINES - around + 1;
  const left = new Set(LESS.slice(0, Math.max(0, rows.length - room)));
  const list = rows.filter(([label]) => !left.has(label)).slice(0, room);
  return blocks(list.map(rowLine).join("\n"));
}

const rowLine = ([label, text]: SummaryPage["rows"][number]): string =>
  `- ${label === "" ? "" : `**${plain(label)}**: `}${plain(text)}`;

const warningLine = ({ code, dollars, text }: SummaryWarning): string =>
  `> **${plain(code)}**${dollars === "" ? "" : ` ${plain(dollars)}`}${text === "" ? "" : `: ${plain(text)}`}`;

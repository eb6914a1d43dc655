/** What every Markdown of ours is made of: GitHub's Markdown, and no HTML but what folds the details. */
import { clean } from "../document/clean.ts";
import { byDollars } from "../document/findings-text.ts";
import { count, decimal } from "../document/format.ts";
import { moneyIn } from "../document/money.ts";
import {
  commandsOf,
  sentencesOf,
  tables,
  tablesOf,
  texts,
  type DocumentPage,
  type Section,
} from "../document/section.ts";
import { right, type Cells } from "../document/table.ts";

/** A section as blocks: tables, sentences, commands; none where it has nothing to show. */
export function sectionParts(section: Section): string[] {
  const commands = commandsOf(section);
  const blocks = [
    ...tablesOf(section).map(tableText),
    ...sentencesOf(section).map(plain),
    ...(commands.length > 0
      ? [`\`\`\`sh\n${commands.map((line) => clean(line).replaceAll("`", "'")).join("\n")}\n\`\`\``]
      : []),
  ];
  return blocks.length === 0 ? [] : [`## ${plain(section.title)}`, ...blocks];
}

export const tableText = ({ head, rows }: Cells): string =>
  [
    row(head.map((column) => column.title)),
    row(
      head.map(({ align }) => (align === "right" ? "---:" : "---")),
      (cell) => cell,
    ),
    ...rows.map((cells) => row(cells)),
  ].join("\n");

const row = (cells: readonly string[], text: (cell: string) => string = plain): string =>
  `| ${cells.map((cell) => text(cell.trim())).join(" | ")} |`;

/** `What it is: how it turned out` */
export const titleOf = (what: string, [first = ""]: readonly string[]): string =>
  `${what}: ${first.charAt(0).toLowerCase() + first.slice(1)}`;

export const warningParts = ({ warning, cautions }: DocumentPage): string[] =>
  [warning ?? "", ...cautions].filter(Boolean).map((each) => `> **${plain(each)}**`);

export function findingParts(page: DocumentPage): string[] {
  const { findings } = page;
  const { cents } = moneyIn(page);
  return findings.length === 0
    ? []
    : [
        "## Findings",
        byDollars(findings)
          .map(
            ({ code, message, usd: stake }) =>
              `- **${plain(code)}**${stake === 0 ? "" : ` ${plain(cents(stake))}`}: ${plain(message)}`,
          )
          .join("\n"),
      ];
}

/** A ticket is no archive. */
const MOST_INPUTS = 12;

/** What the figures were made of, as `sha256sum` tells it. */
export const inputParts = (inputs: readonly { path: string; rows: number; sha256: string }[]): string[] =>
  inputs.length === 0
    ? []
    : sectionParts({
        title: "Inputs",
        parts: [
          ...tables({
            head: [{ title: "Input" }, right("Rows"), { title: "SHA-256" }],
            rows: inputs
              .slice(0, MOST_INPUTS)
              .map(({ path, rows, sha256 }) => [path, decimal(rows, 0), sha256]),
          }),
          ...texts(
            inputs.length > MOST_INPUTS
              ? `${count(inputs.length - MOST_INPUTS, "input file")} more: --json has all.`
              : "",
          ),
        ],
      });

/** Text from bills is anyone's: nothing of it may become a link, an image, HTML, a table's edge or a mention. */
export const plain = (text: string): string =>
  clean(text)
    .replace(/[\\`*_{}[\]<>|~#!]/g, "\\$&")
    .replaceAll("@", "@\u200b")
    .replace(/(https?):\/\//gi, "$1:\u200b//")
    .replace(/\bwww\./gi, "$&\u200b")
    .replace(/\b(GH)-(?=\d)/gi, "$1\u200b-");

/** Any document for a person at a terminal: the answer first, then why, then how it can go wrong. */
import { findingsText } from "../document/findings-text.ts";
import { wrap } from "../document/format.ts";
import { shownAt, type DocumentPage } from "../document/section.ts";
import { paint, textWidth, type Style } from "../document/style.ts";
import { sectionText, type Layout } from "./section-text.ts";

const TONES = { good: "green", attention: "yellow" } as const;

export function pageText(
  page: DocumentPage,
  style: Style,
  own: Omit<Layout, "style" | "width"> = { commandIndent: "    " },
): string {
  const width = textWidth(style);
  const layout = { style, width, ...own };
  return [
    answerText(page, style, width),
    ...shownAt("whole", page.sections).map((section) => sectionText(section, layout)),
    findingsText(page, style),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

/** Some of its sections, each by its name; `findings` are one too. */
export function sectionsText(
  page: DocumentPage,
  named: ReadonlySet<string>,
  style: Style,
  own: Omit<Layout, "style" | "width">,
): string {
  const layout = { style, width: textWidth(style), ...own };
  const sections = shownAt("whole", page.sections).filter(({ id }) => named.has(id ?? ""));
  const parts = [
    ...sections.map((section) => sectionText(section, layout)),
    named.has("findings") ? findingsText(page, style) : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `${parts.join("\n\n")}\n`;
}

/** The answer, what it is worth, and what that statement stands on. */
function answerText(page: DocumentPage, style: Style, width: number): string {
  const { headline, tone, text, warning, cautions } = page;
  const red = (words: string): string[] =>
    ["", ...warningLines(words, width)].map((line) => paint(style, "red", line));
  const bold = (line: string): string => paint(style, "bold", line);
  return [
    ...headline.map((line) => bold(tone === null ? line : paint(style, TONES[tone], line))),
    "",
    ...text.flatMap((each) => wrap(each, width, "  ")),
    ...cautions.flatMap(red),
    ...(warning === null
      ? []
      : ["", ...warningLines(warning, width).map((line) => paint(style, "red", bold(line)))]),
  ].join("\n");
}

const warningLines = (words: string, width: number): string[] => wrap(words, width, "     ", "  !! ");

/** Any document's sections as HTML. */
import { moneyIn } from "../document/money.ts";
import {
  commandsOf,
  picturesOf,
  sentencesOf,
  shownAt,
  tablesOf,
  type DocumentPage,
  type PictureKind,
  type Section,
} from "../document/section.ts";
import { escaped } from "./escape.ts";
import { htmlTable } from "./tables.ts";

type Charts = Partial<Record<PictureKind, () => string>>;

export const answerHtml = (title: string, { headline, text, warning, cautions }: DocumentPage): string =>
  `<header><p class="kicker">${escaped(title)}</p>` +
  headline
    .map((each, n) => (n === 0 ? `<h1>${escaped(each)}</h1>` : `<p class="headline">${escaped(each)}</p>`))
    .join("") +
  [warning ?? "", ...cautions]
    .filter(Boolean)
    .map((each) => `<p class="warning"><strong>Warning:</strong> ${escaped(each)}</p>`)
    .join("") +
  text.map((each, n) => `<p${n > 1 ? ' class="note"' : ""}>${escaped(each)}</p>`).join("") +
  `</header>`;

export const sectionsHtml = ({ sections }: DocumentPage, charts: Charts): string =>
  shownAt("long", sections)
    .map((section) => sectionHtml(section, charts))
    .filter((html) => html !== "")
    .join("\n");

/** Charts, tables, sentences, commands; empty where there is nothing to show. */
function sectionHtml(section: Section, charts: Charts): string {
  const { id, title } = section;
  const commands = commandsOf(section);
  const drawn = picturesOf(section).map((picture) => charts[picture]?.() ?? "");
  const inside =
    drawn.map((chart) => (chart === "" ? "" : `<figure>${chart}</figure>`)).join("") +
    tablesOf(section)
      .map((cells, n) => htmlTable(cells, n === 0 ? title : `${title}, ${n + 1}`))
      .join("") +
    sentencesOf(section)
      .map((each) => `<p class="note">${escaped(each)}</p>`)
      .join("") +
    (commands.length > 0
      ? `<pre tabindex="0"><code>${commands.map(escapedLine).join("\n")}</code></pre>`
      : "");
  return inside === "" ? "" : `<section id="${id}"><h2>${escaped(title)}</h2>${inside}</section>`;
}

/** Its indentation stays. */
const escapedLine = (line: string): string => `${/^ */.exec(line)![0]}${escaped(line.trimStart())}`;

export function findingsHtml(page: DocumentPage): string {
  const { findings } = page;
  const { cents } = moneyIn(page);
  return findings.length === 0
    ? ""
    : `<section id="findings"><h2>Findings</h2><ul>${findings
        .map(
          ({ code, message, usd: stake, source }) =>
            `<li><strong>${escaped(code)}</strong>${stake === 0 ? "" : ` ${cents(stake)}`}: ${escaped(message)}${source === "" ? "" : ` <span class="note">at ${escaped(source)}</span>`}</li>`,
        )
        .join("")}</ul></section>`;
}

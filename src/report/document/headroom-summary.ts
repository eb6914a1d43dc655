/** The summary of `headroom`: the largest ways to use less, in a table. */
import type { HeadroomDocument } from "../../domain/documents/headroom.ts";
import { clean } from "./clean.ts";
import { count, cut } from "./format.ts";
import { nothingText, patternName, whereText } from "./headroom-section.ts";
import { peopleMoneyIn } from "./people.ts";
import { saying, type SummaryPage } from "./summary-page.ts";
import { marked, right, type Cells } from "./table.ts";

const MOST_SHOWN = 12;
const MOST_NAME = 27;

export function headroomSummary(h: HeadroomDocument): SummaryPage {
  const { findings, notes, window, measuredEndpoints } = h;
  const { amount } = peopleMoneyIn(h);
  const known = findings.flatMap(({ savesUsdPerMonth }) => savesUsdPerMonth ?? []);
  const more = findings.length - MOST_SHOWN;
  const [note, ...others] = notes;
  return {
    headline: [
      findings.length === 0
        ? "Nothing to save before you commit"
        : `${count(findings.length, "way")} to use less before you commit` +
          (known.length > 0 ? `, the largest saves ${amount(Math.max(...known))} a month` : ""),
    ],
    tone: findings.length === 0 ? "good" : "attention",
    rows: saying([
      ["Looked at", `the last ${count(window.hours, "hour")}${measuredText(measuredEndpoints)}`],
      ["Found", findings.length === 0 ? nothingText(h) : ""],
      ["Savings", findings.length > 1 ? "On-Demand a month; those on the same resource overlap" : ""],
      ["Note", note === undefined ? "" : clean(note) + (others.length > 0 ? ` (${others.length} more)` : "")],
    ]),
    tables: findings.length === 0 ? [] : [table(h)],
    warnings: [],
    notes: 0,
    next: [
      more > 0 ? `${more} more, and why each was found: --details.` : "Why each was found: --details.",
      "What it does to the commitment: sageplan recommend --details=headroom. As events: --events-out FILE.",
    ].slice(findings.length === 0 ? 2 : 0),
  };
}

const measuredText = (endpoints: number | null): string =>
  endpoints === null
    ? ", from the bill alone (--metrics measures)"
    : `, with metrics of ${count(endpoints, "endpoint")}`;

function table(h: HeadroomDocument): Cells {
  const { amount, anHour } = peopleMoneyIn(h);
  return marked({
    head: [{ title: "  Found" }, { title: "In" }, right("Saves"), right("Costs"), right("Plans cover")],
    rows: h.findings
      .slice(0, MOST_SHOWN)
      .map((each) => [
        `  ${patternName(each)}`,
        cut(whereText(each), MOST_NAME),
        each.savesUsdPerMonth === null ? "–" : amount(each.savesUsdPerMonth),
        amount(each.onDemandUsdPerMonth),
        each.effectUsdPerHour > 0 ? `-${anHour(each.effectUsdPerHour)}` : "same",
      ]),
  });
}

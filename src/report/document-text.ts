/** A recommendation or a simulation for a person at a terminal: the answer first, then why, then how it can go wrong. */
import type { Recommendation } from "../domain/recommendation.ts";
import { alternativesTable, frontierTable } from "./alternatives-table.ts";
import { hasRisk, illustrativeWarning, offeringName } from "./answer.ts";
import { cashFlowTable, cashFlowTitle } from "./cash-flow-table.ts";
import { curveBars } from "./curve-bars.ts";
import { findingsText } from "./findings-text.ts";
import { COMPARISON_TITLE, comparisonLines } from "./comparison.ts";
import { count, wrap } from "./format.ts";
import { headroomSection } from "./headroom-section.ts";
import { ladderLines } from "./ladder-text.ts";
import { BINDING_NOTE, moneyRows, pairs, riskRows } from "./money-and-risk.ts";
import { FUTURES_NOTE, longTermNote, objectiveNote } from "./notes.ts";
import { overTimeLines } from "./over-time.ts";
import { markNote, offeringsTable, ownedPlansTable, ruledOutNote } from "./offerings-table.ts";
import { purchaseCommands, returnNote } from "./purchase-command.ts";
import { restsOnLines } from "./rests-on.ts";
import { boundsCells, boundsText, boundsTitle } from "./shape-bounds.ts";
import { sectionText } from "./section-text.ts";
import { paint, textWidth } from "./style.ts";
import type { Paint, Style } from "./style.ts";
import { table } from "./table.ts";

/** Findings that stand beside the answer already, in other words. */
export const SAID_BESIDE_THE_ANSWER: ReadonlySet<string> = new Set([
  "illustrative-rates",
  "past-repeats",
  "three-years-win-on-paper",
  "coarse-granularity",
  "hours-not-known",
  "cost-explorer-plans-unknown",
]);

/** What differs between the two: the headline, and what follows from it in sentences. */
export interface Answer {
  headline: readonly string[];
  sentences: readonly string[];
}

export function documentText(r: Recommendation, style: Style, answer: Answer): string {
  const width = textWidth(style);
  const section = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? "" : [paint(style, "bold", title), ...lines].join("\n");
  const buys = r.purchases.length > 0;
  const hours = count(r.horizon.hours, "hour");
  const futures = `${r.horizon.scenarios} futures`;
  const headroom = headroomSection(r.headroom);
  return [
    answerText(r, style, answer),
    section(`Money over these ${hours}${hasRisk(r) ? `, mean of the ${futures}` : ""}`, pairs(moneyRows(r))),
    buys ? section(riskTitle(r), [...pairs(riskRows(r)), ...wrap(BINDING_NOTE, width, "  ")]) : "",
    section(boundsTitle(r), boundsLines(r, style, width)),
    section(COMPARISON_TITLE, comparisonLines(r, style, width)),
    headroom === null ? "" : sectionText(headroom, style, width),
    section(
      `The alternatives, settled on the same ${hasRisk(r) ? futures : "hours"}`,
      alternativesTable(r, style, width),
    ),
    section("Decided over time: what to buy once it is known how usage went", overTimeLines(r, style, width)),
    section(
      r.overTime
        ? "Risk against saving: the best purchase that no other follows"
        : "Risk against saving: the best purchase as risk aversion rises",
      frontierTable(r, style, width),
    ),
    section("The six offerings, each at its own best commitment", [
      ...offeringsTable(r, style, width),
      ...wrap(markNote(r), width, "  "),
      ...wrap(ruledOutNote(r), width, "  "),
    ]),
    section(cashFlowTitle(r), cashFlowTable(r, style, width)),
    section(
      "Plans you own already",
      r.ownedPlans.length > 0 ? ownedPlansTable(r.ownedPlans, style, width) : ["  none found"],
    ),
    section(`Commitment against saving${curveTitle(r)}`, curveBars(r, style, width)),
    section("What this rests on", restsOnLines(r, width)),
    section(
      `The same as a ladder of ${r.ladder?.steps.length ?? 0} monthly tranches`,
      ladderLines(r, style, width),
    ),
    buys ? section("To buy it (sageplan never buys anything)", purchaseLines(r, width)) : "",
    findingsText(
      r.findings.filter(({ code }) => !SAID_BESIDE_THE_ANSWER.has(code)),
      style,
    ),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

/** What the answer stands on. */
export const notesOf = (r: Recommendation): string[] =>
  [FUTURES_NOTE[r.horizon.futures], objectiveNote(r), longTermNote(r) ?? ""].filter((text) => text !== "");

/**
 * Said beside the answer when the export does not tell what an answer needs: the plans that are owned; the hours, and then the
 * bounds that are known.
 */
export function cautionsOf(r: Recommendation): string[] {
  const messageOf = (wanted: string): string => r.findings.find(({ code }) => code === wanted)?.message ?? "";
  const coarse = messageOf("coarse-granularity");
  return [messageOf("cost-explorer-plans-unknown"), coarse, (coarse !== "" && boundsText(r)) || ""].filter(
    (text) => text !== "",
  );
}

function boundsLines(r: Recommendation, style: Style, width: number): string[] {
  const { head, rows } = boundsCells(r);
  return rows.length === 0
    ? []
    : table(
        head.map((column, n) => (n === 0 ? { ...column, title: `  ${column.title}` } : column)),
        rows.map(([first, ...rest]) => [`  ${first}`, ...rest]),
        width,
        (line, row) => (row < 0 ? paint(style, "dim", line) : line),
      );
}

export const riskTitle = (r: Recommendation): string =>
  hasRisk(r) ? "How it can go wrong" : "If usage falls short (over the same hours)";

/** The answer, what it is worth, and what that statement stands on. */
function answerText(r: Recommendation, style: Style, { headline, sentences }: Answer): string {
  const width = textWidth(style);
  const painted = (how: Paint, lines: readonly string[]): string[] =>
    lines.map((line) => paint(style, how, line));
  const warning = illustrativeWarning(r);
  const cautions = cautionsOf(r);
  return [
    ...painted("bold", painted("green", headline)),
    "",
    ...[...sentences, ...notesOf(r)].flatMap((text) => wrap(text, width, "  ")),
    ...cautions.flatMap((caution) => ["", ...painted("red", wrap(caution, width, "     ", "  !! "))]),
    ...(warning === null
      ? []
      : ["", ...painted("red", painted("bold", wrap(warning, width, "     ", "  !! ")))]),
  ].join("\n");
}

const curveTitle = (r: Recommendation): string => {
  const purchase = r.purchases[0];
  return purchase && r.purchases.length === 1 ? `, ${offeringName(purchase)}` : "";
};

function purchaseLines(r: Recommendation, width: number): string[] {
  return [
    ...(illustrativeWarning(r) === null
      ? []
      : ["  First replace the illustrative rates; then, if the answer holds:"]),
    ...purchaseCommands(r.purchases).map((line) => `  ${line}`),
    ...wrap(returnNote(r.purchases), width, "  "),
  ];
}

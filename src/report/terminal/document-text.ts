/**
 * A recommendation or a simulation for a person at a terminal: the answer first, then why, then how it can go wrong.
 */
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { alternativesTable, frontierTable } from "../document/alternatives-table.ts";
import { hasRisk, illustrativeWarning, offeringName } from "../document/answer.ts";
import { cashFlowTable, cashFlowTitle } from "../document/cash-flow-table.ts";
import { cautionsOf, notesOf, riskTitle, SAID_BESIDE_THE_ANSWER, type Answer } from "../document/caveats.ts";
import { COMPARISON_TITLE, comparisonLines } from "../document/comparison.ts";
import { findingsText } from "../document/findings-text.ts";
import { count, wrap } from "../document/format.ts";
import { headroomSection } from "../document/headroom-section.ts";
import { ladderLines } from "../document/ladder-text.ts";
import { BINDING_NOTE, moneyRows, pairs, riskRows } from "../document/money-and-risk.ts";
import { markNote, offeringsTable, ownedPlansTable, ruledOutNote } from "../document/offerings-table.ts";
import { overTimeLines } from "../document/over-time.ts";
import { purchaseCommands, returnNote } from "../document/purchase-command.ts";
import { restsOnLines } from "../document/rests-on.ts";
import { boundsCells, boundsTitle } from "../document/shape-bounds.ts";
import { paint, textWidth, type Paint, type Style } from "../document/style.ts";
import { table } from "../document/table.ts";
import { curveBars } from "./curve-bars.ts";
import { sectionText } from "./section-text.ts";

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

/** A recommendation or a simulation as sections that Markdown and HTML show in the terminal's words. */
import type { Finding } from "../../domain/documents/finding.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { alternativesCells, frontierCells, legend, sameAtEveryAversion } from "./alternatives-table.ts";
import { hasRisk, illustrativeWarning, isSimulation } from "./answer.ts";
import { cashFlowCells, cashFlowNotes, cashFlowTitle } from "./cash-flow-table.ts";
import { clean } from "./clean.ts";
import { COMPARISON_TITLE, comparisonCells, comparisonTexts, outcomeCells } from "./comparison.ts";
import { cautionsOf, notesOf, riskTitle, SAID_BESIDE_THE_ANSWER } from "./caveats.ts";
import { byDollars } from "./findings-text.ts";
import { count } from "./format.ts";
import { HEADROOM_TITLE, headroomSection } from "./headroom-section.ts";
import { ladderCommands, priceText } from "./ladder-text.ts";
import { BINDING_NOTE, moneyRows, riskRows, type NotedRow } from "./money-and-risk.ts";
import { markNote, offeringsCells, ownedPlansCells, ruledOutNote } from "./offerings-table.ts";
import { nodeCells, overTimeLegend, policyCells } from "./over-time.ts";
import { purchaseCommands, returnNote } from "./purchase-command.ts";
import { restsOn } from "./rests-on.ts";
import type { Section } from "./section.ts";
import { boundsCells, boundsTitle } from "./shape-bounds.ts";
import { right, type Cells } from "./table.ts";
import { recommendationAnswer } from "./recommendation-answer.ts";
import { simulationAnswer } from "./simulation-answer.ts";

export type SectionId =
  | "money"
  | "risk"
  | "bounds"
  | "comparison"
  | "headroom"
  | "alternatives"
  | "over-time"
  | "frontier"
  | "offerings"
  | "cash"
  | "owned"
  | "rests-on"
  | "ladder"
  | "buy";

export interface DocumentPage {
  headline: readonly string[];
  /** The answer in sentences, and what it stands on. */
  text: string[];
  warnings: string[];
  /** In this order; those that say nothing are left out. */
  sections: (Section & { id: SectionId })[];
  /** But those that stand beside the answer; largest dollars first. */
  findings: Finding[];
}

export function documentPage(r: Recommendation): DocumentPage {
  const { headline, sentences } = isSimulation(r) ? simulationAnswer(r) : recommendationAnswer(r);
  return {
    headline,
    text: [...sentences, ...notesOf(r)].filter((text) => text !== ""),
    warnings: [illustrativeWarning(r), ...cautionsOf(r)].filter((text) => text !== null).map(clean),
    sections: sectionsOf(r),
    findings: byDollars(r.findings.filter(({ code }) => !SAID_BESIDE_THE_ANSWER.has(code))),
  };
}

type SectionOfPage = DocumentPage["sections"][number];

const section = (id: SectionId, title: string, parts: Partial<Omit<Section, "title">>): SectionOfPage => ({
  id,
  title,
  text: (parts.text ?? []).filter((text) => text !== ""),
  tables: (parts.tables ?? []).filter(({ rows }) => rows.length > 0),
  commands: parts.commands ?? [],
});

const sectionsOf = (r: Recommendation): SectionOfPage[] =>
  [...answerSections(r), ...otherPurchases(r), ...restSections(r)].filter(
    ({ text, tables, commands }) => text.length + tables.length + commands.length > 0,
  );

const futuresOf = ({ horizon }: Recommendation): string => `${horizon.scenarios} futures`;

/** What the answer is worth, and what bounds it. */
function answerSections(r: Recommendation): SectionOfPage[] {
  const buys = r.purchases.length > 0;
  const futures = futuresOf(r);
  return [
    section(
      "money",
      `Money over these ${count(r.horizon.hours, "hour")}${hasRisk(r) ? `, mean of the ${futures}` : ""}`,
      {
        tables: [pairCells(moneyRows(r))],
      },
    ),
    section("risk", riskTitle(r), buys ? { tables: [pairCells(riskRows(r))], text: [BINDING_NOTE] } : {}),
    section("bounds", boundsTitle(r), { tables: [boundsCells(r)] }),
    section(
      "comparison",
      COMPARISON_TITLE,
      r.comparison
        ? {
            tables: [comparisonCells(r, r.comparison), outcomeCells(r, r.comparison)],
            text: comparisonTexts(r, r.comparison),
          }
        : {},
    ),
    section("headroom", HEADROOM_TITLE, headroomSection(r.headroom) ?? {}),
  ];
}

/** What else could be bought. */
function otherPurchases(r: Recommendation): SectionOfPage[] {
  const futures = futuresOf(r);
  return [
    section("alternatives", `The alternatives, settled on the same ${hasRisk(r) ? futures : "hours"}`, {
      tables: [alternativesCells(r)],
      text: [legend(r)],
    }),
    section(
      "over-time",
      "Decided over time: what to buy once it is known how usage went",
      r.overTime
        ? { tables: [nodeCells(r.overTime), policyCells(r, r.overTime)], text: [overTimeLegend(r.overTime)] }
        : {},
    ),
    section(
      "frontier",
      r.overTime
        ? "Risk against saving: the best purchase that no other follows"
        : "Risk against saving: the best purchase as risk aversion rises",
      {
        tables: sameAtEveryAversion(r) === null ? [frontierCells(r)] : [],
        text: [sameAtEveryAversion(r) ?? ""],
      },
    ),
    section("offerings", "The six offerings, each at its own best commitment", {
      tables: [offeringsCells(r)],
      text: [markNote(r), ruledOutNote(r)],
    }),
    section(
      "cash",
      cashFlowTitle(r),
      cashFlowCells(r).rows.length > 0 ? { tables: [cashFlowCells(r)], text: [cashFlowNotes(r)] } : {},
    ),
    section("owned", "Plans you own already", {
      tables: [ownedPlansCells(r.ownedPlans)],
      text: r.ownedPlans.length > 0 ? [] : ["None found."],
    }),
  ];
}

/** What the answer rests on, and how to buy it. */
function restSections(r: Recommendation): SectionOfPage[] {
  const { rows, texts } = restsOn(r);
  const buys = r.purchases.length > 0;
  return [
    section("rests-on", "What this rests on", { tables: [pairCells(rows)], text: texts }),
    section(
      "ladder",
      `The same as a ladder of ${r.ladder?.steps.length ?? 0} monthly tranches`,
      r.ladder ? { text: [priceText(r, r.ladder)], commands: ladderCommands(r.ladder) } : {},
    ),
    section(
      "buy",
      "To buy it (sageplan never buys anything)",
      buys
        ? {
            text: [
              illustrativeWarning(r) === null
                ? ""
                : "First replace the illustrative rates; then, if the answer holds:",
              returnNote(r.purchases),
            ],
            commands: purchaseCommands(r.purchases),
          }
        : {},
    ),
  ];
}

const pairCells = (rows: readonly NotedRow[]): Cells => ({
  head: [{ title: "" }, right("Value"), { title: "Note" }],
  rows: rows.map((row) => [...row]),
});

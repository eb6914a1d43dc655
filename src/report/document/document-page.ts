/** A recommendation or a simulation as the sections that every medium shows. */
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { alternativesCells, frontierCells, legend, sameAtEveryAversion } from "./alternatives-table.ts";
import { hasRisk, illustrativeWarning, isEstimate, isSimulation, offeringName } from "./answer.ts";
import { cashFlowCells, cashFlowNotes, cashFlowTitle } from "./cash-flow-table.ts";
import { clean } from "./clean.ts";
import { COMPARISON_TITLE, comparisonParts } from "./comparison.ts";
import { cautionsOf, notesOf, riskTitle, SAID_BESIDE_THE_ANSWER } from "./caveats.ts";
import { ELSEWHERE_TITLE, elsewhereParts } from "./elsewhere.ts";
import { byDollars } from "./findings-text.ts";
import { count } from "./format.ts";
import { HEADROOM_TITLE, headroomParts } from "./headroom-section.ts";
import { ladderParts } from "./ladder-text.ts";
import { moneyIn } from "./money.ts";
import { BINDING_NOTE, moneyRows, riskRows } from "./money-and-risk.ts";
import { markNote, offeringsCells, ruledOutNote } from "./offerings-table.ts";
import { overTimeParts } from "./over-time.ts";
import { ownedPlansParts } from "./owned-plans.ts";
import { purchaseCommands, returnNote } from "./purchase-command.ts";
import { QUEUE_TITLE, queueParts } from "./queue.ts";
import { restsOn } from "./rests-on.ts";
import { commandsPart, tables, texts, type DocumentPage, type SectionPart, type Section } from "./section.ts";
import { boundsCells, boundsTitle } from "./shape-bounds.ts";
import { recommendationAnswer } from "./recommendation-answer.ts";
import { STRESS_TITLE, stressParts } from "./stress.ts";
import { simulationAnswer } from "./simulation-answer.ts";

export function documentPage(r: Recommendation): DocumentPage {
  const { headline, sentences } = isSimulation(r) ? simulationAnswer(r) : recommendationAnswer(r);
  return {
    headline,
    tone: isEstimate(r) ? "attention" : "good",
    text: [...sentences, ...notesOf(r)].filter((text) => text !== ""),
    warning: illustrativeWarning(r),
    cautions: cautionsOf(r).map(clean),
    sections: [...answerSections(r), ...otherPurchases(r), ...restSections(r)],
    findings: byDollars(r.findings.filter(({ code }) => !SAID_BESIDE_THE_ANSWER.has(code))),
    currency: r.currency,
  };
}

const buys = ({ purchases }: Recommendation): boolean => purchases.length > 0;

const futuresOf = ({ horizon }: Recommendation): string => `${horizon.scenarios} scenarios`;

/** What the answer is worth, and what bounds it. */
const answerSections = (r: Recommendation): Section[] => [
  { id: "queue", title: QUEUE_TITLE, parts: queueParts(r) },
  { id: "elsewhere", title: ELSEWHERE_TITLE, parts: elsewhereParts(r) },
  {
    id: "money",
    title: `Money over these ${count(r.horizon.hours, "hour")}${hasRisk(r) ? `, mean of the ${futuresOf(r)}` : ""}`,
    parts: [{ kind: "rows", rows: moneyRows(r) }],
  },
  {
    id: "risk",
    title: riskTitle(r),
    parts: buys(r) ? [{ kind: "rows", rows: riskRows(r) }, ...texts(BINDING_NOTE)] : [],
  },
  { id: "bounds", title: boundsTitle(r), parts: tables(boundsCells(r)) },
  { id: "stress", title: STRESS_TITLE, parts: stressParts(r) },
  { id: "comparison", title: COMPARISON_TITLE, parts: comparisonParts(r) },
  { id: "headroom", title: HEADROOM_TITLE, parts: headroomParts(r.headroom, moneyIn(r)) },
];

/** What else could be bought. */
const otherPurchases = (r: Recommendation): Section[] => [
  {
    id: "alternatives",
    title: `Alternatives, on the same ${hasRisk(r) ? futuresOf(r) : "hours"}`,
    parts: [...tables(alternativesCells(r)), ...texts(legend(r))],
  },
  {
    id: "over-time",
    title: "Later purchases: what to buy once it is known how usage went",
    parts: overTimeParts(r),
  },
  {
    id: "frontier",
    title: r.overTime
      ? "Risk against saving: the best purchase that no other follows"
      : "Risk against saving: the best purchase as risk aversion rises",
    depth: "long",
    parts: frontierParts(r),
  },
  {
    id: "offerings",
    title: "The six offerings, each at its own best commitment",
    depth: "long",
    parts: [...tables(offeringsCells(r)), ...texts(markNote(r), ruledOutNote(r))],
  },
  {
    id: "cash",
    title: cashFlowTitle(r),
    parts: cashFlowCells(r).rows.length > 0 ? [...tables(cashFlowCells(r)), ...texts(cashFlowNotes(r))] : [],
  },
  { id: "owned", title: "Plans you own already", depth: "long", parts: ownedPlansParts(r) },
  {
    id: "curve",
    title: `Commitment against saving${r.purchases.length === 1 ? `, ${offeringName(r.purchases[0]!)}` : ""}`,
    depth: "long",
    parts: [{ kind: "picture", picture: "curve" }],
  },
];

function frontierParts(r: Recommendation): SectionPart[] {
  const same = sameAtEveryAversion(r);
  return [
    ...(hasRisk(r) && r.frontier.length > 1 ? [{ kind: "picture", picture: "frontier" } as const] : []),
    ...(same === null ? tables(frontierCells(r)) : texts(same)),
  ];
}

/** What the answer rests on, and how to buy it. */
const restSections = (r: Recommendation): Section[] => [
  { id: "rests-on", title: "Inputs and assumptions", depth: "long", parts: restsOn(r) },
  {
    id: "ladder",
    title: `The same as a ladder of ${r.ladder?.steps.length ?? 0} monthly tranches`,
    parts: r.ladder ? ladderParts(r, r.ladder) : [],
  },
  {
    id: "buy",
    title: "To buy it (sageplan never buys anything)",
    parts: buys(r)
      ? [
          ...(illustrativeWarning(r) === null
            ? []
            : [
                {
                  kind: "line",
                  text: "First replace the illustrative rates; then, if the answer holds:",
                } as const,
              ]),
          ...commandsPart(purchaseCommands(r.purchases)),
          ...texts(returnNote(r)),
        ]
      : [],
  },
];

/** `headroom` on its own: every finding with what it rests on. */
import type { HeadroomFinding, HeadroomDocument } from "../../domain/documents/headroom.ts";
import { clean } from "./clean.ts";
import { shareText } from "./format.ts";
import { moneyIn, type Money } from "./money.ts";
import { headroomSummary } from "./headroom-summary.ts";
import { findingsNote, headroomTable, nothingText, patternName, whereText } from "./headroom-section.ts";
import { tables, texts, type DocumentPage, type Section } from "./section.ts";

export function headroomPage(h: HeadroomDocument): DocumentPage {
  const { findings, notes } = h;
  const money = moneyIn(h);
  return {
    headline: headroomSummary(h).headline,
    tone: findings.length === 0 ? "good" : "attention",
    text: [
      ...(findings.length === 0 ? [nothingText(h)] : [findingsNote(h)]),
      ...notes.map(clean),
      ...(findings.length === 0 ? [] : [NEXT]),
    ],
    warning: null,
    cautions: [],
    sections: [
      { id: "found", title: "What was found", parts: tables(headroomTable(findings, money)) },
      ...findings.map((finding) => findingSection(finding, money)),
    ],
    findings: [],
    currency: h.currency,
  };
}

const NEXT =
  "What it does to the commitment: sageplan recommend shows the answer before and after. --events-out FILE writes what is found as " +
  "events, to be edited and handed to recommend --events FILE.";

function findingSection(finding: HeadroomFinding, money: Money): Section {
  const { account, usageType, region, what, page, event, confidence } = finding;
  const where = [usageType, region, account].filter((part) => part !== "").map(clean);
  return {
    id: "why",
    title: `${patternName(finding)}: ${whereText(finding)}`,
    parts: texts(
      clean(what),
      moneyText(finding, money),
      `${where.join(", ")}; ${confidence}${event === null ? "" : `, taken to happen in ${shareText(event.probability)} of the scenarios under headroom=likely`}. AWS: "${page}".`,
    ),
  };
}

function moneyText(
  { onDemandUsdPerMonth, savesUsdPerMonth, effectUsdPerHour }: HeadroomFinding,
  { cents, perHour }: Money,
): string {
  const saved = savesUsdPerMonth === null ? "" : `, of which ${cents(savesUsdPerMonth)} would be saved`;
  const effect =
    effectUsdPerHour > 0
      ? `plans would have ${perHour(effectUsdPerHour)}/h less to cover`
      : "what plans cover stays";
  return `${cents(onDemandUsdPerMonth)} a month On-Demand${saved}; ${effect}.`;
}

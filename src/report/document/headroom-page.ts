/** `headroom` on its own: every finding with what it rests on. */
import type { HeadroomFinding, HeadroomDocument } from "../../domain/documents/headroom.ts";
import { clean } from "./clean.ts";
import { count, shareText, usd, usdPerHour } from "./format.ts";
import { findingsNote, headroomTable, nothingText, patternName, whereText } from "./headroom-section.ts";
import type { Section } from "./section.ts";

export interface HeadroomPage {
  headline: string;
  text: string[];
  sections: Section[];
}

export function headroomPage(h: HeadroomDocument): HeadroomPage {
  const { findings, notes } = h;
  return {
    headline:
      findings.length === 0
        ? "Nothing to save before you commit"
        : `${count(findings.length, "thing")} to look at before you commit`,
    text: [
      ...(findings.length === 0 ? [nothingText(h)] : [findingsNote(h)]),
      ...notes.map(clean),
      ...(findings.length === 0 ? [] : [NEXT]),
    ],
    sections: [
      ...(findings.length === 0
        ? []
        : [{ title: "What was found", text: [], tables: [headroomTable(findings)], commands: [] }]),
      ...findings.map(findingSection),
    ],
  };
}

const NEXT =
  "What it does to the commitment: sageplan recommend shows the answer before and after. --events-out FILE writes what is found as " +
  "events, to be edited and handed to recommend --events FILE.";

function findingSection(finding: HeadroomFinding): Section {
  const { account, usageType, region, what, page, event, confidence } = finding;
  const where = [usageType, region, account].filter((part) => part !== "").map(clean);
  return {
    title: `${patternName(finding)}: ${whereText(finding)}`,
    text: [
      clean(what),
      moneyText(finding),
      `${where.join(", ")}; ${confidence}${event === null ? "" : `, taken to happen in ${shareText(event.probability)} of the futures under headroom=likely`}. AWS: "${page}".`,
    ],
    tables: [],
    commands: [],
  };
}

function moneyText({ onDemandUsdPerMonth, savesUsdPerMonth, effectUsdPerHour }: HeadroomFinding): string {
  const saved = savesUsdPerMonth === null ? "" : `, of which ${usd(savesUsdPerMonth)} would be saved`;
  const effect =
    effectUsdPerHour > 0
      ? `plans would have ${usdPerHour(effectUsdPerHour)}/h less to cover`
      : "what plans cover stays";
  return `${usd(onDemandUsdPerMonth)} a month On-Demand${saved}; ${effect}.`;
}

/** What weakens an answer, said beside it. */
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { hasRisk } from "./answer.ts";
import { FUTURES_NOTE, longTermNote, objectiveNote } from "./notes.ts";
import { boundsText } from "./shape-bounds.ts";

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
export interface AnswerText {
  headline: readonly string[];
  sentences: readonly string[];
}

/** What the answer stands on. */
export const notesOf = (r: Recommendation): string[] =>
  [FUTURES_NOTE[r.horizon.futures], objectiveNote(r), longTermNote(r) ?? ""].filter((text) => text !== "");

/**
 * Said beside the answer when the export does not tell what an answer needs: the plans that are owned; the hours, and
 * then the bounds that are known.
 */
export function cautionsOf(r: Recommendation): string[] {
  const messageOf = (wanted: string): string => r.findings.find(({ code }) => code === wanted)?.message ?? "";
  const coarse = messageOf("coarse-granularity");
  return [messageOf("cost-explorer-plans-unknown"), coarse, (coarse !== "" && boundsText(r)) || ""].filter(
    (text) => text !== "",
  );
}

export const riskTitle = (r: Recommendation): string =>
  hasRisk(r) ? "How it can go wrong" : "If usage falls short (over the same hours)";

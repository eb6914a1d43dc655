import type { Recommendation } from "../../domain/documents/recommendation.ts";
import type { SectionName } from "../../domain/options/outputs.ts";
import { documentPage } from "../document/document-page.ts";
import type { Style } from "../document/style.ts";
import { curveBars } from "./curve-bars.ts";
import { pageText, sectionsText } from "./page-text.ts";

/**
 * What a summary leaves out, for a person at a terminal: all of it, or the sections named, those that have nothing to
 * show left out.
 */
export function detailsText(r: Recommendation, of: "all" | readonly SectionName[], style: Style): string {
  const page = documentPage(r);
  const layout = {
    commandIndent: "  ",
    pictures: { curve: (own: Style, width: number) => curveBars(r, own, width) },
  };
  if (of === "all") return `\n${pageText({ ...page, headline: ["In detail"], tone: null }, style, layout)}`;
  return of.length === 0 ? "" : `\n${sectionsText(page, new Set<string>(of), style, layout)}`;
}

import type { SectionName } from "../../domain/options/outputs.ts";
import { pageOfAny, type AnyDocument } from "../document/any-document.ts";
import type { Style } from "../document/style.ts";
import { curveBars } from "./curve-bars.ts";
import { pageText, sectionsText } from "./page-text.ts";
import type { Layout } from "./section-text.ts";

/**
 * What a summary leaves out, for a person at a terminal: all of it, or the sections named, those that have nothing to
 * show left out.
 */
export function detailsText(document: AnyDocument, of: "all" | readonly SectionName[], style: Style): string {
  const page = pageOfAny(document);
  const layout = { commandIndent: "  ", ...picturesOf(document) };
  if (of === "all") return `\n${pageText({ ...page, headline: ["In detail"], tone: null }, style, layout)}`;
  return of.length === 0 ? "" : `\n${sectionsText(page, new Set<string>(of), style, layout)}`;
}

const picturesOf = (document: AnyDocument): Pick<Layout, "pictures"> =>
  "curve" in document
    ? { pictures: { curve: (own: Style, width: number) => curveBars(document, own, width) } }
    : {};

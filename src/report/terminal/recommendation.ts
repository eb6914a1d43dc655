import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { documentPage } from "../document/document-page.ts";
import type { Style } from "../document/style.ts";
import { curveBars } from "./curve-bars.ts";
import { pageText } from "./page-text.ts";

/** What to buy, for a person at a terminal. */
export const recommendationText = (r: Recommendation, style: Style): string =>
  pageText(documentPage(r), style, {
    commandIndent: "  ",
    pictures: { curve: (...place) => curveBars(r, ...place) },
  });

/** What the user's own commitments would do, and how far they are from the best, for a person at a terminal. */
export const simulationText = (r: Recommendation, style: Style): string => recommendationText(r, style);

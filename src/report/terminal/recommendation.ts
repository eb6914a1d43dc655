import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { recommendationAnswer } from "../document/recommendation-answer.ts";
import type { Style } from "../document/style.ts";
import { documentText } from "./document-text.ts";

/** What to buy, for a person at a terminal. */
export const recommendationText = (r: Recommendation, style: Style): string =>
  documentText(r, style, recommendationAnswer(r));

import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { simulationAnswer } from "../document/simulation-answer.ts";
import type { Style } from "../document/style.ts";
import { documentText } from "./document-text.ts";

/** What the user's own commitments would do, and how far they are from the best, for a person at a terminal. */
export const simulationText = (r: Recommendation, style: Style): string =>
  documentText(r, style, simulationAnswer(r));

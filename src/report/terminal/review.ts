import type { Review } from "../../domain/documents/review.ts";
import { findingsText } from "../document/findings-text.ts";
import { wrap } from "../document/format.ts";
import { reviewPage } from "../document/review-page.ts";
import { sectionText } from "./section-text.ts";
import { paint, textWidth, type Style } from "../document/style.ts";

/** A review for a person at a terminal. */
export function reviewText(review: Review, style: Style): string {
  const width = textWidth(style);
  const { headline, text, warning, sections } = reviewPage(review);
  const colour = review.decisionDue ? "yellow" : "green";
  const warned =
    warning === null
      ? []
      : ["", ...wrap(warning, width, "     ", "  !! ").map((line) => paint(style, "red", line))];
  return [
    [
      paint(style, "bold", paint(style, colour, headline)),
      "",
      ...text.flatMap((each) => wrap(each, width, "  ")),
      ...warned,
    ].join("\n"),
    ...sections.map((section) => sectionText(section, style, width)),
    findingsText(review.findings, style),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

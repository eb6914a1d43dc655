import type { Review } from "../domain/review.ts";
import { findingsText } from "./findings-text.ts";
import { wrap } from "./format.ts";
import { reviewPage } from "./review-page.ts";
import { sectionText } from "./section-text.ts";
import { paint, textWidth, type Style } from "./style.ts";

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

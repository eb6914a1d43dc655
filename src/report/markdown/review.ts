import type { Review } from "../../domain/documents/review.ts";
import { reviewPage } from "../document/review-page.ts";
import { findingParts, inputParts, plain, sectionParts, titleOf, warningParts } from "./markdown.ts";

/** A review fit for a ticket or a chat message: GitHub's Markdown, no HTML. */
export function reviewMarkdown(review: Review): string {
  const page = reviewPage(review);
  return [
    titleOf("SageMaker Savings Plans review", page),
    ...page.text.map(plain),
    ...warningParts(page),
    ...page.sections.flatMap(sectionParts),
    ...findingParts(page),
    // What was taken in last comes first: a ticket shows some of them, and is about those.
    ...inputParts(review.provenance.inputs.toReversed()),
  ]
    .join("\n\n")
    .concat("\n");
}

import type { Review } from "../../domain/documents/review.ts";
import { findingParts, inputParts, plain, sectionParts } from "./markdown.ts";
import { reviewPage } from "../document/review-page.ts";

/** A review fit for a ticket or a chat message: GitHub's Markdown, no HTML. */
export function reviewMarkdown(review: Review): string {
  const { headline, text, warning, sections } = reviewPage(review);
  return [
    `# SageMaker Savings Plans review: ${plain(headline.charAt(0).toLowerCase() + headline.slice(1))}`,
    ...text.map(plain),
    ...(warning === null ? [] : [`> **${plain(warning)}**`]),
    ...sections.flatMap(sectionParts),
    ...findingParts(review.findings),
    // What was taken in last comes first: a ticket shows some of them, and is about those.
    ...inputParts(review.provenance.inputs.toReversed()),
  ]
    .join("\n\n")
    .concat("\n");
}

import type { Review } from "../../domain/documents/review.ts";
import { reviewPage } from "../document/review-page.ts";
import { reviewSummary } from "../document/review-summary.ts";
import { findingParts, inputParts, plain, sectionParts, titleOf, warningParts } from "./markdown.ts";
import { foldedMarkdown } from "./short.ts";

/** A review fit for a ticket or a chat message. */
export function reviewMarkdown(review: Review): string {
  const page = reviewPage(review);
  const { headline, ...short } = reviewSummary(review);
  return foldedMarkdown(titleOf("SageMaker Savings Plans review", headline), { ...short, headline: [] }, [
    ...page.text.map(plain),
    ...warningParts(page),
    ...page.sections.flatMap(sectionParts),
    ...findingParts(page),
    // What was taken in last comes first: a ticket shows some of them, and is about those.
    ...inputParts(review.provenance.inputs.toReversed()),
  ]);
}

import type { HeadroomDocument } from "../../domain/documents/headroom.ts";
import { headroomPage } from "../document/headroom-page.ts";
import { headroomSummary } from "../document/headroom-summary.ts";
import { inputParts, plain, sectionParts, titleOf } from "./markdown.ts";
import { foldedMarkdown } from "./short.ts";

/** What could shrink before a commitment, for a ticket. */
export function headroomMarkdown(h: HeadroomDocument): string {
  const page = headroomPage(h);
  const { headline, ...short } = headroomSummary(h);
  return foldedMarkdown(titleOf("SageMaker headroom", headline), { ...short, headline: [] }, [
    ...page.text.map(plain),
    ...page.sections.flatMap(sectionParts),
    ...inputParts(h.provenance.inputs),
  ]);
}

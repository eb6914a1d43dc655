import type { HeadroomDocument } from "../../domain/documents/headroom.ts";
import { headroomPage } from "../document/headroom-page.ts";
import { inputParts, plain, sectionParts, titleOf } from "./markdown.ts";

/** What could shrink before a commitment, for a ticket. */
export function headroomMarkdown(h: HeadroomDocument): string {
  const page = headroomPage(h);
  return [
    titleOf("SageMaker headroom", page),
    ...page.text.map(plain),
    ...page.sections.flatMap(sectionParts),
    ...inputParts(h.provenance.inputs),
  ]
    .join("\n\n")
    .concat("\n");
}

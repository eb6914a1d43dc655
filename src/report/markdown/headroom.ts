import type { HeadroomDocument } from "../../domain/documents/headroom.ts";
import { headroomPage } from "../document/headroom-page.ts";
import { inputParts, plain, sectionParts } from "./markdown.ts";

/** What could shrink before a commitment, for a ticket. */
export function headroomMarkdown(h: HeadroomDocument): string {
  const { headline, text, sections } = headroomPage(h);
  return [
    `# SageMaker headroom: ${plain(headline.charAt(0).toLowerCase() + headline.slice(1))}`,
    ...text.map(plain),
    ...sections.flatMap(sectionParts),
    ...inputParts(h.provenance.inputs),
  ]
    .join("\n\n")
    .concat("\n");
}

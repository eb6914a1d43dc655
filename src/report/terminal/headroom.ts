import type { HeadroomDocument } from "../../domain/documents/headroom.ts";
import { wrap } from "../document/format.ts";
import { headroomPage } from "../document/headroom-page.ts";
import { sectionText } from "./section-text.ts";
import { paint, textWidth, type Style } from "../document/style.ts";

/** What could shrink before a commitment, for a person at a terminal. */
export function headroomText(h: HeadroomDocument, style: Style): string {
  const width = textWidth(style);
  const { headline, text, sections } = headroomPage(h);
  const colour = h.findings.length > 0 ? "yellow" : "green";
  return [
    [
      paint(style, "bold", paint(style, colour, headline)),
      "",
      ...text.flatMap((each) => wrap(each, width, "  ")),
    ].join("\n"),
    ...sections.map((section) => sectionText(section, style, width)),
  ]
    .join("\n\n")
    .concat("\n");
}

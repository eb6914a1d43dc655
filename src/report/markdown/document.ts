import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { isSimulation } from "../document/answer.ts";
import { documentPage, type SectionId } from "../document/document-page.ts";
import { findingParts, inputParts, plain, sectionParts } from "./markdown.ts";

/** What a ticket needs; the rest is in the other media. */
const SHOWN: ReadonlySet<SectionId> = new Set([
  "money",
  "risk",
  "bounds",
  "comparison",
  "headroom",
  "alternatives",
  "over-time",
  "cash",
  "ladder",
  "buy",
]);

/** A recommendation or a simulation for a ticket: the answer, money, risk, alternatives, commands and findings. */
export function documentMarkdown(r: Recommendation): string {
  const { headline, text, warnings, sections, findings } = documentPage(r);
  const title = isSimulation(r)
    ? "SageMaker Savings Plans simulation"
    : "SageMaker Savings Plans recommendation";
  return [
    `# ${title}`,
    ...headline.map((line) => `**${plain(line)}**`),
    ...warnings.map((warning) => `> **${plain(warning)}**`),
    ...text.map(plain),
    ...sections.filter(({ id }) => SHOWN.has(id)).flatMap(sectionParts),
    ...findingParts(findings),
    ...inputParts(r.provenance.inputs),
    `sageplan ${plain(r.provenance.version)}, ${r.provenance.inputs.length} input files, seed ${r.provenance.seed}; \`--json\` has every figure.`,
  ]
    .join("\n\n")
    .concat("\n");
}

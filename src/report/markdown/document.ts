import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { isSimulation } from "../document/answer.ts";
import { documentPage } from "../document/document-page.ts";
import { shownAt } from "../document/section.ts";
import { summaryPage } from "../document/summary.ts";
import { findingParts, inputParts, plain, sectionParts, warningParts } from "./markdown.ts";
import { foldedMarkdown } from "./short.ts";

/** A recommendation or a simulation for a ticket: the answer; folded, money, risk, alternatives, commands and findings. */
export function documentMarkdown(r: Recommendation): string {
  const page = documentPage(r);
  const { version, inputs, seed } = r.provenance;
  const title = `SageMaker Savings Plans ${isSimulation(r) ? "simulation" : "recommendation"}`;
  return foldedMarkdown(title, summaryPage(r), [
    ...warningParts(page),
    ...page.text.map(plain),
    ...shownAt("brief", page.sections).flatMap(sectionParts),
    ...findingParts(page),
    ...inputParts(inputs),
    `sageplan ${plain(version)}, ${inputs.length} input files, seed ${seed}; \`--json\` has every figure.`,
  ]);
}

import type { Finding, PullFinding } from "../../domain/documents/finding.ts";
import { clean } from "./clean.ts";
import { count, wrap } from "./format.ts";
import { moneyIn } from "./money.ts";
import { paint, textWidth } from "./style.ts";
import type { Style } from "./style.ts";

/** Largest dollars first; among equals, as they were found. */
export const byDollars = <F extends Finding | PullFinding>(findings: readonly F[]): F[] =>
  findings.toSorted((a, b) => Math.abs(b.usd) - Math.abs(a.usd));

/** The findings as a section: heading, then each with its dollars, message and source. Empty when there are none. */
export function findingsText(
  document: { currency: string; findings: readonly (Finding | PullFinding)[] },
  style: Style,
): string {
  const { findings } = document;
  const { cents } = moneyIn(document);
  if (findings.length === 0) return "";
  const width = textWidth(style);
  const lines = byDollars(findings).flatMap((finding) => {
    const dollars = finding.usd === 0 ? "" : `  ${cents(finding.usd)}`;
    const heading = `  ${paint(style, "yellow", `${clean(finding.code)}${dollars}`)}`;
    const where = finding.source === "" ? [] : wrap(`at ${clean(finding.source)}`, width, "      ", "    ");
    return [heading].concat(wrap(clean(finding.message), width, "    "), where);
  });
  return [paint(style, "bold", count(findings.length, "finding")), ...lines].join("\n");
}

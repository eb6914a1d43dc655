/** The summary of any result, for media of text: thirty lines of the answer, with a name for what the details hold. */
import type { Finding } from "../../domain/documents/finding.ts";
import { FINDINGS, QUIET_FINDINGS, type FindingCode } from "../../domain/finding-codes.ts";
import { groupBy } from "../../domain/group.ts";
import { clean } from "./clean.ts";
import { peopleMoneyIn } from "./people.ts";
import type { DocumentPage } from "./section.ts";
import type { Cells } from "./table.ts";

/** A label and what it says. */
export type SummaryRow = readonly [label: string, text: string];

export interface SummaryPage {
  headline: string[];
  /** As of a document; `caution`: an estimate, and no advice. */
  tone: DocumentPage["tone"] | "caution" | "bad";
  rows: SummaryRow[];
  tables: Cells[];
  warnings: SummaryWarning[];
  /** Findings that are no warnings. */
  notes: number;
  next: string[];
}

export interface SummaryWarning {
  code: string;
  /** Empty where it has none. */
  dollars: string;
  text: string;
}

/** Rows that have something to say. */
export const saying = (rows: readonly SummaryRow[]): SummaryRow[] => rows.filter(([, text]) => text !== "");

/** They forbid a purchase, and come before all others. */
const FORBIDDING: ReadonlySet<string> = new Set<FindingCode>([
  "bill-disagrees",
  "implausible-rates",
  "illustrative-rates",
]);

/** One warning a code, the largest dollars first; findings that warn of nothing are counted. */
export function warningsOf(document: {
  currency: string;
  findings: readonly Omit<Finding, "message">[];
}): Pick<SummaryPage, "warnings" | "notes"> {
  const { findings } = document;
  const { amount } = peopleMoneyIn(document);
  const loud = findings.filter(({ code }) => !QUIET_FINDINGS.has(code));
  const usdOf = (group: typeof findings): number => group.reduce((usd, each) => usd + Math.abs(each.usd), 0);
  const warnings = [...groupBy(loud, ({ code }) => code)]
    .toSorted(
      ([code, one], [other, others]) =>
        Number(FORBIDDING.has(other)) - Number(FORBIDDING.has(code)) || usdOf(others) - usdOf(one),
    )
    .map(([code, group]) => ({
      code: clean(code),
      dollars: usdOf(group) === 0 ? "" : amount(usdOf(group)),
      text: (FINDINGS as Partial<Record<string, string>>)[code] ?? "",
    }));
  return { warnings, notes: findings.length - loud.length };
}

/** The first few by name, the rest counted. */
export function namedFew(names: readonly string[], most: number): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(", ")}, ${more} more` : names.join(", ");
}

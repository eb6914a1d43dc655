/**
 * The sheets that do not calculate: what there was to choose from, what is owned, what the figures mean and rest on.
 */
import type { Alternative } from "../../domain/documents/outcome.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import {
  isAdvised,
  offeringAlternatives,
  offeringName,
  purchasesText,
  totalCommitment,
  totalUpfront,
} from "../document/answer.ts";
import { DICTIONARY } from "../document/dictionary.ts";
import { moneyIn } from "../document/money.ts";
import { figuresIn } from "../document/figures.ts";
import { figureCell } from "./figure-cell.ts";
import { heading, money, percentage, perHour, text, whole } from "./model.ts";
import type { WorkbookCell, WorkbookSheet } from "./model.ts";

/** Risk is there whatever the futures, so that the sheet has the same columns. */
const SHOWN = figuresIn("sheet", true);
const titlesOf = (r: Recommendation): string[] => [
  `${moneyIn(r).sign}/h`,
  `Upfront, ${r.currency}`,
  ...SHOWN.map(({ label }) => label.replace("CURRENCY", r.currency)),
  "Illustrative rates",
];

const figures = (each: Alternative): WorkbookCell[] => [
  perHour(totalCommitment(each.purchases)),
  money(totalUpfront(each.purchases)),
  ...SHOWN.map(({ figure }) => figureCell(figure, each)),
  percentage(each.rateShares.illustrative),
];

const yes = (is: boolean): WorkbookCell => text(is ? "yes" : "no");
const AS_SETTLED = "Recommended, after any negotiated discount; not recalculated from Assumptions.";

export function offeringsSheet(r: Recommendation): WorkbookSheet {
  const titles = titlesOf(r);
  const others = r.alternatives.filter(({ kind }) => kind !== "offering");
  return {
    name: "Offerings",
    widths: [42, 10, 13, ...titles.map(() => 14)],
    frozenRows: 4,
    frozenColumns: 1,
    repeatedRow: 4,
    rows: [
      [text("Each offering at its own best commitment", "title")],
      [text(AS_SETTLED, "note")],
      [],
      heading("Offering", "Allowed", "Recommended", ...titles),
      ...offeringAlternatives(r).map(({ offering, alternative }) => [
        text(offeringName(offering)),
        yes(alternative.allowed),
        yes(isAdvised(r, offering)),
        ...figures(alternative),
      ]),
      [],
      heading("Other purchases", "Allowed", "", ...titles),
      ...others.map((each) => [text(each.label), yes(each.allowed), text(null), ...figures(each)]),
    ],
  };
}

export const ownedPlansSheet = (r: Recommendation): WorkbookSheet => ({
  name: "Owned plans",
  widths: [82, 16, 26, 14, 22, 22, 10, 13],
  frozenRows: 4,
  frozenColumns: 1,
  repeatedRow: 4,
  rows: [
    [text("Owned plans", "title")],
    [text("Held in every figure. Utilization is that of the history, by our settlement.", "note")],
    [],
    heading(
      "Plan",
      "Owner account",
      "Offering",
      `${moneyIn(r).sign}/h`,
      "Start (UTC)",
      "End (UTC)",
      "Queued",
      "Utilization",
    ),
    ...r.ownedPlans.map((plan) => [
      text(plan.arn),
      text(plan.ownerAccount),
      text(offeringName(plan)),
      perHour(plan.commitmentUsdPerHour),
      text(plan.start ?? "before the data"),
      text(plan.end ?? "unknown"),
      yes(plan.isQueued),
      percentage(plan.utilization),
    ]),
    ...(r.ownedPlans.length === 0 ? [[text("none")]] : []),
  ],
});

export const dictionarySheet = ({ currency }: Recommendation): WorkbookSheet => ({
  name: "Data dictionary",
  widths: [30, 16, 64, 56, 56],
  frozenRows: 4,
  frozenColumns: 1,
  repeatedRow: 4,
  rows: [
    [text("Data dictionary", "title")],
    [text("The same as behind the CSV files and docs/dictionary.md.", "note")],
    [],
    heading("Name", "Unit", "Meaning", "Formula", "Source"),
    ...DICTIONARY.map(({ name, unit, meaning, formula, source }) => [
      text(name, "strong"),
      text(unit.replace("USD", currency)),
      text(meaning, "wrapped"),
      text(formula, "wrapped"),
      text(source, "wrapped"),
    ]),
  ],
});

export const findingsSheet = (r: Recommendation): WorkbookSheet => ({
  name: "Findings",
  widths: [28, 100, 16, 60],
  frozenRows: 4,
  repeatedRow: 4,
  rows: [
    [text("Findings", "title")],
    [text("What is odd in the data or in the answer, and the dollars at stake.", "note")],
    [],
    heading("Code", "Message", r.currency, "Source"),
    ...r.findings.map(({ code, message, usd, source }) => [
      text(code, "strong"),
      text(message, "wrapped"),
      money(usd),
      text(source, "wrapped"),
    ]),
    ...(r.findings.length === 0 ? [[text("none")]] : []),
  ],
});

export function provenanceSheet(r: Recommendation): WorkbookSheet {
  const { provenance, history, horizon, objective, certificate } = r;
  const shown = (value: unknown): string =>
    typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  const fact = (name: string, cell: WorkbookCell): WorkbookCell[] => [text(name, "strong"), cell];
  return {
    name: "Provenance",
    widths: [40, 74, 70, 14],
    frozenRows: 4,
    repeatedRow: 4,
    rows: [
      [text("Provenance", "title")],
      [text("Enough to make this again: the same inputs and options give the same file.", "note")],
      [],
      heading("What", "Value", "", ""),
      fact("sageplan", text(provenance.version)),
      fact("Document", text(r.schema)),
      fact("Purchase", text(purchasesText(r.purchases, moneyIn(r)))),
      fact("Seed", whole(provenance.seed)),
      fact("Payer accounts", text(r.payerAccounts.join(" ") || "not known")),
      fact(
        "History",
        text(
          `${history.from} to ${history.to}, ${history.hours} hours, ${history.missingHours} of them without usage`,
        ),
      ),
      fact(`History, On-Demand ${r.currency}`, money(history.onDemandUsd)),
      fact(`History, eligible ${r.currency}`, money(history.eligibleUsd)),
      fact(`History, ineligible ${r.currency}`, money(history.ineligibleUsd)),
      fact(`History, unconfirmed ${r.currency}`, money(history.unconfirmedUsd)),
      fact(
        "Scenarios",
        text(
          `${horizon.futures}: ${horizon.scenarios}, ${horizon.from} to ${horizon.to}, ${horizon.hours} hours, ${horizon.hoursSettled} of each settled`,
        ),
      ),
      fact("Objective", text(shown(objective), "wrapped")),
      fact(
        "Negotiated discount",
        text(`${shown(r.negotiatedDiscount.share)} (${r.negotiatedDiscount.source})`),
      ),
      fact(
        "Certificate",
        text(
          `${certificate.solver}: cost between ${certificate.lowerBound} and ${certificate.upperBound}, relative gap ${certificate.relativeGap}`,
        ),
      ),
      ...Object.entries(provenance.options)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => fact(`Option ${name}`, text(shown(value), "wrapped"))),
      [],
      heading("Input", "SHA-256", "", "Rows"),
      ...provenance.inputs.map(({ path, sha256, rows }) => [
        text(path, "wrapped"),
        text(sha256),
        text(null),
        whole(rows),
      ]),
    ],
  };
}

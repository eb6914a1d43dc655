/**
 * What is in a set of billing exports, for a person at a terminal: what was read, where every dollar went, what is odd.
 */
import type { Inspection } from "../../domain/documents/inspection.ts";
import { currencyOf } from "../../domain/currency.ts";
import { clean } from "../document/clean.ts";
import { findingsText } from "../document/findings-text.ts";
import { count, decimal, instant, wrap } from "../document/format.ts";
import { moneyIn } from "../document/money.ts";
import { inspectionSections } from "../document/inspection-sections.ts";
import { paint, textWidth, type Style } from "../document/style.ts";
import { sectionText } from "./section-text.ts";

export function inspectionText(i: Inspection, style: Style): string {
  const width = textWidth(style);
  return [
    [
      ...wrap(headline(i), width).map((line) => paint(style, "bold", line)),
      ...summaryLines(i, width),
      ...verdictLines(i, style),
    ].join("\n"),
    ...inspectionSections(i).map((section) => sectionText(section, { style, width, commandIndent: "  " })),
    findingsText(i, style),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function headline(i: Inspection): string {
  const { history } = i;
  const { cents } = moneyIn(i);
  return history === null
    ? "No SageMaker usage in these exports"
    : `${cents(history.eligibleUsd)} of ${cents(history.onDemandUsd)} SageMaker usage is eligible for a SageMaker AI Savings Plan`;
}

function summaryLines(i: Inspection, width: number): string[] {
  const { history } = i;
  const { cents } = moneyIn(i);
  const payers = i.payerAccounts.map(clean).join(", ") || "unknown";
  const lines = [
    `${cap(i.granularity)} data in ${currencyOf(i)}; payer ${payers}; ${count(i.accounts.length, "account")}, ${count(i.regions.length, "region")}.`,
  ];
  if (history !== null) {
    lines.unshift(
      `${instant(history.from)} to ${instant(history.to)} UTC: ${count(history.hours, "hour")}, ` +
        `${history.missingHours === 0 ? "none" : decimal(history.missingHours, 0)} without any SageMaker usage.`,
      `Ineligible ${cents(history.ineligibleUsd)}; unconfirmed ${cents(history.unconfirmedUsd)} (AWS does not say whether plans cover it). ` +
        `All at On-Demand rates.`,
    );
  }
  if (i.granularity === "daily" || i.granularity === "monthly") {
    lines.push(
      `A commitment is used or lost hour by hour, and ${i.granularity} data does not show hours: results made from it are bounds.`,
    );
  }
  return lines.flatMap((line) => wrap(line, width, "  "));
}

/** The two things that decide whether the figures can be trusted, where nobody misses them. */
function verdictLines({ reconciliation }: Inspection, style: Style): string[] {
  const { checks, classesTotalUsd, exportTotalUsd } = reconciliation;
  const exact = classesTotalUsd === exportTotalUsd;
  const failed = checks.filter((check) => !check.passed).length;
  return [
    paint(
      style,
      exact ? "green" : "red",
      `  ${exact ? "Reconciles to the bill exactly." : "DOES NOT RECONCILE to the bill."}`,
    ),
    paint(
      style,
      failed === 0 ? "green" : "red",
      `  ${failed === 0 ? `${count(checks.length, "check")} between AWS's own rows passed.` : `${failed} of ${count(checks.length, "check")} between AWS's own rows FAILED.`}`,
    ),
  ];
}

const cap = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** An inspection: what was read, where every dollar went, what is odd. */
import type { Inspection } from "../../domain/documents/inspection.ts";
import { currencyOf } from "../../domain/currency.ts";
import { clean } from "./clean.ts";
import { count, decimal, instant } from "./format.ts";
import { inspectionSections } from "./inspection-sections.ts";
import { inspectionSummary } from "./inspection-summary.ts";
import { moneyIn } from "./money.ts";
import type { DocumentPage } from "./section.ts";

export function inspectionPage(i: Inspection): DocumentPage {
  const verdicts = verdictsOf(i);
  return {
    headline: inspectionSummary(i).headline,
    tone: null,
    text: [...usageTexts(i), ...verdicts.passed],
    warning: null,
    cautions: verdicts.failed,
    sections: inspectionSections(i),
    findings: i.findings,
    currency: i.currency,
  };
}

function usageTexts(i: Inspection): string[] {
  const { history, granularity } = i;
  const { cents } = moneyIn(i);
  const payers = i.payerAccounts.map(clean).join(", ") || "unknown";
  const usage =
    history === null
      ? []
      : [
          `${instant(history.from)} to ${instant(history.to)} UTC: ${count(history.hours, "hour")}, ` +
            (history.missingHours === 0
              ? "no gaps."
              : `${decimal(history.missingHours, 0)} without any SageMaker usage.`),
          `Ineligible ${cents(history.ineligibleUsd)}; unconfirmed ${cents(history.unconfirmedUsd)} (AWS does not say whether plans cover it). ` +
            "All at On-Demand rates.",
        ];
  const data = `${cap(granularity)} data in ${currencyOf(i)}; payer ${payers}; ${count(i.accounts.length, "account")}, ${count(i.regions.length, "region")}.`;
  const coarse =
    granularity === "daily" || granularity === "monthly"
      ? [
          `A commitment is used or lost hour by hour, and ${granularity} data does not show hours: results made from it are bounds.`,
        ]
      : [];
  return [...usage, data, ...coarse];
}

/** The two things that decide whether the figures can be trusted. */
function verdictsOf({ reconciliation }: Inspection): { passed: string[]; failed: string[] } {
  const { checks, classesTotalUsd, exportTotalUsd } = reconciliation;
  const failed = checks.filter((check) => !check.passed).length;
  const exact = classesTotalUsd === exportTotalUsd;
  const cross =
    checks.length === 0
      ? "No Savings Plans rows to cross-check."
      : `${count(checks.length, "check")} between AWS's own rows passed.`;
  return {
    passed: [...(exact ? ["Reconciles to the bill exactly."] : []), ...(failed === 0 ? [cross] : [])],
    failed: [
      ...(exact ? [] : ["DOES NOT RECONCILE to the bill."]),
      ...(failed === 0
        ? []
        : [`${failed} of ${count(checks.length, "check")} between AWS's own rows FAILED.`]),
    ],
  };
}

const cap = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

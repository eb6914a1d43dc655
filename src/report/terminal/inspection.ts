/**
 * What is in a set of billing exports, for a person at a terminal: what was read, where every dollar went, what is odd.
 */
import type { Inspection } from "../../domain/documents/inspection.ts";
import { clean } from "../document/clean.ts";
import { findingsText } from "../document/findings-text.ts";
import { count, cut, decimal, instant, percent, usd, usdWhole, wrap } from "../document/format.ts";
import { ownedPlansTable } from "../document/offerings-table.ts";
import { checkLines, reconciliationLines } from "./reconciliation-text.ts";
import { paint, textWidth } from "../document/style.ts";
import type { Style } from "../document/style.ts";
import { right, table } from "../document/table.ts";
import type { Column } from "../document/table.ts";

/** Accounts and regions beyond this many are summed up in one line. */
const SHOWN = 10;

export function inspectionText(i: Inspection, style: Style): string {
  const width = textWidth(style);
  const section = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? "" : [paint(style, "bold", title), ...lines].join("\n");
  const dimHead = (line: string, row: number): string => (row < 0 ? paint(style, "dim", line) : line);
  return [
    [
      ...wrap(headline(i), width).map((line) => paint(style, "bold", line)),
      ...summaryLines(i, width),
      ...verdictLines(i, style),
    ].join("\n"),
    section("Deliveries", table(DELIVERY_COLUMNS, deliveryRows(i), width, dimHead)),
    section("Where every dollar went", reconciliationLines(i, style, width)),
    section("Agreement between AWS's own rows", checkLines(i, style, width)),
    section(
      "Accounts",
      shareTable(
        "Account",
        i.accounts.map(({ account, ...rest }) => ({ name: account, ...rest })),
        style,
        width,
      ),
    ),
    section(
      "Regions",
      shareTable(
        "Region",
        i.regions.map(({ region, ...rest }) => ({ name: region, ...rest })),
        style,
        width,
      ),
    ),
    section(
      "Plans you own",
      i.ownedPlans.length > 0
        ? ownedPlansTable(i.ownedPlans, style, width)
        : ["  none found in the fee rows (a member account's export does not hold them; --owned FILE does)"],
    ),
    section("Eligible usage without a Savings Plans rate", gapLines(i, style, width)),
    findingsText(i.findings, style),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

const headline = ({ history }: Inspection): string =>
  history === null
    ? "No SageMaker usage in these exports"
    : `${usd(history.eligibleUsd)} of ${usd(history.onDemandUsd)} SageMaker usage is eligible for a SageMaker AI Savings Plan`;

function summaryLines(i: Inspection, width: number): string[] {
  const { history } = i;
  const payers = i.payerAccounts.map(clean).join(", ") || "unknown";
  const lines = [
    `${cap(i.granularity)} data in ${clean(i.currency)}; payer ${payers}; ${count(i.accounts.length, "account")}, ${count(i.regions.length, "region")}.`,
  ];
  if (history !== null) {
    lines.unshift(
      `${instant(history.from)} to ${instant(history.to)} UTC: ${count(history.hours, "hour")}, ` +
        `${history.missingHours === 0 ? "none" : decimal(history.missingHours, 0)} without any SageMaker usage.`,
      `Ineligible ${usd(history.ineligibleUsd)}; unconfirmed ${usd(history.unconfirmedUsd)} (AWS does not say whether plans cover it). ` +
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

const DELIVERY_COLUMNS: Column[] = [
  { title: "  Period" },
  { title: "Format" },
  right("Files"),
  right("Rows"),
  right("Replaces"),
  { title: "Version" },
];

const deliveryRows = (i: Inspection): string[][] =>
  i.deliveries.map((d) => [
    `  ${clean(d.billingPeriod)}`,
    clean(d.format),
    decimal(d.files, 0),
    decimal(d.rows, 0),
    d.supersedes === 0 ? "–" : `${decimal(d.supersedes, 0)} older`,
    cut(clean(d.version), 40),
  ]);

/** On-Demand and eligible dollars by name, largest first, the tail summed up. */
function shareTable(
  title: string,
  parts: readonly { name: string; onDemandUsd: number; eligibleUsd: number }[],
  style: Style,
  width: number,
): string[] {
  const sorted = parts.toSorted((a, b) => b.eligibleUsd - a.eligibleUsd || b.onDemandUsd - a.onDemandUsd);
  const tail = sorted.slice(SHOWN);
  const rest = {
    name: `${count(tail.length, "other")}`,
    onDemandUsd: tail.reduce((sum, part) => sum + part.onDemandUsd, 0),
    eligibleUsd: tail.reduce((sum, part) => sum + part.eligibleUsd, 0),
  };
  const shown = tail.length > 0 ? [...sorted.slice(0, SHOWN), rest] : sorted;
  const eligible = parts.reduce((sum, part) => sum + part.eligibleUsd, 0);
  const rows = shown.map((part) => [
    `  ${clean(part.name) || "(unknown)"}`,
    usdWhole(part.onDemandUsd),
    usdWhole(part.eligibleUsd),
    eligible > 0 ? percent(part.eligibleUsd / eligible) : "–",
  ]);
  const head: Column[] = [
    { title: `  ${title.padEnd(14)}` },
    right("On-Demand"),
    right("Eligible"),
    right("Of eligible"),
  ];
  return rows.length === 0
    ? []
    : table(head, rows, width, (line, row) => (row < 0 ? paint(style, "dim", line) : line));
}

function gapLines(i: Inspection, style: Style, width: number): string[] {
  if (i.rateGaps.length === 0) return ["  none: every eligible dollar has a rate"];
  const rows = i.rateGaps.map((gap) => [`  ${clean(gap.offering)}`, decimal(gap.skus, 0), usd(gap.usd)]);
  return [
    ...table([{ title: "  Offering" }, right("SKUs"), right("On-Demand")], rows, width, (line, row) =>
      row < 0 ? paint(style, "dim", line) : line,
    ),
    ...wrap(
      "Neither a rate file nor the bill has a rate for it: recommend falls back on illustrative rates, which are not AWS's, or leaves it On-Demand. Pass AWS's rates with --rates FILE.",
      width,
      "  ",
    ),
  ];
}

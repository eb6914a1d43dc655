/** The summary of an inspection: what was read, whether it adds up, and what an answer from it would lack. */
import type { Inspection } from "../../domain/documents/inspection.ts";
import { clean } from "./clean.ts";
import { count, instant, percent } from "./format.ts";
import { peopleMoneyIn } from "./people.ts";
import { namedFew, saying, warningsOf, type SummaryPage, type SummaryRow } from "./summary-page.ts";
import { planName, untilText } from "./summary-rows.ts";
import { marked, right, type Cells } from "./table.ts";

const MOST_NAMED = 2;
const MOST_TYPES = 5;

export function inspectionSummary(i: Inspection): SummaryPage {
  const { amount } = peopleMoneyIn(i);
  const { history } = i;
  const adds = addsUp(i);
  return {
    headline: [
      history === null
        ? "No SageMaker usage in these exports"
        : `${amount(history.eligibleUsd)} of ${amount(history.onDemandUsd)} SageMaker usage is eligible for a SageMaker AI Savings Plan`,
      ...(adds ? [] : ["The data does not add up: find out why before you buy"]),
    ],
    tone: adds ? (history === null ? "attention" : "good") : "bad",
    rows: saying([...usageRows(i), ["Reconciliation", addsText(i)], ...plansRows(i)]),
    tables: i.usageTypes.length > 0 ? [typesTable(i)] : [],
    ...warningsOf(i),
    next: [
      ...(i.rateGaps.length > 0
        ? ["Rates from AWS, no credentials needed: sageplan pull price-list; then add --rates FILE."]
        : []),
      "Next: sageplan recommend. More: --details (every class of charge, accounts, regions, usage types), --json.",
    ],
  };
}

function usageRows(i: Inspection): SummaryRow[] {
  const { history, granularity, deliveries, payerAccounts, currency } = i;
  const { amount } = peopleMoneyIn(i);
  const formats = [...new Set(deliveries.map(({ format }) => clean(format)))].join(", ");
  const rows = deliveries.reduce((sum, each) => sum + each.rows, 0);
  const isCoarse = granularity === "daily" || granularity === "monthly";
  const payers =
    payerAccounts.length === 0 ? "" : `, payer ${namedFew(payerAccounts.map(clean), MOST_NAMED)}`;
  return [
    [
      "Usage",
      history === null
        ? ""
        : `${instant(history.from)} to ${instant(history.to)} UTC: ${count(history.hours, "hour")}, ` +
          (history.missingHours === 0 ? "no gaps" : `${count(history.missingHours, "hour")} without usage`),
    ],
    ["Data", `${formats}, ${granularity}, ${currency}, ${count(rows, "row")}${payers}`],
    ["", isCoarse ? `${granularity} data does not show hours, so results made from it are bounds` : ""],
    [
      "Not eligible",
      history === null
        ? ""
        : `${amount(history.ineligibleUsd)}; AWS does not say for ${amount(history.unconfirmedUsd)} more, which is left out`,
    ],
    ["Accounts", shares(i.accounts.map(({ account, eligibleUsd }) => [account, eligibleUsd]))],
    ["Regions", shares(i.regions.map(({ region, eligibleUsd }) => [region, eligibleUsd]))],
  ];
}

/** `3: us-east-1 67.6%, eu-west-1 30.7%, 1 more` */
function shares(parts: readonly (readonly [string, number])[]): string {
  const all = parts.reduce((sum, [, usd]) => sum + usd, 0);
  if (all <= 0) return "";
  const named = parts
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, usd]) => `${clean(name) || "(unknown)"} ${percent(usd / all)}`);
  return `${parts.length}: ${namedFew(named, MOST_NAMED)}`;
}

const failedChecks = ({ reconciliation }: Inspection): number =>
  reconciliation.checks.filter(({ passed }) => !passed).length;

const addsUp = (i: Inspection): boolean =>
  i.reconciliation.classesTotalUsd === i.reconciliation.exportTotalUsd && failedChecks(i) === 0;

function addsText(i: Inspection): string {
  const { classesTotalUsd, exportTotalUsd, checks } = i.reconciliation;
  const failed = failedChecks(i);
  const total =
    classesTotalUsd === exportTotalUsd
      ? `exact: every row of ${peopleMoneyIn(i).amount(Number(exportTotalUsd))} billed is in one class`
      : `FAILS: classes add up to ${classesTotalUsd}, the export to ${exportTotalUsd}`;
  const between =
    checks.length === 0
      ? "no Savings Plans rows to cross-check"
      : failed === 0
        ? `${count(checks.length, "cross-check")} of AWS's rows passed`
        : `${failed} of ${count(checks.length, "cross-check")} of AWS's rows FAILED`;
  return `${total}; ${between}`;
}

function plansRows(i: Inspection): SummaryRow[] {
  const { amount, anHour } = peopleMoneyIn(i);
  const plans = i.ownedPlans.map(
    ({ arn, commitmentUsdPerHour, utilization, end }) =>
      `${planName(arn)} ${anHour(commitmentUsdPerHour)}, ${percent(utilization)} used, ${untilText(end)}`,
  );
  const gaps = i.rateGaps.map(({ offering, usd }) => `${clean(offering)} ${amount(usd)}`);
  return [
    [
      "Plans owned",
      plans.length === 0 ? "none in the bill (--owned FILE adds them)" : namedFew(plans, MOST_NAMED),
    ],
    ["Rates missing", gaps.length === 0 ? "" : `for ${namedFew(gaps, MOST_NAMED)}`],
  ];
}

function typesTable(i: Inspection): Cells {
  const { amount } = peopleMoneyIn(i);
  const all = i.usageTypes.reduce((sum, { eligibleUsd }) => sum + eligibleUsd, 0);
  const sorted = i.usageTypes.toSorted(
    (a, b) => b.eligibleUsd - a.eligibleUsd || b.onDemandUsd - a.onDemandUsd,
  );
  return marked({
    head: [{ title: "  Usage type" }, right("On-Demand"), right("Eligible"), right("Of eligible")],
    rows: sorted
      .slice(0, MOST_TYPES)
      .map(({ usageType, onDemandUsd, eligibleUsd }) => [
        `  ${clean(usageType) || "(unknown)"}`,
        amount(onDemandUsd),
        amount(eligibleUsd),
        all > 0 ? percent(eligibleUsd / all) : "–",
      ]),
  });
}

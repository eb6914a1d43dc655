/** Rows of a summary: what is paid, saved and at risk, and what comes later. */
import type { OwnedPlanSummary } from "../../domain/documents/history.ts";
import type { Summary } from "../../domain/summary.ts";
import { MONTH_HOURS, TERM_HOURS, UPFRONT_SHARE } from "../../domain/offering.ts";
import { hasRisk, isSimulation, perMonth, totalCommitment, totalUpfront } from "./answer.ts";
import { clean } from "./clean.ts";
import { count, percent } from "./format.ts";
import { limitTexts } from "./notes.ts";
import { endingPlans } from "./owned-plans.ts";
import { peopleMoneyIn } from "./people.ts";
import { namedFew, saying, type SummaryRow } from "./summary-page.ts";
import { lossChance, worstIs } from "./worth.ts";

export const summaryRows = (r: Summary): SummaryRow[] =>
  saying([
    ...reasonRows(r),
    ...purchaseRows(r),
    ...savingRows(r),
    ...riskRows(r),
    ...laterRows(r),
    ...besideRows(r),
  ]);

const reasonRows = (r: Summary): SummaryRow[] => [["Why", clean(r.reason)]];

/** What is promised and paid: of what is bought now. */
function purchaseRows(r: Summary): SummaryRow[] {
  const { purchases, negotiatedDiscount } = r;
  if (purchases.length === 0) return [];
  const { amount } = peopleMoneyIn(r);
  const kept = 1 - negotiatedDiscount.share;
  const promised = purchases.reduce(
    (usd, each) => usd + each.commitmentUsdPerHour * TERM_HOURS[each.term],
    0,
  );
  const paidMonthly = purchases.reduce(
    (usd, each) => usd + each.commitmentUsdPerHour * MONTH_HOURS * (1 - UPFRONT_SHARE[each.paymentOption]),
    0,
  );
  const accounts = [...new Set(purchases.map(({ account }) => account))].filter(Boolean);
  return [
    ["Account", accounts.map(clean).join(", ")],
    ["Total commitment", `${amount(promised)} over the term`],
    [
      "Cash",
      `${amount(totalUpfront(purchases) * kept)} now, ${amount(paidMonthly * kept)} a month${discountText(r)}`,
    ],
  ];
}

const discountText = ({ negotiatedDiscount: { share } }: Summary): string =>
  share > 0 ? `, after ${percent(share)} discount` : "";

const isAcquired = (r: Summary): boolean => r.purchases.length + r.queued.length > 0;

/** `12 months` of hours. */
function horizonText({ horizon: { hours } }: Summary): string {
  const months = hours / MONTH_HOURS;
  return months < 2 ? count(Math.round(hours / 24), "day") : count(Math.round(months), "month");
}

/** A month's part of dollars of the horizon. */
export const monthly = (r: Summary, usd: number): number => perMonth(usd, r.horizon.hours);

function savingRows(r: Summary): SummaryRow[] {
  const { amount } = peopleMoneyIn(r);
  const { netSavingsUsd, savingsRate, costUsd } = r.expected;
  const until = `${horizonText(r)} to ${r.horizon.to.slice(0, 10)}`;
  if (!isAcquired(r)) return [["Cost", `${amount(monthly(r, costUsd))} a month, ${until}`]];
  const verb = netSavingsUsd < 0 ? "Loses" : "Saves";
  const saving = `${amount(monthly(r, Math.abs(netSavingsUsd)))} a month, ${percent(Math.abs(savingsRate))} of the cost; ${until}`;
  const { worth } = r;
  const now =
    r.queued.length > 0 && r.purchases.length > 0
      ? `adds ${amount(monthly(r, worth.now.netSavingsUsd))} of it to what queueing alone saves`
      : "";
  return [
    [verb, saving],
    ["Bounds", boundsText(r)],
    ["Buying now", now],
  ];
}

/** Of a day or a month the hours are not known. */
function boundsText(r: Summary): string {
  if (r.bounds === null) return "";
  const { amount } = peopleMoneyIn(r);
  const { lowerNetSavingsUsd: lower, upperNetSavingsUsd: upper } = r.bounds;
  return `${amount(monthly(r, lower))} to ${amount(monthly(r, upper))} a month, as the hours of a day are not known`;
}

function riskRows(r: Summary): SummaryRow[] {
  if (!isAcquired(r)) return [];
  const { amount } = peopleMoneyIn(r);
  const { risk, expected } = r;
  const isUsed = expected.breakEvenUtilization > 0;
  const margin: SummaryRow = [
    "Break-even",
    isUsed
      ? `${percent(expected.breakEvenUtilization)} utilization; ${percent(expected.utilization)} expected`
      : "",
  ];
  if (!hasRisk(r)) return [margin];
  const worst = -risk.cvarLossUsd;
  return [
    [
      "Range",
      `${amount(monthly(r, risk.netSavingsUsdP5))} to ${amount(monthly(r, risk.netSavingsUsdP95))} a month (5th to 95th percentile)`,
    ],
    [
      `Worst ${percent(1 - risk.tail, 0)}`,
      `${worst < 0 ? "loses" : "saves"} ${amount(monthly(r, Math.abs(worst)))} a month on average${doubtText(r)}`,
    ],
    ["Loss", lossChance(r)],
    ["Sampling error", errorText(r)],
    margin,
  ];
}

/** Nobody takes a sampled saving for sure that its own error could turn. */
const doubtText = (r: Summary): string =>
  worstIs(r) === "unsure"
    ? `; its error of ${peopleMoneyIn(r).amount(monthly(r, r.risk.cvarStandardErrorUsd!))} can turn that`
    : "";

/** How far another seed would move the answer. */
function errorText(r: Summary): string {
  const { risk, commitmentStandardErrorShare: share } = r;
  if (risk.netSavingsStandardErrorUsd === null) return "";
  const saving = peopleMoneyIn(r).amount(monthly(r, risk.netSavingsStandardErrorUsd));
  return `about ${saving} a month on the saving${share === null ? "" : `, ${percent(share)} on the commitment`}`;
}

/** The next decision, and the plans that end first. */
function laterRows(r: Summary): SummaryRow[] {
  const { anHour } = peopleMoneyIn(r);
  const nodes = r.overTime?.nodes ?? [];
  const month = nodes.find((node) => node.month > 0)?.month;
  const later = nodes
    .filter((node) => node.month === month)
    .map(({ purchases }) => purchases.reduce((usd, each) => usd + each.commitmentUsdPerHour, 0));
  const [least, most] = [Math.min(...later), Math.max(...later)];
  const next =
    month === undefined || most === 0
      ? ""
      : `in month ${month}: ${rangeText(least, most, anHour)} more, depending on usage`;
  const ending = endingPlans(r.ownedPlans).filter(({ gone, isQueued }) => gone === null && !isQueued);
  return [
    ["Next decision", isSimulation(r) ? "" : next],
    ["Plans that end", ending.length === 0 ? "" : endingText(ending, anHour)],
  ];
}

const rangeText = (least: number, most: number, anHour: (usd: number) => string): string =>
  least === most ? anHour(most) : `${least === 0 ? "nothing" : anHour(least)} to ${anHour(most)}`;

/** Named one by one up to here. */
const MOST_NAMED = 2;

function endingText(
  ending: readonly (OwnedPlanSummary & { end: string })[],
  anHour: (usd: number) => string,
): string {
  const named = ending.map(
    ({ arn, commitmentUsdPerHour, end }) =>
      `${planName(arn)} ${anHour(commitmentUsdPerHour)} on ${end.slice(0, 10)}`,
  );
  return namedFew(named, MOST_NAMED);
}

/** Waste that is worth a look before a commitment, and purchases in other accounts. */
function besideRows(r: Summary): SummaryRow[] {
  const { amount, anHour } = peopleMoneyIn(r);
  const found = r.headroom?.findings ?? [];
  const largest = found.reduce((usd, { savesUsdPerMonth }) => Math.max(usd, savesUsdPerMonth ?? 0), 0);
  const waste =
    found.length === 0
      ? ""
      : `${count(found.length, "way")} to use less${largest > 0 ? `, up to ${amount(largest)} a month` : ""}: sageplan headroom`;
  const elsewhere =
    r.elsewhere.length === 0
      ? ""
      : `${anHour(totalCommitment(r.elsewhere))} in ${count(r.elsewhere.length, "account")} more (--details=elsewhere)`;
  return [
    ["Elsewhere", elsewhere],
    ["Your limits", limitTexts(r).join(", ")],
    ["Solver gap", isAcquired(r) ? gapText(r) : ""],
    ["Before you buy", r.purchases.length > 0 || r.queued.length > 0 ? waste : ""],
  ];
}

/** Of a policy the certificate is of all its decisions. */
const gapText = ({ certificate }: Summary): string =>
  `at most ${percent(certificate.relativeGap)} of the cost is left on the table`;

/** `until 2027-03-09` */
export const untilText = (end: string | null): string =>
  end === null ? "end unknown" : `until ${end.slice(0, 10)}`;

/** The end of an ARN, as people tell plans apart. */
export const planName = (arn: string): string => clean(arn).split("/").at(-1)!.slice(0, 8);

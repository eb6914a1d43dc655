/** A recommendation for a person at a terminal: the answer first, then why, then how it can go wrong. */
import type { Recommendation } from "../domain/recommendation.ts";
import { FUTURES_NOTE, illustrativeWarning, longTermNote, offeringName, perMonth } from "./answer.ts";
import { clean } from "./clean.ts";
import { curveBars } from "./curve-bars.ts";
import { findingsText } from "./findings-text.ts";
import { count, decimal, instant, percent, usd, usdPerHour, wrap } from "./format.ts";
import { moneyLines, pairs, riskLines } from "./money-and-risk.ts";
import { offeringsTable, ownedPlansTable, ruledOutNote } from "./offerings-table.ts";
import { purchaseCommands, returnNote } from "./purchase-command.ts";
import { paint, textWidth } from "./style.ts";
import type { Paint, Style } from "./style.ts";

/** Findings that stand beside the answer already, in other words. */
const SAID_BESIDE_THE_ANSWER: ReadonlySet<string> = new Set([
  "illustrative-rates",
  "past-repeats",
  "three-years-win-on-paper",
  "coarse-granularity",
]);

export function recommendationText(r: Recommendation, style: Style): string {
  const width = textWidth(style);
  const section = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? "" : [paint(style, "bold", title), ...lines].join("\n");
  const buys = r.purchases.length > 0;
  return [
    answer(r, style, width),
    section(`Money over these ${count(r.horizon.hours, "hour")}`, moneyLines(r)),
    buys ? section("If usage falls short (over the same hours)", riskLines(r, width)) : "",
    section("The six offerings, each at its own best commitment", [
      ...offeringsTable(r, style, width),
      ...ruledOutNote(r, width),
    ]),
    section(
      "Plans you own already",
      r.ownedPlans.length > 0 ? ownedPlansTable(r.ownedPlans, style, width) : ["  none found"],
    ),
    section(`Commitment against saving${curveTitle(r)}`, curveBars(r, style, width)),
    section("What this rests on", restsOnLines(r, width)),
    buys ? section("To buy it (sageplan never buys anything)", purchaseLines(r, width)) : "",
    findingsText(
      r.findings.filter(({ code }) => !SAID_BESIDE_THE_ANSWER.has(code)),
      style,
    ),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

const span = (from: string, to: string): string => `${instant(from)} to ${instant(to)} UTC`;

/** The answer, what it is worth, and what that statement stands on. */
function answer(r: Recommendation, style: Style, width: number): string {
  const { horizon, expected } = r;
  const painted = (how: Paint, lines: string[]): string[] => lines.map((line) => paint(style, how, line));
  const headline =
    r.purchases.length === 0
      ? ["Buy nothing"]
      : r.purchases.map(
          (purchase) =>
            `Buy a ${offeringName(purchase)} SageMaker AI Savings Plan of ${usdPerHour(purchase.commitmentUsdPerHour)}/h`,
        );
  const costBefore = expected.costUsd + expected.netSavingsUsd;
  const worth =
    r.purchases.length === 0
      ? `Eligible SageMaker usage cost ${usd(costBefore)} over ${count(horizon.hours, "hour")} (${span(horizon.from, horizon.to)}).`
      : `It would have saved ${usd(expected.netSavingsUsd)} over ${count(horizon.hours, "hour")} (${span(horizon.from, horizon.to)}): ` +
        `${usd(perMonth(expected.netSavingsUsd, horizon.hours))} a month, ${percent(expected.savingsRate)} of what eligible ` +
        `SageMaker usage cost.`;
  const warning = illustrativeWarning(r);
  const bound = r.findings.find(({ code }) => code === "coarse-granularity");
  return [
    ...painted(
      "bold",
      headline.map((line) => paint(style, "green", line)),
    ),
    "",
    ...(r.reason === "" ? [] : wrap(clean(r.reason), width, "  ")),
    ...wrap(worth, width, "  "),
    ...wrap(FUTURES_NOTE[horizon.futures], width, "  "),
    ...wrap(longTermNote(r) ?? "", width, "  "),
    ...(bound ? ["", ...painted("red", wrap(bound.message, width, "     ", "  !! "))] : []),
    ...(warning === null
      ? []
      : ["", ...painted("red", painted("bold", wrap(warning, width, "     ", "  !! ")))]),
  ].join("\n");
}

const curveTitle = (r: Recommendation): string => {
  const purchase = r.purchases[0];
  return purchase && r.purchases.length === 1 ? `, ${offeringName(purchase)}` : "";
};

/** History, what was left out, and the proof. */
function restsOnLines(r: Recommendation, width: number): string[] {
  const { history, negotiatedDiscount } = r;
  const missing = history.missingHours === 0 ? "none missing" : `${decimal(history.missingHours, 0)} missing`;
  const discount =
    negotiatedDiscount.source === "none"
      ? "none assumed"
      : `${percent(negotiatedDiscount.share)} (${negotiatedDiscount.source === "bill" ? "from the bill" : "from --negotiated-discount"})`;
  return [
    ...pairs([
      ["SageMaker, On-Demand equivalent", usd(history.onDemandUsd), ""],
      ["  eligible", usd(history.eligibleUsd), "counted"],
      ["  ineligible", usd(history.ineligibleUsd), "left out"],
      ["  unconfirmed", usd(history.unconfirmedUsd), "left out: AWS does not say"],
    ]),
    ...wrap(
      `History: ${span(history.from, history.to)}, ${count(history.hours, "hour")}, ${missing}. Negotiated discount: ${discount}.`,
      width,
      "  ",
    ),
    ...wrap(proof(r), width, "  "),
  ];
}

/** The amount is exact under AWS's rule; the bound is of what no rule at all could beat. */
function proof(r: Recommendation): string {
  const { relativeGap, lowerBound, upperBound, solver, iterations } = r.certificate;
  const exact =
    r.purchases.length > 0 ? "No other amount of this offering saves more under AWS's rule. " : "";
  const within =
    relativeGap <= 0
      ? "No assignment of usage to plans could cost less"
      : `No assignment of usage to plans, by any rule, could cost over ${gap(relativeGap)} less`;
  return `Proven: ${exact}${within}: settled cost ${usd(upperBound)}, lower bound ${usd(lowerBound)}; solver ${clean(solver)}, ${count(iterations, "iteration")}.`;
}

const gap = (share: number): string => (share < 0.00001 ? "0.001%" : percent(share, 3));

function purchaseLines(r: Recommendation, width: number): string[] {
  const first = r.purchases[0];
  return [
    ...(illustrativeWarning(r) === null
      ? []
      : ["  First replace the illustrative rates; then, if the answer holds:"]),
    ...purchaseCommands(r.purchases).map((line) => `  ${line}`),
    ...(first ? wrap(returnNote(first), width, "  ") : []),
  ];
}

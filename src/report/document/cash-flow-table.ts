/** Cash by payment option: what is paid when, what comes of it, and what that is worth today. */
import type { CashFlow } from "../../domain/documents/cash-flow.ts";
import { MONTH_HOURS } from "../../domain/offering.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { hasRisk, isSimulation, samePurchases, shortName, totalCommitment } from "./answer.ts";
import { decimal, percent, shareText } from "./format.ts";
import { moneyIn } from "./money.ts";
import { marked, right, type Cells } from "./table.ts";

/**
 * What the result is about, unless it is one offering at its best, which has a line of its own;
 * then what there is to buy.
 */
function shown({ cashFlow }: Recommendation): CashFlow[] {
  const bought = cashFlow.filter(({ purchases }) => purchases.length > 0);
  const offerings = bought.filter(({ kind }) => kind === "offering");
  return bought.filter(
    ({ kind, purchases }) =>
      kind === "offering" || !offerings.some((each) => samePurchases(each.purchases, purchases)),
  );
}

const isAllowed = (r: Recommendation, { kind, label }: CashFlow): boolean =>
  kind === "answer" ||
  r.alternatives.some((each) => each.kind === "offering" && each.label === label && each.allowed);

/** The answer of a simulation is the user's own commitments. */
const nameOf = (r: Recommendation, { kind, purchases }: CashFlow): string =>
  kind === "offering" ? shortName(purchases[0]!) : isSimulation(r) ? "Your commitments" : "This answer";

/** Months beyond the futures are marked. */
const reachesBeyond = ({ months }: CashFlow): boolean =>
  months.some(({ hoursInFutures }) => hoursInFutures < MONTH_HOURS);

export function cashFlowCells(r: Recommendation): Cells {
  const { sign, whole } = moneyIn(r);
  const flows = shown(r);
  const { discountRate } = r.objective;
  const isSubject = ({ purchases }: CashFlow): boolean => samePurchases(purchases, r.purchases);
  const rows = flows.map((flow) => {
    const { months, cashAtStartUsd } = flow;
    return [
      `${isSubject(flow) ? "▶" : " "} ${nameOf(r, flow)}`,
      decimal(totalCommitment(flow.purchases), 5),
      whole(cashAtStartUsd),
      whole(months[0]!.cashUsd - cashAtStartUsd),
      `${whole(flow.undiscountedUsd)}${reachesBeyond(flow) ? "*" : " "}`,
      ...(discountRate > 0 ? [whole(flow.netPresentValueUsd)] : []),
      flow.breakEvenMonth === null ? "never" : `month ${flow.breakEvenMonth} of ${months.length}`,
    ];
  });
  const head = [
    { title: "  Payment" },
    right(`${sign}/h`),
    right("Cash at start"),
    right("Each month"),
    right("Saved in term "),
    ...(discountRate > 0 ? [right(`NPV at ${shareText(discountRate)}`)] : []),
    right("Repaid in"),
  ];
  return marked({ head, rows }, (n) => (isAllowed(r, flows[n]!) ? "usual" : "quiet"));
}

export function cashFlowNotes(r: Recommendation): string {
  const flows = shown(r);
  const { discountRate } = r.objective;
  const { share } = r.negotiatedDiscount;
  const perMonth = (r.horizon.hoursSettled * MONTH_HOURS) / r.horizon.hours;
  const isSampled = r.horizon.hoursSettled < r.horizon.hours;
  const value =
    discountRate > 0
      ? `NPV: net present value at --discount-rate ${discountRate}; what is paid and avoided in a month flows evenly over it.`
      : "At --discount-rate 0 the net present value is what is saved in the term.";
  return [
    `Months are of ${MONTH_HOURS} h; ${share > 0 ? `cash after ${percent(share)} discount; ` : ""}each offering at its own best commitment.`,
    value,
    "Repaid: the On-Demand cost avoided has overtaken the cash paid.",
    isSampled ? `Of each month about ${decimal(perMonth, 0)} hours of each scenario stand for all.` : "",
    flows.some(reachesBeyond)
      ? r.horizon.futures === "history"
        ? "* Every hour of the term is taken to be like the mean hour of the history."
        : "* The scenarios end before the term: from then on every hour is taken to be like their mean hour."
      : "",
  ]
    .filter(Boolean)
    .join(" ");
}

export const cashFlowTitle = (r: Recommendation): string =>
  `Cash by payment option, over its own term${hasRisk(r) ? `, mean of the ${r.horizon.scenarios} scenarios` : ""}`;

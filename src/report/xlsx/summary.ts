/** The answer, and every figure of it beside what the tool settled. */
import { MONTH_HOURS, TERM_HOURS } from "../../domain/offering.ts";
import {
  hasRisk,
  illustrativeWarning,
  isSimulation,
  perMonth,
  purchasesText,
  tailName,
} from "../document/answer.ts";
import { FUTURES_NOTE } from "../document/notes.ts";
import { planUpfront, type Basis } from "./basis.ts";
import { heading, money, percentage, perHour, text, whole } from "./model.ts";
import type { WorkbookCell, WorkbookSheet } from "./model.ts";

const SHEET = "Summary";
const KEPT = "(1-NegotiatedDiscount)";
const BASELINE = "(LeftByOwnedUsd+OwnedCommitmentUsd)";
const SAVED = "(AvoidedUsd-PaidUsd)";
/** Shown where something else than settled was typed in, and a formula cannot know. */
const UNKNOWN = '"run simulate"';

/** A figure as it follows the assumptions (`now`), beside what the tool settled. */
type Put = (
  called: string,
  label: string,
  now: WorkbookCell,
  settled: WorkbookCell["value"],
  note: string,
) => void;

export function summarySheet(basis: Basis): WorkbookSheet {
  const { names } = basis;
  const rows = titleRows(basis);
  const paragraphs = Array.from({ length: rows.length - 2 }, (_, n) => n + 1);
  const headRow = rows.length + 1;
  rows.push(heading("Figure", "Now", "As settled by the tool", "Difference", "What it is"));
  const put: Put = (called, label, now, settled, note) => {
    const row = rows.length + 1;
    names[called] = `${SHEET}!$B$${row}`;
    const { formula: _formula, ...plain } = now;
    const isNumber = typeof settled === "number";
    rows.push([
      text(label, "strong"),
      now,
      { ...plain, value: settled },
      isNumber ? { ...plain, value: 0, formula: `IF(ISNUMBER(B${row}),B${row}-C${row},"")` } : text(""),
      text(note, "note"),
    ]);
  };
  putCosts(basis, put);
  putRates(basis, put);
  putTerm(basis, put);
  rows.push(
    [],
    [
      text(
        "Does not follow: settled by the tool, and shown only while commitment, discount and growth are as settled",
        "note",
      ),
    ],
  );
  putAsSettled(basis, put);
  return {
    name: SHEET,
    widths: [46, 20, 22, 18, 66],
    rows,
    frozenRows: headRow,
    paragraphs,
    repeatedRow: headRow,
  };
}

function titleRows({ r }: Basis): WorkbookCell[][] {
  const { horizon } = r;
  const warning = illustrativeWarning(r);
  const answer = isSimulation(r) ? "Your commitments" : r.purchases.length > 0 ? "Buy" : "Buy nothing";
  return [
    [text(`${answer}${r.purchases.length > 0 ? `: ${purchasesText(r.purchases)}` : ""}`, "title")],
    [text(r.reason || FUTURES_NOTE[horizon.futures], "note")],
    ...(warning === null ? [] : [[text(warning, "warning")]]),
    [
      text(
        `USD over ${horizon.hours.toLocaleString("en-US")} hours from ${horizon.from.slice(0, 10)}, ${horizon.scenarios === 1 ? "one future" : `mean of ${horizon.scenarios} futures`}, after any negotiated discount. "Now" follows the yellow cells of Assumptions.`,
        "note",
      ),
    ],
    [],
  ];
}

/** What is bought, what usage costs, and what is saved. */
function putCosts({ r, commitmentTable }: Basis, put: Put): void {
  const { expected, horizon } = r;
  const total = commitmentTable.plans.reduce((usd, each) => usd + each.commitmentUsdPerHour, 0);
  const upfront = commitmentTable.plans.reduce(
    (usd, plan) => usd + plan.commitmentUsdPerHour * TERM_HOURS[plan.term] * planUpfront(plan),
    0,
  );
  put(
    "TotalCommitment",
    "Commitment in all, $/h",
    perHour(total, "SUM(PlanCommitments)"),
    total,
    "At Savings Plans rates, before any discount",
  );
  put(
    "UpfrontUsd",
    "Paid upfront",
    money(upfront, "730*SUMPRODUCT(PlanCommitments,PlanMonths,PlanUpfrontShares)"),
    upfront,
    "Before any discount",
  );
  put(
    "OnDemandCost",
    "On-Demand cost",
    money(expected.onDemandUsd, `OnDemandUsd*${KEPT}`),
    expected.onDemandUsd,
    "Eligible usage with no plan at all",
  );
  put(
    "Cost",
    "Cost with owned and new plans",
    money(expected.costUsd, `(${BASELINE}-${SAVED})*${KEPT}`),
    expected.costUsd,
    "Commitments, used or not, and what is left On-Demand",
  );
  put(
    "NetSavings",
    "Net savings",
    money(expected.netSavingsUsd, `${SAVED}*${KEPT}`),
    expected.netSavingsUsd,
    "Against the owned plans alone; unused commitment is taken off",
  );
  const monthly = perMonth(expected.netSavingsUsd, horizon.hours);
  put(
    "NetSavingsMonthly",
    "Net savings a month",
    money(monthly, `NetSavings*${MONTH_HOURS}/HorizonHours`),
    monthly,
    "Of 730 hours",
  );
}

/** Shares of 1. */
function putRates({ r: { expected } }: Basis, put: Put): void {
  put(
    "SavingsRate",
    "Savings rate",
    percentage(expected.savingsRate, `IF(${BASELINE}>0,${SAVED}/${BASELINE},0)`),
    expected.savingsRate,
    "AWS's savings percentage: of the cost with the owned plans alone",
  );
  put(
    "EffectiveSavingsRate",
    "Effective savings rate",
    percentage(
      expected.effectiveSavingsRate,
      "IF(OnDemandUsd>0,MIN(1,(OnDemandUsd-LeftByOwnedUsd+AvoidedUsd-OwnedCommitmentUsd-PaidUsd)/OnDemandUsd),0)",
    ),
    expected.effectiveSavingsRate,
    "Of the On-Demand cost, all plans together (FinOps Foundation)",
  );
  put(
    "Utilization",
    "Utilization",
    percentage(expected.utilization, "IF(PaidUsd>0,MIN(1,NewUsedUsd/PaidUsd),0)"),
    expected.utilization,
    "Of the new commitment",
  );
  put(
    "Coverage",
    "Coverage",
    percentage(
      expected.coverage,
      "IF(OnDemandUsd>0,MIN(1,(OnDemandUsd-LeftByOwnedUsd+AvoidedUsd)/OnDemandUsd),0)",
    ),
    expected.coverage,
    "Of the eligible usage, by all plans",
  );
  put(
    "BreakEvenUtilization",
    "Break-even utilization",
    percentage(expected.breakEvenUtilization, "IF(AvoidedUsd>0,NewUsedUsd/AvoidedUsd,0)"),
    expected.breakEvenUtilization,
    "Below it the new commitment loses money",
  );
}

/** What the whole term comes to. */
function putTerm({ r }: Basis, put: Put): void {
  const { expected } = r;
  const flow = r.cashFlow[0];
  const month = expected.breakEvenMonth ?? "never";
  put(
    "BreakEvenMonth",
    "Break-even month",
    whole(month, 'IFERROR(RepaidMonth,"run simulate")'),
    month,
    "Of the term: what was avoided has repaid what was paid",
  );
  put(
    "CapitalCost",
    "Cost of paying early",
    money(expected.capitalCostUsd, `SUMPRODUCT(PlanCommitments,PlanHours,PlanEarlyCosts)*${KEPT}`),
    expected.capitalCostUsd,
    "At the discount rate; not part of cost and savings",
  );
  const saved = flow?.undiscountedUsd ?? 0;
  put(
    "SavedInTerm",
    "Saved in the whole term",
    money(saved, `IFERROR(TermSaved,${UNKNOWN})`),
    saved,
    "On-Demand avoided less paid, undiscounted",
  );
  const value = flow?.netPresentValueUsd ?? 0;
  put(
    "NetPresentValue",
    "Net present value of the term",
    money(value, `IFERROR(TermPresentValue,${UNKNOWN})`),
    value,
    "At the discount rate",
  );
}

/** Figures that a formula cannot follow. */
function putAsSettled({ r }: Basis, put: Put): void {
  const { expected, risk } = r;
  const still = (called: string, label: string, of: typeof money, settled: number, note: string): void =>
    put(called, label, of(settled, `IF(AsSettled,${settled},${UNKNOWN})`), settled, note);
  still(
    "HoursUnderused",
    "Hours underused",
    whole,
    expected.hoursUnderused,
    "Hours in which the new commitment is not fully used",
  );
  if (hasRisk(r)) {
    still(
      "NetSavingsWorst",
      `Mean net savings in the ${tailName(risk.tail)} of the futures`,
      money,
      0 - risk.cvarLossUsd,
      "−CVaR of the loss; below 0: a loss",
    );
    still("ProbabilityOfLoss", "Probability of a loss", percentage, risk.probabilityOfLoss, "");
    still("NetSavingsP5", "Net savings, 5 % of futures below", money, risk.netSavingsUsdP5, "");
    still("NetSavingsP50", "Net savings, half of futures below", money, risk.netSavingsUsdP50, "");
    still("NetSavingsP95", "Net savings, 95 % of futures below", money, risk.netSavingsUsdP95, "");
  }
}

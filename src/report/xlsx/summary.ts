/** The answer, and every figure of it beside what the tool settled. */
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { MONTH_HOURS, TERM_HOURS } from "../../domain/offering.ts";
import {
  hasRisk,
  illustrativeWarning,
  isSimulation,
  perMonth,
  purchasesText,
  tailName,
} from "../document/answer.ts";
import { labelText } from "../document/figure.ts";
import { figuresIn } from "../document/figures.ts";
import { moneyIn } from "../document/money.ts";
import { FUTURES_NOTE } from "../document/notes.ts";
import { planUpfront, type Basis } from "./basis.ts";
import { figureCell } from "./figure-cell.ts";
import { heading, money, perHour, text } from "./model.ts";
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
  rows.push(heading("Figure", "Your inputs", "Recommended", "Difference", "What it is"));
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
  putCommitment(basis, put);
  putFigures(basis, put, true);
  putTerm(basis, put);
  rows.push(
    [],
    [text("Not recalculated: shown only while commitment, discount and growth are as settled", "note")],
  );
  putFigures(basis, put, false);
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
    [
      text(
        `${answer}${r.purchases.length > 0 ? `: ${purchasesText(r.purchases, moneyIn(r))}` : ""}`,
        "title",
      ),
    ],
    [text(r.reason || FUTURES_NOTE[horizon.futures], "note")],
    ...(warning === null ? [] : [[text(warning, "warning")]]),
    [
      text(
        `${r.currency} over ${horizon.hours.toLocaleString("en-US")} hours from ${horizon.from.slice(0, 10)}, ${horizon.scenarios === 1 ? "one scenario" : `mean of ${horizon.scenarios} scenarios`}, after any negotiated discount. "Now" follows the yellow cells of Assumptions.`,
        "note",
      ),
    ],
    [],
  ];
}

/** What each follows from: the names of other cells. The others are as the tool settled them. */
const FORMULAS: Readonly<Record<string, string>> = {
  OnDemandCost: `OnDemandUsd*${KEPT}`,
  Cost: `(${BASELINE}-${SAVED})*${KEPT}`,
  NetSavings: `${SAVED}*${KEPT}`,
  SavingsRate: `IF(${BASELINE}>0,${SAVED}/${BASELINE},0)`,
  EffectiveSavingsRate:
    "IF(OnDemandUsd>0,MIN(1,(OnDemandUsd-LeftByOwnedUsd+AvoidedUsd-OwnedCommitmentUsd-PaidUsd)/OnDemandUsd),0)",
  Utilization: "IF(PaidUsd>0,MIN(1,NewUsedUsd/PaidUsd),0)",
  Coverage: "IF(OnDemandUsd>0,MIN(1,(OnDemandUsd-LeftByOwnedUsd+AvoidedUsd)/OnDemandUsd),0)",
  BreakEvenUtilization: "IF(AvoidedUsd>0,NewUsedUsd/AvoidedUsd,0)",
  BreakEvenMonth: 'IFERROR(RepaidMonth,"run simulate")',
  CapitalCost: `SUMPRODUCT(PlanCommitments,PlanHours,PlanEarlyCosts)*${KEPT}`,
};

function putCommitment({ r, commitmentTable }: Basis, put: Put): void {
  const total = commitmentTable.plans.reduce((usd, each) => usd + each.commitmentUsdPerHour, 0);
  const upfront = commitmentTable.plans.reduce(
    (usd, plan) => usd + plan.commitmentUsdPerHour * TERM_HOURS[plan.term] * planUpfront(plan),
    0,
  );
  put(
    "TotalCommitment",
    `Commitment in all, ${moneyIn(r).sign}/h`,
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
}

/** The figures that follow the assumptions, or the others. */
function putFigures({ r }: Basis, put: Put, follow: boolean): void {
  const shown = figuresIn("summary", hasRisk(r)).filter(({ called }) => called in FORMULAS === follow);
  for (const { figure, called, label, note } of shown) {
    const { value } = figureCell(figure, r);
    const formula = FORMULAS[called] ?? `IF(AsSettled,${value},${UNKNOWN})`;
    const cell = figureCell(figure, r, formula);
    put(called, labelText(label, tailName(r.risk.tail)), cell, value, note);
    if (called === "NetSavings") putMonthly(r, put);
  }
}

function putMonthly({ expected, horizon }: Recommendation, put: Put): void {
  const monthly = perMonth(expected.netSavingsUsd, horizon.hours);
  put(
    "NetSavingsMonthly",
    "Net savings a month",
    money(monthly, `NetSavings*${MONTH_HOURS}/HorizonHours`),
    monthly,
    "Of 730 hours",
  );
}

/** What the whole term comes to. */
function putTerm({ r }: Basis, put: Put): void {
  const flow = r.cashFlow[0];
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

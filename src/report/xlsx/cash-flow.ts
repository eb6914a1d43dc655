/** Cash and amortization by month of the whole term. */
import { MONTH_HOURS } from "../../domain/offering.ts";
import type { CashFlowMonth } from "../../domain/documents/cash-flow.ts";
import { monthColumn } from "./breakpoints.ts";
import { between } from "./assumptions.ts";
import { planMonths, planUpfront, type Basis } from "./basis.ts";
import { factor, heading, money, text, whole } from "./model.ts";
import type { WorkbookCell, WorkbookChart, WorkbookSheet } from "./model.ts";

const SHEET = "'Cash flow'";
const HEAD_ROW = 4;
const FIRST_MONTH_ROW = HEAD_ROW + 1;
const DUST_USD = 0.000001;

export function cashFlowSheet(basis: Basis): WorkbookSheet {
  const { names } = basis;
  const { monthHoursInFutures } = basis.commitmentTable;
  const last = HEAD_ROW + monthHoursInFutures.length;
  const rows: WorkbookCell[][] = [
    ...headRows(basis),
    ...monthHoursInFutures.map((hours, n) => monthRow(basis, n, hours)),
    termRow(basis, last),
  ];
  const totalRow = rows.length;
  rows.push([text("Column K of the last row: the month in which it is repaid.", "note")]);
  names["TermSaved"] = `${SHEET}!$E$${totalRow}`;
  names["TermPresentValue"] = `${SHEET}!$J$${totalRow}`;
  names["RepaidMonth"] = `${SHEET}!$K$${totalRow}`;
  return {
    name: "Cash flow",
    widths: [9, 12, 16, 18, 16, 18, 16, 16, 12, 16, 12],
    rows,
    frozenRows: HEAD_ROW,
    frozenColumns: 1,
    repeatedRow: HEAD_ROW,
    charts: [cumulativeChart(basis.r, last, totalRow)],
  };
}

function headRows({ r, commitmentTable }: Basis): WorkbookCell[][] {
  const { monthHoursInFutures, pastRepeats, isCashFlowExact } = commitmentTable;
  return [
    [text("Cash flow and amortization, by month of the term", "title")],
    [
      text(
        `${r.currency} after any negotiated discount; months of ${MONTH_HOURS} hours from the start of the plan. ${
          isCashFlowExact
            ? monthHoursInFutures.some((hours) => hours < MONTH_HOURS) || pastRepeats
              ? "Hours that the scenarios do not span are taken to be like their mean hour."
              : ""
            : "Plans of different terms and scenarios that end before: shown only while commitment, discount and growth are as settled; else run sageplan simulate."
        }`,
        "note",
      ),
    ],
    [],
    heading(
      "Month",
      "Hours in scenarios",
      "Cash paid",
      "On-Demand avoided",
      "Net",
      "Cumulative",
      "Amortized cost",
      "Prepaid, left",
      "Discount factor",
      "Present value",
      "Repaid (1: yes)",
    ),
  ];
}

/** A month, counted from 0, of which the futures span so many hours. */
function monthRow(basis: Basis, n: number, hours: number): WorkbookCell[] {
  const { r, commitmentTable } = basis;
  const flow = r.cashFlow[0];
  const kept = 1 - r.negotiatedDiscount.share;
  const row = FIRST_MONTH_ROW + n;
  const month = n + 1;
  const settled: CashFlowMonth = flow?.months[n] ?? {
    month,
    cashUsd: 0,
    onDemandAvoidedUsd: 0,
    netUsd: 0,
    cumulativeUsd: flow?.undiscountedUsd ?? 0,
    hoursInFutures: hours,
  };
  const { plans } = commitmentTable;
  const amortized = plans.reduce(
    (usd, plan) => usd + plan.commitmentUsdPerHour * hoursInMonth(plan, n) * kept,
    0,
  );
  const prepaid = plans.reduce(
    (usd, plan) => usd + plan.commitmentUsdPerHour * planUpfront(plan) * hoursLeft(plan, month) * kept,
    0,
  );
  const formulas = plans.some(({ startHour }) => startHour > 0) ? datedFormulas(row) : formulasFromNow(row);
  const start = n === 0 ? (flow?.cashAtStartUsd ?? 0) : 0;
  const weight = monthFactor(r.objective.discountRate, n);
  const ofStart = n === 0 ? "CashAtStart" : "0";
  return [
    whole(month),
    whole(hours),
    money(settled.cashUsd, `${formulas.paid}+${ofStart}`),
    money(settled.onDemandAvoidedUsd, avoidedFormula(basis, month, settled.onDemandAvoidedUsd)),
    money(settled.netUsd, `D${row}-C${row}`),
    money(settled.cumulativeUsd, n === 0 ? `E${row}` : `F${row - 1}+E${row}`),
    money(amortized, formulas.amortized),
    money(prepaid, formulas.prepaid),
    factor(
      weight,
      `IF(DiscountRate=0,1,(EXP(-LN(1+DiscountRate)/12*${n})-EXP(-LN(1+DiscountRate)/12*${month}))/(LN(1+DiscountRate)/12))`,
    ),
    money(
      (settled.onDemandAvoidedUsd - settled.cashUsd + start) * weight - start,
      `(E${row}+${ofStart})*I${row}-${ofStart}`,
    ),
    whole(settled.cumulativeUsd >= -DUST_USD ? 1 : 0, `IF(F${row}>=-${DUST_USD.toFixed(6)},1,0)`),
  ];
}

/** What is paid by the hour in the month, what its hours cost, and what is prepaid for later ones. */
interface MonthFormulas {
  paid: string;
  amortized: string;
  prepaid: string;
}

const formulasFromNow = (row: number): MonthFormulas => ({
  paid: `(1-NegotiatedDiscount)*${MONTH_HOURS}*SUMPRODUCT(PlanCommitments,1-PlanUpfrontShares,(PlanMonths>=A${row})*1)`,
  amortized: `(1-NegotiatedDiscount)*${MONTH_HOURS}*SUMPRODUCT(PlanCommitments,(PlanMonths>=A${row})*1)`,
  prepaid: `(1-NegotiatedDiscount)*${MONTH_HOURS}*SUMPRODUCT(PlanCommitments,PlanUpfrontShares,(PlanMonths>A${row})*(PlanMonths-A${row}))`,
});

/** Plans that start later have hours of their own in a month, and are paid upfront in the month of their start. */
function datedFormulas(row: number): MonthFormulas {
  const term = `(${MONTH_HOURS}*PlanMonths)`;
  /** Hours of each plan's term that are over at the end of this many months. */
  const over = (months: string): string => {
    const since = `(${MONTH_HOURS}*${months}-PlanStartHours)`;
    return `((${since}>0)*((${since}<${term})*${since}+(${since}>=${term})*${term}))`;
  };
  const inMonth = `(${over(`A${row}`)}-${over(`(A${row}-1)`)})`;
  const starts = `((PlanStartHours>0)*(INT(PlanStartHours/${MONTH_HOURS})=A${row}-1))`;
  return {
    paid: `(1-NegotiatedDiscount)*(SUMPRODUCT(PlanCommitments,1-PlanUpfrontShares,${inMonth})+SUMPRODUCT(PlanCommitments,PlanUpfrontShares,${term},${starts}))`,
    amortized: `(1-NegotiatedDiscount)*SUMPRODUCT(PlanCommitments,${inMonth})`,
    prepaid: `(1-NegotiatedDiscount)*SUMPRODUCT(PlanCommitments,PlanUpfrontShares,(PlanStartHours<${MONTH_HOURS}*A${row})*(${term}-${over(`A${row}`)}))`,
  };
}

type Plan = Basis["commitmentTable"]["plans"][number];

/** Hours of its term in the month counted from 0. */
function hoursInMonth(plan: Plan, n: number): number {
  const end = plan.startHour + MONTH_HOURS * planMonths(plan);
  return Math.max(0, Math.min(end, (n + 1) * MONTH_HOURS) - Math.max(plan.startHour, n * MONTH_HOURS));
}

/** Hours of its term after so many months; 0 before it starts. */
function hoursLeft(plan: Plan, months: number): number {
  const now = months * MONTH_HOURS;
  const end = plan.startHour + MONTH_HOURS * planMonths(plan);
  return plan.startHour < now ? Math.max(0, end - now) : 0;
}

/** Sums over the term; `last` is the row of its last month. */
function termRow({ r, commitmentTable }: Basis, last: number): WorkbookCell[] {
  const first = FIRST_MONTH_ROW;
  const flow = r.cashFlow[0];
  const kept = 1 - r.negotiatedDiscount.share;
  const sum = (column: string): string => `SUM(${column}${first}:${column}${last})`;
  const months = flow?.months ?? [];
  const added = (of: (each: CashFlowMonth) => number): number =>
    months.reduce((usd, each) => usd + of(each), 0);
  const bold = (cell: WorkbookCell): WorkbookCell => ({ ...cell, look: "strong" });
  const amortizedUsd = commitmentTable.plans.reduce(
    (usd, plan) => usd + plan.commitmentUsdPerHour * MONTH_HOURS * planMonths(plan) * kept,
    0,
  );
  return [
    text("Term", "strong"),
    text(null),
    bold(
      money(
        added(({ cashUsd }) => cashUsd),
        sum("C"),
      ),
    ),
    bold(
      money(
        added(({ onDemandAvoidedUsd }) => onDemandAvoidedUsd),
        sum("D"),
      ),
    ),
    bold(money(flow?.undiscountedUsd ?? 0, sum("E"))),
    text(null),
    bold(money(amortizedUsd, sum("G"))),
    text(null),
    text(null),
    bold(money(flow?.netPresentValueUsd ?? 0, sum("J"))),
    bold(
      whole(
        flow?.breakEvenMonth ?? "never",
        `IF(F${last}>0,IFERROR(MATCH(1,K${first}:K${last},0),"never"),"never")`,
      ),
    ),
  ];
}

function cumulativeChart({ currency }: Basis["r"], last: number, totalRow: number): WorkbookChart {
  const range = (column: string): string => `${SHEET}!$${column}$${FIRST_MONTH_ROW}:$${column}$${last}`;
  return {
    kind: "columns",
    title: "Cumulative cash: On-Demand avoided less paid",
    altText: `Column chart: cumulative net cash in ${currency} by month of the term.`,
    xTitle: "Month of the term",
    yTitle: currency,
    xFormat: "0",
    yFormat: "#,##0",
    from: { row: totalRow + 2, column: 0 },
    to: { row: totalRow + 24, column: 7 },
    series: [{ name: "Cumulative", x: range("A"), y: range("F"), color: "1F5FBF" }],
  };
}

/** In the hours that the futures span by the table, in the others as in the mean hour. */
function avoidedFormula(basis: Basis, month: number, settledUsd: number): string {
  const { monthHoursInFutures, pastRepeats, isCashFlowExact, plans } = basis.commitmentTable;
  if (!isCashFlowExact) return `IF(AsSettled,${settledUsd},NA())`;
  const beyond = pastRepeats ? MONTH_HOURS : MONTH_HOURS - monthHoursInFutures[month - 1]!;
  const parts = [
    ...(pastRepeats ? [] : [between(monthColumn(basis, month))]),
    ...(beyond > 0 ? [`AvoidedUsd/${plans[0]!.activeHours}*${beyond}`] : []),
  ];
  return `(1-NegotiatedDiscount)*(${parts.join("+")})`;
}

/** Mean discount factor of the month that begins after `month` months. */
function monthFactor(yearlyRate: number, month: number): number {
  if (yearlyRate === 0) return 1;
  const force = Math.log1p(yearlyRate) / 12;
  return (Math.exp(-force * month) - Math.exp(-force * (month + 1))) / force;
}

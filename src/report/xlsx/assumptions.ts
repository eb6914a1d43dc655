/** The sheet on which a person changes things, and the few figures that all others are computed from. */
import { TERM_HOURS } from "../../domain/offering.ts";
import { offeringName } from "../document/answer.ts";
import { moneyIn } from "../document/money.ts";
import { FIRST_ROW, rowsOf } from "./breakpoints.ts";
import {
  earlyCost,
  levelAsSettled,
  lookUp,
  planMonths,
  planUpfront,
  settledCommitment,
  simulateHint,
  type Basis,
} from "./basis.ts";
import { inputRules, levelNames } from "./input-rules.ts";
import { factor, heading, money, percentage, perHour, text, whole } from "./model.ts";
import type { WorkbookCell, WorkbookSheet } from "./model.ts";

const SHEET = "Assumptions";

/** The rows so far, and the names of their cells. */
interface NamedRows {
  basis: Basis;
  rows: WorkbookCell[][];
  /** Names the cells of a column from the next row on. */
  name: (called: string, column?: string, count?: number) => void;
}

export function assumptionsSheet(basis: Basis): WorkbookSheet {
  const rows: WorkbookCell[][] = [];
  const name = (called: string, column = "B", count = 1): void => {
    const row = rows.length + 1;
    basis.names[called] = `${SHEET}!$${column}$${row}${count > 1 ? `:$${column}$${row + count - 1}` : ""}`;
  };
  const sheet: NamedRows = { basis, rows, name };
  rows.push(
    [text("Assumptions", "title")],
    [
      text(
        "Yellow cells may be changed: every figure of Summary, Curve and Cash flow follows. Nothing else here is meant to be changed.",
        "note",
      ),
    ],
    [],
    heading("Change these", "Value", "What it does", "", "", ""),
  );
  addInputs(sheet);
  addPurchases(sheet);
  const { levels } = basis.commitmentTable;
  const firstRows = levels.map((_, n) =>
    levels.slice(0, n).reduce((first, level) => first + rowsOf(level), 1),
  );
  addLevels(sheet, firstRows);
  addLookedUp(sheet, firstRows);
  return {
    name: SHEET,
    widths: [50, 20, 18, 20, 24, 26],
    rows,
    frozenRows: 4,
    repeatedRow: 4,
    inputs: inputRules(basis.r, levels),
  };
}

function addInputs({ basis, rows, name }: NamedRows): void {
  const { r, commitmentTable } = basis;
  const { plans, levels } = commitmentTable;
  const moved = plans[0]!;
  name("Commitment");
  rows.push([
    text(`Commitment to ${offeringName(moved)}, ${moneyIn(r).sign}/h`),
    { ...perHour(moved.commitmentUsdPerHour), look: "input" },
    text(
      `At Savings Plans rates, before any discount. ${plans.length > 1 ? "The other purchases below are held." : "The owned plans are held."}`,
      "note",
    ),
  ]);
  name("NegotiatedDiscount");
  rows.push([
    text("Negotiated discount"),
    { ...percentage(r.negotiatedDiscount.share), look: "input" },
    text(
      "EDP or private pricing: taken off On-Demand and Savings Plans charges alike (--negotiated-discount).",
      "note",
    ),
  ]);
  name("DiscountRate");
  rows.push([
    text("Discount rate, yearly"),
    { ...percentage(r.objective.discountRate), look: "input" },
    text("Cost of capital: net present value and the cost of paying early follow (--discount-rate).", "note"),
  ]);
  name("UsageChange");
  rows.push([
    text("Growth on top of the scenarios"),
    { ...percentage(0), look: "input" },
    text(
      `More or less usage in every hour of every scenario: ${levelNames(levels).join(", ")}. Other growth: run sageplan again with --growth.`,
      "note",
    ),
  ]);
}

function addPurchases({ basis, rows, name }: NamedRows): void {
  const { r, commitmentTable } = basis;
  const { plans } = commitmentTable;
  rows.push(
    [],
    heading(
      "Purchases",
      `${moneyIn(r).sign}/h`,
      "Months",
      "Share upfront",
      "Hours in the horizon",
      "Cost of paying early, share",
      "Hours until its start",
    ),
  );
  const count = plans.length;
  name("PlanCommitments", "B", count);
  name("PlanMonths", "C", count);
  name("PlanUpfrontShares", "D", count);
  name("PlanHours", "E", count);
  name("PlanEarlyCosts", "F", count);
  name("PlanStartHours", "G", count);
  for (const [n, plan] of plans.entries()) {
    const row = rows.length + 1;
    rows.push([
      text(offeringName(plan)),
      n === 0 ? perHour(plan.commitmentUsdPerHour, "Commitment") : perHour(plan.commitmentUsdPerHour),
      whole(planMonths(plan)),
      percentage(planUpfront(plan)),
      whole(plan.activeHours),
      factor(
        earlyCost(planUpfront(plan), planMonths(plan), r.objective.discountRate),
        `IF(DiscountRate=0,0,D${row}*(C${row}/12*LN(1+DiscountRate)/(1-(1+DiscountRate)^(-C${row}/12))-1))`,
      ),
      whole(plan.startHour),
    ]);
  }
}

/** `firstRows`: `[level]` where its part of the table of breakpoints begins, from 1. */
function addLevels({ basis, rows, name }: NamedRows, firstRows: readonly number[]): void {
  const { levels } = basis.commitmentTable;
  const { currency } = basis.r;
  rows.push(
    [],
    heading(
      "Usage levels",
      "First row of table",
      "Last row of table",
      `On-Demand cost, ${currency}`,
      `Left by owned plans, ${currency}`,
      "",
    ),
  );
  name("LevelChanges", "A", levels.length);
  name("LevelFirstRows", "B", levels.length);
  name("LevelLastRows", "C", levels.length);
  name("LevelOnDemand", "D", levels.length);
  name("LevelLeft", "E", levels.length);
  for (const [n, level] of levels.entries()) {
    rows.push([
      percentage(level.usageChange),
      whole(firstRows[n]!),
      whole(firstRows[n]! + rowsOf(level) - 1),
      money(level.onDemandUsd),
      money(level.baselineLeftUsd),
    ]);
  }
}

type Put = (called: string, label: string, cell: WorkbookCell, note?: string) => void;

/** What the table gives at the commitment, in USD before any discount. */
function addLookedUp({ basis, rows, name }: NamedRows, firstRows: readonly number[]): void {
  rows.push([], heading("Looked up at this commitment, before any discount", "Value", "", "", "", ""));
  const put: Put = (called, label, cell, note = "") => {
    name(called);
    rows.push([text(label.replace("CURRENCY", basis.r.currency)), cell, text(note, "note")]);
  };
  putPlace(basis, firstRows, put);
  putAmounts(basis, put);
  putChecks(basis, put);
}

/** Where in the table the commitment falls. */
function putPlace(basis: Basis, firstRows: readonly number[], put: Put): void {
  const level = levelAsSettled(basis);
  const levelIndex = basis.commitmentTable.levels.indexOf(level);
  const { row, share } = lookUp(level, settledCommitment(basis));
  put(
    "LevelIndex",
    "Usage level, of those above",
    whole(levelIndex + 1, "MATCH(ROUND(UsageChange,6),LevelChanges,0)"),
  );
  put(
    "TableRow",
    "Row of the table of breakpoints",
    whole(
      firstRows[levelIndex]! + row,
      "INDEX(LevelFirstRows,LevelIndex)-1+MATCH(Commitment,INDEX(TableCommitment,INDEX(LevelFirstRows,LevelIndex)):INDEX(TableCommitment,INDEX(LevelLastRows,LevelIndex)),1)",
    ),
    `Table row 1 is row ${FIRST_ROW} of the sheet Breakpoints`,
  );
  put(
    "TableShare",
    "Way to the next row",
    factor(
      share,
      "(Commitment-INDEX(TableCommitment,TableRow))/(INDEX(TableCommitment,TableRow+1)-INDEX(TableCommitment,TableRow))",
    ),
  );
}

function putAmounts(basis: Basis, put: Put): void {
  const { commitmentTable } = basis;
  const { plans, horizonHours } = commitmentTable;
  const level = levelAsSettled(basis);
  const { avoidedUsd, usedUsd } = lookUp(level, settledCommitment(basis));
  put("AvoidedUsd", "On-Demand cost avoided, CURRENCY", money(avoidedUsd, between("TableAvoided")));
  put("NewUsedUsd", "New commitment used, CURRENCY", money(usedUsd, between("TableUsed")));
  const paid = plans.reduce((usd, each) => usd + each.commitmentUsdPerHour * each.activeHours, 0);
  put("PaidUsd", "New commitment paid, CURRENCY", money(paid, "SUMPRODUCT(PlanCommitments,PlanHours)"));
  put("OnDemandUsd", "On-Demand cost, CURRENCY", money(level.onDemandUsd, "INDEX(LevelOnDemand,LevelIndex)"));
  put(
    "LeftByOwnedUsd",
    "Left On-Demand by the owned plans, CURRENCY",
    money(level.baselineLeftUsd, "INDEX(LevelLeft,LevelIndex)"),
  );
  put(
    "OwnedCommitmentUsd",
    "Commitment of the owned plans, CURRENCY",
    money(commitmentTable.ownedCommitmentUsd),
  );
  put("HorizonHours", "Hours of the horizon", whole(horizonHours));
}

/** Cash at the start, how far off the table may be, and whether all is as settled. */
function putChecks(basis: Basis, put: Put): void {
  const { r, commitmentTable } = basis;
  const { plans } = commitmentTable;
  const level = levelAsSettled(basis);
  const { row, share } = lookUp(level, settledCommitment(basis));
  const kept = 1 - r.negotiatedDiscount.share;
  const atStart = plans.reduce(
    (usd, plan) =>
      usd +
      (plan.startHour > 0 ? 0 : 1) *
        plan.commitmentUsdPerHour *
        TERM_HOURS[plan.term] *
        planUpfront(plan) *
        kept,
    0,
  );
  put(
    "CashAtStart",
    "Cash at the start after any discount, CURRENCY",
    money(
      atStart,
      "(1-NegotiatedDiscount)*730*SUMPRODUCT(PlanCommitments,PlanMonths,PlanUpfrontShares,(PlanStartHours=0)*1)",
    ),
  );
  put(
    "TableErrorUsd",
    "Figures may be off by at most, CURRENCY",
    factor(share > 0 ? level.table.errorUsd[row]! : 0, "IF(TableShare=0,0,INDEX(TableError,TableRow))"),
    "A straight line stands for bends that the table leaves out; exact at its rows, and at the commitment as settled",
  );
  put(
    "AsSettled",
    "1: commitment, discount and growth are as settled",
    {
      value: 1,
      format: "whole",
      formula: `IF(AND(Commitment=${settledCommitment(basis)},NegotiatedDiscount=${r.negotiatedDiscount.share},UsageChange=0),1,0)`,
    },
    `What does not follow (risk, hours underused) shows then: ${simulateHint(basis)}`,
  );
}

/** The column of the table at this commitment. */
export const between = (column: string, row = "TableRow", share = "TableShare"): string =>
  `INDEX(${column},${row})+${share}*(INDEX(${column},${row}+1)-INDEX(${column},${row}))`;

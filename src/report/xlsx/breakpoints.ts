/** The table that every settled figure is looked up in: the load-duration of the futures, priced. */
import type { UsageLevel } from "../../domain/commitment-table.ts";
import { moneyIn } from "../document/money.ts";
import { BEYOND_USD_PER_HOUR, type Basis } from "./basis.ts";
import { factor, heading, letter, money, percentage, perHour, text } from "./model.ts";
import type { WorkbookCell, WorkbookSheet } from "./model.ts";

const SHEET = "Breakpoints";

/** Of the sheet, from 1. */
export const FIRST_ROW = 5;

const FIXED_COLUMNS = 5;

/** With the one that closes the table. */
export const rowsOf = ({ table }: UsageLevel): number => table.commitmentUsdPerHour.length + 1;

/** The cells of a month's column, for a formula. */
export function monthColumn({ commitmentTable }: Basis, month: number): string {
  const column = letter(FIXED_COLUMNS + month - 1);
  return `${SHEET}!$${column}$${FIRST_ROW}:$${column}$${lastRow(commitmentTable.levels)}`;
}

const lastRow = (levels: readonly UsageLevel[]): number =>
  FIRST_ROW - 1 + levels.reduce((sum, level) => sum + rowsOf(level), 0);

export function breakpointsSheet({ r, commitmentTable, names }: Basis): WorkbookSheet {
  const { currency } = r;
  const { levels } = commitmentTable;
  const months = levels[0]!.table.monthAvoidedUsd.length;
  const last = lastRow(levels);
  for (const [column, called] of [
    ["B", "TableCommitment"],
    ["C", "TableAvoided"],
    ["D", "TableUsed"],
    ["E", "TableError"],
  ] as const) {
    names[called] = `${SHEET}!$${column}$${FIRST_ROW}:$${column}$${last}`;
  }
  const rows: WorkbookCell[][] = [
    [text("Breakpoints", "title")],
    [
      text(
        "The mean of the scenarios along the commitment, before any discount, settled by AWS's rule. Not to be changed.",
        "note",
      ),
    ],
    [text("Between two rows a straight line holds, up to the error in column E.", "note")],
    heading(
      "Growth on top",
      `Commitment, ${moneyIn(r).sign}/h`,
      `On-Demand avoided, ${currency}`,
      `New commitment used, ${currency}`,
      `Error until next row, ${currency}`,
      ...Array.from({ length: months }, (_, n) => `Avoided in month ${n + 1}, ${currency}`),
    ),
  ];
  for (const { usageChange, table } of levels) {
    const { commitmentUsdPerHour, avoidedUsd, newUsedUsd, errorUsd, monthAvoidedUsd } = table;
    const count = commitmentUsdPerHour.length;
    for (let n = 0; n <= count; n++) {
      const at = Math.min(n, count - 1);
      rows.push([
        percentage(usageChange),
        perHour(n === count ? BEYOND_USD_PER_HOUR : commitmentUsdPerHour[n]!),
        money(avoidedUsd[at]!),
        money(newUsedUsd[at]!),
        factor(n === count ? 0 : errorUsd[n]!),
        ...monthAvoidedUsd.map((of) => money(of[at]!)),
      ]);
    }
  }
  return {
    name: SHEET,
    widths: [12, 16, 18, 18, 16, ...Array.from({ length: months }, () => 14)],
    rows,
    frozenRows: 4,
    frozenColumns: 2,
    // Some thousand rows are for looking up, not for reading.
    printed: `$A$1:$E$${Math.min(last, 64)}`,
    repeatedRow: 4,
  };
}

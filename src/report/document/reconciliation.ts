import type { Inspection } from "../../domain/documents/inspection.ts";
import { currencyOf } from "../../domain/currency.ts";
import { clean } from "./clean.ts";
import { cut, decimal } from "./format.ts";
import { moneyIn, type Money } from "./money.ts";
import type { SectionPart } from "./section.ts";
import { right, type Column } from "./table.ts";

/** Every class with its reason and sums, and whether they add up to the export's own total. */
export function reconciliationParts(i: Inspection): SectionPart[] {
  const { classes, classesTotalUsd, exportTotalUsd } = i.reconciliation;
  const currency = currencyOf(i);
  const { cents } = moneyIn(i);
  const rows = classes.map((c) => [
    `  ${c.class}`,
    cut(clean(c.reason), 40),
    decimal(c.rows, 0),
    cents(Number(c.billedUsd)),
    cents(Number(c.onDemandUsd)),
  ]);
  const sumOf = (pick: (c: (typeof classes)[number]) => number): number =>
    classes.reduce((sum, c) => sum + pick(c), 0);
  const total = [
    "  total",
    "",
    decimal(
      sumOf((c) => c.rows),
      0,
    ),
    cents(Number(classesTotalUsd)),
    cents(sumOf((c) => Number(c.onDemandUsd))),
  ];
  const head: Column[] = [
    { title: "  Class" },
    { title: "Why" },
    right("Rows"),
    right("Billed"),
    right("On-Demand"),
  ];
  const exact = classesTotalUsd === exportTotalUsd;
  const verdict = exact
    ? `= export total, exactly: ${clean(exportTotalUsd)} ${currency}.`
    : `NOT the export total: classes ${clean(classesTotalUsd)} ${currency}, export ${clean(exportTotalUsd)} ${currency}, ` +
      `${cents(Number(classesTotalUsd) - Number(exportTotalUsd))} apart. Do not rely on figures made from these files.`;
  return [
    {
      kind: "table",
      table: { head, rows: [...rows, total], looks: [...rows.map(() => "usual" as const), "total"] },
    },
    { kind: "text", text: verdict, look: exact ? "good" : "bad" },
  ];
}

/** Sums that AWS states twice, compared. */
export function checkParts(i: Inspection): SectionPart[] {
  const { checks } = i.reconciliation;
  const money = moneyIn(i);
  if (checks.length === 0)
    return [{ kind: "line", text: "nothing to compare: no Savings Plans rows in these exports" }];
  const rows = checks.map((c) => [
    `  ${cut(clean(c.check), 48)}`,
    c.passed ? "pass" : "FAIL",
    decimal(c.comparisons, 0),
    small(c.differenceUsd, money),
    small(c.worstUsd, money),
    small(c.toleranceUsd, money),
  ]);
  const head: Column[] = [
    { title: "  Check" },
    { title: "Result" },
    right("Compared"),
    right("Apart"),
    right("Worst"),
    right("Allowed"),
  ];
  return [
    {
      kind: "table",
      table: { head, rows, looks: checks.map(({ passed }) => (passed ? "usual" : "failed")) },
    },
  ];
}

/** Where a cent is coarse: up to six decimals below a dollar. */
function small(value: number, { sign, cents, signed }: Money): string {
  if (value === 0 || Math.abs(value) >= 1) return cents(value);
  if (Math.abs(value) < 0.000001) return `< ${sign}0.000001`;
  return signed(decimal(value, 6).replace(/0{1,4}$/, ""));
}

import type { Inspection } from "../../domain/documents/inspection.ts";
import { clean } from "./clean.ts";
import { cut, decimal, usd } from "./format.ts";
import type { SectionPart } from "./section.ts";
import { right, type Column } from "./table.ts";

/** Every class with its reason and sums, and whether they add up to the export's own total. */
export function reconciliationParts({ reconciliation }: Inspection): SectionPart[] {
  const { classes, classesTotalUsd, exportTotalUsd } = reconciliation;
  const rows = classes.map((c) => [
    `  ${c.class}`,
    cut(clean(c.reason), 40),
    decimal(c.rows, 0),
    usd(Number(c.billedUsd)),
    usd(Number(c.onDemandUsd)),
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
    usd(Number(classesTotalUsd)),
    usd(sumOf((c) => Number(c.onDemandUsd))),
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
    ? `= export total, exactly: ${clean(exportTotalUsd)} USD.`
    : `NOT the export total: classes ${clean(classesTotalUsd)} USD, export ${clean(exportTotalUsd)} USD, ` +
      `${usd(Number(classesTotalUsd) - Number(exportTotalUsd))} apart. Do not rely on figures made from these files.`;
  return [
    {
      kind: "table",
      table: { head, rows: [...rows, total], looks: [...rows.map(() => "usual" as const), "total"] },
    },
    { kind: "text", text: verdict, look: exact ? "good" : "bad" },
  ];
}

/** Sums that AWS states twice, compared. */
export function checkParts({ reconciliation: { checks } }: Inspection): SectionPart[] {
  if (checks.length === 0)
    return [{ kind: "line", text: "nothing to compare: no Savings Plans rows in these exports" }];
  const rows = checks.map((c) => [
    `  ${cut(clean(c.check), 48)}`,
    c.passed ? "pass" : "FAIL",
    decimal(c.comparisons, 0),
    smallUsd(c.differenceUsd),
    smallUsd(c.worstUsd),
    smallUsd(c.toleranceUsd),
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

/** USD where a cent is coarse: up to six decimals below a dollar. */
function smallUsd(value: number): string {
  if (value === 0 || Math.abs(value) >= 1) return usd(value);
  if (Math.abs(value) < 0.000001) return "< $0.000001";
  return `${value < 0 ? "-" : ""}$${decimal(Math.abs(value), 6).replace(/0{1,4}$/, "")}`;
}

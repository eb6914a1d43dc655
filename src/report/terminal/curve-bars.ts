import type { CurvePoint } from "../../domain/documents/outcome.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { hasRisk, offeringName, tailName, totalCommitment } from "../document/answer.ts";
import { decimal, percent, wrap } from "../document/format.ts";
import { moneyIn, type Money } from "../document/money.ts";
import { paint } from "../document/style.ts";
import type { Style } from "../document/style.ts";

const ROWS = 12;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

interface Row {
  point: CurvePoint;
  chosen: boolean;
}

/** The trade-off as horizontal bars: net saving over the horizon by commitment, losses to the left of the axis. */
export function curveBars(r: Recommendation, style: Style, width: number): string[] {
  const rows = pickRows(r);
  if (rows.length < 2) return [];
  const savings = rows.map(({ point }) => point.netSavingsUsd);
  const lowest = Math.min(0, ...savings);
  const highest = Math.max(0, ...savings);
  // AWS takes five decimals; three are enough to read unless the whole axis is small.
  const decimals = rows.at(-1)!.point.commitmentUsdPerHour < 0.1 ? 5 : 3;
  const risky = hasRisk(r);
  const head = headOf(r);
  const labels = rows.map(({ point }) => labelsOf(point, decimals, risky, moneyIn(r)));
  const widths = head.map((title, column) =>
    Math.max(title.length, ...labels.map((row) => row[column]!.length)),
  );
  const fixed = 4 + widths.reduce((sum, columnWidth) => sum + columnWidth + 2, 0);
  const room = Math.max(8, Math.min(48, width - fixed - 1));
  const left = highest > lowest ? Math.round((room * -lowest) / (highest - lowest)) : 0;
  const scale = highest > lowest ? room / (highest - lowest) : 0;
  const line = (mark: string, bar: string, cells: readonly string[]): string =>
    [
      mark,
      ...cells.slice(0, 2).map((cell, column) => cell.padStart(widths[column]!)),
      bar,
      ...cells.slice(2).map((cell, column) => cell.padStart(widths[column + 2]!)),
    ].join("  ");
  return [
    ...mixNote(r, width),
    paint(style, "dim", line(" ", " ".repeat(room + 1), head)),
    ...rows.map(({ point, chosen }, index) => {
      const bar = barText(point.netSavingsUsd * scale, left, room - left);
      const text = line(chosen ? "▶" : " ", bar, labels[index]!);
      if (chosen) return paint(style, "green", text);
      return point.netSavingsUsd < 0 ? paint(style, "red", text) : text;
    }),
  ];
}

/** With several purchases the axis is their total. */
function mixNote({ purchases }: Recommendation, width: number): string[] {
  if (purchases.length < 2) return [];
  const total = totalCommitment(purchases);
  const mix = purchases.map((p) => `${percent(p.commitmentUsdPerHour / total, 0)} ${offeringName(p)}`);
  return wrap(`commitment: of all purchases together, always in this mix: ${mix.join(", ")}.`, width, "  ");
}

const headOf = (r: Recommendation): string[] => [
  "commitment",
  hasRisk(r) ? "mean saving" : "net saving",
  ...(hasRisk(r) ? [tailName(r.risk.tail)] : []),
  "utilization",
  "coverage",
];

const labelsOf = (
  point: CurvePoint,
  decimals: number,
  risky: boolean,
  { signed, whole }: Money,
): string[] => [
  `${signed(decimal(point.commitmentUsdPerHour, decimals))}/h`,
  whole(point.netSavingsUsd),
  ...(risky ? [whole(-point.cvarLossUsd)] : []),
  point.commitmentUsdPerHour > 0 ? percent(point.utilization) : "–",
  percent(point.coverage),
];

/** What lies between a point and a commitment. */
const distance = (point: CurvePoint, at: number): number => Math.abs(point.commitmentUsdPerHour - at);

/** Points of the curve spread evenly over its commitments, and the chosen one. */
function pickRows(r: Recommendation): Row[] {
  const points = r.curve.toSorted((a, b) => a.commitmentUsdPerHour - b.commitmentUsdPerHour);
  const last = points.at(-1)?.commitmentUsdPerHour ?? 0;
  const chosenAt = totalCommitment(r.purchases);
  const chosen: CurvePoint = {
    commitmentUsdPerHour: chosenAt,
    netSavingsUsd: r.expected.netSavingsUsd,
    cvarLossUsd: r.risk.cvarLossUsd,
    utilization: r.expected.utilization,
    coverage: r.expected.coverage,
  };
  const picked = new Set<CurvePoint>();
  for (let step = 0; step < ROWS && points.length > 0; step += 1) {
    const at = (last * step) / (ROWS - 1);
    picked.add(points.reduce((best, point) => (distance(point, at) < distance(best, at) ? point : best)));
  }
  // A point within a third of a step of the chosen one says the same again.
  const tooNear = last / (ROWS - 1) / 3;
  return [...picked]
    .filter((point) => distance(point, chosenAt) > tooNear)
    .map((point) => ({ point, chosen: false }))
    .concat({ point: chosen, chosen: true })
    .toSorted((a, b) => a.point.commitmentUsdPerHour - b.point.commitmentUsdPerHour);
}

/** A bar of `length` columns (negative: to the left) around an axis that has `left` and `right` columns beside it. */
function barText(length: number, left: number, right: number): string {
  if (length < 0) {
    const cells = Math.min(left, Math.round(-length));
    return `${" ".repeat(left - cells)}${"▒".repeat(cells)}│${" ".repeat(right)}`;
  }
  const eighths = Math.min(right * 8, Math.round(length * 8));
  const bar = "█".repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
  return `${" ".repeat(left)}│${bar}${" ".repeat(right - bar.length)}`;
}

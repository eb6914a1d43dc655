/** Net savings along the commitment, with a chart that follows the assumptions. */
import type { UsageLevel } from "../../domain/commitment-table.ts";
import { inCommitmentSteps } from "../../domain/offering.ts";
import { moneyIn } from "../document/money.ts";
import { between } from "./assumptions.ts";
import { isOneOffering, levelAsSettled, lookUp, settledCommitment, type Basis } from "./basis.ts";
import { EMPTY, factor, heading, money, percentage, perHour, text, whole } from "./model.ts";
import type { WorkbookCell, WorkbookChart, WorkbookSheet } from "./model.ts";
import { hasRisk, offeringName, tailName } from "../document/answer.ts";

const SHEET = "Curve";
const HEAD_ROW = 4;
const POINTS = 40;

export function curveSheet(basis: Basis): WorkbookSheet {
  const points = pointsOf(basis);
  const rows = [...headRows(basis), ...points.map((point, n) => pointRow(basis, point, n))];
  return {
    name: SHEET,
    widths: [16, 18, 13, 13, 18, 11, 12, 3, 18, 18, 12, 12, 12, 12],
    rows,
    frozenRows: HEAD_ROW,
    repeatedRow: HEAD_ROW,
    charts: [savingsChart(basis, HEAD_ROW + points.length)],
  };
}

/** Without a loss in the worst futures where it was not settled. */
type CurvePoint = Omit<Basis["r"]["curve"][number], "cvarLossUsd"> & { cvarLossUsd: number | null };

/** The settled curve of one offering; of several, the first moves and the others are held. */
function pointsOf(basis: Basis): readonly CurvePoint[] {
  const { r, commitmentTable } = basis;
  const level = levelAsSettled(basis);
  const kept = 1 - r.negotiatedDiscount.share;
  const [moved, ...held] = commitmentTable.plans;
  const heldUsd = held.reduce((usd, each) => usd + each.commitmentUsdPerHour * each.activeHours, 0);
  if (isOneOffering(basis)) return r.curve;
  return gridOf(settledCommitment(basis)).map((commitmentUsdPerHour) => {
    const { avoidedUsd, usedUsd } = lookUp(level, commitmentUsdPerHour);
    const paid = heldUsd + commitmentUsdPerHour * moved!.activeHours;
    return {
      commitmentUsdPerHour,
      netSavingsUsd: (avoidedUsd - paid) * kept,
      cvarLossUsd: null,
      utilization: paid > 0 ? Math.min(1, usedUsd / paid) : 0,
      coverage: (level.onDemandUsd - level.baselineLeftUsd + avoidedUsd) / level.onDemandUsd,
    };
  });
}

function headRows(basis: Basis): WorkbookCell[][] {
  const { currency } = basis.r;
  const { sign } = moneyIn(basis.r);
  const [moved, ...held] = basis.commitmentTable.plans;
  return [
    [text("Savings along the commitment", "title")],
    [
      text(
        `Commitment to ${offeringName(moved!)}${held.length > 0 ? ", the other purchases held" : ""}. Net savings, utilization and coverage follow Assumptions${isOneOffering(basis) ? "; those in the worst scenarios are as settled" : ""}.`,
        "note",
      ),
    ],
    [],
    heading(
      `Commitment, ${sign}/h`,
      `Net savings, ${currency}`,
      "Utilization",
      "Coverage",
      `In the worst scenarios, ${currency}`,
      "Table row",
      "Way to next",
      "",
      `Your commitment, ${sign}/h`,
      `Net savings, ${currency}`,
    ),
  ];
}

/** Where the table of a level begins among all tables, from 1. */
const firstTableRow = ({ commitmentTable: { levels } }: Basis, level: UsageLevel): number =>
  1 +
  levels
    .slice(0, levels.indexOf(level))
    .reduce((sum, { table }) => sum + table.commitmentUsdPerHour.length + 1, 0);

/** The point counted `n` from 0. */
function pointRow(basis: Basis, point: CurvePoint, n: number): WorkbookCell[] {
  const level = levelAsSettled(basis);
  const row = HEAD_ROW + 1 + n;
  const at = lookUp(level, point.commitmentUsdPerHour);
  const avoided = between("TableAvoided", `F${row}`, `G${row}`);
  const paid = `(PaidUsd+(A${row}-Commitment)*INDEX(PlanHours,1))`;
  return [
    perHour(point.commitmentUsdPerHour),
    money(point.netSavingsUsd, `(${avoided}-${paid})*(1-NegotiatedDiscount)`),
    percentage(
      point.utilization,
      `IF(${paid}>0.0000001,MIN(1,(${between("TableUsed", `F${row}`, `G${row}`)})/${paid}),0)`,
    ),
    percentage(
      point.coverage,
      `IF(OnDemandUsd>0,MIN(1,(OnDemandUsd-LeftByOwnedUsd+${avoided})/OnDemandUsd),0)`,
    ),
    point.cvarLossUsd === null ? EMPTY : money(0 - point.cvarLossUsd),
    whole(
      firstTableRow(basis, level) + at.row,
      `INDEX(LevelFirstRows,LevelIndex)-1+MATCH(A${row},INDEX(TableCommitment,INDEX(LevelFirstRows,LevelIndex)):INDEX(TableCommitment,INDEX(LevelLastRows,LevelIndex)),1)`,
    ),
    factor(
      at.share,
      `(A${row}-INDEX(TableCommitment,F${row}))/(INDEX(TableCommitment,F${row}+1)-INDEX(TableCommitment,F${row}))`,
    ),
    ...(n === 0
      ? [
          text(null),
          perHour(settledCommitment(basis), "Commitment"),
          money(basis.r.expected.netSavingsUsd, "NetSavings"),
        ]
      : []),
  ];
}

/** `last`: the row of the last point. */
function savingsChart(basis: Basis, last: number): WorkbookChart {
  const { r } = basis;
  const { currency } = r;
  const { sign, name } = moneyIn(r);
  const column = (letter: string): string => `${SHEET}!$${letter}$${HEAD_ROW + 1}:$${letter}$${last}`;
  const point = HEAD_ROW + 1;
  return {
    kind: "scatter",
    title: "Net savings along the commitment",
    altText: `Scatter chart: net savings in ${currency} over the horizon along the commitment in ${name} an hour, and your commitment on it.`,
    xTitle: `Commitment, ${sign}/h`,
    yTitle: `Net savings, ${currency}`,
    xFormat: "#,##0.00",
    yFormat: "#,##0",
    from: { row: 6, column: 8 },
    to: { row: 32, column: 16 },
    series: [
      { name: "Net savings, mean of the scenarios", x: column("A"), y: column("B"), color: "1F5FBF" },
      ...(isOneOffering(basis) && hasRisk(r)
        ? [
            {
              name: `Net savings, ${tailName(r.risk.tail)} of the scenarios, as settled`,
              x: column("A"),
              y: column("E"),
              color: "7A8794",
            },
          ]
        : []),
      {
        name: "Your commitment",
        x: `${SHEET}!$I$${point}:$I$${point}`,
        y: `${SHEET}!$J$${point}:$J$${point}`,
        color: "C2410C",
        isPoint: true,
      },
    ],
  };
}

/** From nothing to twice the commitment, itself among them. */
const gridOf = (usdPerHour: number): number[] =>
  Array.from({ length: POINTS + 1 }, (_, n) => inCommitmentSteps((2 * usdPerHour * n) / POINTS));

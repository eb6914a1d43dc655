/** Eligible usage by hour of the week, UTC. */
import type { HourlyUse } from "../../domain/hourly-use.ts";
import { decimal } from "../document/format.ts";
import type { Money } from "../document/money.ts";
import { right, type Cells } from "../document/table.ts";
import { svg } from "./curve.ts";
import { shortMoney, WIDTH } from "./scale.ts";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const HOURS = 24;
/** Colours, light to strong: classes `heat-0` … of the style sheet. */
const SHADES = 8;
/** The first day of 1970 was a Thursday. */
const FIRST_DAY = 3;

/** `[day · 24 + hour]` Mean On-Demand dollars of the hour; NaN for an hour that never was. */
export function hoursOfWeek({ from, onDemandUsd }: HourlyUse): number[] {
  const sum = new Float64Array(DAYS.length * HOURS);
  const count = new Float64Array(DAYS.length * HOURS);
  for (let t = 0; t < onDemandUsd.length; t++) {
    const hour = from + t;
    const cell = ((Math.floor(hour / HOURS) + FIRST_DAY) % DAYS.length) * HOURS + (hour % HOURS);
    sum[cell]! += onDemandUsd[t]!;
    count[cell]! += 1;
  }
  return [...sum].map((usdOfAll, cell) => usdOfAll / count[cell]!);
}

const SIZE = { left: 32, top: 6, cell: (WIDTH - 36) / HOURS, row: 24 };

export function heatMap(means: readonly number[], money: Money): string {
  const short = shortMoney(money);
  const known = means.filter(Number.isFinite);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const shade = (mean: number): number =>
    high > low ? Math.min(SHADES - 1, Math.floor(((mean - low) / (high - low)) * SHADES)) : 0;
  const cells = means.map((mean, n) => {
    const x = SIZE.left + (n % HOURS) * SIZE.cell;
    const y = SIZE.top + Math.floor(n / HOURS) * SIZE.row;
    const kind = Number.isFinite(mean) ? `heat-${shade(mean)}` : "heat-none";
    return `<rect class="${kind}" x="${x.toFixed(2)}" y="${y}" width="${(SIZE.cell - 1).toFixed(2)}" height="${SIZE.row - 1}"/>`;
  });
  const bottom = SIZE.top + DAYS.length * SIZE.row;
  const days = DAYS.map(
    (day, n) =>
      `<text class="tick" x="0" y="${SIZE.top + n * SIZE.row + SIZE.row / 2}" dy="0.35em">${day}</text>`,
  );
  const hours = [0, 6, 12, 18].map(
    (hour) =>
      `<text class="tick" x="${(SIZE.left + hour * SIZE.cell).toFixed(1)}" y="${bottom + 14}">${hour}:00</text>`,
  );
  const key = Array.from(
    { length: SHADES },
    (_, n) =>
      `<rect class="heat-${n}" x="${SIZE.left + 60 + n * 18}" y="${bottom + 24}" width="17" height="10"/>`,
  );
  const [first, last] = [SIZE.left + 54, SIZE.left + 66 + SHADES * 18];
  const range = `<text class="tick" x="${first}" y="${bottom + 33}" text-anchor="end">${short(Number(low.toPrecision(3)))}/h</text><text class="tick" x="${last}" y="${bottom + 33}">${short(Number(high.toPrecision(3)))}/h</text>`;
  return svg(
    "heat",
    `Heat map of eligible usage by day of the week and hour of the day: from ${money.cents(low)} to ${money.cents(high)} an hour. The table below has the numbers.`,
    [...cells, ...days, ...hours, ...key, range].join(""),
    bottom + 42,
  );
}

export const heatCells = (means: readonly number[]): Cells => ({
  head: [{ title: "Hour (UTC)" }, ...DAYS.map(right)],
  rows: Array.from({ length: HOURS }, (_, hour) => [
    `${String(hour).padStart(2, "0")}:00`,
    ...DAYS.map((_name, day) => {
      const mean = means[day * HOURS + hour]!;
      return Number.isFinite(mean) ? decimal(mean, 2) : "–";
    }),
  ]),
});

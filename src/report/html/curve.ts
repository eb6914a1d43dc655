/**
 * Charts as SVG text. What they draw moves only by numbers, so nothing here needs escaping but the words around them.
 */
import type { WhatIfFigures } from "../../domain/what-if.ts";
import type { Money } from "../document/money.ts";
import {
  acrossTo,
  BOTTOM,
  HEIGHT,
  LEFT,
  RIGHT,
  TOP,
  upwards,
  WIDTH,
  across,
  shortMoney,
  type Axis,
} from "./scale.ts";

const at = (value: number): string => value.toFixed(1);

export const line = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], n) => `${n === 0 ? "M" : "L"}${at(x)} ${at(y)}`).join("");

export interface Frame {
  x: Axis;
  y: Axis;
  xName: string;
  yName: string;
  xText: (value: number) => string;
  yText: (value: number) => string;
}

/** Grid, ticks and names of both axes. */
export function frame({ x, y, xName, yName, xText, yText }: Frame): string {
  const rows = y.ticks.map((tick) => {
    const place = at(y.place(tick));
    const kind = tick === 0 ? "zero" : "grid";
    return (
      `<line class="${kind}" x1="${LEFT}" x2="${RIGHT}" y1="${place}" y2="${place}"/>` +
      `<text class="tick" x="${LEFT - 6}" y="${place}" dy="0.35em" text-anchor="end">${yText(tick)}</text>`
    );
  });
  const columns = x.ticks.map(
    (tick) =>
      `<line class="grid" x1="${at(x.place(tick))}" x2="${at(x.place(tick))}" y1="${BOTTOM}" y2="${BOTTOM + 4}"/>` +
      `<text class="tick" x="${at(x.place(tick))}" y="${BOTTOM + 16}" text-anchor="middle">${xText(tick)}</text>`,
  );
  return (
    rows.join("") +
    columns.join("") +
    `<text class="name" x="${(LEFT + RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${xName}</text>` +
    `<text class="name" x="0" y="11">${yName}</text>`
  );
}

export const svg = (id: string, label: string, inside: string, height = HEIGHT): string =>
  `<svg id="${id}" class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">${inside}</svg>`;

export interface CurvePlace {
  commitmentUsdPerHour: number;
  figures: WhatIfFigures;
}

export const axesOfCurve = (points: readonly CurvePlace[], most: number): { x: Axis; y: Axis } => {
  const all = points.flatMap(({ figures: { expected, risk } }) => [
    expected.netSavingsUsd,
    -risk.cvarLossUsd,
    risk.netSavingsUsdP5,
    risk.netSavingsUsdP95,
  ]);
  return { x: acrossTo(most), y: upwards(Math.min(0, ...all), Math.max(0, ...all)) };
};

/** Net saving by commitment: the mean, the band in which nine of ten futures lie, and the mean of the worst. */
export function curveInside(
  points: readonly CurvePlace[],
  most: number,
  isRisky: boolean,
  money: Money,
): string {
  const { x, y } = axesOfCurve(points, most);
  const shown = points.filter((point) => point.commitmentUsdPerHour <= most * (1 + 1e-9));
  const path = (of: (figures: WhatIfFigures) => number): (readonly [number, number])[] =>
    shown.map(({ commitmentUsdPerHour, figures }) => [x.place(commitmentUsdPerHour), y.place(of(figures))]);
  const upper = path(({ risk }) => risk.netSavingsUsdP95);
  const lower = path(({ risk }) => risk.netSavingsUsdP5);
  const band = isRisky
    ? `<path class="band" d="${line([...upper, ...lower.toReversed()])}Z"/>` +
      `<path class="worst" d="${line(path(({ risk }) => -risk.cvarLossUsd))}"/>`
    : "";
  return (
    frame({
      x,
      y,
      xName: `commitment, ${money.sign}/h`,
      yName: "net saving",
      xText: (value) => String(value),
      yText: shortMoney(money),
    }) +
    band +
    `<path class="mean" d="${line(path(({ expected }) => expected.netSavingsUsd))}"/>` +
    `<line class="moving" y1="${TOP}" y2="${BOTTOM}" x1="-9" x2="-9"/><circle class="moving-dot" r="4.5" cx="-9" cy="-9"/>`
  );
}

/** `[percent]` → the axes: hours from the busiest to the quietest, and the commitment that each could use. */
export const axesOfLoad = (usable: readonly number[], most: number): { x: Axis; y: Axis } => ({
  x: across(0, 100),
  y: upwards(0, Math.max(most / 2, usable[0] ?? 0, 1e-3)),
});

export function loadInside(usable: readonly number[], most: number, { sign }: Money): string {
  const { x, y } = axesOfLoad(usable, most);
  const points = usable.map((usd, percent) => [x.place(percent), y.place(usd)] as const);
  return (
    frame({
      x,
      y,
      xName: "share of the hours, busiest first",
      yName: `${sign}/h of commitment that an hour can use`,
      xText: (value) => `${value}%`,
      yText: (value) => `${sign}${value}`,
    }) +
    `<path class="band" d="${line([[x.place(0), y.place(0)], ...points, [x.place(100), y.place(0)]])}Z"/>` +
    `<path class="mean" d="${line(points)}"/>` +
    `<line class="moving" x1="${LEFT}" x2="${RIGHT}" y1="-9" y2="-9"/>`
  );
}

/** Where charts put their numbers. */
import type { Money } from "../document/money.ts";

/** Pixels of a chart's own space; the page scales it. */
export const WIDTH = 400;
export const HEIGHT = 250;
const MARGIN = { left: 52, right: 20, top: 26, bottom: 40 };

export interface Axis {
  low: number;
  high: number;
  ticks: number[];
  place: (value: number) => number;
}

/** Ticks at 1, 2 or 5 times a power of ten, some five of them, and an axis that ends with them. */
function axis(low: number, high: number, from: number, to: number): Axis {
  const span = high > low ? high - low : Math.max(1, Math.abs(high));
  const step = niceStep(span / 5);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, n) =>
    Number(((first + n) * step).toPrecision(12)),
  );
  return between(ticks[0]!, ticks.at(-1)!, ticks, from, to);
}

function between(low: number, high: number, ticks: number[], from: number, to: number): Axis {
  return { low, high, ticks, place: (value) => from + ((value - low) / (high - low)) * (to - from) };
}

export function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const times = rough / power;
  return (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10) * power;
}

export const across = (low: number, high: number): Axis => axis(low, high, MARGIN.left, WIDTH - MARGIN.right);

/** An axis that ends where the slider does, so that both move together. */
export const acrossTo = (high: number): Axis => {
  const { ticks } = across(0, high);
  return between(
    0,
    high,
    ticks.filter((tick) => tick <= high * (1 + 1e-9)),
    MARGIN.left,
    WIDTH - MARGIN.right,
  );
};

export const upwards = (low: number, high: number): Axis =>
  axis(low, high, HEIGHT - MARGIN.bottom, MARGIN.top);

export const LEFT = MARGIN.left;
export const RIGHT = WIDTH - MARGIN.right;
export const TOP = MARGIN.top;
export const BOTTOM = HEIGHT - MARGIN.bottom;

/** `$1.2M`, for ticks. */
export const shortMoney =
  ({ sign }: Money) =>
  (value: number): string => {
    const size = Math.abs(value);
    const [unit, name] =
      size >= 1e9 ? [1e9, "B"] : size >= 1e6 ? [1e6, "M"] : size >= 1e3 ? [1e3, "k"] : [1, ""];
    return `${value < 0 ? "−" : ""}${sign}${Number((size / unit).toPrecision(4))}${name}`;
  };

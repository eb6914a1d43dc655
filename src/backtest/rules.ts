/** What others go by: from the history alone to a commitment in $/h at Savings Plans rates. */
import { demandSpan } from "../domain/demand-span.ts";
import { easedMedian } from "../domain/eased-median.ts";
import { DAY_HOURS } from "../domain/paths.ts";
import { EXPECTATION } from "../domain/risk.ts";
import type { Demand } from "../domain/usage.ts";
import { oneOfferSearch, savingsAt } from "../optimize/one-offer.ts";
import { knownOffer } from "./known.ts";

export interface Rule {
  name: string;
  label: string;
  commitmentOf: (history: Demand, ratioOf: Float64Array) => number;
}

const EXACT = 1e-9;

/** The best commitment had these hours been known. */
export const hindsightOf = (hours: Demand, ratioOf: Float64Array): number =>
  oneOfferSearch(knownOffer(hours, ratioOf)).best(EXPECTATION, EXACT).commitmentUsdPerHour;

const newest = (history: Demand, days: number): Demand =>
  demandSpan(history, Math.max(0, history.hourCount - days * DAY_HOURS), history.hourCount);

/** AWS's rule: the best over the last days, which are taken to repeat. */
export const bestOver =
  (days: number) =>
  (history: Demand, ratioOf: Float64Array): number =>
    hindsightOf(newest(history, days), ratioOf);

const lowerOf =
  (...days: number[]) =>
  (history: Demand, ratioOf: Float64Array): number =>
    Math.min(...days.map((each) => bestOver(each)(history, ratioOf)));

export const easedMedianOf = (history: Demand, ratioOf: Float64Array): number =>
  easedMedian((days) => bestOver(days)(history, ratioOf));

/** `[hour]` Commitment that would cover the whole hour, $. */
function usableUsd(
  { hourCount, items, start, hour, onDemandUsd }: Demand,
  ratioOf: Float64Array,
): Float64Array {
  const usable = new Float64Array(hourCount);
  for (let item = 0; item < items.length; item++) {
    if (!(ratioOf[item]! > 0 && ratioOf[item]! < Infinity)) continue;
    for (let n = start[item]!; n < start[item + 1]!; n++)
      usable[hour[n]!]! += onDemandUsd[n]! * ratioOf[item]!;
  }
  return usable;
}

const quantile =
  (share: number) =>
  (history: Demand, ratioOf: Float64Array): number => {
    const usable = usableUsd(history, ratioOf).sort();
    return usable[Math.max(0, Math.ceil(share * usable.length) - 1)] ?? 0;
  };

/** The largest commitment of which the history uses this share. */
const utilizationRule =
  (share: number) =>
  (history: Demand, ratioOf: Float64Array): number => {
    const usable = usableUsd(history, ratioOf).sort();
    let used = 0;
    // Used at c = usable[n]: all the hours before in full, c of the others. Utilization falls along c.
    for (let n = 0; n < usable.length; n++) {
      const rest = usable.length - n;
      const c = usable[n]!;
      if (used + rest * c < share * usable.length * c) return used / (share * usable.length - rest);
      used += c;
    }
    return usable.at(-1) ?? 0;
  };

const GRID_POINTS = 100;

/** The best of 100 points up to the largest hour, over the hours of two weeks that have any usage. */
function grid(history: Demand, ratioOf: Float64Array): number {
  const recent = newest(history, 14);
  const usable = usableUsd(recent, ratioOf);
  const busy = [...usable.keys()].filter((h) => usable[h]! > 0);
  const place = new Map(busy.map((h, n) => [h, n]));
  const kept = [...recent.hour.keys()].filter((n) => place.has(recent.hour[n]!));
  const start = recent.start.map((first) => kept.findIndex((n) => n >= first));
  const busyHours: Demand = {
    hourCount: busy.length,
    items: recent.items,
    start: start.map((first) => (first < 0 ? kept.length : first)),
    hour: Int32Array.from(kept, (n) => place.get(recent.hour[n]!)!),
    onDemandUsd: Float64Array.from(kept, (n) => recent.onDemandUsd[n]!),
  };
  if (busy.length === 0) return 0;
  const offer = knownOffer(busyHours, ratioOf);
  const most = usable.reduce((max, each) => Math.max(max, each), 0);
  let best = { c: 0, usd: 0 };
  for (let n = 1; n <= GRID_POINTS; n++) {
    const c = (most * n) / GRID_POINTS;
    const usd = savingsAt(offer, c).savedUsd[0]!;
    if (usd > best.usd) best = { c, usd };
  }
  return best.c;
}

export const RULES: readonly Rule[] = [
  { name: "aws-7d", label: "AWS's rule, last 7 days", commitmentOf: bestOver(7) },
  { name: "aws-30d", label: "AWS's rule, last 30 days", commitmentOf: bestOver(30) },
  { name: "aws-60d", label: "AWS's rule, last 60 days", commitmentOf: bestOver(60) },
  { name: "lower-3d-30d", label: "lower of the last 3 and 30 days", commitmentOf: lowerOf(3, 30) },
  { name: "lower-1d-7d", label: "lower of the last 1 and 7 days", commitmentOf: lowerOf(1, 7) },
  {
    name: "median-1d-30d",
    label: "median of AWS's rule over 1 to 30 days, eased",
    commitmentOf: easedMedianOf,
  },
  { name: "utilization-95", label: "95 % utilization", commitmentOf: utilizationRule(0.95) },
  { name: "quantile-10", label: "10th percentile of the history", commitmentOf: quantile(0.1) },
  { name: "lowest-hour", label: "lowest hour", commitmentOf: quantile(0) },
  { name: "grid-100", label: "100-point grid on non-zero hours, 14 days", commitmentOf: grid },
];

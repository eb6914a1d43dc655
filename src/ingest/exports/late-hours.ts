/**
 * The newest hours whose lines have not all been delivered. AWS delivers usage up to a day late, and what is missing
 * looks like a collapse. Each hour is held against the same hour of the weeks before (of the days before, in a history
 * without weeks); one that is lower than nearly all hours of the last week were, in most SKUs at once, is incomplete.
 * What is low for longer than a day has fallen: then nothing is late.
 */
import { WEEK_HOURS, type Hour } from "../../domain/hour.ts";
import type { HourlySpend } from "../../domain/usage.ts";

/** AWS refreshes a report at least once a day. */
const LATE_HOURS = 24;
/**
 * What an hour is held against: the same hour so many times before; and below which share of what
 * nearly all hours had it is low.
 */
interface Rhythm {
  hours: number;
  most: number;
  low: number;
}
const WEEKLY: Rhythm = { hours: WEEK_HOURS, most: 4, low: 0.9 };
/** A weekend is unlike the days before it: only less than half of them is low. */
const DAILY: Rhythm = { hours: 24, most: 7, low: 0.5 };
/** Days of comparison that are needed at least. */
const LEAST_HOURS = 72;
const NEARLY_ALL = 0.02;
/** Share of the SKUs in use that must be low: one SKU that stops is not late. */
const MOST_SKUS = 0.75;

/** Usage by hour of one SKU, and what the weeks before let expect. */
interface Expected {
  usd: Float64Array;
  expectedUsd: Float64Array;
}

/**
 * How many hours before `end` are incomplete; 0 where the history has no days to compare with. `delivered`: the hour of
 * the delivery, as far as it is told.
 */
export function lateHours(spend: HourlySpend, end: Hour, delivered: Hour | null): number {
  const count = end - spend.from;
  const looked = LATE_HOURS + 1;
  const rhythm = count >= WEEKLY.hours + looked + LEAST_HOURS ? WEEKLY : DAILY;
  if (spend.granularityHours > 1 || count < rhythm.hours + looked + LEAST_HOURS) return 0;
  const skus = expectedBySku(spend, count, rhythm);
  const ratioOf = (some: readonly Expected[], h: number): number => {
    const expected = some.reduce((sum, { expectedUsd }) => sum + expectedUsd[h]!, 0);
    return expected > 0 ? some.reduce((sum, { usd }) => sum + usd[h]!, 0) / expected : Number.NaN;
  };
  const before = Math.max(rhythm.hours, count - looked - WEEK_HOURS);
  const leastOf = (some: readonly Expected[]): number => {
    const usual: number[] = [];
    for (let h = before; h < count - looked; h++) usual.push(ratioOf(some, h));
    const sorted = usual.filter((ratio) => !Number.isNaN(ratio)).sort((a, b) => a - b);
    return rhythm.low * (sorted[Math.floor(NEARLY_ALL * sorted.length)] ?? 0);
  };
  const least = leastOf(skus);
  const leastOfSku = skus.map((sku) => leastOf([sku]));
  const isLow = (h: number): boolean => {
    if (!(ratioOf(skus, h) < least)) return false;
    const inUse = skus.flatMap((sku, n) => (sku.expectedUsd[h]! > 0 && leastOfSku[n]! > 0 ? [n] : []));
    const low = inUse.filter((n) => ratioOf([skus[n]!], h) < leastOfSku[n]!);
    return low.length >= MOST_SKUS * inUse.length;
  };
  let late = 0;
  while (late < looked && isLow(count - 1 - late)) late++;
  const latest = delivered === null ? end : Math.max(end, delivered);
  return end - late < latest - LATE_HOURS ? 0 : late;
}

/**
 * The newest hours only, hour by hour from the start of the spend; instances only, the rest is
 * charged by the month or in seconds.
 */
function expectedBySku(
  { skus, items, item, hour, onDemandUsd }: HourlySpend,
  count: number,
  { hours, most }: Rhythm,
): Expected[] {
  const usdOf = new Map<number, Float64Array>();
  for (let row = 0; row < hour.length; row++) {
    const { sku } = items[item[row]!]!;
    if (hour[row]! >= count || skus[sku]!.instanceType === "") continue;
    const usd = usdOf.get(sku) ?? new Float64Array(count);
    usdOf.set(sku, usd);
    usd[hour[row]!]! += onDemandUsd[row]!;
  }
  return [...usdOf.values()].map((usd) => {
    const expectedUsd = new Float64Array(count);
    for (let h = Math.max(hours, count - 3 * WEEK_HOURS); h < count; h++) {
      const before: number[] = [];
      for (let n = 1; n <= most && h - n * hours >= 0; n++) before.push(usd[h - n * hours]!);
      expectedUsd[h] = median(before);
    }
    return { usd, expectedUsd };
  });
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

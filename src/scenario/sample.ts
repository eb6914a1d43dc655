/** Paths → scenarios that are written out, at some of their hours. */
import { byHour } from "../domain/by-hour.ts";
import { MONTH_HOURS } from "../domain/offering.ts";
import { baseHourOf, DAY_HOURS, levelsAt, type Paths } from "../domain/paths.ts";
import { sharedFloats, sharedInts } from "../domain/shared-arrays.ts";
import type { ScenarioSet } from "../domain/scenario.ts";

/** Consecutive multiples of the golden ratio's fraction are spread evenly: every scenario's hours lie elsewhere. */
const GOLDEN = 0.618_033_988_749_895;

/**
 * `hours` of each scenario, evenly over the horizon, each standing for its share of it; where a share holds one of the
 * `breaks` (hours of the horizon at which plans begin or end), an hour for each side of it. With as many as the horizon
 * has, all. Days of the week come as often in each scenario's hours as they do in a week, hours of the day in all of
 * them: otherwise one scenario holds more weekends than another by chance, and that passes for risk. The error of a
 * mean over them is that of its hours' spread ÷ √(scenarios · hours): far below the futures' own.
 */
export function sampledHours(paths: Paths, hours: number, breaks: readonly number[] = []): ScenarioSet {
  const { base, groupOf, level, probability, hourCount } = paths;
  const startHour = sharesOf(hourCount, hours, breaks);
  const count = startHour.length - 1;
  const visits = probability.length * count;
  const entries = byHour(base);
  const from = new Int32Array(visits);
  const levels = new Int32Array(visits);
  const start = new Int32Array(base.items.length + 1);
  const seen = new Int32Array(WEEK_DAYS);
  for (let visit = 0; visit < visits; visit++) {
    const s = Math.floor(visit / count);
    const share = visit % count;
    if (share === 0) seen.fill(0);
    const t =
      count === hourCount
        ? share
        : hourOfShare(paths, s, startHour[share]!, startHour[share + 1]!, (visit * GOLDEN) % 1, seen);
    from[visit] = baseHourOf(paths, s, t);
    levels[visit] = levelsAt(paths, s, t);
    for (let n = entries.start[from[visit]!]!; n < entries.start[from[visit]! + 1]!; n++) {
      if (level[levels[visit]! + groupOf[entries.item[n]!]!]! > 0) start[entries.item[n]! + 1]!++;
    }
  }
  for (let item = 0; item < base.items.length; item++) start[item + 1]! += start[item]!;
  const next = start.slice();
  const hour = sharedInts(start[base.items.length]!);
  const onDemandUsd = sharedFloats(hour.length);
  for (let visit = 0; visit < visits; visit++) {
    for (let n = entries.start[from[visit]!]!; n < entries.start[from[visit]! + 1]!; n++) {
      const item = entries.item[n]!;
      const factor = level[levels[visit]! + groupOf[item]!]!;
      if (!(factor > 0)) continue;
      const place = next[item]!++;
      hour[place] = visit;
      onDemandUsd[place] = entries.onDemandUsd[n]! * factor;
    }
  }
  return {
    hourCount: count,
    startHour,
    base: { hourCount: visits, items: base.items, start, hour, onDemandUsd },
    probability,
    baseHour: Int32Array.from({ length: visits }, (_, visit) => visit),
    growth: new Float64Array(visits).fill(1),
  };
}

const WEEK_DAYS = 7;

/**
 * An hour in `[begin, end)` of scenario s, of the day of the week that was seen least so far;
 * `phase` chooses among days and hours alike.
 */
function hourOfShare(
  paths: Paths,
  s: number,
  begin: number,
  end: number,
  phase: number,
  seen: Int32Array,
): number {
  const last = Math.min(paths.hourCount, Math.ceil(end)) - 1;
  const first = Math.min(
    last,
    Math.floor(begin + ((phase * WEEK_DAYS) % 1) * Math.min(DAY_HOURS, end - begin)),
  );
  const days = Math.max(1, Math.ceil((last + 1 - first) / DAY_HOURS));
  const from = Math.floor(phase * days);
  let best = first;
  let bestDay = -1;
  for (let n = 0; n < days; n++) {
    const t = first + ((from + n) % days) * DAY_HOURS;
    const day = weekdayOf(paths, s, t);
    if (bestDay >= 0 && seen[day]! >= seen[bestDay]!) continue;
    best = t;
    bestDay = day;
  }
  seen[bestDay]!++;
  return best;
}

/** Days of the week are counted back from the end of the base. */
const weekdayOf = ({ base, dayStart, dayCount }: Paths, s: number, t: number): number =>
  Math.floor(
    Math.max(0, base.hourCount - 1 - dayStart[s * dayCount + Math.floor(t / DAY_HOURS)]!) / DAY_HOURS,
  ) % WEEK_DAYS;

/**
 * Even shares of the horizon, cut at the breaks within it. A break takes the place of a bound less
 * than an hour from it.
 */
export function sharesOf(hourCount: number, hours: number, breaks: readonly number[]): Float64Array {
  const count = Math.min(hours, hourCount);
  const even = Array.from({ length: count + 1 }, (_, n) =>
    n === count ? hourCount : (hourCount / count) * n,
  );
  const inside = [...new Set(breaks)].filter((hour) => hour >= 1 && hour <= hourCount - 1);
  const isFree = (bound: number): boolean => inside.every((hour) => Math.abs(hour - bound) >= 1);
  return Float64Array.from([...even.filter(isFree), ...inside]).sort();
}

/** Hours that are settled in all scenarios together: more would only repeat what the sample says. */
const SAMPLED_HOURS = 12_000;

/** Hours of each scenario. */
const LEAST_HOURS = 60;

const MOST_HOURS = 150;

/** As many in each month, where the horizon is made of months. */
export function hoursOfEach(scenarios: number, horizonHours: number): number {
  const hours = Math.min(MOST_HOURS, Math.max(LEAST_HOURS, Math.round(SAMPLED_HOURS / scenarios)));
  const months = horizonHours / MONTH_HOURS;
  return Number.isInteger(months) ? months * Math.ceil(hours / months) : hours;
}

/** What a group's own history says of its level: where it stands, how much it moves, how often usage comes and goes. */
import { DAY_HOURS } from "../domain/paths.ts";
import { meansOf, meanOf } from "./usage.ts";

const WEEK_HOURS = 7 * DAY_HOURS;

/** Share of the mean that is added before a logarithm is taken: days without usage are far, not infinitely far. */
const FLOOR = 0.05;

/** 0 where nothing changes. */
const flooredLog = (ratio: number): number => Math.log((ratio + FLOOR) / (1 + FLOOR));

/** The newest hours that are held against the same hours of other days: they tell of a collapse first. */
const NEWEST_HOURS = [6, 12, 24];

/** A rise in the newest hours lasts less often than a fall: this power of it is believed. */
const RISE_BELIEVED = 0.5;

/**
 * A change is believed by own² ÷ (own² + this · mean square of the days before): an unrest that is usual tells little.
 */
const UNREST = 0.5;

/**
 * `[newest hours]` Level of the newest hours ÷ that of the last week at the same hours of the day,
 * as far as it is believed.
 */
export function freshLevels(usd: Float64Array): number[] {
  const days = Math.min(7, usd.length / DAY_HOURS);
  return NEWEST_HOURS.map((hours) => {
    const weeks = windowsByWeek(usd, hours);
    const shares = weekdayShares(weeks);
    // A day that is hardly used tells nothing: least of all of itself.
    const isTold = (day: number): boolean =>
      day * DAY_HOURS + hours <= days * DAY_HOURS && shares[day]! >= LEAST_SHARE;
    if (!isTold(0)) return 1;
    const means = weeks[0]!.flatMap((mean, day) => (isTold(day) ? [mean / shares[day]!] : []));
    const usual = means.reduce((sum, mean) => sum + mean, 0) / means.length;
    if (!(usual > 0)) return 1;
    const squares = means.map((mean) => flooredLog(mean / usual) ** 2);
    const [own, ...before] = squares as [number, ...number[]];
    const unrest = before.reduce((sum, square) => sum + square, 0) / Math.max(1, before.length);
    const believed = own > 0 ? own / (own + UNREST * unrest) : 0;
    const ratio = means[0]! / usual;
    return ratio ** (ratio > 1 ? believed * RISE_BELIEVED : believed);
  });
}

/** Weeks whose days of the week are looked at, the newest among them. */
const WEEKS = 5;

/**
 * `[weeks back][days back]` Mean of the last `hours` hours of each day, days counted back from the
 * end; the newest week may be short.
 */
function windowsByWeek(usd: Float64Array, hours: number): number[][] {
  const end = usd.length;
  const weeks = Math.max(1, Math.min(WEEKS, Math.floor(end / WEEK_HOURS)));
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (__, day) => {
      const to = end - week * WEEK_HOURS - day * DAY_HOURS;
      return meanOf(usd, Math.max(0, to - hours), Math.max(0, to));
    }),
  );
}

/** Of the mean day. */
const LEAST_SHARE = 0.02;

/**
 * `[days back]` What a day of the week is used ÷ the mean day, by the weeks before the newest: a weekend is no
 * collapse. As a power of how alike the weeks are, so that a chance week tells little; 1 without weeks before.
 */
function weekdayShares([newest, ...before]: readonly number[][]): number[] {
  const flat = Array.from({ length: 7 }, () => 1);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const pattern = flat.map((_, day) => mean(before.map((week) => week[day]!)));
  const usual = mean(pattern);
  if (before.length === 0 || !(usual > 0)) return flat;
  const deviations = [newest!, ...before].map((week) => {
    const own = mean(week);
    return week.map((each) => (own > 0 ? each / own - 1 : 0));
  });
  const alike = { both: 0, each: 0 };
  for (const [n, one] of deviations.entries()) {
    for (const other of deviations.slice(n + 1)) {
      // The newest day is what is in question.
      for (let day = n === 0 ? 1 : 0; day < 7; day++) {
        alike.both += one[day]! * other[day]!;
        alike.each += (one[day]! ** 2 + other[day]! ** 2) / 2;
      }
    }
  }
  const power = alike.each > 0 ? Math.max(0, alike.both / alike.each) : 0;
  return pattern.map((each) => (each / usual) ** power);
}

/**
 * Changes are seen between fifths of the history, or between weeks when it is longer: what lasts, not a day's unrest.
 */
const SPANS = 5;

/** Mean squared change of the logarithm from span to span; the prior's when there are not two days. */
export function levelVariance(usd: Float64Array, prior: number): number {
  const spanDays = Math.max(1, Math.min(7, Math.floor(usd.length / DAY_HOURS / SPANS)));
  const means = meansOf(usd, spanDays * DAY_HOURS);
  const mean = means.reduce((sum, each) => sum + each, 0) / Math.max(1, means.length);
  if (means.length < 2 || !(mean > 0)) return prior;
  const logs = means.map((each) => flooredLog(each / mean));
  return logs.slice(1).reduce((sum, log, n) => sum + (log - logs[n]!) ** 2, 0) / (logs.length - 1);
}

/** Shares of spend, by week of history. */
export interface Turnover {
  endsPerWeek: number;
  birthsPerWeek: number;
}

/**
 * What is believed before any history, for no series tells: a use of SageMaker ends, and another begins, once in forty
 * years…
 */
const PRIOR_PER_WEEK = 0.0005;
/** …and how many weeks of history weigh as much. */
const PRIOR_WEEKS = 26;

/**
 * How much of the spend is of groups that stopped, or started, more than a week from the history's other end; each
 * counts as large as it was while it was used, so that a migration is an end and a birth alike, however lately it came.
 */
export function turnoverOf(groups: readonly Float64Array[]): Turnover {
  const hourCount = groups[0]?.length ?? 0;
  const weeks = hourCount / WEEK_HOURS;
  const share = { ended: 0, born: 0 };
  const total = groups.reduce((sum, usd) => sum + meanWhileUsed(usd), 0);
  if (weeks >= 2 && total > 0) {
    for (const usd of groups) {
      const own = meanWhileUsed(usd) / total;
      if (own > 0 && meanOf(usd, hourCount - WEEK_HOURS, hourCount) === 0) share.ended += own;
      if (own > 0 && meanOf(usd, 0, WEEK_HOURS) === 0) share.born += own;
    }
  }
  const perWeek = (seen: number): number => (seen + PRIOR_PER_WEEK * PRIOR_WEEKS) / (weeks + PRIOR_WEEKS);
  return { endsPerWeek: perWeek(share.ended), birthsPerWeek: perWeek(share.born) };
}

/** From the first hour with usage to the last; 0 without any. */
function meanWhileUsed(usd: Float64Array): number {
  const first = usd.findIndex((each) => each > 0);
  return first < 0 ? 0 : meanOf(usd, first, usd.findLastIndex((each) => each > 0) + 1);
}

/** Weeks of history after which the drift that they show is believed by half. */
const DRIFT_WEEKS = 26;
/**
 * A use that has only begun looks like growth without end: no more than this is believed, 65 %
 * until the drift has died away.
 */
const MOST_DRIFT = 0.02;
/** Fewer weeks show no drift. */
const LEAST_WEEKS = 4;

/** Change of the logarithm of all usage by week: least squares over the weekly means, shrunk toward none. */
export function driftPerWeek(usd: Float64Array): number {
  const weeks = meansOf(usd, WEEK_HOURS);
  const count = weeks.length;
  const mean = weeks.reduce((sum, each) => sum + each, 0) / Math.max(1, count);
  if (count < LEAST_WEEKS || !(mean > 0)) return 0;
  const logs = weeks.map((each) => flooredLog(each / mean));
  const middle = (count - 1) / 2;
  const meanLog = logs.reduce((sum, each) => sum + each, 0) / count;
  const covariance = logs.reduce((sum, log, n) => sum + (n - middle) * (log - meanLog), 0);
  const variance = logs.reduce((sum, _, n) => sum + (n - middle) ** 2, 0);
  const seen = ((covariance / variance) * count) / (count + DRIFT_WEEKS);
  return Math.max(-MOST_DRIFT, Math.min(MOST_DRIFT, seen));
}

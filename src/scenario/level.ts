/** What a group's own history says of its level: where it stands, how much it moves, how often usage comes and goes. */
import { DAY_HOURS } from "../domain/paths.ts";
import { dayMeans, meanOf } from "./daily.ts";

const WEEK_HOURS = 7 * DAY_HOURS;

/** The newest hours that are held against the same hours of the days before: they tell of a collapse first. */
const NEWEST_HOURS = [6, 12, 24];

/** A rise in the newest hours lasts less often than a fall: this power of it is believed. */
const RISE_BELIEVED = 0.3;

/** `[newest hours]` Level of the newest hours ÷ that of the last week at the same hours of the day. */
export function freshLevels(usd: Float64Array): number[] {
  const end = usd.length;
  const week = Math.min(WEEK_HOURS, end);
  return NEWEST_HOURS.map((hours) => {
    let sum = 0;
    let days = 0;
    for (; days * DAY_HOURS + hours <= week; days++) {
      sum += meanOf(usd, end - days * DAY_HOURS - hours, end - days * DAY_HOURS);
    }
    if (!(sum > 0)) return 1;
    const ratio = (meanOf(usd, end - hours, end) * days) / sum;
    return ratio > 1 ? ratio ** RISE_BELIEVED : ratio;
  });
}

/** Share of the mean that is added before a logarithm is taken: days without usage are far, not infinitely far. */
const FLOOR = 0.05;

/** Mean squared change of the logarithm from day to day; the prior's when there are not two days. */
export function dailyVariance(usd: Float64Array, prior: number): number {
  const days = dayMeans(usd, DAY_HOURS);
  const mean = days.reduce((sum, each) => sum + each, 0) / Math.max(1, days.length);
  if (days.length < 2 || !(mean > 0)) return prior;
  const logs = days.map((each) => Math.log(each / mean + FLOOR));
  return logs.slice(1).reduce((sum, log, n) => sum + (log - logs[n]!) ** 2, 0) / (logs.length - 1);
}

/** Shares of spend, by week of history. */
export interface Turnover {
  endsPerWeek: number;
  birthsPerWeek: number;
}

/** What is believed before any history: a use of SageMaker ends, and another begins, once in twenty years… */
const PRIOR_PER_WEEK = 0.001;
/** …and how many weeks of history weigh as much. */
const PRIOR_WEEKS = 26;

/** How much of the spend is of groups that stopped, or started, more than a week from the history's other end. */
export function turnoverOf(groups: readonly Float64Array[]): Turnover {
  const hourCount = groups[0]?.length ?? 0;
  const weeks = hourCount / WEEK_HOURS;
  const share = { ended: 0, born: 0 };
  const total = groups.reduce((sum, usd) => sum + meanOf(usd, 0, hourCount), 0);
  if (weeks >= 2 && total > 0) {
    for (const usd of groups) {
      const own = meanOf(usd, 0, hourCount) / total;
      if (own > 0 && meanOf(usd, hourCount - WEEK_HOURS, hourCount) === 0) share.ended += own;
      if (own > 0 && meanOf(usd, 0, WEEK_HOURS) === 0) share.born += own;
    }
  }
  const perWeek = (seen: number): number => (seen + PRIOR_PER_WEEK * PRIOR_WEEKS) / (weeks + PRIOR_WEEKS);
  return { endsPerWeek: perWeek(share.ended), birthsPerWeek: perWeek(share.born) };
}

/** Weeks of history after which the drift that they show is believed by half. */
const DRIFT_WEEKS = 26;
/** Fewer weeks show no drift. */
const LEAST_WEEKS = 4;

/** Change of the logarithm of all usage by week: least squares over the weekly means, shrunk toward none. */
export function driftPerWeek(usd: Float64Array): number {
  const weeks = dayMeans(usd, WEEK_HOURS);
  const count = weeks.length;
  const mean = weeks.reduce((sum, each) => sum + each, 0) / Math.max(1, count);
  if (count < LEAST_WEEKS || !(mean > 0)) return 0;
  const logs = weeks.map((each) => Math.log(each / mean + FLOOR));
  const middle = (count - 1) / 2;
  const meanLog = logs.reduce((sum, each) => sum + each, 0) / count;
  const covariance = logs.reduce((sum, log, n) => sum + (n - middle) * (log - meanLog), 0);
  const variance = logs.reduce((sum, _, n) => sum + (n - middle) ** 2, 0);
  return ((covariance / variance) * count) / (count + DRIFT_WEEKS);
}

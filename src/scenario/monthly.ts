import { MONTH_HOURS, TERM_MONTHS } from "../domain/offering.ts";
import { baseHourOf, DAY_HOURS, levelsAt, type Paths } from "../domain/paths.ts";
import type { ScenarioSet } from "../domain/scenario.ts";
import { usageByGroup } from "./usage.ts";

/**
 * `[s · months + month]` Mean usage of an hour of the month, over all of its hours, On-Demand USD. The hours that are
 * settled are too few to say what one future's month is like: of two of them one may be by night.
 */
export function usageByMonth(paths: Paths, monthHours: number, months: number): Float64Array {
  const { base, groupOf, groupCount, level, probability, hourCount } = paths;
  /** `[group][hour]` Usage of the base before the hour. */
  const before = usageByGroup(base, groupOf, groupCount).usd.map((usd) => {
    const sums = new Float64Array(usd.length + 1);
    for (const [hour, each] of usd.entries()) sums[hour + 1] = sums[hour]! + each;
    return sums;
  });
  const usage = new Float64Array(probability.length * months);
  for (let s = 0; s < probability.length; s++) {
    for (let month = 0; month < months; month++) {
      const end = Math.min((month + 1) * monthHours, hourCount);
      let usd = 0;
      for (let t = month * monthHours; t < end;) {
        // A base of less than a day repeats itself within one.
        const day = base.hourCount < DAY_HOURS ? 1 : DAY_HOURS - (t % DAY_HOURS);
        const hours = Math.min(day, end - t);
        const from = baseHourOf(paths, s, t);
        const levels = levelsAt(paths, s, t);
        for (let group = 0; group < groupCount; group++) {
          const ofHours = before[group]![from + hours]! - before[group]![from]!;
          usd += ofHours * level[levels + group]!;
        }
        t += hours;
      }
      usage[s * months + month] = usd / Math.max(1, end - month * monthHours);
    }
  }
  return usage;
}

/** The same of futures that hold every hour. */
export function monthlyUsdOf({ hourCount, base, probability, baseHour, growth }: ScenarioSet): Float64Array {
  const hourUsd = new Float64Array(base.hourCount);
  for (let n = 0; n < base.hour.length; n++) hourUsd[base.hour[n]!]! += base.onDemandUsd[n]!;
  const months = TERM_MONTHS["1yr"];
  return Float64Array.from({ length: probability.length * months }, (_, n) => {
    const [s, from] = [Math.floor(n / months), (n % months) * MONTH_HOURS];
    const to = Math.min(from + MONTH_HOURS, hourCount);
    let usd = 0;
    for (let visit = s * hourCount + from; visit < s * hourCount + to; visit++) {
      usd += growth[visit]! * hourUsd[baseHour[visit]!]!;
    }
    return usd / Math.max(1, to - from);
  });
}

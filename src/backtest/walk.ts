import { DAY_HOURS } from "../domain/paths.ts";

/** Where a backtest stands still and decides: on the hours before `at`, for those after it. */
export interface Walk {
  historyHours: number;
  horizonHours: number;
  stepHours: number;
  /** Hours from the series' start; each has its whole history before it and its whole horizon after it. */
  at: number[];
}

/** Hours; what is left out is scaled to the series. */
export interface WalkOptions {
  historyHours?: number | undefined;
  horizonHours?: number | undefined;
  stepHours: number;
}

const LONG_HOURS = 4_000;
const MIDDLE_HOURS = 1_500;
const LONGEST_HORIZON_HOURS = 8_760;

/**
 * A promise of a year can't be tested on two months, so the term shrinks to what the series holds: 60 days to decide on
 * where there are 4,000 hours, 30 days from 1,500 on, else half; half of what is left to be judged by, at least 60 days
 * of a long series.
 */
export function walkOf(hourCount: number, options: WalkOptions): Walk {
  const isLong = hourCount >= LONG_HOURS;
  const historyHours =
    options.historyHours ??
    (isLong ? 60 * DAY_HOURS : hourCount >= MIDDLE_HOURS ? 30 * DAY_HOURS : Math.floor(hourCount / 2));
  const left = hourCount - historyHours;
  const horizonHours =
    options.horizonHours ??
    Math.min(
      LONGEST_HORIZON_HOURS,
      isLong ? Math.max(60 * DAY_HOURS, Math.floor(left / 2)) : Math.max(DAY_HOURS, left),
    );
  const { stepHours } = options;
  const at: number[] = [];
  if (historyHours > 0 && horizonHours > 0) {
    for (let hour = historyHours; hour + horizonHours <= hourCount; hour += stepHours) at.push(hour);
  }
  return { historyHours, horizonHours, stepHours, at };
}

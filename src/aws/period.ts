/** Which days or hours Cost Explorer is asked for. */
import { SageplanError } from "../domain/error.ts";
import { HOUR_MS } from "../domain/hour.ts";

export type Granularity = "hourly" | "daily";

/** As Cost Explorer takes it: days, or hours with `Z`; the end is not counted. */
export interface Period {
  Start: string;
  End: string;
}

const DAY_MS = 24 * HOUR_MS;
/** Cost Explorer keeps hours for 14 days; the 14th is on its way out while one asks. */
const HOURLY_DAYS = 13;
/** The longest lookback of AWS's own recommendations. */
const DAILY_DAYS = 60;

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const hourOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 13)}:00:00Z`;
const startOfDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS;

/** Hours where the period, or the default, lies within those that Cost Explorer keeps. */
export const hoursAreKept = (from: string | undefined, nowMs: number): boolean =>
  from === undefined || Date.parse(from) >= startOfDay(nowMs) - HOURLY_DAYS * DAY_MS;

/**
 * @param from first hour, ISO 8601; without it 13 days (hourly) or 60 days (daily) before `to`
 * @param to hour at which it ends; without it the start of today (UTC), for today is not billed yet
 * @throws SageplanError `wrong-call`
 */
export function periodOf(
  granularity: Granularity,
  from: string | undefined,
  to: string | undefined,
  nowMs: number,
): Period {
  const endMs = to === undefined ? startOfDay(nowMs) : Date.parse(to);
  const days = granularity === "hourly" ? HOURLY_DAYS : DAILY_DAYS;
  const startMs = from === undefined ? endMs - days * DAY_MS : Date.parse(from);
  if (startMs >= endMs) {
    throw new SageplanError(
      "wrong-call",
      `the period from ${hourOf(startMs)} to ${hourOf(endMs)} holds no hour: today (UTC) counts only when --to says so. ` +
        "Give an earlier --from or a later --to.",
    );
  }
  if (granularity === "hourly") {
    if (!hoursAreKept(hourOf(startMs), nowMs)) {
      throw new SageplanError(
        "wrong-call",
        `Cost Explorer keeps hours for 14 days, and the period begins at ${hourOf(startMs)}. Ask for days (--granularity daily), ` +
          `or from ${dayOf(startOfDay(nowMs) - HOURLY_DAYS * DAY_MS)} on.`,
      );
    }
    return { Start: hourOf(startMs), End: hourOf(endMs) };
  }
  if (startMs % DAY_MS !== 0 || endMs % DAY_MS !== 0) {
    throw new SageplanError(
      "wrong-call",
      `days are asked for, and the period from ${hourOf(startMs)} to ${hourOf(endMs)} cuts one. Give --from and --to as days, such as 2026-07-01.`,
    );
  }
  return { Start: dayOf(startMs), End: dayOf(endMs) };
}

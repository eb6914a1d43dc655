/** An hour: whole hours since 1970-01-01T00:00:00Z. Every hour of AWS's billing data starts on one, in UTC. */
export type Hour = number;

export const HOUR_MS = 3_600_000;

/** `[from, to)`, both in hours since the epoch. */
export interface HourSpan {
  from: Hour;
  to: Hour;
}

/** The hour that holds this instant. */
export const hourOfMs = (epochMs: number): Hour => Math.floor(epochMs / HOUR_MS);

/** Milliseconds since the epoch of a date or time; UTC where the text names no zone. NaN: not a date. */
export function parseUtcMs(text: string): number {
  const spelled = text.trim().replace(" ", "T");
  const zoned = spelled.includes("T") && !/(?:Z|[+-]\d\d:?\d\d)$/i.test(spelled) ? `${spelled}Z` : spelled;
  return /^\d{4}-\d\d-\d\d/.test(zoned) ? Date.parse(zoned) : Number.NaN;
}

/** `2026-10-01T05:00:00Z`, the start of the hour. */
export const isoHour = (hour: Hour): string => new Date(hour * HOUR_MS).toISOString().replace(".000Z", "Z");

export const WEEK_HOURS = 168;

/** Hours since Monday 00:00 UTC. 1970 began on a Thursday. */
export const hourOfWeek = (hour: Hour): number => (((hour + 72) % WEEK_HOURS) + WEEK_HOURS) % WEEK_HOURS;

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

/** `2026-10-01T05:00:00Z`, the start of the hour. */
export const isoHour = (hour: Hour): string => new Date(hour * HOUR_MS).toISOString().replace(".000Z", "Z");

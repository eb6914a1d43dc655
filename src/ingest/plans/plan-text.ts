/** What plans state as text, in the bill and in inventories. */
import { hourOfMs, parseUtcMs, type Hour } from "../../domain/hour.ts";

export const accountOfArn = (arn: string): string => arn.split(":")[4] ?? "";

export const hourOfText = (text: string): Hour | null => {
  const ms = parseUtcMs(text);
  return Number.isNaN(ms) ? null : hourOfMs(ms);
};

/**
 * AWS states the last second: a term that ends at 13:59:59 holds the hour of 13:00, and a renewal starts at 14:00:00.
 */
export const endHourOfText = (text: string): Hour | null => {
  const ms = parseUtcMs(text);
  return Number.isNaN(ms) ? null : hourOfMs(ms + 1000);
};

/** When decisions are made over time. */
import { MONTH_HOURS, TERM_HOURS } from "../domain/offering.ts";
import type { Start } from "../domain/start.ts";
import type { Stage } from "./tree.ts";

/** The next review, and the start of the second year: by then much is known of the level. */
const LEARNS: readonly number[] = [MONTH_HOURS, TERM_HOURS["1yr"]];

/** Where purchases may start, and at the next review. */
export function stagesOf(starts: readonly Start[], horizonHours: number): Stage[] {
  const hours = [...starts.map(({ hour }) => hour), ...LEARNS].filter((hour) => hour < horizonHours);
  return [...new Set(hours)].sort((a, b) => a - b).map((hour) => ({ hour, learns: LEARNS.includes(hour) }));
}

/** Where nothing is queued: as plans of a year that start now end, and something is learned each time. */
export const yearlyStages = (horizonHours: number): Stage[] =>
  Array.from({ length: Math.ceil(horizonHours / TERM_HOURS["1yr"]) }, (_, year) => ({
    hour: year * TERM_HOURS["1yr"],
    learns: true,
  }));

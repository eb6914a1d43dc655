/**
 * The same commitment bought in monthly tranches (730 h) instead of at once: the first now, the others queued.
 *
 * The price is what the commitment does not save while it is not there yet. The gain: less is bound while the ladder is
 * climbed, and what is still queued can be called off. What a month later is bound, is bound for longer, too: the
 * lock-in of a ladder, in months, ends after that of a purchase at once.
 */
import { STEPS_PER_USD } from "./offering.ts";

/** `parts` amounts of AWS's five decimals, as equal as they can be, the larger first; exactly the whole. */
export function equalParts(commitmentUsdPerHour: number, parts: number): number[] {
  const steps = Math.round(commitmentUsdPerHour * STEPS_PER_USD);
  const least = Math.floor(steps / parts);
  return Array.from({ length: parts }, (_, n) => (least + (n < steps % parts ? 1 : 0)) / STEPS_PER_USD);
}

/** Notebook instances and Studio apps that are on while nobody works. */
import type { HeadroomFinding } from "../domain/documents/headroom.ts";
import type { ResourceUse } from "../domain/headroom.ts";
import { WEEK_HOURS } from "../domain/hour.ts";
import { confidenceOf, findingOf, weekOf, type Seen } from "./seen.ts";
import { shapeOf } from "./shape.ts";
import { ALWAYS_ON, WORKDAY } from "./thresholds.ts";

const STUDIO = "Idle shutdown";
const INSTANCE = "Customize a SageMaker notebook instance using an LCC script";

/** `[hour of the week]` 1 while people are at work. */
const atWork = (): Float64Array =>
  Float64Array.from({ length: WEEK_HOURS }, (_, hour) => {
    const ofDay = hour % 24;
    return hour < 5 * 24 && ofDay >= WORKDAY.from && ofDay < WORKDAY.from + WORKDAY.hours ? 1 : 0;
  });

export function alwaysOnNotebook(seen: Seen, use: ResourceUse): HeadroomFinding | null {
  const { component, instanceType } = use.sku;
  if (component !== "Notebk" && !component.startsWith("Studio:")) return null;
  const shape = shapeOf(use, seen.window);
  if (!shape.isRunning || shape.activeShare < ALWAYS_ON) return null;
  // Of several under one usage type, those that are there in nearly every hour.
  const sorted = use.usageHours.toSorted();
  const floor = use.resourceId === "" ? Math.floor(sorted[Math.floor(sorted.length / 20)]! + 0.05) : null;
  if (floor === 0) return null;
  const mean = use.usageHours.reduce((sum, hours) => sum + hours, 0) / use.usageHours.length;
  const part = floor === null ? 1 : Math.min(1, floor / mean);
  const work = atWork();
  const workShare = work.reduce((sum, share) => sum + share, 0) / WEEK_HOURS;
  const kept = 1 - part * (1 - workShare);
  return findingOf(seen, use, {
    pattern: "always-on-notebook",
    confidence: confidenceOf(use),
    usdPerHour: shape.usdPerHour,
    savedShare: 1 - kept,
    keptShare: kept,
    what:
      `${floor ?? Math.round(shape.count)} × ${instanceType} on in ${Math.round(shape.activeShare * 100)} % of ${shape.lifeHours} hours, nights and ` +
      `weekends too. Saved if on for ${5 * WORKDAY.hours} hours a week; stopping when idle does that by itself.`,
    page: component === "Notebk" ? INSTANCE : STUDIO,
    event: (match) => ({
      autoscaling: { ...match, week: weekOf(work.map((share) => 1 - part * (1 - share))) },
    }),
  });
}

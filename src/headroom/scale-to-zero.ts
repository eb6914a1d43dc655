/**
 * Real-time endpoints that work like a job: batch transform is paid for the job, asynchronous inference scales to zero.
 */
import type { HeadroomFinding } from "../domain/documents/headroom.ts";
import type { ResourceUse } from "../domain/headroom.ts";
import { isFlat } from "./flat-fleet.ts";
import { idleShare, isKnown, keptShare } from "./measured.ts";
import { confidenceOf, findingOf, weekOf, type Seen } from "./seen.ts";
import { rhythmOf, shapeOf, weekMeans } from "./shape.ts";
import {
  IDLE_SHARE,
  LEAST_LIFE_HOURS,
  PART_TIME_SHARE,
  RECURRING_SHARE,
  RUNNING_WITHIN_HOURS,
} from "./thresholds.ts";

const BATCH = "Batch transform for inference with Amazon SageMaker AI";
const ASYNC = "Autoscale an asynchronous endpoint";

export const scaleToZero = (seen: Seen, use: ResourceUse): HeadroomFinding | null =>
  use.sku.component === "Host" ? (idleHours(seen, use) ?? partTime(seen, use)) : null;

/** On round the clock, asked for in few hours: those without a request are saved. */
function idleHours(seen: Seen, use: ResourceUse): HeadroomFinding | null {
  const measured = seen.measured.get(use);
  const shape = shapeOf(use, seen.window);
  if (!measured || !isKnown(measured.invocations) || !isFlat(shape)) return null;
  const idle = idleShare(measured.invocations);
  if (idle < IDLE_SHARE) return null;
  const kept = measured.invocations.map((count) => (Number.isNaN(count) ? count : count > 0 ? 1 : 0));
  const left = keptShare(use, kept);
  return findingOf(seen, use, {
    pattern: "scale-to-zero",
    confidence: "measured",
    usdPerHour: shape.usdPerHour,
    savedShare: 1 - left,
    keptShare: left,
    what:
      `${Math.round(shape.count)} × ${use.sku.instanceType} round the clock, without a request in ${Math.round(idle * 100)} % of the measured ` +
      "hours: asynchronous inference scales to zero instances, and those hours are saved.",
    page: ASYNC,
    event: (match) => ({ autoscaling: { ...match, week: weekOf(weekMeans(use.hour, kept)) } }),
  });
}

/** There only in the same hours of each week: nightly, weekly, at work. */
function partTime(seen: Seen, use: ResourceUse): HeadroomFinding | null {
  const { window } = seen;
  const { recurring, activeShare, weeks } = rhythmOf(use, window);
  const last = use.hour.at(-1)!;
  const isCurrent = last >= window.to - LEAST_LIFE_HOURS - RUNNING_WITHIN_HOURS;
  if (!isCurrent || weeks < 2 || activeShare > PART_TIME_SHARE || recurring < RECURRING_SHARE) return null;
  const hours = window.to - window.from;
  return findingOf(seen, use, {
    pattern: "scale-to-zero",
    confidence: confidenceOf(use),
    usdPerHour: use.onDemandUsd.reduce((sum, usd) => sum + usd, 0) / hours,
    savedShare: null,
    // Whether plans cover asynchronous inference AWS does not say: as a plan sees it, the usage may be gone.
    keptShare: 0,
    what:
      `Real-time ${use.sku.instanceType} in ${use.hour.length} of ${hours} hours, the same ones each week: a batch transform job or an ` +
      "asynchronous endpoint would do the same. An instance costs there what it costs here, and how much of its time is waiting the " +
      "bill can't tell, so no dollars stand here.",
    page: BATCH,
    event: (match) => ({ shutdown: match }),
  });
}

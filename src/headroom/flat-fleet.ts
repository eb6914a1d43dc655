/** Real-time fleets that are as large at night as at noon: autoscaling would follow the requests. */
import type { HeadroomFinding } from "../domain/documents/headroom.ts";
import type { ResourceUse } from "../domain/headroom.ts";
import { hourOfWeek } from "../domain/hour.ts";
import { isKnown, keptShare, type Measured } from "./measured.ts";
import { confidenceOf, findingOf, weekOf, type Seen } from "./seen.ts";
import { shapeOf, weekMeans, type Shape } from "./shape.ts";
import { FLAT_SHARE, LEAST_SAVED_SHARE, ROUND_THE_CLOCK } from "./thresholds.ts";

const PAGE = "Automatic scaling of Amazon SageMaker AI models";

/** A flat rhythm saves nothing that could be told. */
const LEAST_TOLD_SHARE = 0.01;

/** On round the clock with the same count of instances. */
export const isFlat = ({ isRunning, activeShare, flatShare }: Shape): boolean =>
  isRunning && activeShare >= ROUND_THE_CLOCK && flatShare >= FLAT_SHARE;

export function flatFleet(seen: Seen, use: ResourceUse): HeadroomFinding | null {
  if (use.sku.component !== "Host") return null;
  const shape = shapeOf(use, seen.window);
  const instances = Math.round(shape.count);
  if (!isFlat(shape) || instances < 2) return null;
  const measured = seen.measured.get(use);
  return measured && isKnown(measured.utilization)
    ? measuredFleet(seen, use, shape, measured)
    : billedFleet(seen, use, shape, instances);
}

/** Instances that would have kept the target in each hour, one at least. A fleet that is truly busy is no finding. */
function measuredFleet(
  seen: Seen,
  use: ResourceUse,
  { usdPerHour, count }: Shape,
  { utilization }: Measured,
): HeadroomFinding | null {
  const { targetUtilization } = seen;
  const needed = utilization.map((share, n) =>
    Number.isNaN(share)
      ? share
      : Math.max(1, Math.ceil((use.usageHours[n]! * share) / targetUtilization - 1e-9)),
  );
  const kept = needed.map((instances, n) => Math.min(1, instances / use.usageHours[n]!));
  const left = keptShare(use, kept);
  if (1 - left < LEAST_SAVED_SHARE) return null;
  const known = needed.filter((instances) => !Number.isNaN(instances)).toSorted();
  const busy = utilization.filter((share) => !Number.isNaN(share));
  const mean = busy.reduce((sum, share) => sum + share, 0) / busy.length;
  return findingOf(seen, use, {
    pattern: "flat-fleet",
    confidence: "measured",
    usdPerHour,
    savedShare: 1 - left,
    keptShare: left,
    what:
      `${Math.round(count)} × ${use.sku.instanceType} round the clock, ${percent(mean)} busy on average over ${busy.length} measured ` +
      `hours: at ${percent(targetUtilization)} ${known[0]!} to ${known.at(-1)!} would have sufficed, ${known[Math.floor(known.length / 2)]!} in the median hour.`,
    page: PAGE,
    event: (match) => ({ autoscaling: { ...match, week: weekOf(weekMeans(use.hour, kept)) } }),
  });
}

/** Without metrics: as far as the rhythm of all usage would let it, down to one instance. */
function billedFleet(seen: Seen, use: ResourceUse, shape: Shape, instances: number): HeadroomFinding {
  const minimum = Number((1 / instances).toFixed(4));
  const kept = Float64Array.from(
    use.hour,
    (hour) => minimum + (1 - minimum) * seen.rhythm[hourOfWeek(hour)]!,
  );
  const left = keptShare(use, kept);
  const isTold = 1 - left >= LEAST_TOLD_SHARE;
  return findingOf(seen, use, {
    pattern: "flat-fleet",
    confidence: confidenceOf(use),
    usdPerHour: shape.usdPerHour,
    savedShare: isTold ? 1 - left : null,
    keptShare: isTold ? left : 1,
    what:
      `${instances} × ${use.sku.instanceType} round the clock for ${shape.lifeHours} hours: no scaling is to be seen, and whether it is ` +
      `busy the bill can't tell. ` +
      (isTold
        ? "Saved if it followed the weekly rhythm of all your usage, down to one instance; metrics would measure it."
        : "Your usage has no weekly rhythm that it could follow, so no dollars stand here: metrics would measure them."),
    page: PAGE,
    event: (match) => ({ autoscaling: { ...match, minimum } }),
  });
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** How well usage was foreseen, over all reviews whose forecast was held against what came. */
import type { Calibration, Hindsight } from "../domain/documents/review.ts";

/** Null: none was. */
export function calibrationOf(all: readonly Pick<Hindsight, "predicted" | "actual">[]): Calibration | null {
  const told = all.filter(({ predicted }) => (predicted.onDemandUsdPerHourP5 ?? null) !== null);
  if (told.length === 0) return null;
  const within = told.filter(
    ({ predicted, actual }) =>
      predicted.onDemandUsdPerHourP5! <= actual.onDemandUsdPerHour &&
      actual.onDemandUsdPerHour <= predicted.onDemandUsdPerHourP95!,
  );
  const errors = told.flatMap(({ predicted, actual }) =>
    predicted.onDemandUsdPerHour > 0 ? [actual.onDemandUsdPerHour / predicted.onDemandUsdPerHour - 1] : [],
  );
  return {
    reviews: told.length,
    within: within.length,
    meanErrorShare: errors.reduce((sum, each) => sum + each, 0) / Math.max(1, errors.length),
  };
}

/**
 * How usage moved since the review before, by SKU group: the mean of its last weeks against the
 * mean of the last weeks now.
 */
import { isoHour, type Hour } from "../domain/hour.ts";
import type { Drift, DriftGroup } from "../domain/documents/review.ts";
import type { SkuGroup } from "../domain/documents/plan-review.ts";
import type { Demand, Sku } from "../domain/usage.ts";

const FOUR_WEEKS_HOURS = 672;
const MOST_GROUPS = 10;
/** Groups that moved by less are not named, $/h. */
const LEAST_USD_PER_HOUR = 0.005;

/** `ml.c5.xlarge` → `ml.c5` */
export const groupOf = ({ component, instanceType, region }: Sku): SkuGroup => ({
  component,
  family: instanceType.split(".").slice(0, 2).join("."),
  region,
});

export const groupKey = ({ component, family, region }: SkuGroup): string =>
  `${component}\n${family}\n${region}`;

/** The two windows, in hours since the epoch; null when the review before saw nothing or all. */
export function windowsOf(
  from: Hour,
  until: Hour,
  before: Hour | null,
): { hours: number; before: Hour; now: Hour } | null {
  if (before === null) return null;
  const hours = Math.min(FOUR_WEEKS_HOURS, until - before, before - from);
  return hours > 0 ? { hours, before: before - hours, now: until - hours } : null;
}

/** `demand`: the eligible usage, from hour `from` to `until`; `before`: where the review before ended. */
export function driftOf(
  demand: Demand,
  skus: readonly Sku[],
  from: Hour,
  before: Hour | null,
  kept: number,
): Drift | null {
  const windows = windowsOf(from, from + demand.hourCount, before);
  if (windows === null || before === null) return null;
  const { hours } = windows;
  const groups = new Map<string, DriftGroup>();
  for (const [item, { sku }] of demand.items.entries()) {
    const group = groupOf(skus[sku]!);
    const key = groupKey(group);
    const known = groups.get(key) ?? {
      ...group,
      onDemandUsdPerHourBefore: 0,
      onDemandUsdPerHour: 0,
      changeUsdPerHour: 0,
    };
    groups.set(key, known);
    for (let n = demand.start[item]!; n < demand.start[item + 1]!; n++) {
      const hour = from + demand.hour[n]!;
      const usd = demand.onDemandUsd[n]!;
      if (hour >= windows.before && hour < windows.before + hours) known.onDemandUsdPerHourBefore += usd;
      if (hour >= windows.now) known.onDemandUsdPerHour += usd;
    }
  }
  const moved = [...groups.values()]
    .map((each) => {
      const earlier = (kept * each.onDemandUsdPerHourBefore) / hours;
      const now = (kept * each.onDemandUsdPerHour) / hours;
      return {
        ...each,
        onDemandUsdPerHourBefore: earlier,
        onDemandUsdPerHour: now,
        changeUsdPerHour: now - earlier,
      };
    })
    .sort(
      (a, b) =>
        Math.abs(b.changeUsdPerHour) - Math.abs(a.changeUsdPerHour) || (groupKey(a) < groupKey(b) ? -1 : 1),
    );
  const named = moved
    .filter(({ changeUsdPerHour }) => Math.abs(changeUsdPerHour) >= LEAST_USD_PER_HOUR)
    .slice(0, MOST_GROUPS);
  const total = (of: (each: DriftGroup) => number, among: readonly DriftGroup[]): number =>
    among.reduce((sum, each) => sum + of(each), 0);
  return {
    since: isoHour(before),
    windowHours: hours,
    onDemandUsdPerHourBefore: total((each) => each.onDemandUsdPerHourBefore, moved),
    onDemandUsdPerHour: total((each) => each.onDemandUsdPerHour, moved),
    groups: named,
    otherChangeUsdPerHour:
      total((each) => each.changeUsdPerHour, moved) - total((each) => each.changeUsdPerHour, named),
  };
}

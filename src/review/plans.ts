/** Each owned plan: its months, and what it served before and now. */
import type { OwnedPlan } from "../domain/commitment.ts";
import { groupBy } from "../domain/group.ts";
import { isoHour, type Hour } from "../domain/hour.ts";
import type { PlanReview } from "../domain/documents/plan-review.ts";
import type { Sku } from "../domain/usage.ts";
import { groupKey, groupOf } from "./drift.ts";
import { monthOf, planFigures } from "./months.ts";
import type { HourOfPlan } from "./plan-hours.ts";

/** Savings Plans dollars of one plan for one SKU. */
interface Served {
  arn: string;
  sku: Sku;
  usedUsd: number;
}

/** The two windows of the drift: where each starts, and what was served in it. */
export interface ServedWindows {
  hours: number;
  before: Hour;
  now: Hour;
  servedBefore: readonly Served[];
  servedNow: readonly Served[];
}

const MOST_MONTHS = 13;
const MOST_GROUPS = 5;

export function planReviews(
  plans: readonly OwnedPlan[],
  hours: readonly HourOfPlan[],
  isBilled: ReadonlySet<string>,
  windows: ServedWindows | null,
  asOf: Hour,
  kept: number,
): PlanReview[] {
  const byPlan = groupBy(hours, ({ arn }) => arn);
  return plans.map((plan) => {
    const { arn, start, end } = plan;
    const own = byPlan.get(arn) ?? [];
    const months = [...groupBy(own, ({ hour }) => monthOf(hour))].slice(-MOST_MONTHS);
    return {
      arn,
      ownerAccount: plan.ownerAccount,
      term: plan.term,
      paymentOption: plan.paymentOption,
      commitmentUsdPerHour: plan.commitmentUsdPerHour,
      start: start === null ? null : isoHour(start),
      end: end === null ? null : isoHour(end),
      state: end !== null && end <= asOf ? "ended" : start !== null && start > asOf ? "queued" : "active",
      source: isBilled.has(arn) ? "bill" : "settled",
      months: months.map(([month, those]) => ({ month, ...planFigures(those, kept) })),
      served: windows === null ? [] : servedBy(arn, windows, kept),
      utilizationBefore: windows && utilizationIn(own, windows.before, windows.hours),
      utilizationNow: windows && utilizationIn(own, windows.now, windows.hours),
    };
  });
}

const utilizationIn = (own: readonly HourOfPlan[], from: Hour, count: number): number | null =>
  planFigures(
    own.filter(({ hour }) => hour >= from && hour < from + count),
    1,
  ).utilization;

function servedBy(
  arn: string,
  { hours, servedBefore, servedNow }: ServedWindows,
  kept: number,
): PlanReview["served"] {
  const groups = new Map<string, PlanReview["served"][number]>();
  const add = (served: readonly Served[], key: "usedUsdPerHourBefore" | "usedUsdPerHour"): void => {
    for (const each of served) {
      if (each.arn !== arn) continue;
      const group = groupOf(each.sku);
      const known = groups.get(groupKey(group)) ?? { group, usedUsdPerHourBefore: 0, usedUsdPerHour: 0 };
      known[key] += (kept * each.usedUsd) / hours;
      groups.set(groupKey(group), known);
    }
  };
  add(servedBefore, "usedUsdPerHourBefore");
  add(servedNow, "usedUsdPerHour");
  const most = (each: PlanReview["served"][number]): number =>
    Math.max(each.usedUsdPerHour, each.usedUsdPerHourBefore);
  return [...groups.values()]
    .sort((a, b) => most(b) - most(a) || (groupKey(a.group) < groupKey(b.group) ? -1 : 1))
    .slice(0, MOST_GROUPS);
}

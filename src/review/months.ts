/**
 * Utilization, coverage, effective savings rate and waste, by calendar month (UTC) and by plan.
 * Formulas: `domain/kpi.ts`.
 */
import { addMonths } from "date-fns";
import { UTCDate } from "@date-fns/utc";
import { groupBy } from "../domain/group.ts";
import { HOUR_MS, isoHour, type Hour } from "../domain/hour.ts";
import type { MonthFigures, PlanFigures } from "../domain/documents/plan-review.ts";
import type { Demand } from "../domain/usage.ts";
import type { HourOfPlan } from "./plan-hours.ts";

/** `2026-10` */
export const monthOf = (hour: Hour): string => isoHour(hour).slice(0, 7);

/** Sums over some hours of plans; `kept` = 1 − negotiated discount. */
export function planFigures(hours: readonly HourOfPlan[], kept: number): PlanFigures {
  const sum = (of: (each: HourOfPlan) => number): number =>
    hours.reduce((total, each) => total + of(each), 0) * kept;
  const commitmentUsd = sum((each) => each.commitmentUsd);
  const usedUsd = sum((each) => each.usedUsd);
  const coveredOnDemandUsd = sum((each) => each.coveredOnDemandUsd);
  return {
    commitmentUsd,
    usedUsd,
    unusedUsd: Math.max(0, commitmentUsd - usedUsd),
    coveredOnDemandUsd,
    netSavingsUsd: coveredOnDemandUsd - commitmentUsd,
    utilization: commitmentUsd > 0 ? Math.min(1, usedUsd / commitmentUsd) : null,
  };
}

/** `demand`: the eligible usage, from hour `from` on. Oldest first. */
export function monthFigures(
  demand: Demand,
  from: Hour,
  hours: readonly HourOfPlan[],
  kept: number,
): MonthFigures[] {
  const months = groupBy(
    Array.from({ length: demand.hourCount }, (_, h) => from + h),
    monthOf,
  );
  const usageUsd = usageByHour(demand);
  const plansByMonth = groupBy(hours, ({ hour }) => monthOf(hour));
  return [...months].map(([month, seen]) => {
    const figures = planFigures(plansByMonth.get(month) ?? [], kept);
    const onDemandUsd = kept * seen.reduce((sum, hour) => sum + usageUsd[hour - from]!, 0);
    const uncoveredOnDemandUsd = Math.max(0, onDemandUsd - figures.coveredOnDemandUsd);
    const share = (part: number): number => (onDemandUsd > 0 ? part / onDemandUsd : 0);
    return {
      month,
      hours: seen.length,
      isComplete: seen.length === hoursOfMonth(month),
      onDemandUsd,
      uncoveredOnDemandUsd,
      ...figures,
      coverage: share(figures.coveredOnDemandUsd),
      effectiveSavingsRate: share(onDemandUsd - uncoveredOnDemandUsd - figures.commitmentUsd),
    };
  });
}

function hoursOfMonth(month: string): number {
  const first = new UTCDate(`${month}-01T00:00:00Z`);
  return Math.round((addMonths(first, 1).getTime() - first.getTime()) / HOUR_MS);
}

/** `[hour]` */
export function usageByHour({ hourCount, hour, onDemandUsd }: Demand): Float64Array {
  const usd = new Float64Array(hourCount);
  for (let n = 0; n < hour.length; n++) usd[hour[n]!]! += onDemandUsd[n]!;
  return usd;
}

import type { EndpointMetrics, ResourceUse } from "../domain/headroom.ts";
import type { Headroom } from "../domain/documents/headroom.ts";
import { hourOfWeek, isoHour, WEEK_HOURS, type HourSpan } from "../domain/hour.ts";
import type { HourlySpend, Sku } from "../domain/usage.ts";
import { headroomFindings } from "./find.ts";
import { measuredOf, metricsByUse } from "./measured.ts";
import { WINDOW_HOURS } from "./thresholds.ts";
import { usesOf } from "./uses.ts";

/** What there is to look at. */
export interface LookedAt {
  /** The history that counts; its newest four weeks are looked at. */
  spend: HourlySpend;
  resources: readonly ResourceUse[] | null;
  /** Null when none were given. */
  metrics: readonly EndpointMetrics[] | null;
  targetUtilization: number;
  isEligible: (sku: Sku) => boolean;
  priceOf: (sku: Sku) => number | null;
  /** What stands before an amount. */
  sign: string;
}

/** What could shrink; everything but what it does to a commitment. */
export function lookForHeadroom(at: LookedAt): Headroom {
  const { spend, metrics, targetUtilization, isEligible, priceOf } = at;
  const end = spend.from + spend.hourCount;
  const window: HourSpan = { from: Math.max(spend.from, end - WINDOW_HOURS), to: end };
  const uses = usesOf(spend, at.resources, window);
  const { of, ambiguous, unmatched } = metricsByUse(uses.standing, metrics ?? []);
  const findings = headroomFindings({
    ...uses,
    window,
    measured: new Map([...of].map(([use, own]) => [use, measuredOf(use, own)])),
    rhythm: rhythmOfAll(
      uses.bySku.filter(({ sku }) => isEligible(sku)),
      window,
    ),
    targetUtilization,
    isEligible,
    priceOf,
    sign: at.sign,
    from: isoHour(end),
  });
  return {
    window: { from: isoHour(window.from), to: isoHour(window.to), hours: window.to - window.from },
    detail: uses.detail,
    measuredEndpoints: metrics === null ? null : new Set([...of].map(([{ resourceId }]) => resourceId)).size,
    targetUtilization,
    findings,
    worlds: null,
    notes: notesOf(uses.detail, ambiguous, unmatched),
  };
}

/** `[hour of the week]` Mean usage ÷ that of the busiest hour of the week. */
function rhythmOfAll(uses: readonly ResourceUse[], { from, to }: HourSpan): Float64Array {
  const usd = new Float64Array(WEEK_HOURS);
  const count = new Float64Array(WEEK_HOURS);
  for (let hour = from; hour < to; hour++) count[hourOfWeek(hour)]!++;
  for (const { hour, onDemandUsd } of uses) {
    for (let n = 0; n < hour.length; n++) usd[hourOfWeek(hour[n]!)]! += onDemandUsd[n]!;
  }
  const means = usd.map((sum, cell) => (count[cell]! > 0 ? sum / count[cell]! : 0));
  const most = means.reduce((max, each) => Math.max(max, each), 0);
  return means.map((mean) => (most > 0 ? mean / most : 1));
}

const DETAIL: Readonly<Record<Headroom["detail"], string>> = {
  resource: "",
  partly:
    "Some endpoints, notebooks and apps are seen by usage type only: the export does not name all of their resources.",
  sku:
    "Seen by account and usage type only, because the export names no resources: several endpoints look like one, and what is found is a " +
    "guess. Export with resource ids (CUR: INCLUDE_RESOURCES) to have it by endpoint.",
  none: "The export is not hourly, so no pattern over hours can be seen: only families with a successor are told.",
};

const notesOf = (
  detail: Headroom["detail"],
  ambiguous: readonly string[],
  unmatched: readonly string[],
): string[] => [
  ...(DETAIL[detail] === "" ? [] : [DETAIL[detail]]),
  ...(ambiguous.length === 0
    ? []
    : [
        `Metrics of ${ambiguous.join(", ")} were left out: several endpoints of that name are billed, and metrics do not say which one it is.`,
      ]),
  ...(unmatched.length === 0
    ? []
    : [`Metrics of ${unmatched.join(", ")} were left out: no endpoint of that name is billed by resource.`]),
];

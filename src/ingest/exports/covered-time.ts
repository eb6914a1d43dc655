/**
 * The time that the deliveries cover: the history, whether SageMaker was used in it or not. An hour that was delivered
 * without usage is an hour of zero; an hour that was not delivered is none.
 *
 * - A billing period that another follows, or that was delivered after its end, is covered to its end.
 * - A running one, to the newest hour in which usage of any service begins, and no further than the
 *   time of its delivery.
 * - The first one is covered from the first hour in which usage of any service begins: an export
 *   may have begun within it.
 * - Where the export holds SageMaker's lines alone, the beginning is its period's, the end the delivery's; without a
 *   folder that tells the period, or a time of delivery, the usage's own, and a finding says so.
 * - Cost Explorer names its hours. The normalized table does not: there the table's own span counts.
 */
import { hoursOfPeriod } from "../../domain/billing-period.ts";
import type { CoveredEnd, CoveredTime, DeliveryRead, PeriodUsage } from "../../domain/billing.ts";
import type { Finding } from "../../domain/documents/finding.ts";
import { hourOfMs, isoHour, parseUtcMs, type Hour, type HourSpan } from "../../domain/hour.ts";
import { TERM_HOURS } from "../../domain/offering.ts";
import { shownPath } from "../../domain/shown-path.ts";
import type { UsageSpan } from "./hourly-spend.ts";
import { deliveredAt, joinedSpan } from "./period-usage.ts";

interface Told extends PeriodUsage {
  hours: HourSpan;
  inFolder: boolean;
  delivered: Hour | null;
  source: string;
}

/** How far `--from` and `--to` may reach beyond the usage of a table that does not say its time: the longest term. */
const WIDEST_HOURS = TERM_HOURS["3yr"];

/** `used`: all SageMaker usage that was read, null without any. Null when nothing tells. */
export function coveredTime(read: readonly DeliveryRead[], used: UsageSpan | null): CoveredTime | null {
  const allTold = read.flatMap(toldBy);
  const told = withUsage(allTold);
  const answers = read.flatMap(({ costExplorer = [] }) => costExplorer);
  const named = answers
    .flatMap(({ periods }) => periods)
    .reduce<HourSpan | null>((all, period) => joinedSpan(all, period), null);
  if (told.length === 0) {
    if (used === null) return null;
    const isNamed = named !== null && answers.length === read.length;
    const source = shownPath(read[0]?.inputs[0]?.path ?? "");
    const end = (hour: Hour, edge: Hour, furthest: Hour): CoveredEnd =>
      isNamed
        ? { hour: edge, furthest: edge, assumed: null, source }
        : { hour, furthest, assumed: "usage", source };
    return {
      from: end(used.from, Math.min(used.from, named?.from ?? used.from), used.from - WIDEST_HOURS),
      to: end(used.to, Math.max(used.to, named?.to ?? used.to), used.to + WIDEST_HOURS),
      common: Math.max(used.to, named?.to ?? used.to),
      delivered: isNamed ? named.to : null,
      missing: [],
      astray: [],
    };
  }
  const periods = [...new Set(told.map(({ billingPeriod }) => billingPeriod))].sort();
  const first = ofPeriod(told, periods[0]!);
  const newest = ofPeriod(told, periods.at(-1)!);
  const begins = first.map(beginning).reduce((a, b) => (b.hour < a.hour ? b : a));
  const ends = newest.map((each) => ending(each, used?.granularityHours ?? 1));
  const known = ends.filter(({ assumed }) => assumed === null);
  const last = (known.length > 0 ? known : ends).reduce((a, b) => (b.hour > a.hour ? b : a));
  const outermost = [used, named].filter((span) => span !== null);
  const to = Math.max(last.hour, ...outermost.map((span) => span.to));
  // A table or an answer beside the exports may tell of later hours: one after the other, not side by side.
  const isSideBySide = known.length > 0 && read.every((each) => toldBy(each).length > 0);
  const deliveries = newest.flatMap(({ delivered }) => delivered ?? []);
  return {
    from: { ...begins, hour: Math.min(begins.hour, ...outermost.map((span) => span.from)) },
    to: { ...last, hour: to, furthest: Math.max(to, last.furthest) },
    common: isSideBySide ? Math.min(...known.map(({ hour }) => hour)) : to,
    delivered: deliveries.length > 0 ? Math.max(...deliveries) : null,
    missing: answers.length > 0 ? [] : missingPeriods(periods),
    astray: [...new Set(allTold.map(({ billingPeriod }) => billingPeriod))].filter(
      (each) => !periods.includes(each),
    ),
  };
}

function toldBy({ delivery, periods = [], inputs, formats }: DeliveryRead): Told[] {
  if (formats.every((format) => format === "normalized" || format.startsWith("Cost Explorer"))) return [];
  return periods.flatMap((period) => {
    const hours = hoursOfPeriod(period.billingPeriod);
    if (hours === null) return [];
    const source = shownPath(inputs[0]?.path ?? "");
    const delivered = deliveredAt(delivery.version);
    return [{ ...period, hours, inFolder: delivery.billingPeriod !== "", delivered, source }];
  });
}

/**
 * A period that no folder names but a column does, and in which none of its usage begins, counts where it adjoins one
 * that does: a month of fees alone. Elsewhere its date is wrong.
 */
function withUsage(told: readonly Told[]): Told[] {
  const isUsed = ({ inFolder, hours, sageMaker, any }: Told): boolean =>
    inFolder ||
    [sageMaker, any].some((span) => span !== null && span.from < hours.to && span.to > hours.from);
  const kept = new Set(told.filter(isUsed));
  const byTime = told.toSorted((a, b) => a.hours.from - b.hours.from);
  for (const each of [...byTime, ...byTime.toReversed()]) {
    const adjoins = ({ hours }: Told): boolean => hours.to >= each.hours.from && hours.from <= each.hours.to;
    if ([...kept].some(adjoins)) kept.add(each);
  }
  return kept.size > 0 ? told.filter((each) => kept.has(each)) : [...told];
}

/**
 * Where one export holds SageMaker usage of the period and another none, the other is of accounts
 * that have nothing to do with it.
 */
function ofPeriod(told: readonly Told[], billingPeriod: string): Told[] {
  const all = told.filter((each) => each.billingPeriod === billingPeriod);
  const used = all.filter(({ sageMaker }) => sageMaker !== null);
  return used.length > 0 ? used : all;
}

function beginning({ hours, sageMaker, any, hasOthers, inFolder, source }: Told): CoveredEnd {
  const known = (hour: Hour): CoveredEnd => ({ hour, furthest: hour, assumed: null, source });
  if (sageMaker !== null && sageMaker.from <= hours.from) return known(hours.from);
  if (hasOthers && any !== null) return known(Math.max(hours.from, any.from));
  if (inFolder) return { hour: hours.from, furthest: hours.from, assumed: "period", source };
  return { hour: sageMaker?.from ?? hours.from, furthest: hours.from, assumed: "usage", source };
}

function ending(told: Told, granularityHours: number): CoveredEnd {
  const { hours, sageMaker, any, hasOthers, delivered, source } = told;
  const known = (hour: Hour): CoveredEnd => ({ hour, furthest: hour, assumed: null, source });
  // A day's line begins with its first hour; days may be followed by hours.
  const endOf = ({ to }: HourSpan): Hour => ((to - 1) % 24 === 0 && granularityHours === 24 ? to + 23 : to);
  if (granularityHours > 24 || (delivered !== null && delivered >= hours.to)) return known(hours.to);
  const used = sageMaker === null ? hours.from : endOf(sageMaker);
  if (used >= hours.to) return known(hours.to);
  const latest = delivered === null ? hours.to : granularityHours === 1 ? delivered : nextDay(delivered);
  if (hasOthers && any !== null) return known(Math.max(used, Math.min(endOf(any), latest, hours.to)));
  if (delivered !== null) return known(Math.max(used, Math.min(latest, hours.to)));
  return { hour: used, furthest: hours.to, assumed: "usage", source };
}

/** The day of the delivery is told in part. */
const nextDay = (hour: Hour): Hour => (Math.floor(hour / 24) + 1) * 24;

function missingPeriods(periods: readonly string[]): string[] {
  const missing: string[] = [];
  const last = hoursOfPeriod(periods.at(-1)!)!;
  for (let hours = hoursOfPeriod(periods[0]!)!; hours.from < last.from;) {
    const name = isoHour(hours.from).slice(0, 7);
    if (!periods.includes(name)) missing.push(name);
    hours = hoursOfPeriod(isoHour(hours.to).slice(0, 7))!;
  }
  return missing;
}

/** What bounds the covered time beside the deliveries. */
export interface AskedTime {
  /** `--from` and `--to`: they move an end outward as far as the deliveries leave it open. */
  from?: string | undefined;
  to?: string | undefined;
  /** The instant of a review: later hours are not looked at. */
  until?: Hour | undefined;
}

export function asAsked(covered: CoveredTime, { from, to, until = Infinity }: AskedTime): CoveredTime {
  const start = moved(covered.from, from);
  const end = moved(covered.to, to);
  const isMoved = end !== covered.to;
  return {
    ...covered,
    from: start,
    to: { ...end, hour: Math.min(end.hour, until), furthest: Math.min(end.furthest, until) },
    common: Math.min(isMoved ? end.hour : covered.common, until),
  };
}

/** An unreadable date is told by who reads the option. */
function moved(end: CoveredEnd, text: string | undefined): CoveredEnd {
  const asked = text === undefined ? Number.NaN : hourOfMs(parseUtcMs(text));
  const [low, high] = [Math.min(end.hour, end.furthest), Math.max(end.hour, end.furthest)];
  return asked >= low && asked <= high && asked !== end.hour ? { ...end, hour: asked, assumed: null } : end;
}

/** What of the covered time was assumed, and what it changes. */
export function coverageFindings(
  { from, to, missing, astray }: CoveredTime,
  used: UsageSpan | null,
): Finding[] {
  const first = used?.from ?? to.hour;
  const assumed = [
    ...(from.assumed === "period" && from.hour < first ? [periodAssumed(from.hour, first)] : []),
    ...(from.assumed === "usage" && from.hour > from.furthest
      ? [
          `Nothing tells from when on this data was collected: the history begins with its first usage, ${isoHour(from.hour)}.`,
        ]
      : []),
    ...(to.assumed === "usage" && to.hour < to.furthest
      ? [
          `Nothing tells until when this data was collected: the history ends with its newest usage, ${isoHour(to.hour)}.`,
        ]
      : []),
  ];
  const wider =
    "If it was collected over more time, hours of zero use are missing and the commitment may be too high: name its first hour with --from, " +
    "the hour after its last with --to.";
  const findings: Finding[] = [];
  if (assumed.length > 0) {
    const message = [...assumed, ...(from.assumed === "usage" || to.assumed === "usage" ? [wider] : [])].join(
      " ",
    );
    findings.push({ code: "history-span-assumed", message, usd: 0, source: to.source });
  }
  if (missing.length > 0) {
    findings.push({
      code: "period-not-delivered",
      message:
        `No delivery of ${missing.join(", ")} was given, though there are of the time before and after: a decision's history begins after it. Add it, or ` +
        `count what lies before it, and its own hours as hours of zero use, with --from ${isoHour(from.hour)}.`,
      usd: 0,
      source: to.source,
    });
  }
  if (astray.length > 0) {
    findings.push({
      code: "billing-period-astray",
      message:
        `Rows name the billing period ${astray.join(", ")}, in which no usage falls: their dollars count, and that period does not count as delivered. ` +
        "Download the export again.",
      usd: 0,
      source: to.source,
    });
  }
  return findings;
}

const periodAssumed = (from: Hour, used: Hour): string =>
  `The export holds SageMaker's lines alone, so whether it began on ${isoHour(from).slice(0, 10)} or later can't be told: ${used - from} hours before ` +
  `the first usage count as hours of zero use. If it began later, the commitment may be too low: name its first hour with --from.`;

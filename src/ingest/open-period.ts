/**
 * The newest day or month of the usage, if it may not be over. An hour is told as it comes in; a day that is half over would be spread
 * over all of its hours, as if usage had fallen.
 */
import { UTCDate } from "@date-fns/utc";
import type { Finding } from "../domain/finding.ts";
import { HOUR_MS, isoHour, type HourSpan } from "../domain/hour.ts";
import type { HourlySpend } from "../domain/usage.ts";
import type { DeliveryRead } from "./read-export.ts";
import { shownPath } from "./shown-path.ts";

export interface OpenPeriod extends HourSpan {
  /** True of a history that ends before it, and of one that is not cut yet. */
  finding: Finding;
}

/** null for hours, for what is over, and when there is no other period. */
export function openPeriod(read: readonly DeliveryRead[], spend: HourlySpend): OpenPeriod | null {
  const { from, hourCount, granularityHours } = spend;
  if (granularityHours === 1) return null;
  const to = from + hourCount;
  const files = read.flatMap(({ costExplorer = [] }) => costExplorer);
  // Cost Explorer says what it calls an estimate; an export says nothing.
  const open =
    files.length > 0
      ? files.flatMap((file) => file.open ?? []).find((period) => period.to === to)
      : openDay(to, granularityHours);
  return open && open.from > from ? { ...open, finding: findingOf(read, spend, open) } : null;
}

/**
 * The newest day, but for the last of a month: the export of a month that is over ends there. A month is delivered again until its bill is
 * final, so which is the newest when only months are told can't be known; they count. Where the usage ends within a day, its newest lines
 * are of hours, which are whole.
 */
function openDay(to: number, granularityHours: number): HourSpan | null {
  const endsDay = to % 24 === 0;
  const endsMonth = new UTCDate(to * HOUR_MS).getUTCDate() === 1;
  return granularityHours === 24 && endsDay && !endsMonth ? { from: to - 24, to } : null;
}

function findingOf(read: readonly DeliveryRead[], spend: HourlySpend, open: HourSpan): Finding {
  const usd = spend.onDemandUsd.reduce(
    (sum, each, row) => sum + (spend.from + spend.hour[row]! >= open.from ? each : 0),
    0,
  );
  const asked = read.flatMap(({ costExplorer = [] }) => costExplorer)[0];
  const period = spend.granularityHours > 24 ? "month" : "day";
  const message =
    `The newest ${period} may not be over yet, and what it holds would be spread over all of its hours, as if usage had fallen: a decision's history ` +
    `ends before it, on ${isoHour(open.from).slice(0, 10)}. If it is whole, count it there with --to ${isoHour(open.to).slice(0, 10)}.`;
  return asked
    ? { code: "cost-explorer-newest-period", message, usd, source: shownPath(asked.path) }
    : { code: "newest-day-left-out", message, usd, source: newestPath(read) };
}

/** The first file of the newest billing period, as far as folders tell periods. */
function newestPath(read: readonly DeliveryRead[]): string {
  const byPeriod = read.toSorted((a, b) => (a.delivery.billingPeriod < b.delivery.billingPeriod ? -1 : 1));
  return shownPath(byPeriod.at(-1)?.inputs[0]?.path ?? "");
}

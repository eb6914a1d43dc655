/**
 * The newest hours that may not be complete yet: a day or month that may not be over, which would be spread over all of
 * its hours, as if usage had fallen; hours whose lines AWS has not delivered; hours that only some of the exports tell.
 */
import { UTCDate } from "@date-fns/utc";
import type { CoveredTime, DeliveryRead, OpenPeriod } from "../../domain/billing.ts";
import type { Finding } from "../../domain/documents/finding.ts";
import { HOUR_MS, isoHour, type HourSpan } from "../../domain/hour.ts";
import { shownPath } from "../../domain/shown-path.ts";
import type { HourlySpend } from "../../domain/usage.ts";
import { lateHours } from "./late-hours.ts";

/** null for what is complete, and when there is no other time. */
export function openPeriod(
  read: readonly DeliveryRead[],
  spend: HourlySpend,
  covered: CoveredTime,
): OpenPeriod | null {
  const { from, hourCount, granularityHours } = spend;
  const to = from + hourCount;
  if (granularityHours === 1) return openHours(read, spend, covered);
  const files = read.flatMap(({ costExplorer = [] }) => costExplorer);
  // Cost Explorer says what it calls an estimate; an export says nothing.
  const open =
    files.length > 0
      ? files.flatMap((file) => file.open ?? []).find((period) => period.to === to)
      : openDay(to, covered.common, granularityHours);
  return open && open.from > from ? { ...open, finding: findingOf(read, spend, open) } : null;
}

/**
 * The newest day, but for the last of a month: the export of a month that is over ends there. A month is delivered
 * again until its bill is final, so which is the newest when only months are told can't be known; they count. Where the
 * usage ends within a day, its newest lines are of hours, which are whole.
 */
function openDay(to: number, common: number, granularityHours: number): HourSpan | null {
  const endsDay = common % 24 === 0;
  const endsMonth = new UTCDate(common * HOUR_MS).getUTCDate() === 1;
  if (granularityHours === 24 && endsDay && !endsMonth) return { from: common - 24, to };
  return common < to ? { from: common, to } : null;
}

function openHours(
  read: readonly DeliveryRead[],
  spend: HourlySpend,
  { common, delivered }: CoveredTime,
): OpenPeriod | null {
  const to = spend.from + spend.hourCount;
  const end = Math.min(common, to);
  const late = lateHours(spend, end, delivered);
  const open = { from: end - late, to };
  if (open.from >= to || open.from <= spend.from) return null;
  const why = [
    ...(late > 0
      ? [
          `${late === 1 ? "the newest hour holds" : `the newest ${late} hours hold`} less than the same hours of the weeks before, in most usage types at once, ` +
            "as when lines have not been delivered yet",
        ]
      : []),
    ...(end < to ? [`${to - end} hours are told by some of the exports only`] : []),
  ].join(", and ");
  const message =
    `A decision leaves out ${to - open.from} ${to - open.from === 1 ? "hour" : "hours"} from ${isoHour(open.from)} on, as incomplete: ${why}. If they are ` +
    `complete, usage has fallen: count them with --to ${isoHour(to)}.`;
  const finding: Finding = {
    code: "newest-hours-left-out",
    message,
    usd: usdFrom(spend, open.from),
    source: newestPath(read),
  };
  return { ...open, finding };
}

const usdFrom = (spend: HourlySpend, from: number): number =>
  spend.onDemandUsd.reduce((sum, each, row) => sum + (spend.from + spend.hour[row]! >= from ? each : 0), 0);

function findingOf(read: readonly DeliveryRead[], spend: HourlySpend, open: HourSpan): Finding {
  const usd = usdFrom(spend, open.from);
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

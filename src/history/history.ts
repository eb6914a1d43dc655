/** The hours of the history that count, and the usage in them. */
import { UTCDate } from "@date-fns/utc";
import { subMonths } from "date-fns";
import { hoursOfPeriod } from "../domain/billing-period.ts";
import type { Billing } from "../domain/billing.ts";
import type { History } from "../domain/documents/history.ts";
import type { Eligibility } from "../domain/eligibility.ts";
import { SageplanError } from "../domain/error.ts";
import { HOUR_MS, hourOfMs, isoHour, parseUtcMs, type Hour, type HourSpan } from "../domain/hour.ts";
import { lookbackOptions, type HistoryOptions, type Lookback } from "../domain/options/decision.ts";
import { spanOf, type HourlySpend } from "../domain/usage.ts";

/**
 * The hours of the history that count: without the newest that may not be complete, unless `--to` is named. Then the
 * billing no longer tells of them.
 * @throws SageplanError `wrong-call` when they lie outside of what the deliveries cover
 */
export function wholeHistory(
  billing: Billing,
  spend: HourlySpend,
  options: HistoryOptions,
): { span: HourSpan; billing: Billing } {
  const { open, findings } = billing;
  const after = firstWhole(billing);
  if (open === null) return { span: historySpan(spend, after, options), billing };
  if (options.to === undefined)
    return { span: historySpan(spend, after, { ...options, to: isoHour(open.from) }), billing };
  const others = findings.filter((finding) => finding !== open.finding);
  return { span: historySpan(spend, after, options), billing: { ...billing, findings: others } };
}

/** The hour after the last month that was not delivered. */
function firstWhole({ covered }: Billing): Hour {
  const last = covered?.missing.at(-1);
  return (last === undefined ? null : hoursOfPeriod(last))?.to ?? -Infinity;
}

/** From `after` on, unless `--from` says otherwise. */
function historySpan(
  spend: HourlySpend,
  after: Hour,
  { from, to, lookback = lookbackOptions.lookback.default }: HistoryOptions,
): HourSpan {
  const data = spanOf(spend);
  const end = to === undefined ? data.to : parsedHour(to, "--to");
  const start =
    from === undefined ? Math.max(data.from, after, lookedBack(end, lookback)) : parsedHour(from, "--from");
  const isFromBeyond = start < data.from || start >= data.to;
  if (isFromBeyond || end > data.to || end <= data.from) {
    const [option, asked] = isFromBeyond ? ["--from", start] : ["--to", end];
    throw new SageplanError(
      "wrong-call",
      `${option} ${isoHour(asked)} lies beyond what was delivered: these files cover ${isoHour(data.from)} to ${isoHour(data.to)}. ` +
        "Choose dates within it, or add the deliveries of the other time.",
    );
  }
  if (start < end) return { from: start, to: end };
  throw new SageplanError(
    "wrong-call",
    `--to does not lie after --from, so no hour lies between them: these files cover ${isoHour(data.from)} to ${isoHour(data.to)}. Choose dates within it.`,
  );
}

/** The rows of the spend that lie in the span, of the same memory; hours count from its start. */
export function withinSpan(spend: HourlySpend, { from, to }: HourSpan): HourlySpend {
  const shift = from - spend.from;
  const [first, end] = [firstRowFrom(spend.hour, shift), firstRowFrom(spend.hour, to - spend.from)];
  return {
    ...spend,
    from,
    hourCount: to - from,
    hour: shift === 0 ? spend.hour.subarray(first, end) : spend.hour.slice(first, end).map((h) => h - shift),
    item: spend.item.subarray(first, end),
    usageHours: spend.usageHours.subarray(first, end),
    onDemandUsd: spend.onDemandUsd.subarray(first, end),
    coveredOnDemandUsd: spend.coveredOnDemandUsd.subarray(first, end),
    coveredSavingsPlanUsd: spend.coveredSavingsPlanUsd.subarray(first, end),
    coveredByUnknownUsd: spend.coveredByUnknownUsd.subarray(first, end),
  };
}

/** Rows ascend by hour. */
function firstRowFrom(hours: Int32Array, hour: number): number {
  let [low, high] = [0, hours.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (hours[middle]! < hour) low = middle + 1;
    else high = middle;
  }
  return low;
}

function parsedHour(text: string, option: string): number {
  const ms = parseUtcMs(text);
  if (Number.isNaN(ms)) {
    throw new SageplanError(
      "wrong-call",
      `${option} ${text} is not a date; write 2026-10-01 or 2026-10-01T05:00:00Z.`,
    );
  }
  return hourOfMs(ms);
}

function lookedBack(end: number, lookback: Lookback): number {
  if (lookback === "all") return -Infinity;
  if (lookback === "13mo") return hourOfMs(subMonths(new UTCDate(end * HOUR_MS), 13).getTime());
  return end - Number.parseInt(lookback, 10) * 24;
}

/** The history in dollars at On-Demand rates, by eligibility. */
export function historyOf(spend: HourlySpend, eligibility: readonly Eligibility[]): History {
  const usd = { yes: 0, no: 0, unconfirmed: 0 };
  const seen = new Uint8Array(spend.hourCount);
  for (let row = 0; row < spend.hour.length; row++) {
    seen[spend.hour[row]!] = 1;
    usd[eligibility[spend.items[spend.item[row]!]!.sku]!.eligible] += spend.onDemandUsd[row]!;
  }
  return {
    from: isoHour(spend.from),
    to: isoHour(spend.from + spend.hourCount),
    hours: seen.length,
    onDemandUsd: usd.yes + usd.no + usd.unconfirmed,
    eligibleUsd: usd.yes,
    ineligibleUsd: usd.no,
    unconfirmedUsd: usd.unconfirmed,
    missingHours: seen.reduce((missing, flag) => missing + (1 - flag), 0),
  };
}

/**
 * A plan covers accounts of one organisation only, so usage of two can't be pooled.
 * @throws SageplanError `wrong-call`
 */
export function requireOnePayer({ payerAccounts }: Billing): void {
  if (payerAccounts.length <= 1) return;
  throw new SageplanError(
    "wrong-call",
    `These exports are of ${payerAccounts.length} organisations (payer accounts ${payerAccounts.join(", ")}), and a Savings Plan covers ` +
      "the accounts of one only. Run sageplan once for each, on its own exports.",
  );
}

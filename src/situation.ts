/** What was read and what was asked for → the situation in which a purchase is weighed. */
import { UTCDate } from "@date-fns/utc";
import { subMonths } from "date-fns";
import { demandOf } from "./domain/demand.ts";
import { SageplanError } from "./domain/error.ts";
import { HOUR_MS, hourOfMs, isoHour, type HourSpan } from "./domain/hour.ts";
import type { History } from "./domain/recommendation.ts";
import type { Situation } from "./domain/situation.ts";
import type { HourlySpend } from "./domain/usage.ts";
import type { Billing } from "./ingest/billing.ts";
import { eligibilityOf, type Eligibility } from "./ingest/eligibility.ts";
import type { RatesInUse } from "./ingest/rates-in-use.ts";
import { ownedTerms } from "./replay.ts";

export type Lookback = "7d" | "30d" | "60d" | "13mo" | "all";

export interface HistoryOptions {
  /** ISO 8601; the first hour that counts, and the hour after the last. */
  from?: string | undefined;
  to?: string | undefined;
  lookback?: Lookback | undefined;
}

/**
 * The hours of the history that count.
 * @throws SageplanError `wrong-call` when they lie outside of the data
 */
export function historySpan(spend: HourlySpend, { from, to, lookback = "all" }: HistoryOptions): HourSpan {
  const data = { from: spend.from, to: spend.from + spend.hourCount };
  const end = Math.min(to === undefined ? data.to : parsedHour(to, "--to"), data.to);
  const start = from === undefined ? lookedBack(end, lookback) : parsedHour(from, "--from");
  const span = { from: Math.max(data.from, start), to: end };
  if (span.from < span.to) return span;
  throw new SageplanError(
    "wrong-call",
    `No usage lies between --from and --to: the data spans ${isoHour(data.from)} to ${isoHour(data.to)}. Choose dates within it.`,
  );
}

/** The rows of the spend that lie in the span; hours count from its start. */
export function withinSpan(spend: HourlySpend, { from, to }: HourSpan): HourlySpend {
  const first = spend.hour.findIndex((hour) => spend.from + hour >= from);
  const after = spend.hour.findIndex((hour) => spend.from + hour >= to);
  const begin = first < 0 ? spend.hour.length : first;
  const end = after < 0 ? spend.hour.length : after;
  return {
    ...spend,
    from,
    hourCount: to - from,
    hour: spend.hour.subarray(begin, end).map((hour) => hour + spend.from - from),
    item: spend.item.subarray(begin, end),
    usageHours: spend.usageHours.subarray(begin, end),
    onDemandUsd: spend.onDemandUsd.subarray(begin, end),
    coveredOnDemandUsd: spend.coveredOnDemandUsd.subarray(begin, end),
    coveredSavingsPlanUsd: spend.coveredSavingsPlanUsd.subarray(begin, end),
    coveredByUnknownUsd: spend.coveredByUnknownUsd.subarray(begin, end),
  };
}

function parsedHour(text: string, option: string): number {
  const ms = Date.parse(/T|:/.test(text) && !/Z|[+-]\d\d:?\d\d$/.test(text) ? `${text}Z` : text);
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

export const eligibilities = (spend: HourlySpend, rates: RatesInUse): Eligibility[] =>
  spend.skus.map(({ usageType, operation }) => eligibilityOf(usageType, operation, rates.ratedKeys));

export const spanOf = ({ from, hourCount }: HourlySpend): HourSpan => ({ from, to: from + hourCount });

export function situationOf(
  billing: Billing,
  spend: HourlySpend,
  rates: RatesInUse,
  options: { sharing: boolean; negotiatedDiscount: number },
): Situation {
  const eligibleSku = eligibilities(spend, rates).map(({ eligible }) => eligible === "yes");
  const span = spanOf(spend);
  return {
    span,
    demand: demandOf(spend, eligibleSku, span),
    skus: spend.skus,
    owned: ownedTerms(billing, rates, span),
    buyer: billing.payerAccounts[0] ?? "",
    ...options,
  };
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

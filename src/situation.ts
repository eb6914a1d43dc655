/** What was read and what was asked for → the situation in which a purchase is weighed. */
import { UTCDate } from "@date-fns/utc";
import { subMonths } from "date-fns";
import { demandOf } from "./domain/demand.ts";
import type { DeclaredEvent } from "./domain/event.ts";
import { SageplanError } from "./domain/error.ts";
import type { OwnedPlan } from "./domain/commitment.ts";
import { MONTH_HOURS, TERM_HOURS, TERM_MONTHS } from "./domain/offering.ts";
import { HOUR_MS, hourOfMs, isoHour, parseUtcMs, type Hour, type HourSpan } from "./domain/hour.ts";
import type { History } from "./domain/recommendation.ts";
import { certain, type ScenarioSet } from "./domain/scenario.ts";
import type { Situation } from "./domain/situation.ts";
import type { Demand, HourlySpend } from "./domain/usage.ts";
import type { Billing } from "./ingest/billing.ts";
import { hoursOfPeriod } from "./domain/billing-period.ts";
import { eligibilityOf, type Eligibility } from "./ingest/eligibility.ts";
import type { RatesInUse } from "./ingest/rates-in-use.ts";
import { withCutSkus } from "./cut-rates.ts";
import { termsOf } from "./replay.ts";
import { sampleBreaks } from "./sample-breaks.ts";
import { bootstrap, type BootstrapOptions } from "./scenario/bootstrap.ts";
import { withEvents } from "./scenario/events.ts";
import { withPriceCuts } from "./scenario/price-cuts.ts";
import { usageByMonth } from "./scenario/monthly.ts";
import { sampledHours } from "./scenario/sample.ts";
import { treeOf } from "./scenario/tree.ts";

export type Lookback = "7d" | "30d" | "60d" | "13mo" | "all";

export interface HistoryOptions {
  /** ISO 8601; the first hour that counts, and the hour after the last. */
  from?: string | undefined;
  to?: string | undefined;
  lookback?: Lookback | undefined;
}

/**
 * The hours of the history that count: without the newest that may not be complete, unless `--to` is named. Then the billing no longer
 * tells of them.
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
  { from, to, lookback = "all" }: HistoryOptions,
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

/** The rows of the spend that lie in the span; hours count from its start. */
export function withinSpan(spend: HourlySpend, { from, to }: HourSpan): HourlySpend {
  const shift = from - spend.from;
  const inside = (_: number, row: number): boolean => {
    const hour = spend.from + spend.hour[row]!;
    return hour >= from && hour < to;
  };
  return {
    ...spend,
    from,
    hourCount: to - from,
    hour: spend.hour.filter(inside).map((hour) => hour - shift),
    item: spend.item.filter(inside),
    usageHours: spend.usageHours.filter(inside),
    onDemandUsd: spend.onDemandUsd.filter(inside),
    coveredOnDemandUsd: spend.coveredOnDemandUsd.filter(inside),
    coveredSavingsPlanUsd: spend.coveredSavingsPlanUsd.filter(inside),
    coveredByUnknownUsd: spend.coveredByUnknownUsd.filter(inside),
  };
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

export const eligibilities = (spend: HourlySpend, rates: RatesInUse): Eligibility[] =>
  spend.skus.map(({ usageType, operation }) => eligibilityOf(usageType, operation, rates.ratedKeys));

export const spanOf = ({ from, hourCount }: HourlySpend): HourSpan => ({ from, to: from + hourCount });

/** Where the futures come from; hours are counted from the history's end, or lie in the file's span. */
export type Supposed =
  | { kind: "history" }
  /** The user's own spend, hours scenario after scenario. */
  | { kind: "file"; spend: HourlySpend; span: HourSpan; scenariosOf: (base: Demand) => ScenarioSet }
  | ({ kind: "bootstrap" } & Sampling);

/** What sampled futures are asked for. */
export interface Sampling extends BootstrapOptions {
  events: readonly DeclaredEvent[];
  /** Families whose price cuts are drawn apart: those that only some of several worlds have. */
  apart?: ReadonlySet<string> | undefined;
}

/** Hours that are settled in all scenarios together: more would only repeat what the sample says. */
const SAMPLED_HOURS = 12_000;
/** Hours of each scenario. */
const LEAST_HOURS = 60;
const MOST_HOURS = 150;

/**
 * When the past repeats, a purchase starts as the history ends, so it is weighed beside the plans that are owned then, in every
 * hour that is replayed: what a plan that has ended covered is uncovered from now on, and what a plan bought late in the history
 * covers is covered from now on. Supposed futures have dates of their own, and plans begin and end in them.
 */
export function situationOf(
  billing: Billing,
  spend: HourlySpend,
  supposed: Supposed,
  rates: RatesInUse,
  options: { sharing: boolean; negotiatedDiscount: number },
): Situation {
  const eligibleSku = eligibilities(spend, rates).map(({ eligible }) => eligible === "yes");
  const history = spanOf(spend);
  const demand = demandOf(spend, eligibleSku, history);
  const owned = billing.ownedPlans
    .filter((plan) => isOwnedAt(plan, history.to))
    .map((plan) => ({ ...termsOf(plan, rates, history), activeFrom: 0, activeTo: demand.hourCount }));
  const past = { demand, owned };
  const buyer = options.sharing ? (billing.payerAccounts[0] ?? "") : largestAccount(demand);
  const common = {
    skus: spend.skus,
    past,
    buyer,
    events: supposed.kind === "bootstrap" ? supposed.events : [],
    ...options,
  };
  if (supposed.kind === "history") {
    const futures = certain(demand);
    const monthlyUsd = monthlyUsdOf(futures);
    return {
      ...common,
      span: history,
      start: history.to,
      futures,
      monthlyUsd,
      pastRepeats: true,
      assumed: null,
      tree: null,
      owned,
    };
  }
  const later = { ...common, pastRepeats: false };
  if (supposed.kind === "file") {
    const { span } = supposed;
    const futures = supposed.scenariosOf(demandOf(supposed.spend, eligibleSku, spanOf(supposed.spend)));
    const plans = billing.ownedPlans.map((plan) => termsOf(plan, rates, span));
    const monthlyUsd = monthlyUsdOf(futures);
    return { ...later, span, start: span.from, futures, monthlyUsd, assumed: null, tree: null, owned: plans };
  }
  const span = { from: history.to, to: history.to + supposed.horizonHours };
  const { paths, assumed } = bootstrap(demand, supposed);
  const eventful = withEvents(paths, spend.skus, span.from, supposed.events, supposed.seed);
  const { paths: priced, cut } = withPriceCuts(eventful, spend.skus, supposed.seed, supposed.apart);
  const ratesThen = withCutSkus(rates, cut);
  const plans = billing.ownedPlans.map((plan) => termsOf(plan, ratesThen, span));
  const hours = hoursOfEach(supposed.scenarios, supposed.horizonHours);
  const futures = sampledHours(priced, hours, sampleBreaks(plans, supposed.horizonHours, hours));
  return {
    ...later,
    skus: [...spend.skus, ...cut.map(({ of }) => spend.skus[of]!)],
    span,
    start: span.from,
    futures,
    monthlyUsd: usageByMonth(priced, MONTH_HOURS, TERM_MONTHS["1yr"]),
    assumed: { ...assumed, cutSkus: cut },
    tree: supposed.horizonHours === TERM_HOURS["3yr"] ? treeOf(priced, YEARS) : null,
    owned: plans,
  };
}

/** The same of futures that hold every hour. */
function monthlyUsdOf({ hourCount, base, probability, baseHour, growth }: ScenarioSet): Float64Array {
  const hourUsd = new Float64Array(base.hourCount);
  for (let n = 0; n < base.hour.length; n++) hourUsd[base.hour[n]!]! += base.onDemandUsd[n]!;
  const months = TERM_MONTHS["1yr"];
  return Float64Array.from({ length: probability.length * months }, (_, n) => {
    const [s, from] = [Math.floor(n / months), (n % months) * MONTH_HOURS];
    const to = Math.min(from + MONTH_HOURS, hourCount);
    let usd = 0;
    for (let visit = s * hourCount + from; visit < s * hourCount + to; visit++) {
      usd += growth[visit]! * hourUsd[baseHour[visit]!]!;
    }
    return usd / Math.max(1, to - from);
  });
}

/** Decisions over three years: one at the start of each. */
const YEARS = 3;

/** As many in each month, where the horizon is made of months. */
function hoursOfEach(scenarios: number, horizonHours: number): number {
  const hours = Math.min(MOST_HOURS, Math.max(LEAST_HOURS, Math.round(SAMPLED_HOURS / scenarios)));
  const months = horizonHours / MONTH_HOURS;
  return Number.isInteger(months) ? months * Math.ceil(hours / months) : hours;
}

/** A plan bought late covers from now on; one that is queued, from its start. */
export const isOwnedAt = ({ start, end, isQueued }: OwnedPlan, hour: Hour): boolean =>
  (end === null || end > hour) && !(isQueued && (start ?? hour) > hour);

/** Without sharing a plan serves its own account only: the account that spends the most is the one to buy for. */
function largestAccount(demand: Demand): string {
  const usd = new Map<string, number>();
  for (const [item, { account }] of demand.items.entries()) {
    const spent = demand.onDemandUsd.subarray(demand.start[item], demand.start[item + 1]);
    usd.set(
      account,
      spent.reduce((sum, each) => sum + each, usd.get(account) ?? 0),
    );
  }
  return [...usd].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? "";
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

/** What a reader must know of the futures. */
import type { Assumed } from "../domain/assumed.ts";
import type { DeclaredEvent } from "../domain/event.ts";
import { currencySign } from "../domain/currency.ts";
import type { Finding } from "../domain/documents/finding.ts";
import { isoHour } from "../domain/hour.ts";
import { offeringLabel, OFFERINGS, TERM_HOURS } from "../domain/offering.ts";
import type { Portfolio } from "../domain/portfolio.ts";
import type { OfferingRates } from "../domain/rates.ts";
import type { ScenarioSet } from "../domain/scenario.ts";
import { named, usdBySku } from "../history/totals.ts";
import type { PurchaseInputs } from "../problem/inputs.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

/** Usage that events bring and that the offering has no rate for. */
export function broughtWithoutRate(
  { spend, events, futuresInput }: PurchaseInputs,
  { ratio }: OfferingRates,
): Finding[] {
  if (events.length === 0) return [];
  const used = new Set(spend.item.map((item) => spend.items[item]!.sku));
  const unrated = spend.skus.flatMap((_, n) => (used.has(n) || ratio[n]! > 0 ? [] : [n]));
  if (unrated.length === 0) return [];
  return [
    {
      code: "event-without-rate",
      message:
        `${named(spend, unrated)}: brought by an event, and there is no rate for it: it stays On-Demand in every figure, so the answer is ` +
        "too low. Add its rows to the rate card, with on_demand_rate_usd.",
      usd: 0,
      source: futuresInput?.path ?? "",
    },
  ];
}

/** What the user declared, so that a result shows what it rests on. */
export const eventFindings = (events: readonly DeclaredEvent[], source: string): Finding[] =>
  events.map((event) => {
    const about = event.kind === "launch" ? event.sku.usageType : event.match.usageType;
    const likely =
      event.probability < 1 ? `, in ${(event.probability * 100).toFixed(0)} % of the scenarios` : "";
    const until = event.to === null ? "" : ` to ${isoHour(event.to)}`;
    const message = `Declared: ${event.kind} of ${about} from ${isoHour(event.from)}${until}${likely}.`;
    return { code: "declared-event", message, usd: 0, source };
  });

/** What sampled futures suppose, in the figures of this history. */
export function assumedFinding(
  { regimeDays, driftPerWeek, driftIsGiven, endsPerWeek, birthsPerWeek, levelScale }: Assumed,
  historyHours: number,
): Finding {
  const yearly = (perWeek: number): string => ((1 - (1 - perWeek) ** 52) * 100).toFixed(1);
  const drift = `${driftPerWeek < 0 ? "−" : "+"}${(Math.abs(Math.expm1(driftPerWeek)) * 100).toFixed(2)} % a week`;
  return {
    code: "futures-assumed",
    message:
      `Sampled from ${(historyHours / 24).toFixed(0)} days: the present way of use is ${regimeDays.join(", ")} days old, each as likely, or as ` +
      `new as the last 6 to 24 hours; its level is right to about ${(levelScale * 100).toFixed(0)} %, with a heavy tail, and walks on; it drifts by ` +
      `${drift}${driftIsGiven ? " (--growth)" : ", less each week"}; in a year ${yearly(endsPerWeek)} % of the SKUs end and ` +
      `${yearly(birthsPerWeek)} % double. On-Demand prices of accelerated families are cut by 30 % once in twenty years.`,
    usd: 0,
    source: "--futures bootstrap",
  };
}

/**
 * `[sku]` On-Demand dollars that are expected: of the history, or the mean of the user's own scenarios, which can use
 * what it never did.
 */
export function expectedUsdBySku(
  { spend, futuresSpend }: PurchaseInputs,
  { probability, hourCount }: ScenarioSet,
): Float64Array {
  if (futuresSpend === null) return usdBySku(spend);
  const onDemandUsd = futuresSpend.onDemandUsd.map(
    (usd, n) => usd * probability[Math.floor(futuresSpend.hour[n]! / hourCount)]!,
  );
  return usdBySku({ ...futuresSpend, onDemandUsd });
}

/**
 * Usage that the futures price otherwise than the rates in use: a price cut makes a commitment
 * lose, and the ratios hide it.
 */
export function futuresRateFindings(
  { billing, futuresSpend, eligibility, futuresInput }: PurchaseInputs,
  { probability, hourCount }: ScenarioSet,
  { ratio, savingsPlanRateUsd }: OfferingRates,
): Finding[] {
  if (futuresSpend === null) return [];
  let usd = 0;
  let first = -1;
  for (let row = 0; row < futuresSpend.hour.length; row++) {
    const { sku } = futuresSpend.items[futuresSpend.item[row]!]!;
    const inUse = savingsPlanRateUsd[sku]! / ratio[sku]!;
    if (!(futuresSpend.usageHours[row]! > 0.01) || !(inUse > 0) || eligibility[sku]!.eligible !== "yes")
      continue;
    const stated = futuresSpend.onDemandUsd[row]! / futuresSpend.usageHours[row]!;
    if (Math.abs(stated - inUse) <= FUTURES_RATE_CHANGE * inUse) continue;
    if (first < 0) first = row;
    usd += futuresSpend.onDemandUsd[row]! * probability[Math.floor(futuresSpend.hour[row]! / hourCount)]!;
  }
  if (first < 0) return [];
  const { sku } = futuresSpend.items[futuresSpend.item[first]!]!;
  const sign = currencySign(billing);
  return [
    {
      code: "futures-on-demand-rates-differ",
      message:
        `In the scenarios, ${futuresSpend.skus[sku]!.usageType} costs ${sign}${(futuresSpend.onDemandUsd[first]! / futuresSpend.usageHours[first]!).toFixed(4)} ` +
        `an hour On-Demand (first such row), while ${sign}${(savingsPlanRateUsd[sku]! / ratio[sku]!).toFixed(4)} is the rate in use. Savings are ` +
        "shares of On-Demand dollars here, so a price cut in the scenarios is seen as less usage, not as a smaller saving: where " +
        "On-Demand becomes cheaper, the saving is OVERSTATED, and a plan can lose money.",
      usd,
      source: futuresInput?.path ?? "",
    },
  ];
}

/** Amounts in a file of futures are rounded; more than this is another price. */
const FUTURES_RATE_CHANGE = 0.02;

/** What of the user's own futures no plan can cover, and plans that are shorter than they are. */
export function futuresFindings(
  inputs: PurchaseInputs,
  { scenarios, span }: PurchaseProblem,
  portfolio: Portfolio,
): Finding[] {
  const { spend, futuresSpend, futuresInput } = inputs;
  if (futuresSpend === null) return [];
  const findings: Finding[] = [];
  const { probability, hourCount } = scenarios;
  const eligibleUsd = scenarios.base.onDemandUsd.reduce(
    (sum, usd, n) => sum + usd * probability[Math.floor(scenarios.base.hour[n]! / hourCount)]!,
    0,
  );
  const leftOutUsd = expectedUsdBySku(inputs, scenarios).reduce((sum, usd) => sum + usd, 0) - eligibleUsd;
  if (leftOutUsd > 0.005) {
    findings.push({
      code: "futures-left-out",
      message:
        "Part of the usage in the scenarios (mean over them) is not eligible, or AWS does not say whether it is, and was left out. " +
        "`sageplan inspect` tells which usage types those are; a rate card that holds rows for them settles the question.",
      usd: leftOutUsd,
      source: futuresInput?.path ?? "",
    });
  }
  const ending = OFFERINGS.filter(({ term }, k) => portfolio[k]! > 0 && TERM_HOURS[term] < hourCount);
  if (ending.length > 0) {
    findings.push({
      code: "plan-ends-within-futures",
      message:
        `The scenarios span ${hourCount} hours, the ${offeringLabel(ending[0]!)} plan ${TERM_HOURS[ending[0]!.term]}: what comes after its ` +
        "term counts as not covered by it. A plan can be bought again then; that is not weighed.",
      usd: 0,
      source: "",
    });
  }
  if (span.from < spend.from + spend.hourCount) {
    findings.push({
      code: "futures-in-the-past",
      message:
        `The scenarios begin on ${isoHour(span.from)}, before the history ends on ${isoHour(spend.from + spend.hourCount)}. ` +
        "A purchase is taken to start with the scenarios, beside the plans owned in each of their hours.",
      usd: 0,
      source: futuresInput?.path ?? "",
    });
  }
  return findings;
}

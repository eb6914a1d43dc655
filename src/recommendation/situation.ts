/** The history and the futures → the situation in which a purchase is evaluated. */
import type { Billing } from "../domain/billing.ts";
import { isOwnedAt } from "../domain/commitment.ts";
import { demandOf } from "../domain/demand.ts";
import type { Inspection } from "../domain/documents/inspection.ts";
import type { HourSpan } from "../domain/hour.ts";
import { MONTH_HOURS, TERM_HOURS, TERM_MONTHS } from "../domain/offering.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import type { Sampling } from "../domain/sampling.ts";
import { certain, type ScenarioSet } from "../domain/scenario.ts";
import type { Situation } from "../domain/situation.ts";
import { spanOf, type Demand, type HourlySpend } from "../domain/usage.ts";
import { largestAccount } from "../history/buyer.ts";
import { ownedPlanSummaries } from "../history/owned-plans.ts";
import { termsOf } from "../history/replay.ts";
import { eligibilities } from "../pricing/eligibility.ts";
import { withCutSkus } from "../pricing/price-cut-rates.ts";
import { bootstrap } from "../scenario/bootstrap.ts";
import { withEvents } from "../scenario/events.ts";
import { monthlyUsdOf, usageByMonth } from "../scenario/monthly.ts";
import { withPriceCuts } from "../scenario/price-cuts.ts";
import { sampleBreaks } from "../scenario/sample-breaks.ts";
import { hoursOfEach, sampledHours } from "../scenario/sample.ts";
import { treeOf } from "../scenario/tree.ts";

export const ownedPlans = (
  billing: Billing,
  spend: HourlySpend,
  rates: RatesInUse,
  sharing: boolean,
): Inspection["ownedPlans"] =>
  ownedPlanSummaries(
    billing,
    spend,
    rates,
    situationOf(billing, spend, { kind: "history" }, rates, { sharing, negotiatedDiscount: 0 }),
  );

/** Where the futures come from; hours are counted from the history's end, or lie in the file's span. */
export type Supposed =
  | { kind: "history" }
  /** The user's own spend, hours scenario after scenario. */
  | { kind: "file"; spend: HourlySpend; span: HourSpan; scenariosOf: (base: Demand) => ScenarioSet }
  | ({ kind: "bootstrap" } & Sampling);

/**
 * When the past repeats, a purchase starts as the history ends, so it is weighed beside the plans that are owned then,
 * in every hour that is replayed: what a plan that has ended covered is uncovered from now on, and what a plan bought
 * late in the history covers is covered from now on. Supposed futures have dates of their own, and plans begin and end
 * in them.
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

/** Decisions over three years: one at the start of each. */
const YEARS = 3;

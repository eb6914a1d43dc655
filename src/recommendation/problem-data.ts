/** The history and where the scenarios come from → the data of the purchase problem. */
import type { Sharing } from "../domain/sharing.ts";
import type { Assumed } from "../domain/assumed.ts";
import type { Billing } from "../domain/billing.ts";
import { isOwnedAt, type PlanTerms } from "../domain/commitment.ts";
import { demandOf } from "../domain/demand.ts";
import type { Inspection } from "../domain/documents/inspection.ts";
import type { Hour, HourSpan } from "../domain/hour.ts";
import { MONTH_HOURS, TERM_MONTHS } from "../domain/offering.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import type { Sampling } from "../domain/sampling.ts";
import { NOW_ONLY, type Start } from "../domain/start.ts";
import { certain, type ScenarioSet } from "../domain/scenario.ts";
import { spanOf, type Demand, type HourlySpend } from "../domain/usage.ts";
import { buyerOf } from "../history/buyer.ts";
import { ownedPlanSummaries } from "../history/owned-plans.ts";
import { termsOf } from "../history/replay.ts";
import { eligibilities } from "../pricing/eligibility.ts";
import { withCutSkus } from "../pricing/price-cut-rates.ts";
import type { ProblemData } from "../problem/problem.ts";
import { startsOf, withStarts } from "../problem/starts.ts";
import { withAlikeAccounts } from "../scenario/alike-accounts.ts";
import type { bootstrap } from "../scenario/bootstrap.ts";
import { withEvents } from "../scenario/events.ts";
import { monthlyUsdOf, usageByMonth } from "../scenario/monthly.ts";
import { withPriceCuts } from "../scenario/price-cuts.ts";
import { sampleBreaks } from "../scenario/sample-breaks.ts";
import { hoursOfEach, sampledHours } from "../scenario/sample.ts";
import { stagesOf, yearlyStages } from "../scenario/stages.ts";
import { treeOf, type Stage } from "../scenario/tree.ts";

export const ownedPlans = (
  billing: Billing,
  spend: HourlySpend,
  rates: RatesInUse,
  sharing: Sharing,
): Inspection["ownedPlans"] =>
  ownedPlanSummaries(
    billing,
    spend,
    rates,
    problemData(billing, spend, { kind: "history" }, rates, {
      sharing,
      negotiatedDiscount: 0,
      queue: false,
      startHours: [],
    }).data,
  );

/** Where the scenarios come from; hours are counted from the history's end, or lie in the file's span. */
export type ScenarioSource =
  | { kind: "history" }
  /** The user's own spend, hours scenario after scenario. */
  | { kind: "file"; spend: HourlySpend; span: HourSpan; scenariosOf: (base: Demand) => ScenarioSet }
  | ({ kind: "bootstrap"; draw: typeof bootstrap } & Sampling);

interface ProblemOptions {
  sharing: Sharing;
  negotiatedDiscount: number;
  buyer?: string | undefined;
  /** Whether purchases may start where plans end. */
  queue: boolean;
  /** Hours at which they may start besides, within the scenarios. */
  startHours: readonly Hour[];
}

/**
 * When the past repeats, a purchase starts as the history ends, so it is evaluated beside the plans that are owned then,
 * in every hour that is replayed: what a plan that has ended covered is uncovered from now on, and what a plan bought
 * late in the history covers is covered from now on. Other scenarios have dates of their own, and plans begin and end
 * in them.
 */
export function problemData(
  billing: Billing,
  spend: HourlySpend,
  source: ScenarioSource,
  rates: RatesInUse,
  { queue, startHours, buyer: named, ...options }: ProblemOptions,
): { data: ProblemData; assumed: Assumed | null } {
  const eligibleSku = eligibilities(spend, rates).map(({ eligible }) => eligible === "yes");
  const history = spanOf(spend);
  const demand = demandOf(spend, eligibleSku, history);
  const owned = billing.ownedPlans
    .filter((plan) => isOwnedAt(plan, history.to))
    .map((plan) => ({ ...termsOf(plan, rates, history), activeFrom: 0, activeTo: demand.hourCount }));
  const buyer = named ?? buyerOf(demand, options.sharing, billing.payerAccounts[0] ?? "");
  const past = { pastSpan: history, pastDemand: demand, pastOwned: owned };
  const startsIn = (plans: readonly PlanTerms[], { from, to }: HourSpan): readonly Start[] =>
    withStarts(
      queue ? startsOf(plans, to - from) : NOW_ONLY,
      startHours.map((hour) => hour - from),
    );
  const stagesIn = queue ? stagesOf : (_: readonly Start[], hours: number): Stage[] => yearlyStages(hours);
  const common = { ...past, ...options, buyer, skus: spend.skus, tree: null, isSampled: false };
  if (source.kind === "history") {
    const scenarios = certain(demand);
    const monthlyUsd = monthlyUsdOf(scenarios);
    const data = {
      ...common,
      span: history,
      start: history.to,
      scenarios,
      monthlyUsd,
      pastRepeats: true,
      owned,
      starts: NOW_ONLY,
    };
    return { data, assumed: null };
  }
  const later = { ...common, pastRepeats: false };
  if (source.kind === "file") {
    const { span } = source;
    const scenarios = source.scenariosOf(demandOf(source.spend, eligibleSku, spanOf(source.spend)));
    const plans = billing.ownedPlans.map((plan) => termsOf(plan, rates, span));
    const monthlyUsd = monthlyUsdOf(scenarios);
    const starts = startsIn(plans, span);
    return {
      data: { ...later, span, start: span.from, scenarios, monthlyUsd, owned: plans, starts },
      assumed: null,
    };
  }
  return sampledData(billing, spend, source, rates, later, { startsIn, stagesIn });
}

/** What all problems that do not repeat the past have in common. */
type Later = Omit<ProblemData, "span" | "start" | "scenarios" | "monthlyUsd" | "owned" | "starts">;

/** When may be bought, and when is decided. */
interface Times {
  startsIn: (plans: readonly PlanTerms[], span: HourSpan) => readonly Start[];
  stagesIn: (starts: readonly Start[], horizonHours: number) => Stage[];
}

function sampledData(
  billing: Billing,
  spend: HourlySpend,
  source: Extract<ScenarioSource, { kind: "bootstrap" }>,
  rates: RatesInUse,
  later: Later,
  { startsIn, stagesIn }: Times,
): { data: ProblemData; assumed: Assumed } {
  const { pastDemand: demand, pastSpan: history } = later;
  const span = { from: history.to, to: history.to + source.horizonHours };
  const { paths, assumed } = source.draw(demand, source);
  const eventful = withEvents(paths, spend.skus, span.from, source.events, source.seed);
  const { paths: priced, cut } = withPriceCuts(eventful, spend.skus, source.seed, source.apart);
  const ratesThen = withCutSkus(rates, cut);
  const plans = billing.ownedPlans.map((plan) => termsOf(plan, ratesThen, span));
  const owners = new Set([later.buyer, ...plans.map(({ ownerAccount }) => ownerAccount)]);
  const hours = hoursOfEach(source.scenarios, source.horizonHours);
  const starts = startsIn(plans, span);
  const stages = stagesIn(starts, source.horizonHours);
  const breaks = sampleBreaks(
    plans,
    source.horizonHours,
    hours,
    starts.map(({ hour }) => hour),
  );
  const data = {
    ...later,
    skus: [...spend.skus, ...cut.map(({ of }) => spend.skus[of]!)],
    span,
    start: span.from,
    scenarios: sampledHours(withAlikeAccounts(priced, later.sharing, owners), hours, breaks),
    monthlyUsd: usageByMonth(priced, MONTH_HOURS, TERM_MONTHS["1yr"]),
    isSampled: true,
    // With one stage nothing becomes known before all is decided.
    tree: stages.length > 1 ? treeOf(priced, stages) : null,
    owned: plans,
    starts,
  };
  return { data, assumed: { ...assumed, cutSkus: cut } };
}

/**
 * What `recommend` would buy in a month: its own problem, with the plans that are held, its starts where they end and its
 * policy. Where months are shorter than AWS's, the sampled futures are stretched to months of 730 hours.
 */
import type { PlanTerms } from "../../domain/commitment.ts";
import { demandSpan } from "../../domain/demand-span.ts";
import { MONTH_HOURS, OFFERINGS, offeringLabel, TERM_HOURS, type Offering } from "../../domain/offering.ts";
import type { ObjectiveOptions } from "../../domain/options/decision.ts";
import { DAY_HOURS } from "../../domain/paths.ts";
import { totalUsdPerHour } from "../../domain/portfolio.ts";
import type { OfferingRates } from "../../domain/rates.ts";
import type { RatesInUse } from "../../domain/rate-table.ts";
import type { ScenarioSet } from "../../domain/scenario.ts";
import type { ScenarioTree } from "../../domain/scenario-tree.ts";
import { OPEN_SHARING } from "../../domain/sharing.ts";
import { asCommitmentUsd, type RateRatioVector } from "../../domain/units.ts";
import type { Sku } from "../../domain/usage.ts";
import type { Pause } from "../../portfolio/best-portfolio.ts";
import { answerAlone } from "../../portfolio/answer-alone.ts";
import { purchaseProblem, type ProblemData } from "../../problem/problem.ts";
import { startsOf } from "../../problem/starts.ts";
import { bootstrap } from "../../scenario/bootstrap.ts";
import { sampleBreaks } from "../../scenario/sample-breaks.ts";
import { hoursOfEach, sampledHours } from "../../scenario/sample.ts";
import { stagesOf } from "../../scenario/stages.ts";
import { treeOf } from "../../scenario/tree.ts";
import { TERM_STEPS } from "./months.ts";
import type { Known } from "./rules.ts";

export interface OursOptions extends ObjectiveOptions {
  offering: Offering;
  scenarios: number;
  seed: number;
}

/** Older hours say nothing of the level, and each costs time. */
const HISTORY_HOURS = 60 * DAY_HOURS;

/** $/h that `recommend` would buy as this month begins. */
export async function boughtByOurs(known: Known, options: OursOptions, pause: Pause): Promise<number> {
  const { offering } = options;
  const { data, rates } = monthProblem(known, options);
  const problem = purchaseProblem(data, rates, options);
  const { portfolio } = await answerAlone(problem, pause, {
    term: offering.term,
    payment: offering.paymentOption,
  });
  return totalUsdPerHour(portfolio);
}

function monthProblem(
  { months, month, bought }: Known,
  { scenarios: count, seed }: OursOptions,
): { data: ProblemData; rates: RatesInUse } {
  const { series, monthHours } = months;
  const now = month * monthHours;
  const history = demandSpan(series.demand, Math.max(0, now - HISTORY_HOURS), now);
  const horizonHours = TERM_STEPS * monthHours;
  const { paths } = bootstrap(history, { horizonHours, scenarios: count, seed, growth: null });
  const stretch = MONTH_HOURS / monthHours;
  // Rates are known by item, so each is a SKU of its own.
  const demand = { ...history, items: history.items.map(({ account }, sku) => ({ account, sku })) };
  const buyer = demand.items[0]?.account ?? "";
  const rates = ratesOf(series.ratioOf);
  const owned = plansHeld(bought, month, buyer, rates);
  const span = { from: 0, to: TERM_HOURS["1yr"] };
  const starts = startsOf(owned, span.to);
  const perYear = hoursOfEach(count, span.to);
  const breaks = sampleBreaks(
    owned,
    span.to,
    perYear,
    starts.map(({ hour }) => hour),
  );
  const scenarios = stretchedHours(
    sampledHours(
      { ...paths, base: demand },
      Math.min(perYear, horizonHours),
      breaks.map((hour) => hour / stretch),
    ),
    stretch,
  );
  const stages = stagesOf(starts, span.to).map((stage) => ({ ...stage, hour: stage.hour / stretch }));
  return {
    rates,
    data: {
      scenarios,
      span,
      start: 0,
      pastRepeats: false,
      isSampled: true,
      tree: stretchedTree(treeOf(paths, stages), stretch),
      monthlyUsd: new Float64Array(count * TERM_STEPS),
      skus: demand.items.map(() => UNKNOWN_SKU),
      owned,
      starts,
      pastSpan: { from: 0, to: history.hourCount },
      pastDemand: demand,
      pastOwned: [],
      buyer,
      sharing: OPEN_SHARING,
      negotiatedDiscount: 0,
    },
  };
}

const stretchedHours = (set: ScenarioSet, stretch: number): ScenarioSet => ({
  ...set,
  startHour: set.startHour.map((hour) => hour * stretch),
});

const stretchedTree = (tree: ScenarioTree, stretch: number): ScenarioTree => ({
  ...tree,
  stageStart: tree.stageStart.map((hour) => Math.round(hour * stretch)),
});

/** Nothing but the ratios counts. */
const UNKNOWN_SKU: Sku = { usageType: "", operation: "", region: "", component: "", instanceType: "" };

function ratesOf(ratioOf: Float64Array): RatesInUse {
  const rates: OfferingRates = {
    ratio: ratioOf as RateRatioVector,
    savingsPlanRateUsd: ratioOf,
    source: Array.from(ratioOf, () => "file" as const),
  };
  return {
    ratedKeys: new Set(),
    ambiguousTypes: new Set(),
    cardOnDemandUsd: new Float64Array(ratioOf.length).fill(Number.NaN),
    passedOver: [],
    byOffering: new Map(OFFERINGS.map((offering) => [offeringLabel(offering), rates])),
    ofOwnedPlan: () => rates,
  };
}

/** Plans bought before that are active as the month begins; those of one month are one. */
const plansHeld = (
  bought: Float64Array,
  month: number,
  ownerAccount: string,
  rates: RatesInUse,
): PlanTerms[] =>
  [...bought.keys()]
    .filter((m) => m < month && m > month - TERM_STEPS && bought[m]! > 0)
    .map((m) => ({
      ownerAccount,
      commitmentUsdPerHour: asCommitmentUsd(bought[m]!),
      activeFrom: 0,
      activeTo: (m + TERM_STEPS - month) * MONTH_HOURS,
      rates: rates.byOffering.values().next().value!,
    }));

/**
 * The two-stage purchase problem, made ready once: what may come, what is owned, what may be bought, what is minimised
 * within which limits.
 *
 * Shapes: `[scenario]` and `[hour]` are those of `scenarios`, `[offer]` is in the order of OFFERINGS for each start in
 * turn, now first, `[sku]` an index into `skus`. Units: USD over the horizon and $/h, before any negotiated discount; hours count from the start of the
 * horizon, but for `span`, `start` and `pastSpan`, which are hours of the calendar.
 */
import type { Sharing } from "../domain/sharing.ts";
import type { PlanTerms } from "../domain/commitment.ts";
import type { Start } from "../domain/start.ts";
import type { Objective } from "../domain/documents/recommendation.ts";
import type { Hour, HourSpan } from "../domain/hour.ts";
import type { DatedOffer } from "../domain/offer.ts";
import { offeringLabel, OFFERINGS, TERM_HOURS, UPFRONT_SHARE, type Offering } from "../domain/offering.ts";
import type { ObjectiveOptions } from "../domain/options/decision.ts";
import { NOTHING } from "../domain/portfolio.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import { activeIn, horizonHours, type ScenarioSet } from "../domain/scenario.ts";
import type { ScenarioTree } from "../domain/scenario-tree.ts";
import type { Demand, Sku } from "../domain/usage.ts";
import { asCommitmentUsd } from "../domain/units.ts";
import { prepareScenarioSettlement, type ScenarioSettlement } from "../settlement/prepare-scenarios.ts";
import { settleHourly } from "../settlement/scenarios.ts";
import { baselineOf, commitmentsOfAll } from "./evaluation.ts";
import { objectiveOf } from "./objective.ts";

/** All of a problem but the offers and what is minimised. */
export interface ProblemData {
  scenarios: ScenarioSet;
  /** The hours of the horizon. */
  span: HourSpan;
  /** A purchase starts with the horizon; when the past repeats, with the hour after the history. */
  start: Hour;
  /** True when the past is taken to repeat: a plan then lasts as long as the horizon, whatever its term. */
  pastRepeats: boolean;
  /** True when the scenarios are a sample: its mean has a standard error. */
  isSampled: boolean;
  /** What will be known when, in scenarios sampled over three years; else null. */
  tree: ScenarioTree | null;
  /** `[scenario · 12 + month]` Mean hour of the first twelve months (730 h), all hours counted, On-Demand USD. */
  monthlyUsd: Float64Array;
  skus: readonly Sku[];
  owned: readonly PlanTerms[];
  /** When purchases may start; the first is now. */
  starts: readonly Start[];
  /** The history: its hours, its eligible usage, and the plans owned at its end, as if active in all of it. */
  pastSpan: HourSpan;
  pastDemand: Demand;
  pastOwned: readonly PlanTerms[];
  /** The account that would buy: its usage is served first. */
  buyer: string;
  /** True when plans also cover the organisation's other accounts. */
  sharing: Sharing;
  /** Share that an enterprise agreement takes off both On-Demand and Savings Plans charges. */
  negotiatedDiscount: number;
}

export interface PurchaseProblem extends ProblemData {
  objective: Objective;
  /** `[offer]` */
  offers: readonly DatedOffer[];
  /** AWS's rule over all scenarios, for the owned plans and after them the offers. */
  settlement: ScenarioSettlement;
  /** `[scenario]` Settled cost with nothing new, USD. */
  baselineUsd: Float64Array;
  /** `[hour]` Billed On-Demand with nothing new, mean of the scenarios, USD. */
  baselineLeftUsd: Float64Array;
}

export function purchaseProblem(
  data: ProblemData,
  rates: RatesInUse,
  options: ObjectiveOptions,
): PurchaseProblem {
  const { scenarios, owned, skus, sharing } = data;
  const objective = objectiveOf(options);
  const offers = data.starts.flatMap((start) =>
    OFFERINGS.map((offering) => offerOf(data, rates, offering, start, objective.discountRate)),
  );
  const plans = [...owned, ...offers.map(planOf)];
  const settlement = prepareScenarioSettlement(scenarios, skus, plans, { sharing, firstNew: owned.length });
  const ownedAlone = commitmentsOfAll({ owned, settlement }, NOTHING);
  return {
    ...data,
    objective,
    offers,
    settlement,
    baselineUsd: baselineOf(settlement, ownedAlone),
    baselineLeftUsd: settleHourly(settlement, ownedAlone).leftUsd,
  };
}

/** The same problem, had another account to buy. */
export function boughtBy(problem: PurchaseProblem, buyer: string): PurchaseProblem {
  const { scenarios, owned, skus, sharing } = problem;
  const offers = problem.offers.map((offer) => ({ ...offer, ownerAccount: buyer }));
  const plans = [...owned, ...offers.map(planOf)];
  const settlement = prepareScenarioSettlement(scenarios, skus, plans, {
    sharing,
    firstNew: owned.length,
    baseHours: problem.settlement,
  });
  return { ...problem, buyer, offers, settlement };
}

/** A plan lasts for its term, or as long as the past that repeats. */
function offerOf(
  { scenarios, buyer, pastRepeats }: ProblemData,
  rates: RatesInUse,
  offering: Offering,
  start: Start,
  discountRate: number,
): DatedOffer {
  const termHours = TERM_HOURS[offering.term];
  const upfrontShare = UPFRONT_SHARE[offering.paymentOption];
  const { from, hours } = activeIn(scenarios, {
    activeFrom: start.hour,
    activeTo: start.hour + (pastRepeats ? horizonHours(scenarios) : termHours),
  });
  const activeFrom = scenarios.startHour[from]!;
  return {
    offering,
    start,
    ownerAccount: buyer,
    rates: rates.byOffering.get(offeringLabel(offering))!,
    activeFrom,
    activeTo: activeFrom + hours,
    activeHours: hours,
    weight: 1 - upfrontShare + upfrontShare * costOfPayingEarly(discountRate, termHours / TERM_HOURS["1yr"]),
    upfrontUsd: termHours * upfrontShare,
  };
}

/**
 * What a dollar at the start is worth in dollars paid evenly over the term: 1 ÷ the mean discount factor,
 * (1/T)·∫₀ᵀ (1+R)^−t dt = (1 − (1+R)^−T) ÷ (T·ln(1+R)).
 */
function costOfPayingEarly(yearlyRate: number, years: number): number {
  if (yearlyRate === 0) return 1;
  return (years * Math.log1p(yearlyRate)) / (1 - (1 + yearlyRate) ** -years);
}

/** The plan that an offer becomes; its commitment comes with each settlement. */
export const planOf = ({ ownerAccount, rates, activeFrom, activeTo }: DatedOffer): PlanTerms => ({
  ownerAccount,
  rates,
  commitmentUsdPerHour: asCommitmentUsd(0),
  activeFrom,
  activeTo,
});

/**
 * What any purchase is settled against, made ready once: the six offerings and the owned plans over all futures, what
 * the futures cost with nothing new, and what is minimised within which limits.
 */
import type { PlanTerms } from "../domain/commitment.ts";
import type { Objective } from "../domain/documents/recommendation.ts";
import type { Limits, Offer } from "../domain/offer.ts";
import { offeringLabel, OFFERINGS, TERM_HOURS, UPFRONT_SHARE, type Offering } from "../domain/offering.ts";
import { objectiveOptions, type ObjectiveOptions } from "../domain/options/decision.ts";
import { withDefaults } from "../domain/options/option.ts";
import { meanUsd, riskEnvelope, type RiskMeasure } from "../domain/risk.ts";
import { activeIn, horizonHours } from "../domain/scenario.ts";
import type { Situation } from "../domain/situation.ts";
import {
  prepareScenarioSettlement,
  settleHourly,
  settleScenarios,
  type ScenarioSettlement,
  type ScenarioTotals,
} from "../settlement/scenarios.ts";
import type { Scene } from "./inputs.ts";

export interface Prospect {
  scene: Scene;
  objective: Objective;
  /** `[offering]` in the order of OFFERINGS. */
  offers: readonly Offer[];
  settlement: ScenarioSettlement;
  /** `[scenario]` Settled cost with nothing new, USD. */
  baselineUsd: Float64Array;
  /** `[hour]` Billed On-Demand with nothing new, mean of the futures, USD. */
  baselineLeftUsd: Float64Array;
}

/** What a purchase is settled with: all of a prospect that the page in a browser has. */
export interface Settleable {
  scene: {
    situation: Pick<Situation, "futures" | "negotiatedDiscount" | "pastRepeats"> & {
      owned: readonly Pick<PlanTerms, "commitmentUsdPerHour">[];
      assumed: object | null;
    };
  };
  objective: Pick<Objective, "tail" | "discountRate">;
  offers: readonly Pick<Offer, "weight" | "activeHours">[];
  settlement: ScenarioSettlement;
  baselineUsd: Float64Array;
  baselineLeftUsd: Float64Array;
}

/** A purchase, settled over all futures. USD before any negotiated discount. */
export interface Outcome {
  /** `[offering]` $/h, in the order of OFFERINGS. */
  commitments: Float64Array;
  totals: ScenarioTotals[];
  /** `[scenario]` Settled cost with nothing new − with the purchase. */
  netSavingsUsd: Float64Array;
  /** What paying early costs over the horizon. */
  capitalUsd: number;
}

export function objectiveOf(options: ObjectiveOptions): Objective {
  const asked = withDefaults(objectiveOptions, options);
  const { riskAversion, tail, minUtilization, discountRate } = asked;
  const { maxCommitment = null, maxUpfront = null } = asked;
  return {
    riskAversion,
    tail,
    minUtilization,
    maxCommitmentUsdPerHour: maxCommitment,
    maxUpfrontUsd: maxUpfront,
    discountRate,
  };
}

export const riskOf = ({ riskAversion, tail }: Objective): RiskMeasure => ({ aversion: riskAversion, tail });

export const limitsOf = ({ minUtilization, maxCommitmentUsdPerHour, maxUpfrontUsd }: Objective): Limits => ({
  minUtilization,
  maxCommitmentUsdPerHour: maxCommitmentUsdPerHour ?? Infinity,
  maxUpfrontUsd: maxUpfrontUsd ?? Infinity,
});

export function prospectOf(scene: Scene, options: ObjectiveOptions): Prospect {
  const { situation } = scene;
  const { futures, owned, skus, sharing } = situation;
  const objective = objectiveOf(options);
  const offers = OFFERINGS.map((offering) => offerOf(scene, offering, objective.discountRate));
  const plans = [...owned, ...offers.map(planOf)];
  const settlement = prepareScenarioSettlement(futures, skus, plans, { sharing, firstNew: owned.length });
  const ownedAlone = commitmentsOfAll(owned, new Float64Array(offers.length));
  return {
    scene,
    objective,
    offers,
    settlement,
    baselineUsd: baselineOf(settlement, ownedAlone),
    baselineLeftUsd: settleHourly(settlement, ownedAlone).leftUsd,
  };
}

/** A plan lasts for its term, or as long as the past that repeats. */
function offerOf({ situation, rates }: Scene, offering: Offering, discountRate: number): Offer {
  const { futures, buyer, pastRepeats } = situation;
  const termHours = TERM_HOURS[offering.term];
  const upfrontShare = UPFRONT_SHARE[offering.paymentOption];
  return {
    ownerAccount: buyer,
    rates: rates.byOffering.get(offeringLabel(offering))!,
    activeHours: pastRepeats
      ? horizonHours(futures)
      : activeIn(futures, { activeFrom: 0, activeTo: termHours }).hours,
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

export const planOf = (offer: Offer): PlanTerms => ({
  ownerAccount: offer.ownerAccount,
  rates: offer.rates,
  commitmentUsdPerHour: 0,
  activeFrom: 0,
  activeTo: offer.activeHours,
});

/** `[plan of the settlement]` $/h: the owned plans', then the offerings'. */
export const commitmentsOfAll = (
  owned: readonly Pick<PlanTerms, "commitmentUsdPerHour">[],
  commitments: Float64Array,
): Float64Array =>
  Float64Array.from([...owned.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour), ...commitments]);

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** `[scenario]` Settled cost of the owned plans alone. */
export const baselineOf = (settlement: ScenarioSettlement, ownedAlone: Float64Array): Float64Array =>
  Float64Array.from(settleScenarios(settlement, ownedAlone), costUsd);

const costUsd = ({ leftUsd, commitmentUsd }: ScenarioTotals): number => leftUsd + sum(commitmentUsd);

export function outcomeOf(prospect: Settleable, commitments: Float64Array): Outcome {
  const { scene, offers, settlement, baselineUsd } = prospect;
  const totals = settleScenarios(settlement, commitmentsOfAll(scene.situation.owned, commitments));
  return {
    commitments,
    totals,
    netSavingsUsd: Float64Array.from(totals, (each, s) => baselineUsd[s]! - costUsd(each)),
    capitalUsd: offers.reduce(
      (usd, { weight, activeHours }, k) => usd + (weight - 1) * activeHours * commitments[k]!,
      0,
    ),
  };
}

/** E[cost with nothing new] + (1−λ)·E[loss] + λ·CVaR[loss]: what is minimised. */
export function riskAdjustedUsd(
  { scene, baselineUsd }: Prospect,
  { netSavingsUsd, capitalUsd }: Outcome,
  risk: RiskMeasure,
): number {
  const { probability } = scene.situation.futures;
  const lossUsd = netSavingsUsd.map((saved) => capitalUsd - saved);
  const weights = riskEnvelope(lossUsd, probability, risk);
  return meanUsd(baselineUsd, probability) + meanUsd(lossUsd, weights);
}

/** Limits are kept up to the last digits of a double. */
const SLACK = 1e-9;

export function isWithinLimits({ scene, objective, offers }: Prospect, outcome: Outcome): boolean {
  const { minUtilization, maxCommitmentUsdPerHour, maxUpfrontUsd } = limitsOf(objective);
  const { commitments, totals } = outcome;
  const { futures, owned } = scene.situation;
  const upfront = offers.reduce((usd, offer, k) => usd + offer.upfrontUsd * commitments[k]!, 0);
  if (sum(commitments) > maxCommitmentUsdPerHour * (1 + SLACK) || upfront > maxUpfrontUsd * (1 + SLACK)) {
    return false;
  }
  if (minUtilization === 0) return true;
  const ofNew = (of: (each: ScenarioTotals) => Float64Array): number =>
    totals.reduce((usd, each, s) => usd + futures.probability[s]! * sum(of(each).subarray(owned.length)), 0);
  const committed = ofNew(({ commitmentUsd }) => commitmentUsd);
  return ofNew(({ usedUsd }) => usedUsd) >= minUtilization * committed * (1 - SLACK);
}

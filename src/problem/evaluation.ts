/** A purchase evaluated in its problem. Runs in the page of `--html` too. */
import type { PlanTerms } from "../domain/commitment.ts";
import type { Objective } from "../domain/documents/recommendation.ts";
import { yearOf, type DatedOffer } from "../domain/offer.ts";
import type { Portfolio } from "../domain/portfolio.ts";
import { meanUsd, riskEnvelope, type RiskMeasure } from "../domain/risk.ts";
import type { ScenarioSet } from "../domain/scenario.ts";
import type { CommitmentVector } from "../domain/units.ts";
import { type ScenarioSettlement } from "../settlement/prepare-scenarios.ts";
import { settleScenarios, type ScenarioTotals } from "../settlement/scenarios.ts";
import { limitsOf } from "./objective.ts";

/** What evaluating takes of a `PurchaseProblem`: all that the page in a browser has, too. */
export interface EvaluatedProblem {
  scenarios: Pick<ScenarioSet, "startHour" | "hourCount" | "probability">;
  pastRepeats: boolean;
  isSampled: boolean;
  negotiatedDiscount: number;
  owned: readonly Pick<PlanTerms, "commitmentUsdPerHour">[];
  objective: Pick<Objective, "tail" | "discountRate">;
  offers: readonly Pick<DatedOffer, "offering" | "weight" | "activeFrom" | "activeHours">[];
  settlement: ScenarioSettlement;
  baselineUsd: Float64Array;
  baselineLeftUsd: Float64Array;
}

/** A purchase, settled over all scenarios. USD before any negotiated discount. */
export interface Outcome {
  portfolio: Portfolio;
  totals: ScenarioTotals[];
  /** `[scenario]` Settled cost with nothing new − with the purchase. */
  netSavingsUsd: Float64Array;
  /** What paying early costs over the horizon. */
  capitalUsd: number;
}

/** `[plan of the settlement]` $/h: the owned plans', then the portfolio's. */
export function commitmentsOfAll(
  { owned, settlement }: Pick<EvaluatedProblem, "owned" | "settlement">,
  portfolio: Portfolio,
): CommitmentVector {
  const all = new Float64Array(settlement.plans.length);
  all.set(owned.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour));
  all.set(portfolio, owned.length);
  return all;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** `[scenario]` Settled cost of the owned plans alone. */
export const baselineOf = (settlement: ScenarioSettlement, ownedAlone: CommitmentVector): Float64Array =>
  Float64Array.from(settleScenarios(settlement, ownedAlone), costUsd);

const costUsd = ({ leftUsd, commitmentUsd }: ScenarioTotals): number => leftUsd + sum(commitmentUsd);

export function outcomeOf(problem: EvaluatedProblem, portfolio: Portfolio): Outcome {
  const { offers, settlement, baselineUsd } = problem;
  const totals = settleScenarios(settlement, commitmentsOfAll(problem, portfolio));
  return {
    portfolio,
    totals,
    netSavingsUsd: Float64Array.from(totals, (each, s) => baselineUsd[s]! - costUsd(each)),
    capitalUsd: portfolio.reduce(
      (usd, each, k) => usd + (offers[k]!.weight - 1) * offers[k]!.activeHours * each,
      0,
    ),
  };
}

/** E[cost with nothing new] + (1−λ)·E[loss] + λ·CVaR[loss]: what is minimised. */
export function riskAdjustedUsd(
  { scenarios, baselineUsd }: EvaluatedProblem,
  { netSavingsUsd, capitalUsd }: Outcome,
  risk: RiskMeasure,
): number {
  const { probability } = scenarios;
  const lossUsd = netSavingsUsd.map((saved) => capitalUsd - saved);
  const weights = riskEnvelope(lossUsd, probability, risk);
  return meanUsd(baselineUsd, probability) + meanUsd(lossUsd, weights);
}

/** Limits are kept up to the last digits of a double. */
const SLACK = 1e-9;

export function isWithinLimits(
  {
    scenarios,
    owned,
    objective,
    offers,
  }: Pick<EvaluatedProblem, "scenarios" | "owned"> & { objective: Objective; offers: readonly DatedOffer[] },
  outcome: Outcome,
): boolean {
  const { minUtilization, maxCommitmentUsdPerHour, maxUpfrontUsd } = limitsOf(objective);
  const { portfolio, totals } = outcome;
  const upfrontIn = (year: number): number =>
    portfolio.reduce(
      (usd, each, k) => usd + (yearOf(offers[k]!) === year ? offers[k]!.upfrontUsd * each : 0),
      0,
    );
  const activeAt = (hour: number): number =>
    portfolio.reduce((usd, each, k) => {
      const { activeFrom, activeHours } = offers[k]!;
      return usd + (activeFrom <= hour && hour < activeFrom + activeHours ? each : 0);
    }, 0);
  if (
    portfolio.some((_, k) => activeAt(offers[k]!.activeFrom) > maxCommitmentUsdPerHour * (1 + SLACK)) ||
    portfolio.some((_, k) => upfrontIn(yearOf(offers[k]!)) > maxUpfrontUsd * (1 + SLACK))
  ) {
    return false;
  }
  if (minUtilization === 0) return true;
  const ofNew = (of: (each: ScenarioTotals) => Float64Array): number =>
    totals.reduce(
      (usd, each, s) => usd + scenarios.probability[s]! * sum(of(each).subarray(owned.length)),
      0,
    );
  const committed = ofNew(({ commitmentUsd }) => commitmentUsd);
  return ofNew(({ usedUsd }) => usedUsd) >= minUtilization * committed * (1 - SLACK);
}

/** What is minimised, within which limits: the options of a call with the defaults that it took. */
import type { Objective } from "../domain/documents/recommendation.ts";
import type { Limits } from "../domain/offer.ts";
import { objectiveOptions, type ObjectiveOptions } from "../domain/options/decision.ts";
import { withDefaults } from "../domain/options/option.ts";
import type { RiskMeasure } from "../domain/risk.ts";

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

/** A limit of the user's is set, whether or not it binds. */
export const isLimited = ({ minUtilization, maxCommitmentUsdPerHour, maxUpfrontUsd }: Objective): boolean =>
  minUtilization > 0 || maxCommitmentUsdPerHour !== null || maxUpfrontUsd !== null;

export const withoutLimits = (objective: Objective): Objective => ({
  ...objective,
  minUtilization: 0,
  maxCommitmentUsdPerHour: null,
  maxUpfrontUsd: null,
});

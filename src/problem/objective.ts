/** What is minimised, within which limits: the options of a call with the defaults that it took. */
import type { Objective } from "../domain/documents/recommendation.ts";
import type { Limits } from "../domain/offer.ts";
import type { ObjectiveOptions } from "../domain/options.ts";
import { DEFAULT_AVERSION, DEFAULT_TAIL, type RiskMeasure } from "../domain/risk.ts";

export const objectiveOf = (options: ObjectiveOptions): Objective => ({
  riskAversion: options.riskAversion ?? DEFAULT_AVERSION,
  tail: options.tail ?? DEFAULT_TAIL,
  minUtilization: options.minUtilization ?? 0,
  maxCommitmentUsdPerHour: options.maxCommitment ?? null,
  maxUpfrontUsd: options.maxUpfront ?? null,
  discountRate: options.discountRate ?? 0,
});

export const riskOf = ({ riskAversion, tail }: Objective): RiskMeasure => ({ aversion: riskAversion, tail });

export const limitsOf = ({ minUtilization, maxCommitmentUsdPerHour, maxUpfrontUsd }: Objective): Limits => ({
  minUtilization,
  maxCommitmentUsdPerHour: maxCommitmentUsdPerHour ?? Infinity,
  maxUpfrontUsd: maxUpfrontUsd ?? Infinity,
});

/** The options of a call, with the defaults that it took. */
import type { Allowed } from "../domain/allowed.ts";
import { SageplanError } from "../domain/error.ts";
import { offeringLabel, sameOffering, type Offering } from "../domain/offering.ts";
import type { RecommendOptions, SimulateOptions } from "../domain/options.ts";
import { DEFAULT_SCENARIOS, DEFAULT_SEED } from "../domain/sampling.ts";
import { objectiveOf } from "../problem/objective.ts";

export const allowedOf = ({ term = "any", payment = "no-upfront" }: RecommendOptions): Allowed => ({
  term,
  payment,
});

/** The options of a call with the defaults that it took. */
export const statedOptions = (options: RecommendOptions, allowed: Allowed): Record<string, unknown> => {
  const { riskAversion, tail } = objectiveOf(options);
  const futures = options.futures ?? "bootstrap";
  const { scenarios = DEFAULT_SCENARIOS, seed = DEFAULT_SEED } = options;
  const sampled = futures === "bootstrap" ? { scenarios, seed } : {};
  return { ...options, ...allowed, riskAversion, tail, futures, ...sampled };
};

export function commitmentTo(offering: Offering, { commitments }: SimulateOptions): number {
  const named = commitments.filter((each) => sameOffering(each, offering));
  if (named.length <= 1) return named[0]?.commitmentUsdPerHour ?? 0;
  throw new SageplanError(
    "wrong-call",
    `${offeringLabel(offering)} is named ${named.length} times: give each offering's commitment once.`,
  );
}

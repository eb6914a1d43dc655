import { alongOf } from "./along.ts";
import { costOfPurchase } from "./choose.ts";
import { documentOf } from "./document.ts";
import { SageplanError } from "./domain/error.ts";
import { OFFERINGS, offeringLabel, sameOffering, type Offering } from "./domain/offering.ts";
import type { Objective } from "./domain/recommendation.ts";
import { solveProgram, type ProgramSolution } from "./optimize/solve-program.ts";
import type { Effects } from "./domain/progress.ts";
import type { HeadroomOptions } from "./headroom-parts.ts";
import { hourlyUseOf } from "./parts.ts";
import { isWithinLimits, outcomeOf, riskOf, type Prospect } from "./prospect.ts";
import {
  commitmentsOf,
  statedOptions,
  withChoice,
  type Recommended,
  type RecommendOptions,
} from "./recommend.ts";
import { whatIfOf } from "./what-if.ts";
import { certificateOf, programOf, toleranceOf, undominated } from "./weigh.ts";

export interface SimulateOptions extends Omit<
  RecommendOptions,
  keyof HeadroomOptions | "assume" | "safeLoss" | "compareAws"
> {
  /** $/h at Savings Plans rates; offerings that are not named are not bought. */
  commitments: readonly (Offering & { commitmentUsdPerHour: number })[];
}

/**
 * What `recommend` tells, at the user's own commitments: the same figures on the same futures, how far they are from the best,
 * and what the best would be. The limits bind the best; when the user breaks one, the bound is that of purchases without limits.
 * @throws SageplanError; see `domain/error.ts` for codes and exit codes
 */
export const simulate = (options: SimulateOptions, effects: Effects = {}): Promise<Recommended> => {
  const commitments = Float64Array.from(OFFERINGS, (offering) => commitmentTo(offering, options));
  return withChoice(options, effects, async (prospect, choice, allowed) => {
    const subject = outcomeOf(prospect, commitments);
    const known = choice.answer.outcome.commitments;
    // Limits that the user breaks can't bound the user.
    const { minUtilization, maxCommitmentUsdPerHour, maxUpfrontUsd } = prospect.objective;
    const isWithin = isWithinLimits(prospect, subject);
    const objective: Objective = {
      ...prospect.objective,
      minUtilization: isWithin ? minUtilization : 0,
      maxCommitmentUsdPerHour: isWithin ? maxCommitmentUsdPerHour : null,
      maxUpfrontUsd: isWithin ? maxUpfrontUsd : null,
    };
    // The bound must hold for what the user holds too, allowed or not.
    const own = [...commitments.keys()].filter((k) => commitments[k]! > 0);
    const widened = !isWithin || own.some((k) => !choice.allowed.includes(k));
    const among = [...new Set([...choice.allowed, ...own])].sort((a, b) => a - b);
    const solution = widened
      ? await boundAmong({ ...prospect, objective }, among, known)
      : choice.answer.solution;
    const recommendation = documentOf(prospect, choice, {
      ...allowed,
      schema: "sageplan/simulation/1",
      subject,
      certificate: certificateOf(prospect, costOfPurchase(prospect, subject), solution),
      options: statedOptions(options, allowed),
      ladder: options.ladder,
      headroom: null,
    });
    return {
      recommendation,
      hourlyUse: hourlyUseOf(prospect, commitments),
      whatIf: whatIfOf(prospect),
      along: () => alongOf(prospect, commitments, choice.bestSingle, commitmentsOf(recommendation)),
    };
  });
};

const boundAmong = (
  prospect: Prospect,
  offerings: readonly number[],
  known: Float64Array,
): Promise<ProgramSolution> => {
  const among = undominated(prospect, offerings);
  return solveProgram(programOf(prospect, among, riskOf(prospect.objective)), {
    start: [among.map((k) => known[k]!)],
    relativeTolerance: toleranceOf(prospect),
  });
};

function commitmentTo(offering: Offering, { commitments }: SimulateOptions): number {
  const named = commitments.filter((each) => sameOffering(each, offering));
  if (named.length <= 1) return named[0]?.commitmentUsdPerHour ?? 0;
  throw new SageplanError(
    "wrong-call",
    `${offeringLabel(offering)} is named ${named.length} times: give each offering's commitment once.`,
  );
}

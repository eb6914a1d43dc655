import { documentOf } from "./document.ts";
import { SageplanError } from "./domain/error.ts";
import { OFFERINGS, offeringLabel, sameOffering, type Offering } from "./domain/offering.ts";
import type { Effects } from "./domain/progress.ts";
import { hourlyUseOf } from "./parts.ts";
import { outcomeOf, riskOf } from "./prospect.ts";
import { statedOptions, withChoice, type Recommended, type RecommendOptions } from "./recommend.ts";
import { bestAmong, undominated } from "./weigh.ts";

export interface SimulateOptions extends RecommendOptions {
  /** $/h at Savings Plans rates; offerings that are not named are not bought. */
  commitments: readonly (Offering & { commitmentUsdPerHour: number })[];
}

/**
 * What `recommend` tells, at the user's own commitments: the same figures on the same futures, how far they are from the best,
 * and what the best would be. The user's limits bind the best, not the user.
 * @throws SageplanError; see `domain/error.ts` for codes and exit codes
 */
export const simulate = (options: SimulateOptions, effects: Effects = {}): Promise<Recommended> => {
  const commitments = Float64Array.from(OFFERINGS, (offering) => commitmentTo(offering, options));
  return withChoice(options, effects, async (prospect, choice, allowed) => {
    const subject = outcomeOf(prospect, commitments);
    const known = choice.answer.outcome.commitments;
    // The bound must hold for what the user holds too, allowed or not.
    const own = [...commitments.keys()].filter((k) => commitments[k]! > 0);
    const widened = own.some((k) => !choice.allowed.includes(k));
    const among = [...new Set([...choice.allowed, ...own])].sort((a, b) => a - b);
    const { solution } = widened
      ? await bestAmong(
          prospect,
          undominated(prospect, among),
          riskOf(prospect.objective),
          [known],
          async () => {},
        )
      : choice.answer;
    return {
      recommendation: documentOf(prospect, choice, {
        ...allowed,
        schema: "sageplan/simulation/1",
        subject,
        bound: solution,
        options: statedOptions(options, allowed),
      }),
      hourlyUse: hourlyUseOf(prospect, commitments),
    };
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

import type { Allowed } from "./domain/allowed.ts";
import type { Effects } from "./domain/progress.ts";
import type { Recommended } from "./domain/recommended.ts";
import type { CallOf } from "./domain/options/verbs.ts";
import { withBilling } from "./ingest/billing.ts";
import { futuresOf } from "./ingest/futures/asked.ts";
import { sharingOf } from "./ingest/sharing.ts";
import { readRateFiles } from "./ingest/rates/read.ts";
import { commitmentTableOf } from "./outcome/commitment-table.ts";
import { hourlyUseOf } from "./outcome/hourly-use.ts";
import { requireMonths } from "./outcome/ladder.ts";
import { whatIfOf } from "./outcome/what-if.ts";
import { choose, type Choice } from "./portfolio/candidates.ts";
import { outcomeOf } from "./problem/evaluation.ts";
import { commitmentsOf, documentOf } from "./recommendation/document.ts";
import { ownCertificate } from "./recommendation/own-certificate.ts";
import { poseProblem, prepareProblem, type PosedProblem } from "./recommendation/inputs.ts";
import {
  allowedOf,
  portfolioNamed,
  requireStartsFit,
  startsNamed,
  statedOptions,
} from "./recommendation/options.ts";
import { withHands } from "./threads/pool.ts";

/** Offerings that are not named are not bought. */
export type SimulateOptions = CallOf<"simulate">;

/** Reads everything, evaluates and chooses: what `simulate` compares with. */
export async function withChoice(
  options: SimulateOptions,
  effects: Effects,
  use: (posed: PosedProblem, choice: Choice, allowed: Allowed) => Promise<Recommended>,
): Promise<Recommended> {
  const allowed = allowedOf(options);
  const card = options.rates?.length ? await readRateFiles(options.rates) : null;
  const futures = await futuresOf(options, allowed, effects);
  const sharedAs = await sharingOf(options);
  return withBilling(options, effects, async (billing) => {
    const startHours = startsNamed(options.commitments);
    const prepared = prepareProblem(billing, card, futures, { ...options, sharedAs, startHours });
    requireStartsFit(prepared.data, startHours);
    if (options.ladder !== undefined) requireMonths(prepared.data, options.ladder);
    const posed = poseProblem(prepared, options);
    const choice = await withHands(options.threads, effects, (working) =>
      choose(posed.problem, allowed, working),
    );
    return use(posed, choice, allowed);
  });
}

/**
 * What `recommend` tells, at the user's own commitments: the same figures on the same futures, how far they are from
 * the best, and what the best would be. The limits bind the best; when the user breaks one, the bound is without them.
 * @throws SageplanError; see `domain/error.ts` for codes and exit codes
 */
export const simulate = (options: SimulateOptions, effects: Effects = {}): Promise<Recommended> => {
  return withChoice(options, effects, async ({ inputs, problem }, choice, allowed) => {
    const portfolio = portfolioNamed(problem, options.commitments);
    const subject = outcomeOf(problem, portfolio);
    const recommendation = documentOf(inputs, problem, choice, {
      ...allowed,
      schema: "sageplan/simulation/2",
      subject,
      certificate: await ownCertificate(problem, choice, subject),
      options: statedOptions(options),
      ladder: options.ladder,
      headroom: null,
    });
    return {
      recommendation,
      hourlyUse: hourlyUseOf(problem, portfolio),
      whatIf: whatIfOf(problem, portfolio),
      commitmentTable: () =>
        commitmentTableOf(problem, portfolio, choice.bestSingle, commitmentsOf(recommendation)),
    };
  });
};

import type { Allowed } from "./domain/allowed.ts";
import type { Summary } from "./domain/summary.ts";
import type { Effects } from "./domain/progress.ts";
import type { Recommended } from "./domain/recommended.ts";
import type { CallOf } from "./domain/options/verbs.ts";
import { withBilling } from "./ingest/billing.ts";
import { futuresOf } from "./ingest/futures/asked.ts";
import { sharingOf } from "./ingest/sharing.ts";
import { readRateFiles } from "./ingest/rates/read.ts";
import { requireMonths } from "./outcome/ladder.ts";
import type { Answer } from "./portfolio/answer.ts";
import { choose, chooseAnswer } from "./portfolio/candidates.ts";
import type { Working } from "./portfolio/jobs.ts";
import { outcomeOf } from "./problem/evaluation.ts";
import type { PurchaseProblem } from "./problem/problem.ts";
import { documentOf, recommendedOf, summaryOf, type SummaryOptions } from "./recommendation/document.ts";
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

/**
 * What `recommend` tells, at the user's own commitments: the same figures on the same futures, how far they are from
 * the best, and what the best would be. The limits bind the best; when the user breaks one, the bound is without them.
 * @throws SageplanError; see `domain/error.ts` for codes and exit codes
 */
export const simulate = (options: SimulateOptions, effects: Effects = {}): Promise<Recommended> =>
  evaluated(options, effects, choose, ({ inputs, problem }, choice, asked) => {
    const { subject } = asked;
    const own = { ...asked, options: statedOptions(options), ladder: options.ladder };
    return recommendedOf(problem, choice, subject.portfolio, documentOf(inputs, problem, choice, own));
  });

/** The same without the alternatives, in a fraction of the time, as `recommendSummary` is of `recommend`. */
export const simulateSummary = (options: SimulateOptions, effects: Effects = {}): Promise<Summary> =>
  evaluated(options, effects, chooseAnswer, ({ inputs, problem }, answer, asked) =>
    summaryOf(inputs, problem, answer, asked),
  );

/** Reads everything, finds the best, and holds the user's own against it. */
async function evaluated<A extends Answer, T>(
  options: SimulateOptions,
  effects: Effects,
  chosen: (problem: PurchaseProblem, allowed: Allowed, working: Working) => Promise<A>,
  use: (posed: PosedProblem, answer: A, own: SummaryOptions) => T,
): Promise<T> {
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
    const { problem } = posed;
    const answer = await withHands(options.threads, effects, (working) => chosen(problem, allowed, working));
    const subject = outcomeOf(problem, portfolioNamed(problem, options.commitments));
    const certificate = await ownCertificate(problem, answer, subject);
    const schema = "sageplan/simulation/2";
    return use(posed, answer, { ...allowed, schema, subject, certificate, headroom: null });
  });
}

import type { Allowed } from "./domain/allowed.ts";
import { requireSpend } from "./domain/billing.ts";
import type { Effects } from "./domain/progress.ts";
import type { Summary } from "./domain/summary.ts";
import type { Recommended } from "./domain/recommended.ts";
import type { CallOf } from "./domain/options/verbs.ts";
import { headroomIn } from "./headroom/find-in-billing.ts";
import type { AwsRecommendationFile } from "./domain/documents/comparison.ts";
import { readAwsRecommendation, requireSameCurrency } from "./ingest/aws-recommendation/read.ts";
import { withBilling } from "./ingest/billing.ts";
import { futuresOf } from "./ingest/futures/asked.ts";
import { eventsOfFindings } from "./headroom/events.ts";
import { metricsOf, withMetricInputs } from "./ingest/metrics/inputs.ts";
import { sharingOf } from "./ingest/sharing.ts";
import { readRateFiles } from "./ingest/rates/read.ts";
import { requireMonths } from "./outcome/ladder.ts";
import { answerOf } from "./portfolio/candidates.ts";
import { pricesOf } from "./pricing/on-demand-prices.ts";
import { compareAws } from "./recommendation/aws-comparison.ts";
import { decide, decideAnswer } from "./recommendation/decide.ts";
import { adviceSummary, recommendationOf, recommendedOf } from "./recommendation/document.ts";
import { preparing, type PreparedProblem } from "./recommendation/inputs.ts";
import { allowedOf } from "./recommendation/options.ts";
import { withHands } from "./threads/pool.ts";

export type RecommendOptions = CallOf<"recommend">;

/**
 * The purchase that saves the most against the risk of underuse, over the futures and around the plans already owned,
 * within the limits; beside it the alternatives, settled on the same futures. Deterministic.
 * @throws SageplanError; see `domain/error.ts` for codes and exit codes
 */
export const recommend = (options: RecommendOptions, effects: Effects = {}): Promise<Recommended> =>
  withDecision(options, effects, decide, async ({ inputs, problem, choice, headroom }, allowed, aws) => {
    const compared = aws && {
      comparison: await compareAws(inputs, problem, choice, aws, effects),
      input: aws.input,
    };
    const document = recommendationOf(inputs, problem, choice, allowed, options, headroom, compared);
    return recommendedOf(problem, choice, answerOf(choice).portfolio, document);
  });

/**
 * The same answer without the alternatives, in a fraction of the time: every field that it has is as `recommend` has it.
 * `compareAws` and `ladder` are details, and not looked at.
 * @throws SageplanError as `recommend` does
 */
export const recommendSummary = (options: RecommendOptions, effects: Effects = {}): Promise<Summary> =>
  withDecision(options, effects, decideAnswer, ({ inputs, problem, answer, headroom }, allowed) =>
    Promise.resolve(adviceSummary(inputs, problem, answer, allowed, headroom)),
  );

/** Reads everything and decides. */
async function withDecision<D, T>(
  options: RecommendOptions,
  effects: Effects,
  decided: (...asked: Parameters<typeof decide>) => Promise<D>,
  use: (decision: D, allowed: Allowed, aws: AwsRecommendationFile | null) => Promise<T>,
): Promise<T> {
  const aws = options.compareAws === undefined ? null : await readAwsRecommendation(options.compareAws);
  const allowed = allowedOf(options);
  const card = options.rates?.length ? await readRateFiles(options.rates) : null;
  const futures = await futuresOf(options, allowed, effects);
  const metrics = await metricsOf(options);
  const sharedAs = await sharingOf(options);
  return withBilling({ ...options, resources: true }, effects, async (read) => {
    const billing = withMetricInputs(read, metrics);
    if (aws) requireSameCurrency(aws, billing);
    const priceOf = pricesOf(billing, requireSpend(billing), card);
    const prepare = preparing(billing, card, { ...options, sharedAs });
    const prepareWith = (others: typeof futures): PreparedProblem =>
      prepare(others, others === futures ? undefined : priceOf);
    if (options.ladder !== undefined) requireMonths(prepareWith(futures).data, options.ladder);
    const { events, told } = eventsOfFindings(headroomIn(billing, card, metrics, options));
    const decision = await withHands(options.threads, effects, (working) =>
      decided(prepareWith, futures, told, events, options, allowed, working),
    );
    return use(decision, allowed, aws);
  });
}

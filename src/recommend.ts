import { requireSpend } from "./domain/billing.ts";
import type { Effects } from "./domain/progress.ts";
import type { Recommended } from "./domain/recommended.ts";
import type { CallOf } from "./domain/options/verbs.ts";
import { headroomIn } from "./headroom/find-in-billing.ts";
import { readAwsRecommendation, requireSameCurrency } from "./ingest/aws-recommendation/read.ts";
import { withBilling } from "./ingest/billing.ts";
import { futuresOf } from "./ingest/futures/asked.ts";
import { eventsOfFindings } from "./headroom/events.ts";
import { metricsOf, withMetricInputs } from "./ingest/metrics/inputs.ts";
import { sharingOf } from "./ingest/sharing.ts";
import { readRateFiles } from "./ingest/rates/read.ts";
import { commitmentTableOf } from "./outcome/commitment-table.ts";
import { hourlyUseOf } from "./outcome/hourly-use.ts";
import { requireMonths } from "./outcome/ladder.ts";
import { whatIfOf } from "./outcome/what-if.ts";
import { answerOf } from "./portfolio/candidates.ts";
import { pricesOf } from "./pricing/on-demand-prices.ts";
import { compareAws } from "./recommendation/aws-comparison.ts";
import { decide } from "./recommendation/decide.ts";
import { commitmentsOf, recommendationOf } from "./recommendation/document.ts";
import { preparing, type PreparedProblem } from "./recommendation/inputs.ts";
import { allowedOf } from "./recommendation/options.ts";
import { withHands } from "./threads/pool.ts";

export type RecommendOptions = CallOf<"recommend">;

/**
 * The purchase that saves the most against the risk of underuse, over the futures and around the plans already owned,
 * within the limits; beside it the alternatives, settled on the same futures. Deterministic.
 * @throws SageplanError; see `domain/error.ts` for codes and exit codes
 */
export async function recommend(options: RecommendOptions, effects: Effects = {}): Promise<Recommended> {
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
    const { inputs, problem, choice, headroom } = await withHands(options.threads, effects, (working) =>
      decide(prepareWith, futures, told, events, options, allowed, working),
    );
    const compared = aws && {
      comparison: await compareAws(inputs, problem, choice, aws, effects),
      input: aws.input,
    };
    const recommendation = recommendationOf(
      inputs,
      problem,
      choice,
      allowed,
      options,
      headroom,
      compared ?? undefined,
    );
    const { portfolio } = answerOf(choice);
    return {
      recommendation,
      hourlyUse: hourlyUseOf(problem, portfolio),
      whatIf: whatIfOf(problem, portfolio),
      commitmentTable: () =>
        commitmentTableOf(problem, portfolio, choice.bestSingle, commitmentsOf(recommendation)),
    };
  });
}

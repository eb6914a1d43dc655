import { requireSpend } from "./domain/billing.ts";
import type { RecommendOptions } from "./domain/options.ts";
import type { Effects } from "./domain/progress.ts";
import type { Recommended } from "./domain/recommended.ts";
import { headroomIn } from "./headroom/find-in-billing.ts";
import { readAwsRecommendation, requireSameCurrency } from "./ingest/aws-recommendation/read.ts";
import { withBilling } from "./ingest/billing.ts";
import { futuresOf } from "./ingest/futures/asked.ts";
import { eventsOfFindings } from "./ingest/futures/events.ts";
import { metricsOf, withMetricInputs } from "./ingest/metrics/inputs.ts";
import { readRateFiles } from "./ingest/rates/read.ts";
import { alongOf } from "./outcome/commitment-table.ts";
import { hourlyUseOf } from "./outcome/hourly-use.ts";
import { requireMonths } from "./outcome/ladder.ts";
import { whatIfOf } from "./outcome/what-if.ts";
import { answerOf } from "./portfolio/candidates.ts";
import { pricesOf } from "./pricing/on-demand-prices.ts";
import type { Scene } from "./problem/inputs.ts";
import { compareAws } from "./recommendation/aws-comparison.ts";
import { decide } from "./recommendation/decide.ts";
import { commitmentsOf, recommendationOf } from "./recommendation/document.ts";
import { sceneOf } from "./recommendation/inputs.ts";
import { allowedOf } from "./recommendation/options.ts";

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
  return withBilling({ ...options, resources: true }, effects, async (read) => {
    const billing = withMetricInputs(read, metrics);
    if (aws) requireSameCurrency(aws, billing.currency);
    const priceOf = pricesOf(requireSpend(billing), card);
    const sceneWith = (others: typeof futures): Scene =>
      sceneOf(billing, card, others, { ...options, priceOf: others === futures ? undefined : priceOf });
    if (options.ladder !== undefined) requireMonths(sceneWith(futures).situation, options.ladder);
    const found = headroomIn(billing, card, metrics, options);
    const { prospect, choice, headroom } = await decide(
      sceneWith,
      futures,
      found,
      eventsOfFindings(found),
      options,
      allowed,
      effects,
    );
    const compared = aws && {
      comparison: await compareAws(prospect, choice, aws, effects),
      input: aws.input,
    };
    const recommendation = recommendationOf(
      prospect,
      choice,
      allowed,
      options,
      headroom,
      compared ?? undefined,
    );
    const { commitments } = answerOf(choice);
    return {
      recommendation,
      hourlyUse: hourlyUseOf(prospect, commitments),
      whatIf: whatIfOf(prospect),
      along: () => alongOf(prospect, commitments, choice.bestSingle, commitmentsOf(recommendation)),
    };
  });
}

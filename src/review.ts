import { requireSpend } from "./domain/billing.ts";
import type { Review } from "./domain/documents/review.ts";
import { hourOfMs } from "./domain/hour.ts";
import type { Effects } from "./domain/progress.ts";
import type { CallOf } from "./domain/options/verbs.ts";
import { headroomIn } from "./headroom/find-in-billing.ts";
import { futuresOf } from "./ingest/futures/asked.ts";
import { eventsOfFindings } from "./headroom/events.ts";
import { sharingOf } from "./ingest/sharing.ts";
import { metricsOf, withMetricInputs } from "./ingest/metrics/inputs.ts";
import { planUse } from "./ingest/plans/plan-use.ts";
import { withEngine } from "./ingest/with-engine.ts";
import { pricesOf } from "./pricing/on-demand-prices.ts";
import { decide } from "./recommendation/decide.ts";
import { recommendationOf } from "./recommendation/document.ts";
import { preparing, type PreparedProblem } from "./recommendation/inputs.ts";
import { allowedOf } from "./recommendation/options.ts";
import { purchaseCommands as buyCommands } from "./report/document/purchase-command.ts";
import { adviceOf } from "./review/advice-change.ts";
import { recordOf, reviewDocument } from "./review/document.ts";
import { pastOf } from "./review/past.ts";
import { renewalsOf } from "./review/renewal.ts";
import { reviewOf } from "./review/report.ts";
import { stepsOf } from "./review/steps.ts";
import { withHands } from "./threads/pool.ts";
import { broughtBy, withStore } from "./store/intake.ts";
import { recordReview, reviewsBefore } from "./store/reviews.ts";

export type ReviewOptions = CallOf<"review">;

/**
 * The monthly review: takes new deliveries into the store, then tells what the plans did, which expire, how usage
 * moved, what came of the last advice, and what there is to decide now. One transaction: interrupted, it leaves the
 * store as it was. The same deliveries again give the same review.
 * @throws SageplanError; `store-busy` when another review holds the store
 */
export async function review(options: ReviewOptions, effects: Effects = {}): Promise<Review> {
  const allowed = allowedOf(options);
  const brought = await broughtBy(options, effects);
  const futures = await futuresOf(options, allowed, effects);
  const metrics = await metricsOf(options);
  const sharedAs = await sharingOf(options);
  return withEngine(options.memory, brought.folders, effects, (engine) =>
    withStore(engine, brought, effects, async ({ billing: known, card, taken }) => {
      const billing = withMetricInputs(known, metrics);
      const asOf = hourOfMs(brought.asOfMs);
      const priceOf = pricesOf(billing, requireSpend(billing), card);
      const prepare = preparing(billing, card, { ...options, sharedAs });
      const prepareWith = (from: typeof futures): PreparedProblem =>
        prepare(from, from === futures ? undefined : priceOf);
      const found = headroomIn(billing, card, metrics, options);
      const { events, told } = eventsOfFindings(found);
      const decided = await withHands(options.threads, effects, (working) =>
        decide(prepareWith, futures, told, events, options, allowed, working),
      );
      const { inputs, problem, choice, headroom } = decided;
      const recommendation = recommendationOf(inputs, problem, choice, allowed, options, headroom);
      const seen = await pastOf(billing, inputs, problem, asOf, (from, count) =>
        planUse(engine, { from, to: from + count }),
      );
      const earlier = await reviewsBefore(engine, seen.until, options.decision);
      const past = await reviewOf(seen, earlier, brought.asOfMs);
      const { before } = earlier;
      const { purchases, queued } = recommendation;
      const advised = { bestSingle: choice.bestSingle, purchases };
      const advice = await adviceOf(problem, advised, seen, before, effects);
      const expiries = renewalsOf(past.expiries, queued, billing.ownedPlans);
      const { returnable } = past;
      const { leastSaving } = options;
      const steps = stepsOf({ recommendation, expiries, returnable, leastSaving, buyCommands });
      const contents = { past, expiries, steps, taken, recommendation, advice };
      await recordReview(engine, seen.until, recordOf(contents), before, past.lastReview);
      return reviewDocument(contents);
    }),
  );
}

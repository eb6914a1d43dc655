import { documentOf } from "./document.ts";
import { hourlyUseOf } from "./parts.ts";
import { sceneOf } from "./scene.ts";
import type { HistoryOptions } from "./situation.ts";
import { asItIs, choose, weighAll, type Allowed } from "./weigh.ts";
import type { HourlyUse } from "./domain/hourly-use.ts";
import type { PaymentOption, Term } from "./domain/offering.ts";
import type { Effects } from "./domain/progress.ts";
import type { Recommendation } from "./domain/recommendation.ts";
import { withBilling, type BillingOptions } from "./ingest/billing.ts";
import { readRateFiles } from "./ingest/rate-files.ts";

export interface RecommendOptions extends BillingOptions, HistoryOptions {
  /** Rate cards; without them what the bill shows, then the shipped illustrative card. */
  rates?: readonly string[] | undefined;
  /** Offerings that may be bought. Defaults: any term, no upfront. */
  term?: Term | "any" | undefined;
  payment?: PaymentOption | "any" | undefined;
  /** `history`: the past repeats exactly. The only one in this version. */
  futures?: "history" | undefined;
  /** Share that an enterprise agreement takes off; default: what the bill shows. */
  negotiatedDiscount?: number | undefined;
}

/**
 * The commitment that would have saved the most over the history, around the plans already owned, for each of the six
 * offerings; the best of those that may be bought is the answer. Deterministic.
 * @throws SageplanError; see `domain/error.ts` for codes and exit codes
 */
export async function recommend(
  options: RecommendOptions,
  effects: Effects = {},
): Promise<{ recommendation: Recommendation; hourlyUse: HourlyUse }> {
  const allowed: Allowed = { term: options.term ?? "any", payment: options.payment ?? "no-upfront" };
  const card = options.rates?.length ? await readRateFiles(options.rates) : null;
  return withBilling(options, effects, async (billing) => {
    const scene = sceneOf(billing, card, options);
    const before = asItIs(scene);
    const weighed = await weighAll(scene, before, allowed, effects);
    const chosen = choose(weighed);
    return {
      recommendation: documentOf(scene, before, weighed, chosen, {
        ...options,
        ...allowed,
        futures: "history",
      }),
      hourlyUse: hourlyUseOf(scene.situation, chosen.settled, chosen.commitmentUsdPerHour),
    };
  });
}

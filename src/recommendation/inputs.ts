/**
 * All that a purchase is weighed in, put together once: what was read, the hours that count, the rates, the situation.
 */
import { requireSpend, type Billing } from "../domain/billing.ts";
import type { OwnedPlan } from "../domain/commitment.ts";
import { onOneList, withNewSkus } from "../domain/one-list.ts";
import type { HistoryOptions } from "../domain/options.ts";
import type { Futures } from "../domain/own-futures.ts";
import type { SavingsPlansRate } from "../domain/rates.ts";
import type { SampledFutures } from "../domain/sampling.ts";
import type { HourlySpend, Sku } from "../domain/usage.ts";
import { historyOf, requireOnePayer, wholeHistory, withinSpan } from "../history/history.ts";
import { replay } from "../history/replay.ts";
import { requireSoundCard } from "../pricing/card-checks.ts";
import { eligibilities } from "../pricing/eligibility.ts";
import { withCutSkus } from "../pricing/price-cut-rates.ts";
import { ratesInUse } from "../pricing/rate-table.ts";
import type { Scene } from "../problem/inputs.ts";
import { requireEventsFit } from "../scenario/event-checks.ts";
import { eventSkus } from "../scenario/event-skus.ts";
import { scenarioSetOf } from "../scenario/own-futures.ts";
import { situationOf, type Supposed } from "./situation.ts";

export interface SceneOptions extends HistoryOptions {
  negotiatedDiscount?: number | undefined;
  /** Plans that the futures hold; default: those that are owned. */
  heldPlans?: readonly OwnedPlan[] | undefined;
  /** On-Demand rates of usage that events bring; default: unknown. */
  priceOf?: ((sku: Sku) => number | null) | undefined;
}

/**
 * @throws SageplanError `no-sagemaker-usage`; `wrong-call` for dates outside of the data and for several organisations
 */
export function sceneOf(
  read: Billing,
  card: readonly SavingsPlansRate[] | null,
  futures: Futures | SampledFutures | null,
  options: SceneOptions,
): Scene {
  const all = requireSpend(read);
  requireOnePayer(read);
  const { span, billing } = wholeHistory(read, all, options);
  const ratesOfAll = ratesInUse(all, billing.observedRates, card);
  const replayed = replay(billing, all, ratesOfAll);
  const history = withinSpan(all, span);
  requireSoundCard(billing, history, card);
  const own = futures !== null && "spend" in futures ? futures : null;
  const sampled = futures !== null && "seed" in futures ? futures : null;
  requireEventsFit(sampled?.events ?? [], history.skus);
  const brought = { ...history, skus: [...history.skus, ...eventSkus(sampled?.events ?? [], history.skus)] };
  const [spend, supposed] = own === null ? [brought, null] : onOneList(history, own.spend);
  const known = supposed === null ? spend : withNewSkus(spend, supposed);
  const rates = ratesInUse(known, billing.observedRates, card, options.priceOf);
  const eligibility = eligibilities(spend, rates);
  const share = options.negotiatedDiscount ?? billing.negotiatedDiscount;
  const situation = situationOf(
    { ...billing, ownedPlans: [...(options.heldPlans ?? billing.ownedPlans)] },
    spend,
    own && supposed
      ? supposedSpend(own, supposed)
      : sampled
        ? { kind: "bootstrap", ...sampled }
        : { kind: "history" },
    rates,
    { sharing: replayed.sharing, negotiatedDiscount: share },
  );
  return {
    billing,
    spend,
    rates: withCutSkus(rates, situation.assumed?.cutSkus ?? []),
    all: { spend: all, rates: ratesOfAll },
    eligibility,
    history: historyOf(spend, eligibility),
    situation,
    supposed,
    futuresInput: own?.input ?? sampled?.eventsInput ?? null,
    agreements: [...billing.agreements, ...replayed.agreements],
    discount: {
      share,
      source: options.negotiatedDiscount !== undefined ? "option" : share > 0 ? "bill" : "none",
    },
  };
}

const supposedSpend = (futures: Futures, spend: HourlySpend): Supposed => ({
  kind: "file",
  spend,
  span: { from: futures.from, to: futures.from + futures.hourCount },
  scenariosOf: (base) => scenarioSetOf(base, futures),
});

/** All that a purchase is weighed in, put together once: what was read, the hours that count, the rates, the situation. */
import { onOneList, withNewSkus } from "./domain/one-list.ts";
import { requireEventsFit } from "./event-fit.ts";
import { eventSkus } from "./scenario/event-skus.ts";
import { withCutSkus } from "./cut-rates.ts";
import { replay } from "./replay.ts";
import {
  eligibilities,
  historyOf,
  requireOnePayer,
  situationOf,
  wholeHistory,
  withinSpan,
  type HistoryOptions,
  type Sampling,
  type Supposed,
} from "./situation.ts";
import type { OwnedPlan } from "./domain/commitment.ts";
import type { History, Recommendation } from "./domain/recommendation.ts";
import type { SavingsPlansRate } from "./domain/rates.ts";
import type { Situation } from "./domain/situation.ts";
import type { HourlySpend, Sku } from "./domain/usage.ts";
import type { Agreement } from "./domain/agreement.ts";
import { requireSpend, type Billing } from "./ingest/billing.ts";
import type { Eligibility } from "./ingest/eligibility.ts";
import { scenarioSetOf, type Futures } from "./ingest/futures.ts";
import type { InputFile } from "./ingest/input-file.ts";
import { ratesInUse, type RatesInUse } from "./ingest/rates-in-use.ts";

/** Sampled futures, and the file that tells what is known to come. */
export interface SampledFutures extends Sampling {
  eventsInput: InputFile | null;
}

export interface Scene {
  billing: Billing;
  /** The hours that count. */
  spend: HourlySpend;
  rates: RatesInUse;
  /** All hours that were read, and the rates for them. */
  all: { spend: HourlySpend; rates: RatesInUse };
  eligibility: Eligibility[];
  history: History;
  situation: Situation;
  /** The spend of the user's own futures, on the same list of items; null when the past repeats. */
  supposed: HourlySpend | null;
  futuresInput: InputFile | null;
  /** AWS's own rows against each other, and our replay of the owned plans against them: over all that was read. */
  agreements: Agreement[];
  discount: Recommendation["negotiatedDiscount"];
}

export interface SceneOptions extends HistoryOptions {
  negotiatedDiscount?: number | undefined;
  /** Plans that the futures hold; default: those that are owned. */
  heldPlans?: readonly OwnedPlan[] | undefined;
  /** On-Demand rates of usage that events bring; default: unknown. */
  priceOf?: ((sku: Sku) => number | null) | undefined;
}

/** @throws SageplanError `no-sagemaker-usage`; `wrong-call` for dates outside of the data and for several organisations */
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
    agreements: [...billing.agreements, ...(replayed.agreement ? [replayed.agreement] : [])],
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

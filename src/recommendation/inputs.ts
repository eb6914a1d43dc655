/** What was read, the hours that count and the rates → the data of the purchase problem, and what it was made from. */
import { requireSpend, type Billing } from "../domain/billing.ts";
import { onOneList, withNewSkus } from "../domain/one-list.ts";
import type { Sharing } from "../domain/sharing.ts";
import type { Hour } from "../domain/hour.ts";
import type { HistoryOptions, ObjectiveOptions } from "../domain/options/decision.ts";
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
import type { PurchaseInputs } from "../problem/inputs.ts";
import { purchaseProblem, type ProblemData, type PurchaseProblem } from "../problem/problem.ts";
import { bootstrap } from "../scenario/bootstrap.ts";
import { requireEventsFit } from "../scenario/event-checks.ts";
import { eventSkus } from "../scenario/event-skus.ts";
import { scenarioSetOf } from "../scenario/own-futures.ts";
import { problemData, type ScenarioSource } from "./problem-data.ts";

export interface PrepareOptions extends HistoryOptions {
  negotiatedDiscount?: number | undefined;
  /** Whether purchases may be queued for later starts; default: yes. */
  queue?: boolean | undefined;
  /** How plans are shared; default: as the bill shows. */
  sharedAs?: Sharing | null | undefined;
  buyer?: string | undefined;
  /** Hours at which purchases may start besides. */
  startHours?: readonly Hour[] | undefined;
}

/** Both halves of what a purchase is evaluated in. */
export interface PreparedProblem {
  inputs: PurchaseInputs;
  data: ProblemData;
}

/** A problem and what it was made from. */
export interface PosedProblem {
  inputs: PurchaseInputs;
  problem: PurchaseProblem;
}

export const poseProblem = ({ inputs, data }: PreparedProblem, options: ObjectiveOptions): PosedProblem => ({
  inputs,
  problem: purchaseProblem(data, inputs.rates, options),
});

/** Problems over one history that differ in their futures; `priceOf`: On-Demand rates of usage that their events bring. */
export type Prepare = (
  futures: Futures | SampledFutures | null,
  priceOf?: (sku: Sku) => number | null,
) => PreparedProblem;

/**
 * What all futures have in common is made ready once.
 * @throws SageplanError `no-sagemaker-usage`; `wrong-call` for dates outside of the data and for several organisations
 */
export function preparing(
  read: Billing,
  card: readonly SavingsPlansRate[] | null,
  options: PrepareOptions,
): Prepare {
  const all = requireSpend(read);
  requireOnePayer(read);
  const { span, billing } = wholeHistory(read, all, options);
  const ratesOfAll = ratesInUse(all, billing.observedRates, card);
  const replayed = replay(billing, all, ratesOfAll);
  const history = withinSpan(all, span);
  requireSoundCard(billing, history, card);
  const draw = drawnOnce();
  return (futures, priceOf) => {
    const own = futures !== null && "spend" in futures ? futures : null;
    const sampled = futures !== null && "seed" in futures ? futures : null;
    requireEventsFit(sampled?.events ?? [], history.skus);
    const brought = {
      ...history,
      skus: [...history.skus, ...eventSkus(sampled?.events ?? [], history.skus)],
    };
    const [spend, futuresSpend] = own === null ? [brought, null] : onOneList(history, own.spend);
    const known = futuresSpend === null ? spend : withNewSkus(spend, futuresSpend);
    const rates = ratesInUse(known, billing.observedRates, card, priceOf);
    const eligibility = eligibilities(spend, rates);
    const share = options.negotiatedDiscount ?? billing.negotiatedDiscount;
    const source: ScenarioSource =
      own && futuresSpend
        ? ownScenarios(own, futuresSpend)
        : sampled
          ? { kind: "bootstrap", ...sampled, draw }
          : { kind: "history" };
    const { data, assumed } = problemData(billing, spend, source, rates, {
      sharing: options.sharedAs ?? replayed.sharing,
      buyer: options.buyer,
      negotiatedDiscount: share,
      queue: options.queue ?? true,
      startHours: options.startHours ?? [],
    });
    const inputs: PurchaseInputs = {
      billing,
      spend,
      rates: withCutSkus(rates, assumed?.cutSkus ?? []),
      allSpend: all,
      allRates: ratesOfAll,
      eligibility,
      history: historyOf(spend, eligibility),
      futuresSpend,
      futuresInput: own?.input ?? sampled?.eventsInput ?? null,
      assumed,
      events: sampled?.events ?? [],
      agreements: [...billing.agreements, ...replayed.agreements],
      sharingSource: options.sharedAs ? "option" : replayed.agreements.length > 0 ? "bill" : "assumed",
      discount: {
        share,
        source: options.negotiatedDiscount !== undefined ? "option" : share > 0 ? "bill" : "none",
      },
    };
    return { inputs, data };
  };
}

/** One problem alone. */
export const prepareProblem = (
  read: Billing,
  card: readonly SavingsPlansRate[] | null,
  futures: Futures | SampledFutures | null,
  options: PrepareOptions,
): PreparedProblem => preparing(read, card, options)(futures);

/** The sampler, which draws the same futures of the same history once. */
function drawnOnce(): typeof bootstrap {
  const drawn = new Map<string, ReturnType<typeof bootstrap>>();
  return (demand, { horizonHours, scenarios, seed, growth }) => {
    const options = { horizonHours, scenarios, seed, growth };
    const key = JSON.stringify(options);
    const { paths, assumed } = drawn.get(key) ?? bootstrap(demand, options);
    drawn.set(key, { paths, assumed });
    return { paths: { ...paths, base: demand }, assumed };
  };
}

const ownScenarios = (futures: Futures, spend: HourlySpend): ScenarioSource => ({
  kind: "file",
  spend,
  span: { from: futures.from, to: futures.from + futures.hourCount },
  scenariosOf: (base) => scenarioSetOf(base, futures),
});

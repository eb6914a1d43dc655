import { setImmediate } from "node:timers/promises";
import type { DecideOptions, Decision, Series } from "./backtest/decide.ts";
import { scoresOf } from "./backtest/score.ts";
import { walkForward } from "./backtest/walk-forward.ts";
import { walkOf, type Walk } from "./backtest/walk.ts";
import type { Backtest, BacktestDecision } from "./domain/backtest.ts";
import { SageplanError } from "./domain/error.ts";
import { isoHour } from "./domain/hour.ts";
import {
  offeringLabel,
  TERM_HOURS,
  type Offering,
  type PaymentOption,
  type Term,
} from "./domain/offering.ts";
import type { Effects } from "./domain/progress.ts";
import { DEFAULT_AVERSION, DEFAULT_TAIL } from "./domain/risk.ts";
import { hoursOfSpan } from "./horizon.ts";
import { withBilling, type BillingOptions } from "./ingest/billing.ts";
import { readRateFiles } from "./ingest/rate-files.ts";
import { provenanceOf } from "./parts.ts";
import { sceneOf, type Scene } from "./scene.ts";
import type { HistoryOptions } from "./situation.ts";

export interface BacktestOptions extends BillingOptions, HistoryOptions {
  rates?: readonly string[] | undefined;
  /** The offering that is bought anew at each decision: 1 year, no upfront. */
  term?: Term | undefined;
  payment?: PaymentOption | undefined;
  riskAversion?: number | undefined;
  tail?: number | undefined;
  scenarios?: number | undefined;
  seed?: number | undefined;
  /** Spans as `60d` or `12mo`: history before a decision, from one decision to the next, hours by which it is judged. */
  window?: string | undefined;
  step?: string | undefined;
  horizon?: string | undefined;
}

const AVERSIONS = [0, 0.1, 0.2, 0.4, 0.6, 0.8, 1];

/**
 * How the method would have done, walking forward through the history: at each decision only what was known then.
 * @throws SageplanError `wrong-call` when the history is too short for one decision; see `domain/error.ts` for others
 */
export async function backtest(options: BacktestOptions, effects: Effects = {}): Promise<Backtest> {
  const card = options.rates?.length ? await readRateFiles(options.rates) : null;
  return withBilling(options, effects, async (billing) => {
    const scene = sceneOf(billing, card, null, options);
    const offering: Offering = {
      term: options.term ?? "1yr",
      paymentOption: options.payment ?? "no-upfront",
    };
    const series = seriesOf(scene, offering);
    const hours = { historyHours: hoursOf(options.window), stepHours: hoursOf(options.step) };
    const walkOptions = { ...hours, horizonHours: hoursOf(options.horizon) };
    const walk = walkOf(series.demand.hourCount, walkOptions);
    requireDecision(walk, series.demand.hourCount);
    const riskAversion = options.riskAversion ?? DEFAULT_AVERSION;
    const stated = { scenarios: options.scenarios ?? 200, seed: options.seed ?? 1 };
    const decideOptions: DecideOptions = {
      ...stated,
      riskAversions: [...new Set([...AVERSIONS, riskAversion])].sort((a, b) => a - b),
      tail: options.tail ?? DEFAULT_TAIL,
    };
    const decisions: Decision[] = [];
    const tell = (): void =>
      effects.onProgress?.({
        step: "Deciding",
        done: decisions.length,
        total: walk.at.length,
        unit: "decisions",
      });
    tell();
    for (const decision of walkForward(series, { ...walkOptions, ...decideOptions })) {
      decisions.push(decision);
      tell();
      await setImmediate();
      effects.signal?.throwIfAborted();
    }
    const { from, to } = scene.history;
    return {
      schema: "sageplan/backtest/1",
      provenance: provenanceOf(billing, [], { ...options, ...stated }),
      offering,
      walk: {
        from,
        to,
        historyHours: walk.historyHours,
        horizonHours: walk.horizonHours,
        stepHours: walk.stepHours,
        decisions: decisions.length,
        notes: notesOf(scene, walk, offering),
      },
      riskAversion,
      scores: scoresOf(decisions),
      decisions: decisions.map((decision) => told(decision, scene.situation.span.from)),
    };
  });
}

const hoursOf = (span: string | undefined): number | undefined =>
  span === undefined ? undefined : hoursOfSpan(span);

/** What the offering can cover of the history; without sharing only the buyer's own usage. */
function seriesOf({ situation, rates }: Scene, offering: Offering): Series {
  const { past, buyer, sharing } = situation;
  const { ratio } = rates.byOffering.get(offeringLabel(offering))!;
  const ratioOf = Float64Array.from(past.demand.items, ({ account, sku }) =>
    sharing || account === buyer ? ratio[sku]! : Number.NaN,
  );
  return { name: "history", family: "history", demand: past.demand, ratioOf };
}

function requireDecision({ at, historyHours, horizonHours }: Walk, hourCount: number): void {
  if (at.length > 0) return;
  throw new SageplanError(
    "wrong-call",
    `The history has ${hourCount} hours, and one decision takes ${historyHours} before it and ${horizonHours} after it. ` +
      "Add older exports, or shorten --window and --horizon.",
  );
}

/** Fewer decisions say little about how often something happens. */
const FEW = 20;

function notesOf(
  { situation, spend: { granularityHours } }: Scene,
  { horizonHours, at }: Walk,
  { term }: Offering,
): string[] {
  const { past, sharing, buyer } = situation;
  const notes: string[] = [];
  if (horizonHours < TERM_HOURS[term]) {
    notes.push(
      `Each purchase is judged by ${horizonHours} hours, not by the ${TERM_HOURS[term]} of its term: the history holds no more.`,
    );
  }
  if (at.length < FEW) {
    notes.push(
      `${at.length} decisions, on hours that overlap: too few to tell how often a loss comes. Read the figures as examples.`,
    );
  }
  if (granularityHours > 1) {
    notes.push(
      "The export is not hourly: its hours were spread evenly, so every saving here is an upper bound.",
    );
  }
  if (past.owned.length > 0)
    notes.push("Plans that are owned are left out: each decision is the first purchase.");
  if (!sharing) notes.push(`Plans are not shared between accounts, so only account ${buyer} counts.`);
  return notes;
}

function told({ at, spendUsd, hindsight, rules, ours }: Decision, from: number): BacktestDecision {
  return {
    at: isoHour(from + at),
    spendUsd,
    hindsight,
    choices: [
      ...ours.map(({ riskAversion, commitmentUsdPerHour, saved }) => ({
        rule: "sageplan",
        riskAversion,
        commitmentUsdPerHour,
        saved,
      })),
      ...rules.map((rule) => ({ riskAversion: null, ...rule })),
    ],
  };
}

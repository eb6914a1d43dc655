import { AVERSIONS, type DecideOptions, type Decision } from "./backtest/decide.ts";
import { backtestNotes, decisionOf, requireDecision, seriesOf } from "./backtest/document.ts";
import { monthsIn } from "./backtest/monthly/document.ts";
import { monthlyBacktest } from "./backtest/monthly/walk.ts";
import { scoresOf } from "./backtest/score.ts";
import { walkForward } from "./backtest/walk-forward.ts";
import { walkOf } from "./backtest/walk.ts";
import { currencyOf } from "./domain/currency.ts";
import type { Backtest } from "./domain/documents/backtest.ts";
import { hoursOfSpan } from "./domain/horizon.ts";
import type { Offering } from "./domain/offering.ts";
import { sampleOptions, type HistoryOptions } from "./domain/options/decision.ts";
import { withDefaults } from "./domain/options/option.ts";
import { VERBS, type CallOf } from "./domain/options/verbs.ts";
import type { Effects } from "./domain/progress.ts";
import { pauseFor } from "./portfolio/best-portfolio.ts";
import { provenanceOf } from "./history/provenance.ts";
import { withBilling } from "./ingest/billing.ts";
import { readRateFiles } from "./ingest/rates/read.ts";
import { prepareProblem } from "./recommendation/inputs.ts";

export type BacktestOptions = CallOf<"backtest"> & HistoryOptions;

/**
 * How the method would have done, walking forward through the history: at each decision only what was known then.
 * @throws SageplanError `wrong-call` when the history is too short for one decision; see `domain/error.ts` for others
 */
export async function backtest(options: BacktestOptions, effects: Effects = {}): Promise<Backtest> {
  const card = options.rates?.length ? await readRateFiles(options.rates) : null;
  return withBilling(options, effects, async (billing) => {
    const { inputs, data } = prepareProblem(billing, card, null, options);
    const asked = withDefaults(VERBS.backtest.takes, options);
    const offering: Offering = { term: asked.term, paymentOption: asked.payment };
    const series = seriesOf(data, inputs.rates, offering);
    const hours = { historyHours: hoursOf(options.window), stepHours: hoursOfSpan(asked.step) };
    const walkOptions = { ...hours, horizonHours: hoursOf(options.horizon) };
    const walk = walkOf(series.demand.hourCount, walkOptions);
    requireDecision(walk, series.demand.hourCount);
    const months = asked.monthly ? monthsIn(series, offering) : null;
    const { riskAversion, scenarios, seed, tail } = asked;
    const riskAversions = [...new Set([...AVERSIONS, riskAversion])].sort((a, b) => a - b);
    const decideOptions: DecideOptions = { scenarios, seed, riskAversions, tail };
    const decisions: Decision[] = [];
    const progress = { step: "Deciding", total: walk.at.length, unit: "decisions" };
    const tell = (): Promise<void> => pauseFor(effects, { ...progress, done: decisions.length })();
    await tell();
    for (const decision of walkForward(series, { ...walkOptions, ...decideOptions })) {
      decisions.push(decision);
      await tell();
    }
    const { from, to } = inputs.history;
    return {
      schema: "sageplan/backtest/2",
      provenance: provenanceOf(billing, [], withDefaults(sampleOptions, options)),
      currency: currencyOf(billing),
      offering,
      walk: {
        from,
        to,
        historyHours: walk.historyHours,
        horizonHours: walk.horizonHours,
        stepHours: walk.stepHours,
        decisions: decisions.length,
        notes: backtestNotes(data, inputs.spend.granularityHours, walk, offering),
      },
      riskAversion,
      scores: scoresOf(decisions),
      decisions: decisions.map((decision) => decisionOf(decision, data.span.from)),
      monthly: months && (await monthlyBacktest(months, { ...asked, offering }, effects)),
    };
  });
}

const hoursOf = (span: string | undefined): number | undefined =>
  span === undefined ? undefined : hoursOfSpan(span);

/** One decision of a backtest: what each rule, and we, would have bought, and what came of it. */
import { demandSpan } from "../domain/demand-span.ts";
import { EXPECTATION, probabilityBelow, quantileUsd } from "../domain/risk.ts";
import type { Demand } from "../domain/usage.ts";
import { oneOffer, oneOfferSearch, savingsAt, type Savings } from "../optimize/one-offer.ts";
import { bootstrap } from "../scenario/bootstrap.ts";
import { knownOffer } from "./known.ts";
import { hindsightOf, RULES } from "./rules.ts";
import type { Walk } from "./walk.ts";

/** A history that is walked through, and the plan that could have been bought. */
export interface Series {
  name: string;
  family: string;
  demand: Demand;
  /** `[item]` Savings Plans ÷ On-Demand rate; not a positive number: cannot be covered. */
  ratioOf: Float64Array;
}

export interface DecideOptions {
  riskAversions: readonly number[];
  tail: number;
  scenarios: number;
  seed: number;
}

/** Money as shares of `spendUsd`, unless the name says otherwise. */
export interface Decision {
  series: string;
  family: string;
  /** Hours from the series' start. */
  at: number;
  /** On-Demand spend of the horizon at the history's mean or its own, whichever is more: what shares are of, USD. */
  spendUsd: number;
  hindsightCommitmentUsdPerHour: number;
  hindsight: number;
  /** In the order of RULES. */
  rules: { rule: string; commitmentUsdPerHour: number; saved: number }[];
  /** In the order of the risk aversions. */
  ours: (Forecast & { riskAversion: number })[];
  /** At multiples of our risk-neutral commitment: how well the risk of any commitment is told. */
  probes: Forecast[];
}

/** A commitment, what was said of it, and what came. */
export interface Forecast {
  commitmentUsdPerHour: number;
  saved: number;
  /** Quantiles of the predicted net saving. */
  p5: number;
  p10: number;
  p25: number;
  p50: number;
  p75: number;
  p90: number;
  p95: number;
  predictedProbabilityOfLoss: number;
}

const PROBES = [0.5, 1, 1.5, 2, 3];

/** A search this close to the optimum, as a share of what could be covered, is the optimum to three digits. */
const TOLERANCE = 1e-5;

export function decideAt(series: Series, walk: Walk, at: number, options: DecideOptions): Decision {
  const { demand, ratioOf } = series;
  const { historyHours, horizonHours } = walk;
  const history = demandSpan(demand, at - historyHours, at);
  const future = demandSpan(demand, at, at + horizonHours);
  const spendUsd = Math.max(meanUsd(history), meanUsd(future)) * horizonHours;
  const share = (usd: number): number => (spendUsd > 0 ? usd / spendUsd : 0);
  const came = knownOffer(future, ratioOf);
  const savedBy = (c: number): number => share(savingsAt(came, c).savedUsd[0]!);
  const { paths } = bootstrap(history, {
    horizonHours,
    scenarios: options.scenarios,
    seed: options.seed,
    growth: null,
  });
  const search = oneOfferSearch(oneOffer(paths, ratioOf));
  const forecast = (c: number, { savedUsd }: Savings): Forecast => {
    const quantileAt = (q: number): number => share(quantileUsd(savedUsd, paths.probability, q));
    return {
      commitmentUsdPerHour: c,
      saved: savedBy(c),
      p5: quantileAt(0.05),
      p10: quantileAt(0.1),
      p25: quantileAt(0.25),
      p50: quantileAt(0.5),
      p75: quantileAt(0.75),
      p90: quantileAt(0.9),
      p95: quantileAt(0.95),
      predictedProbabilityOfLoss: probabilityBelow(savedUsd, paths.probability, -1e-9 * spendUsd),
    };
  };
  const ours = options.riskAversions.map((riskAversion) => {
    const found = search.best({ aversion: riskAversion, tail: options.tail }, TOLERANCE);
    return { riskAversion, ...forecast(found.commitmentUsdPerHour, found.savings) };
  });
  const neutral = search.best(EXPECTATION, TOLERANCE).commitmentUsdPerHour;
  const hindsightCommitmentUsdPerHour = hindsightOf(future, ratioOf);
  return {
    series: series.name,
    family: series.family,
    at,
    spendUsd,
    hindsightCommitmentUsdPerHour,
    hindsight: savedBy(hindsightCommitmentUsdPerHour),
    rules: RULES.map(({ name, commitmentOf }) => {
      const commitmentUsdPerHour = commitmentOf(history, ratioOf);
      return { rule: name, commitmentUsdPerHour, saved: savedBy(commitmentUsdPerHour) };
    }),
    ours,
    probes: PROBES.map((multiple) => forecast(multiple * neutral, search.at(multiple * neutral))),
  };
}

const meanUsd = ({ onDemandUsd, hourCount }: Demand): number =>
  onDemandUsd.reduce((sum, usd) => sum + usd, 0) / hourCount;

export const AVERSIONS = [0, 0.1, 0.2, 0.4, 0.6, 0.8, 1];

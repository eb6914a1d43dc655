/** Decisions → how a rule did, and whether the risk that was told is the risk that came. */
import type { Coverage, LossBin, RuleScore } from "../domain/documents/backtest.ts";
import { groupBy } from "../domain/group.ts";
import type { Decision, Forecast } from "./decide.ts";
import { RULES } from "./rules.ts";

interface Score {
  /** Σ saved ÷ Σ saved in hindsight within a family; the mean over the families. */
  captured: number;
  /** Mean of the lowest tenth of the decisions, as a share of spend. */
  worstTenth: number;
  /** Share of the decisions that lost money. */
  lossFrequency: number;
}

/** One of a rule's outcomes: shares of spend. */
export interface RuleOutcome {
  family: string;
  saved: number;
  hindsight: number;
}

export function scoreOf(outcomes: readonly RuleOutcome[]): Score {
  const families = [...groupBy(outcomes, ({ family }) => family).values()];
  const captured = families.map((those) => {
    const hindsight = sum(those, (each) => each.hindsight);
    return hindsight > 0 ? sum(those, (each) => each.saved) / hindsight : 1;
  });
  const saved = outcomes.map((each) => each.saved).sort((a, b) => a - b);
  const worst = saved.slice(0, Math.max(1, Math.floor(saved.length / 10)));
  return {
    captured: mean(captured),
    worstTenth: mean(worst),
    lossFrequency: mean(saved.map((each) => (each < 0 ? 1 : 0))),
  };
}

const INTERVALS = [
  { nominal: 0.5, low: "p25", high: "p75" },
  { nominal: 0.8, low: "p10", high: "p90" },
  { nominal: 0.9, low: "p5", high: "p95" },
] as const;

/**
 * A saving that differs from a bound by a rounding is on it: many futures use a small commitment in
 * full, as what came does.
 */
const ON_BOUND = 1e-6;

export const coverageOf = (forecasts: readonly Forecast[]): Coverage[] =>
  INTERVALS.map(({ nominal, low, high }) => {
    const below = mean(forecasts.map((each) => (each.saved < each[low] - ON_BOUND ? 1 : 0)));
    const above = mean(forecasts.map((each) => (each.saved > each[high] + ON_BOUND ? 1 : 0)));
    return { nominal, realised: 1 - below - above, below, above };
  });

const BINS = 5;

/** By the predicted probability, in fifths of 0 … 1. */
export const lossBinsOf = (forecasts: readonly Forecast[]): LossBin[] =>
  Array.from({ length: BINS }, (_, bin) =>
    binOf(
      forecasts.filter(
        ({ predictedProbabilityOfLoss: p }) => Math.min(BINS - 1, Math.floor(p * BINS)) === bin,
      ),
      bin / BINS,
      (bin + 1) / BINS,
    ),
  );

/** Fifths of the forecasts by rising predicted probability. */
export function lossFifthsOf(forecasts: readonly Forecast[]): LossBin[] {
  const ascending = forecasts.toSorted((a, b) => a.predictedProbabilityOfLoss - b.predictedProbabilityOfLoss);
  const place = (n: number): number => Math.floor((n * ascending.length) / BINS);
  return Array.from({ length: BINS }, (_, bin) => {
    const those = ascending.slice(place(bin), place(bin + 1));
    return binOf(
      those,
      those[0]?.predictedProbabilityOfLoss ?? 0,
      those.at(-1)?.predictedProbabilityOfLoss ?? 0,
    );
  });
}

const binOf = (those: readonly Forecast[], from: number, to: number): LossBin => ({
  from,
  to,
  forecasts: those.length,
  predicted: those.length > 0 ? mean(those.map((each) => each.predictedProbabilityOfLoss)) : null,
  realised: those.length > 0 ? mean(those.map((each) => (each.saved < 0 ? 1 : 0))) : null,
});

/** Ours at each risk aversion, then the rules. */
export function scoresOf(decisions: readonly Decision[]): RuleScore[] {
  const first = decisions[0];
  if (first === undefined) return [];
  const outcomesOf = (savedBy: (decision: Decision) => number): RuleOutcome[] =>
    decisions.map((decision) => ({
      family: decision.family,
      saved: savedBy(decision),
      hindsight: decision.hindsight,
    }));
  const ours = first.ours.map(({ riskAversion }, n): RuleScore => {
    const forecasts = decisions.map((decision) => decision.ours[n]!);
    return {
      rule: "sageplan",
      label: `sageplan, risk aversion ${riskAversion}`,
      riskAversion,
      ...scoreOf(outcomesOf((decision) => decision.ours[n]!.saved)),
      coverage: coverageOf(forecasts),
      lossBins: lossBinsOf(forecasts),
      lossFifths: lossFifthsOf(forecasts),
    };
  });
  const rules = first.rules.map(({ rule }, n): RuleScore => ({
    rule,
    label: RULES[n]!.label,
    riskAversion: null,
    ...scoreOf(outcomesOf((decision) => decision.rules[n]!.saved)),
    coverage: null,
    lossBins: null,
    lossFifths: null,
  }));
  return [...ours, ...rules];
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : sum(values, (value) => value) / values.length;

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

import type { Provenance } from "./recommendation.ts";
import type { Offering } from "../offering.ts";

/** How often what came lay within the predicted interval of net savings. */
export interface Coverage {
  nominal: number;
  realised: number;
  below: number;
  above: number;
}

/** Decisions whose predicted probability of loss lies in from … to; null without any. */
export interface LossBin {
  from: number;
  to: number;
  forecasts: number;
  predicted: number | null;
  realised: number | null;
}

/** Shares of spend. */
export interface RuleScore {
  /** `sageplan`, or the name of another rule. */
  rule: string;
  label: string;
  /** Ours only. */
  riskAversion: number | null;
  /** Σ saved ÷ Σ saved in hindsight within a family; the mean over the families. */
  captured: number;
  /** Mean of the lowest tenth of the decisions. */
  worstTenth: number;
  /** Share of the decisions that lost money. */
  lossFrequency: number;
  coverage: Coverage[] | null;
  /** By the predicted probability, in fifths of 0 … 1. */
  lossBins: LossBin[] | null;
  /** Fifths of the decisions, by rising predicted probability. */
  lossFifths: LossBin[] | null;
}

/** What one rule would have bought, and what came of it, a share of the decision's spend. */
export interface BacktestChoice {
  rule: string;
  riskAversion: number | null;
  commitmentUsdPerHour: number;
  saved: number;
}

export interface BacktestDecision {
  /** ISO 8601, UTC. */
  at: string;
  spendUsd: number;
  hindsight: number;
  choices: BacktestChoice[];
}

/** `sageplan/backtest/1`: what `backtest --json` prints. */
export interface Backtest {
  schema: "sageplan/backtest/1";
  provenance: Provenance;
  offering: Offering;
  walk: {
    from: string;
    to: string;
    historyHours: number;
    horizonHours: number;
    stepHours: number;
    decisions: number;
    /** How the term was scaled to what the history holds, and what else a reader must know. */
    notes: string[];
  };
  riskAversion: number;
  scores: RuleScore[];
  decisions: BacktestDecision[];
}

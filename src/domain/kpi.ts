/**
 * The field's measures, from settled totals of one span of hours. All money in USD over that span.
 * Formulas: AWS Savings Plans user guide (utilization, coverage), FinOps Foundation (Effective Savings Rate).
 */
import type { CommitmentUsd, OnDemandUsd } from "./units.ts";

export interface SettledTotals {
  hours: number;
  /** On-Demand equivalent of all eligible usage, covered or not. */
  onDemandUsd: OnDemandUsd;
  coveredOnDemandUsd: OnDemandUsd;
  /** Used commitment, at Savings Plans rates. */
  usedUsd: CommitmentUsd;
  /** Commitment paid, used or not. */
  commitmentUsd: CommitmentUsd;
}

/** On-Demand bill that is left + commitment, waste included. */
export const costUsd = (t: SettledTotals): number => t.onDemandUsd - t.coveredOnDemandUsd + t.commitmentUsd;

export const netSavingsUsd = (t: SettledTotals): number => t.coveredOnDemandUsd - t.commitmentUsd;

/** At most 1: sums of doubles may exceed their whole in the last digit. */
const share = (part: number, whole: number): number => (whole > 0 ? Math.min(1, part / whole) : 0);

export const utilization = (t: SettledTotals): number => share(t.usedUsd, t.commitmentUsd);
export const coverage = (t: SettledTotals): number => share(t.coveredOnDemandUsd, t.onDemandUsd);
/** (On-Demand equivalent − actual cost) ÷ On-Demand equivalent; unused commitment counts as cost. */
export const effectiveSavingsRate = (t: SettledTotals): number => share(netSavingsUsd(t), t.onDemandUsd);

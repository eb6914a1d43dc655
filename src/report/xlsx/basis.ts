/** What the live sheets share: where things stand, and the figures that viewers without a calculator see. */
import type { CommitmentTable, UsageLevel } from "../../domain/commitment-table.ts";
import { TERM_MONTHS, UPFRONT_SHARE } from "../../domain/offering.ts";
import { commitmentWord } from "../document/purchase-command.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";

export interface Basis {
  r: Recommendation;
  commitmentTable: CommitmentTable;
  /** Name → cell or range. */
  names: Record<string, string>;
}

/** The commitment that moves, as settled. */
export const settledCommitment = ({ commitmentTable }: Basis): number =>
  commitmentTable.plans[0]!.commitmentUsdPerHour;

export const levelAsSettled = ({ commitmentTable }: Basis): UsageLevel =>
  commitmentTable.levels.find(({ usageChange }) => usageChange === 0)!;

/** The table at a commitment, as the workbook's formulas look it up. `row` is counted from 0 within the level. */
export function lookUp(
  { table }: UsageLevel,
  x: number,
): { row: number; share: number; avoidedUsd: number; usedUsd: number } {
  const { commitmentUsdPerHour: at, avoidedUsd, newUsedUsd } = table;
  const row = at.findLastIndex((each) => each <= x);
  const from = at[row]!;
  const share = (x - from) / ((at[row + 1] ?? BEYOND_USD_PER_HOUR) - from);
  const between = (of: Float64Array): number => of[row]! + share * ((of[row + 1] ?? of[row]!) - of[row]!);
  return { row, share, avoidedUsd: between(avoidedUsd), usedUsd: between(newUsedUsd) };
}

/** A commitment that nobody can make: the last row of each table. */
export const BEYOND_USD_PER_HOUR = 10_000_000;

/** Of the plan, per dollar an hour: what paying early costs at the yearly rate, as a share of the commitment. */
export function earlyCost(upfrontShare: number, months: number, yearlyRate: number): number {
  if (yearlyRate === 0) return 0;
  const years = months / 12;
  return upfrontShare * ((years * Math.log1p(yearlyRate)) / (1 - (1 + yearlyRate) ** -years) - 1);
}

export const planMonths = (plan: CommitmentTable["plans"][number]): number => TERM_MONTHS[plan.term];
export const planUpfront = (plan: CommitmentTable["plans"][number]): number =>
  UPFRONT_SHARE[plan.paymentOption];

export const isOneOffering = ({ commitmentTable }: Basis): boolean => commitmentTable.plans.length === 1;

export const simulateHint = ({ r, commitmentTable }: Basis): string => {
  const now = commitmentTable.plans.filter(({ startHour }) => startHour === 0);
  const words = [...now.map((plan) => commitmentWord(plan)), ...r.queued.map(commitmentWord)];
  return `sageplan simulate … --commitment ${words.join(" ")}`;
};

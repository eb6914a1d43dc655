/** Why the advice is not what it was: the difference in parts that add up. */
import { isOwnedAt, type OwnedPlan } from "../domain/commitment.ts";
import type { AdviceBasis, AdviceChange, ReviewRecord } from "../domain/documents/review.ts";
import type { Purchase } from "../domain/documents/purchase.ts";
import type { Hour } from "../domain/hour.ts";
import { inCommitmentSteps, OFFERINGS } from "../domain/offering.ts";
import type { Effects } from "../domain/progress.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import { NOW_ONLY } from "../domain/start.ts";
import { monthRuleAlone } from "../portfolio/aws-rule.ts";
import { bestAmong, pauseFor, type Pause } from "../portfolio/best-portfolio.ts";
import { riskOf } from "../problem/objective.ts";
import { purchaseProblem, type PurchaseProblem } from "../problem/problem.ts";
import type { Past } from "./past.ts";

/** `k`: the offering that the advice is of, an index into OFFERINGS. */
async function adviceBasisOf(
  problem: PurchaseProblem,
  rates: RatesInUse,
  k: number,
  pause: Pause,
): Promise<AdviceBasis> {
  const { pastSpan, pastDemand, objective } = problem;
  const alone: PurchaseProblem = {
    ...purchaseProblem({ ...problem, owned: [], starts: NOW_ONLY, tree: null }, rates, {}),
    objective,
  };
  const { outcome } = await bestAmong(alone, [k], riskOf(objective), [], pause);
  const { term, paymentOption } = OFFERINGS[k]!;
  return {
    term,
    paymentOption,
    pastUsdPerHour: monthRuleAlone(problem, k, pastSpan.from + pastDemand.hourCount),
    levelUsdPerHour: outcome.portfolio[k]!,
  };
}

export interface Advice {
  basis: AdviceBasis;
  adviceChange: AdviceChange | null;
}

/** What is advised to be bought now rests on what, and why it is not what the review `before` advised. */
export async function adviceOf(
  problem: PurchaseProblem,
  { bestSingle: k, purchases }: { bestSingle: number; purchases: readonly Purchase[] },
  { rates, billing, until, from }: Past,
  before: { usageUntil: Hour; told: ReviewRecord } | null,
  effects: Effects,
): Promise<Advice> {
  const pause = pauseFor(effects, {
    step: "Weighing the advice alone",
    done: 0,
    total: 1,
    unit: "offerings",
  });
  const basis = await adviceBasisOf(problem, rates, k, pause);
  if (before === null || before.usageUntil <= from) return { basis, adviceChange: null };
  const ruleThen = monthRuleAlone(problem, k, before.usageUntil);
  const now = { basis, purchases, plans: billing.ownedPlans, until };
  return { basis, adviceChange: adviceChangeOf(before, now, ruleThen) };
}

interface AdviceNow {
  basis: AdviceBasis;
  purchases: readonly Purchase[];
  plans: readonly OwnedPlan[];
  until: Hour;
}

/** Null: the review before kept no basis, or its advice is this one's. `ruleThen`: AWS's rule on its days, at today's rates. */
export function adviceChangeOf(
  { usageUntil, told }: { usageUntil: Hour; told: ReviewRecord },
  { basis, purchases, plans, until }: AdviceNow,
  ruleThen: number,
): AdviceChange | null {
  const before = totalOf(told.recommendation.purchases);
  const now = totalOf(purchases);
  const change = inCommitmentSteps(now - before);
  if (told.basis === undefined || change === 0) return null;
  const owned = (at: Hour): number =>
    totalOf(plans.filter((plan) => isOwnedAt(plan, at) && (plan.start ?? 0) < at));
  const beyond = (each: AdviceBasis): number => each.levelUsdPerHour - each.pastUsdPerHour;
  const known = {
    rates: ruleThen - told.basis.pastUsdPerHour,
    usage: basis.pastUsdPerHour - ruleThen,
    futures: beyond(basis) - beyond(told.basis),
    plans: owned(usageUntil) - owned(until),
  };
  const parts = Object.entries(known).map(([kind, usd]) => ({
    kind: kind as keyof typeof known,
    changeUsdPerHour: inCommitmentSteps(usd),
  }));
  const rest = parts.reduce((usd, each) => usd - each.changeUsdPerHour, change);
  return {
    beforeUsdPerHour: before,
    nowUsdPerHour: now,
    parts: [...parts, { kind: "time", changeUsdPerHour: inCommitmentSteps(rest) }],
  };
}

const totalOf = (all: readonly { commitmentUsdPerHour: number }[]): number =>
  inCommitmentSteps(all.reduce((usd, each) => usd + each.commitmentUsdPerHour, 0));

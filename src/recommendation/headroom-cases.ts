/**
 * The commitment now against the commitment once headroom's findings are done: the same futures, from the same seed,
 * with none of the findings' events, with each in its share of the futures, and with all of them.
 *
 * A finding takes usage away, or moves it to where it costs less. So an answer in the other worlds is sought among
 * purchases that commit no more than the answer without findings: what a cheaper family's deeper discount might argue
 * for beyond that is a reason to look again once it runs there, not to promise more before. The answer after therefore
 * never exceeds the one before.
 */
import { answerAlone, answerOf, choose, type Choice } from "../portfolio/candidates.ts";
import type { Allowed } from "../domain/allowed.ts";
import type { DeclaredEvent } from "../domain/event.ts";
import { WORLDS, type World } from "../domain/headroom.ts";
import type { HeadroomWorlds, WorldAnswer } from "../domain/documents/headroom.ts";
import { inCommitmentSteps } from "../domain/offering.ts";
import { NOTHING, totalUsdPerHour, type Portfolio } from "../domain/portfolio.ts";
import type { Effects } from "../domain/progress.ts";
import { horizonHours } from "../domain/scenario.ts";
import type { Sku } from "../domain/usage.ts";
import { meanFigures, riskFigures } from "../outcome/figures.ts";
import { purchasesOf } from "../outcome/purchases.ts";
import { outcomeOf } from "../problem/evaluation.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import type { ObjectiveOptions } from "../domain/options/decision.ts";
import type { PosedProblem } from "./inputs.ts";
import { safePart } from "./safe-commitment.ts";
import type { SampledFutures } from "../domain/sampling.ts";
import { eventSkus } from "../scenario/event-skus.ts";
import { skuFamily } from "../scenario/price-cuts.ts";
import { pauseFor } from "../portfolio/best-portfolio.ts";

export interface CasesAsked {
  problemIn: (futures: SampledFutures, more?: ObjectiveOptions) => PosedProblem;
  /** The futures with the user's own events alone. */
  sampled: SampledFutures;
  /** The findings' events, in the order in which they are to happen. */
  events: readonly DeclaredEvent[];
  /** The world whose answer is chosen with all that stands beside it. */
  assume: World;
  safeLoss: number;
  maxCommitment: number | undefined;
  allowed: Allowed;
}

/** A world's futures, and what to buy in it. */
interface CaseAnswer extends PosedProblem {
  bought: Portfolio;
  /** Only of the world that is assumed. */
  choice: Choice | null;
}

export async function answerCases(
  asked: CasesAsked,
  effects: Effects,
): Promise<PosedProblem & { choice: Choice; worlds: HeadroomWorlds }> {
  const { problemIn, sampled, events, assume, safeLoss } = asked;
  const none = await answered(asked, "none", problemIn(sampled), effects);
  const most = Math.min(total(none.bought), asked.maxCommitment ?? Infinity);
  const apart = familiesBrought(none.inputs.spend.skus, events);
  const all = new Map<World, CaseAnswer>([["none", none]]);
  for (const world of WORLDS) {
    if (world === "none") continue;
    const happening = events.map((event) => (world === "all" ? { ...event, probability: 1 } : event));
    const futures = { ...sampled, events: [...sampled.events, ...happening], apart };
    const free = await answered(asked, world, problemIn(futures), effects);
    // The limit is set only where it binds: the proof is then of purchases within it.
    const isWithin = total(free.bought) <= most;
    const limited = (): PosedProblem => problemIn(futures, { maxCommitment: most });
    all.set(world, isWithin ? free : await answered(asked, world, limited(), effects));
  }
  const problems = [...all.values()].map(({ problem }) => problem);
  const safe = safePart(problems, none.bought, safeLoss);
  const { inputs, problem, choice } = all.get(assume)!;
  return {
    inputs,
    problem,
    choice: choice!,
    worlds: {
      assumed: assume,
      worlds: [...all].map(([world, own]) => worldAnswer(world, own, none.bought, safe)),
      safeNow: {
        mostLossProbability: safeLoss,
        purchases: purchasesOf(safe, none.problem),
        commitmentUsdPerHour: total(safe),
      },
    },
  };
}

async function answered(
  { allowed, assume }: CasesAsked,
  world: World,
  posedProblem: PosedProblem,
  effects: Effects,
): Promise<CaseAnswer> {
  const { problem } = posedProblem;
  if (world === assume) {
    const choice = await choose(problem, allowed, effects);
    return { ...posedProblem, bought: answerOf(choice).portfolio, choice };
  }
  const pause = pauseFor(effects, {
    step: "Weighing what headroom would change",
    done: WORLDS.indexOf(world),
    total: WORLDS.length,
    unit: "worlds",
  });
  const outcome = await answerAlone(problem, allowed, pause);
  return { ...posedProblem, bought: outcome.portfolio, choice: null };
}

/**
 * Families that only the findings bring: their price cuts are drawn apart, so that the others' are
 * the same in every world.
 */
function familiesBrought(skus: readonly Sku[], events: readonly DeclaredEvent[]): Set<string> {
  const known = new Set(skus.map(skuFamily));
  return new Set(
    eventSkus(events, skus)
      .map(skuFamily)
      .filter((family) => !known.has(family)),
  );
}

function worldAnswer(
  world: World,
  { problem, bought }: CaseAnswer,
  boughtNow: Portfolio,
  safe: Portfolio,
): WorldAnswer {
  const nothing = outcomeOf(problem, NOTHING);
  return {
    world,
    eligibleUsdPerHour: meanFigures(problem, nothing).onDemandUsd / horizonHours(problem.scenarios),
    purchases: purchasesOf(bought, problem),
    commitmentUsdPerHour: total(bought),
    ...faring(problem, bought),
    unassumed: faring(problem, boughtNow),
    safeNow: faring(problem, safe),
  };
}

function faring(
  problem: PurchaseProblem,
  portfolio: Portfolio,
): { netSavingsUsd: number; probabilityOfLoss: number } {
  const outcome = outcomeOf(problem, portfolio);
  return {
    netSavingsUsd: meanFigures(problem, outcome).netSavingsUsd,
    probabilityOfLoss: riskFigures(problem, outcome).probabilityOfLoss,
  };
}

/** $/h, to AWS's five decimals. */
const total = (portfolio: Portfolio): number => inCommitmentSteps(totalUsdPerHour(portfolio));

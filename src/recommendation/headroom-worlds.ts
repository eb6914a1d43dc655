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
import { inCommitmentSteps, OFFERINGS } from "../domain/offering.ts";
import type { Effects } from "../domain/progress.ts";
import { horizonHours } from "../domain/scenario.ts";
import type { Sku } from "../domain/usage.ts";
import { meanFigures, riskFigures } from "../outcome/figures.ts";
import { purchasesOf } from "../outcome/purchases.ts";
import { outcomeOf, type Prospect } from "../problem/problem.ts";
import type { ObjectiveOptions } from "../domain/options/decision.ts";
import { safePart } from "./safe-commitment.ts";
import type { SampledFutures } from "../domain/sampling.ts";
import { eventSkus } from "../scenario/event-skus.ts";
import { skuFamily } from "../scenario/price-cuts.ts";
import { pauseFor } from "../portfolio/best-portfolio.ts";

export interface Weighing {
  prospectIn: (futures: SampledFutures, more?: ObjectiveOptions) => Prospect;
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

/** A world's futures, and what to buy in it, `[offering]` $/h. */
interface Weighed {
  prospect: Prospect;
  bought: Float64Array;
  /** Only of the world that is assumed. */
  choice: Choice | null;
}

export async function weighWorlds(
  weighing: Weighing,
  effects: Effects,
): Promise<{ prospect: Prospect; choice: Choice; worlds: HeadroomWorlds }> {
  const { prospectIn, sampled, events, assume, safeLoss } = weighing;
  const none = await weighed(weighing, "none", prospectIn(sampled), effects);
  const most = Math.min(total(none.bought), weighing.maxCommitment ?? Infinity);
  const apart = familiesBrought(none.prospect.scene.spend.skus, events);
  const all = new Map<World, Weighed>([["none", none]]);
  for (const world of WORLDS) {
    if (world === "none") continue;
    const happening = events.map((event) => (world === "all" ? { ...event, probability: 1 } : event));
    const futures = { ...sampled, events: [...sampled.events, ...happening], apart };
    const free = await weighed(weighing, world, prospectIn(futures), effects);
    // The limit is set only where it binds: the proof is then of purchases within it.
    const isWithin = total(free.bought) <= most;
    const limited = (): Prospect => prospectIn(futures, { maxCommitment: most });
    all.set(world, isWithin ? free : await weighed(weighing, world, limited(), effects));
  }
  const prospects = [...all.values()].map(({ prospect }) => prospect);
  const safe = safePart(prospects, none.bought, safeLoss);
  const { situation } = none.prospect.scene;
  const { prospect, choice } = all.get(assume)!;
  return {
    prospect,
    choice: choice!,
    worlds: {
      assumed: assume,
      worlds: [...all].map(([world, own]) => worldAnswer(world, own, none.bought, safe)),
      safeNow: {
        mostLossProbability: safeLoss,
        purchases: purchasesOf(safe, situation),
        commitmentUsdPerHour: total(safe),
      },
    },
  };
}

async function weighed(
  { allowed, assume }: Weighing,
  world: World,
  prospect: Prospect,
  effects: Effects,
): Promise<Weighed> {
  if (world === assume) {
    const choice = await choose(prospect, allowed, effects);
    return { prospect, bought: answerOf(choice).commitments, choice };
  }
  const pause = pauseFor(effects, {
    step: "Weighing what headroom would change",
    done: WORLDS.indexOf(world),
    total: WORLDS.length,
    unit: "worlds",
  });
  const outcome = await answerAlone(prospect, allowed, pause);
  return { prospect, bought: outcome.commitments, choice: null };
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
  { prospect, bought }: Weighed,
  boughtNow: Float64Array,
  safe: Float64Array,
): WorldAnswer {
  const { situation } = prospect.scene;
  const nothing = outcomeOf(prospect, new Float64Array(OFFERINGS.length));
  return {
    world,
    eligibleUsdPerHour: meanFigures(prospect, nothing).onDemandUsd / horizonHours(situation.futures),
    purchases: purchasesOf(bought, situation),
    commitmentUsdPerHour: total(bought),
    ...faring(prospect, bought),
    unassumed: faring(prospect, boughtNow),
    safeNow: faring(prospect, safe),
  };
}

function faring(
  prospect: Prospect,
  commitments: Float64Array,
): { netSavingsUsd: number; probabilityOfLoss: number } {
  const outcome = outcomeOf(prospect, commitments);
  return {
    netSavingsUsd: meanFigures(prospect, outcome).netSavingsUsd,
    probabilityOfLoss: riskFigures(prospect, outcome).probabilityOfLoss,
  };
}

/** $/h, to AWS's five decimals. */
const total = (commitments: Float64Array): number =>
  inCommitmentSteps(commitments.reduce((sum, usd) => sum + usd, 0));

/**
 * The commitment now against the commitment once headroom's findings are done: the same futures, from the same seed,
 * with none of the findings' events, with each in its share of the futures, and with all of them.
 *
 * It is about what is bought now: what is queued can be decided again until it starts. A finding takes usage away, or
 * moves it to where it costs less. So in the other worlds no more is bought now than without findings: what a cheaper
 * family's deeper discount might argue for beyond that is a reason to look again once it runs there, not to promise more
 * before.
 */
import { answerAlone, answerOf, choose, type Choice } from "../portfolio/candidates.ts";
import type { Allowed } from "../domain/allowed.ts";
import type { DeclaredEvent } from "../domain/event.ts";
import { WORLDS, type World } from "../domain/headroom.ts";
import type { HeadroomFaring, HeadroomWorlds, WorldAnswer } from "../domain/documents/headroom.ts";
import { inCommitmentSteps, OFFERINGS, soldBelow } from "../domain/offering.ts";
import { NOTHING, portfolioOf, totalUsdPerHour, withNow, type Portfolio } from "../domain/portfolio.ts";
import type { Effects } from "../domain/progress.ts";
import { horizonHours } from "../domain/scenario.ts";
import type { Sku } from "../domain/usage.ts";
import { meanFigures } from "../outcome/figures.ts";
import { purchasesOf } from "../outcome/purchases.ts";
import { worthOfNow } from "../outcome/worth.ts";
import { outcomeOf } from "../problem/evaluation.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import type { PosedProblem } from "./inputs.ts";
import { safePart } from "./safe-commitment.ts";
import type { SampledFutures } from "../domain/sampling.ts";
import { eventSkus } from "../scenario/event-skus.ts";
import { skuFamily } from "../scenario/price-cuts.ts";
import { pauseFor, queueBehind } from "../portfolio/best-portfolio.ts";
import { allowedOfferings } from "../portfolio/offers.ts";

export interface CasesAsked {
  problemIn: (futures: SampledFutures) => PosedProblem;
  /** The futures with the user's own events alone. */
  sampled: SampledFutures;
  /** The findings' events, in the order in which they are to happen. */
  events: readonly DeclaredEvent[];
  /** The world whose answer is chosen with all that stands beside it. */
  assume: World;
  safeLoss: number;
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
  const none = await answered(asked, "none", problemIn(sampled), [], effects);
  const apart = familiesBrought(none.inputs.spend.skus, events);
  const all = new Map<World, CaseAnswer>([["none", none]]);
  for (const world of WORLDS) {
    if (world === "none") continue;
    const happening = events.map((event) => (world === "all" ? { ...event, probability: 1 } : event));
    const futures = { ...sampled, events: [...sampled.events, ...happening], apart };
    const free = await answered(asked, world, problemIn(futures), [none.bought], effects);
    all.set(world, await withNoMoreNow(asked, free, total(none.bought)));
  }
  const queued = new Map<World, Portfolio>();
  for (const [world, { problem, bought }] of all) {
    queued.set(world, isSameNow(bought, none.bought) ? bought : await queueOf(asked, problem, none.bought));
  }
  const worlds = [...all].map(([world, { problem }]) => ({ problem, queue: queued.get(world)! }));
  const safe = safePart(worlds, none.bought, safeLoss);
  const { inputs, problem, choice } = all.get(assume)!;
  return {
    inputs,
    problem,
    choice: choice!,
    worlds: {
      assumed: assume,
      worlds: [...all].map(([world, own]) => worldAnswer(world, own, none.bought, safe, queued.get(world)!)),
      safeNow: {
        mostLossProbability: safeLoss,
        purchases: purchasesOf(safe, none.problem),
        commitmentUsdPerHour: total(safe),
      },
    },
  };
}

const isSameNow = (one: Portfolio, other: Portfolio): boolean =>
  OFFERINGS.every((_, k) => one[k] === other[k]);

/** What to queue in a world behind a purchase. */
async function queueOf(
  { allowed }: CasesAsked,
  problem: PurchaseProblem,
  now: Portfolio,
): Promise<Portfolio> {
  const offerings = allowedOfferings(allowed.term, allowed.payment);
  return (await queueBehind(problem, offerings, now, async () => {})).portfolio;
}

/** The same with no more bought now than `most`, in its mix. */
async function withNoMoreNow(asked: CasesAsked, own: CaseAnswer, most: number): Promise<CaseAnswer> {
  const share = most / total(own.bought);
  if (!(share < 1)) return own;
  const now = portfolioOf((k) => soldBelow(own.bought[k]! * share));
  const bought = await queueOf(asked, own.problem, now);
  const choice = own.choice && { ...own.choice, decided: outcomeOf(own.problem, bought) };
  return { ...own, bought, choice };
}

async function answered(
  { allowed, assume }: CasesAsked,
  world: World,
  posedProblem: PosedProblem,
  known: readonly Portfolio[],
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
  const outcome = await answerAlone(problem, allowed, known, pause);
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
  queue: Portfolio,
): WorldAnswer {
  const nothing = outcomeOf(problem, NOTHING);
  const faring = (now: Portfolio, behind: Portfolio): HeadroomFaring => {
    const { netSavingsUsd, probabilityOfLoss } = worthOfNow(
      problem,
      withNow(behind, (k) => now[k]!),
    );
    return { netSavingsUsd, probabilityOfLoss };
  };
  return {
    world,
    eligibleUsdPerHour: meanFigures(problem, nothing).onDemandUsd / horizonHours(problem.scenarios),
    purchases: purchasesOf(bought, problem),
    commitmentUsdPerHour: total(bought),
    ...faring(bought, bought),
    unassumed: faring(boughtNow, queue),
    safeNow: faring(safe, queue),
  };
}

/** Of what starts now: $/h, to AWS's five decimals. */
const total = (portfolio: Portfolio): number => inCommitmentSteps(totalUsdPerHour(portfolio));

/**
 * The commitment now against the commitment once headroom's findings are done: the same futures, from the same seed,
 * with none of the findings' events, with each in its share of the futures, and with all of them.
 *
 * It is about what is bought now: what is queued can be decided again until it starts. A finding takes usage away, or
 * moves it to where it costs less. So in the other worlds no more is bought now than without findings: what a cheaper
 * family's deeper discount might argue for beyond that is a reason to look again once it runs there, not to promise more
 * before.
 */
import { answerOf, choose, type Choice } from "../portfolio/candidates.ts";
import type { Working } from "../portfolio/jobs.ts";
import type { Allowed } from "../domain/allowed.ts";
import type { DeclaredEvent } from "../domain/event.ts";
import { WORLDS, type World } from "../domain/headroom.ts";
import type { HeadroomFaring, HeadroomWorlds, WorldAnswer } from "../domain/documents/headroom.ts";
import { inCommitmentSteps, OFFERINGS, soldBelow } from "../domain/offering.ts";
import { NOTHING, portfolioOf, totalUsdPerHour, withNow, type Portfolio } from "../domain/portfolio.ts";
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
import { pauseFor } from "../portfolio/best-portfolio.ts";
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
  working: Working,
): Promise<PosedProblem & { choice: Choice; worlds: HeadroomWorlds }> {
  const { problemIn, sampled, events, assume, safeLoss } = asked;
  const unchanged = problemIn(sampled);
  const apart = familiesBrought(unchanged.inputs.spend.skus, events);
  const posedIn = (world: World): PosedProblem => {
    if (world === "none") return unchanged;
    const happening = events.map((event) => (world === "all" ? { ...event, probability: 1 } : event));
    return problemIn({ ...sampled, events: [...sampled.events, ...happening], apart });
  };
  const [none, ...others] = await Promise.all(
    WORLDS.map((world) => answered(asked, world, posedIn(world), working)),
  );
  const { bought: boughtNow } = none!;
  const most = total(boughtNow);
  const limited = others.map((free) => withNoMoreNow(asked, free, most, working));
  const all = new Map([none!, ...(await Promise.all(limited))].map((own, n) => [WORLDS[n]!, own]));
  const behind = await Promise.all(
    [...all.values()].map(({ problem, bought }) =>
      isSameNow(bought, boughtNow) ? bought : queueOf(asked, problem, boughtNow, working),
    ),
  );
  const queued = new Map(behind.map((queue, n) => [WORLDS[n]!, queue]));
  const worlds = [...all].map(([world, { problem }]) => ({ problem, queue: queued.get(world)! }));
  const safe = safePart(worlds, boughtNow, safeLoss);
  const { inputs, problem, choice } = all.get(assume)!;
  return {
    inputs,
    problem,
    choice: choice!,
    worlds: {
      assumed: assume,
      worlds: [...all].map(([world, own]) => worldAnswer(world, own, boughtNow, safe, queued.get(world)!)),
      safeNow: {
        mostLossProbability: safeLoss,
        purchases: purchasesOf(safe, none!.problem),
        commitmentUsdPerHour: total(safe),
      },
    },
  };
}

const isSameNow = (one: Portfolio, other: Portfolio): boolean =>
  OFFERINGS.every((_, k) => one[k] === other[k]);

const WEIGHING = "Weighing what headroom would change";

/** What to queue in a world behind a purchase. */
async function queueOf(
  { allowed }: CasesAsked,
  problem: PurchaseProblem,
  now: Portfolio,
  working: Working,
): Promise<Portfolio> {
  const offerings = allowedOfferings(allowed.term, allowed.payment);
  const pause = pauseFor(working, {
    step: WEIGHING,
    done: WORLDS.length,
    total: WORLDS.length,
    unit: "worlds",
  });
  return (await working.hands("queueBehind", problem, pause, offerings, now)).portfolio;
}

/** The same with no more bought now than `most`, in its mix. */
async function withNoMoreNow(
  asked: CasesAsked,
  own: CaseAnswer,
  most: number,
  working: Working,
): Promise<CaseAnswer> {
  const share = most / total(own.bought);
  if (!(share < 1)) return own;
  const now = portfolioOf((k) => soldBelow(own.bought[k]! * share));
  const bought = await queueOf(asked, own.problem, now, working);
  const choice = own.choice && { ...own.choice, decided: outcomeOf(own.problem, bought) };
  return { ...own, bought, choice };
}

async function answered(
  { allowed, assume }: CasesAsked,
  world: World,
  posedProblem: PosedProblem,
  working: Working,
): Promise<CaseAnswer> {
  const { problem } = posedProblem;
  if (world === assume) {
    const choice = await choose(problem, allowed, working);
    return { ...posedProblem, bought: answerOf(choice).portfolio, choice };
  }
  const pause = pauseFor(working, {
    step: WEIGHING,
    done: WORLDS.indexOf(world),
    total: WORLDS.length,
    unit: "worlds",
  });
  const outcome = await working.hands("alone", problem, pause, allowed);
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

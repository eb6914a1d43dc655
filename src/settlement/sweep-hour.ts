/**
 * One hour in which the new plan meets owned plans, swept along the new commitment C.
 *
 * FORMULATION. AWS's rule walks all (plan k, item i) pairs in one fixed order; pair p takes x_p = min(left of the item,
 * remaining of the plan / r_p) of usage. After the walk every pair is in one of two states: the *item* ran out (the
 * pair took all that was left) or the *plan* did. Write
 *
 *     front[k]   the first pair of plan k, in the rule's order, at which more commitment would buy more cover
 *     closer[i]  the pair that took the last of item i; none while usage of i is left On-Demand
 *
 * More commitment never leaves more of any item, nor less of any plan, at any point of the walk (induction over the
 * pairs: left' = max(0, left − remaining/r), remaining' = max(0, remaining − r·left)). So as C grows fronts only move
 * forward and closers only move backward, and an infinitesimal dC runs along a single chain:
 *
 *     the new plan takes dC/r_p more at its front p = (k, i);
 *     item i has usage left:  that usage shrinks, On-Demand dollars are avoided, the chain ends
 *     item i is closed by q = (k', i), later in the order:  q gives up the same usage and frees dC·r_q/r_p of plan k',
 *                             which goes on at the front of k'; a plan that is past all its pairs wastes it: the
 *                             chain ends
 *
 * The front of k' lies after q, for k' got past q; so the chain moves forward only, meets each plan at most once, and
 * costs O(plans). It holds until an x_q or the usage left at its end reaches 0: the next breakpoint. Each of these
 * happens once, so an hour has at most pairs + items breakpoints.
 *
 * EXAMPLE. Items a: $10, b: $10. Owned plan: $4/h, r_a = 0.5, r_b = 0.8. New plan: r_a = 0.4, no rate for b. Order:
 * new·a, owned·a, owned·b. At C = 0 the owned plan covers $8 of a, so front[new] = new·a and $2 of a are left: slope
 * 1/0.4 = 2.5 until C = 0.8. Then owned·a closes a: a dollar of C takes 2.5 of a from it, which frees 2.5·0.5 = 1.25 of
 * the owned commitment, which covers 1.25/0.8 = 1.5625 of b: slope 1.5625 until x of owned·a is 0 at C = 4.
 *
 * NOT DONE. Re-running the rule with numbers of the form (value, slope in C) and taking the nearest crossing is
 * shorter, but walks all pairs once per breakpoint: quadratic in an hour. Sampling C cannot be exact: the function has
 * kinks both ways.
 */
import type { PlanTerms } from "../domain/commitment.ts";
import type { Demand } from "../domain/usage.ts";
import { byHour } from "../domain/by-hour.ts";
import { addHinge, type Hinges } from "./hinges.ts";
import type { CoverageOrder } from "./order.ts";

/** The rule's order, indexed both ways, and the state of the hour being swept. Shapes: pair, plan, item as named. */
export interface Sweep {
  order: CoverageOrder;
  planCount: number;
  /** Plans from this index on are new; the last is the one that is swept. */
  firstNew: number;
  /** Pairs of plan k, in order: `planPairs[planStart[k] … planStart[k+1] − 1]`; the same for items. */
  planPairs: Int32Array;
  planStart: Int32Array;
  itemPairs: Int32Array;
  itemStart: Int32Array;
  /** `[pair]` Usage that the pair covers, at On-Demand rates. */
  x: Float64Array;
  /** `[item]` Usage left On-Demand. */
  left: Float64Array;
  /** `[plan]` Commitment not used yet; only filled while the hour's starting point is settled. */
  remaining: Float64Array;
  /** `[plan]` Index into `planPairs`; `planStart[k+1]` when no pair can take more. */
  front: Int32Array;
  /**
   * `[item]` Index into `itemPairs`; `itemStart[i+1]` while usage is left, `itemStart[i] − 1` when no usage ever was.
   */
  closer: Int32Array;
}

/**
 * Where slopes change along C: that of the On-Demand dollars avoided, and that of the commitment
 * that all new plans use.
 */
export type Bend = (at: number, avoidedChange: number, usedChange: number) => void;

/** Adds every contested hour to `hinges`. The new plan is the last of `plans`. */
export function sweepContestedHours(
  hinges: Hinges,
  demand: Demand,
  plans: readonly PlanTerms[],
  order: CoverageOrder,
  contested: Uint8Array,
): void {
  const sweep = prepareSweep(order, plans.length, demand.items.length, plans.length - 1);
  const bend: Bend = (at, change) => {
    if (change !== 0) addHinge(hinges, at, change);
  };
  const hours = byHour(demand);
  for (let h = 0; h < demand.hourCount; h++) {
    if (contested[h] === 0) continue;
    sweep.left.fill(0);
    for (let n = hours.start[h]!; n < hours.start[h + 1]!; n++) {
      sweep.left[hours.item[n]!] = Math.max(0, hours.onDemandUsd[n]!);
    }
    for (const [k, plan] of plans.entries()) {
      sweep.remaining[k] = h >= plan.activeFrom && h < plan.activeTo ? plan.commitmentUsdPerHour : 0;
    }
    sweepHour(sweep, bend);
  }
}

export function prepareSweep(
  order: CoverageOrder,
  planCount: number,
  itemCount: number,
  firstNew: number,
): Sweep {
  const [planPairs, planStart] = grouped(order.plan, planCount);
  const [itemPairs, itemStart] = grouped(order.item, itemCount);
  return {
    order,
    planCount,
    firstNew,
    planPairs,
    planStart,
    itemPairs,
    itemStart,
    x: new Float64Array(order.plan.length),
    left: new Float64Array(itemCount),
    remaining: new Float64Array(planCount),
    front: new Int32Array(planCount),
    closer: new Int32Array(itemCount),
  };
}

/** Pair numbers grouped by `key[pair]`, ascending within a group; and where each group starts. */
function grouped(key: Int32Array, groupCount: number): [pairs: Int32Array, start: Int32Array] {
  const start = new Int32Array(groupCount + 1);
  for (const group of key) start[group + 1]!++;
  for (let group = 0; group < groupCount; group++) start[group + 1]! += start[group]!;
  const next = start.slice();
  const pairs = new Int32Array(key.length);
  for (let pair = 0; pair < key.length; pair++) pairs[next[key[pair]!]!++] = pair;
  return [pairs, start];
}

/** AWS's rule for the owned plans alone (C = 0), leaving every front and closer where the sweep starts. */
function settleOwned(sweep: Sweep): void {
  const { order, x, left, remaining, front, closer, planStart, itemStart } = sweep;
  for (let i = 0; i < left.length; i++) closer[i] = left[i]! > 0 ? itemStart[i + 1]! : itemStart[i]! - 1;
  for (let p = 0; p < x.length; p++) {
    const k = order.plan[p]!;
    const i = order.item[p]!;
    x[p] = 0;
    if (left[i] === 0 || remaining[k] === 0) continue;
    const need = left[i]! * order.ratio[p]!;
    if (need <= remaining[k]!) {
      x[p] = left[i]!;
      left[i] = 0;
      remaining[k]! -= need;
      closer[i] = itemStart[i + 1]! - 1;
    } else {
      x[p] = remaining[k]! / order.ratio[p]!;
      left[i] = Math.max(0, left[i]! - x[p]!);
      remaining[k] = 0;
    }
  }
  for (let k = 0; k < sweep.planCount; k++) front[k] = remaining[k]! > 0 ? planStart[k + 1]! : planStart[k]!;
}

/** The chain of an infinitesimal dC, link by link. */
interface Chain {
  links: number;
  /** `[link]` The pair that takes more usage, and the pair that gives it up: −1 for usage that was left On-Demand. */
  taker: Int32Array;
  giver: Int32Array;
  /** `[link]` Usage that moves, per dollar of C. */
  moved: Float64Array;
  /** On-Demand dollars avoided, per dollar of C. */
  slope: number;
  /** Commitment that the other new plans no longer use, per dollar of C. */
  wasted: number;
}

const LEFT = -1;

/** The hour whose usage is in `left`, and the plans' commitments in `remaining`: that of the swept plan is 0. */
export function sweepHour(sweep: Sweep, bend: Bend): void {
  settleOwned(sweep);
  const chain: Chain = {
    links: 0,
    taker: new Int32Array(sweep.planCount),
    giver: new Int32Array(sweep.planCount),
    moved: new Float64Array(sweep.planCount),
    slope: 0,
    wasted: 0,
  };
  let c = 0;
  let slope = 0;
  let used = 0;
  while (followChain(sweep, chain)) {
    const usedNow = 1 - chain.wasted;
    if (chain.slope !== slope || usedNow !== used) bend(c, chain.slope - slope, usedNow - used);
    slope = chain.slope;
    used = usedNow;
    c += takeStep(sweep, chain);
  }
  if (slope !== 0 || used !== 0) bend(c, -slope, -used);
}

/** Finds the chain at the present C; false when the new plan is past all its pairs. */
function followChain(sweep: Sweep, chain: Chain): boolean {
  const { order, itemPairs, itemStart, closer } = sweep;
  let k = sweep.planCount - 1;
  let commitment = 1;
  chain.links = 0;
  chain.slope = 0;
  chain.wasted = 0;
  for (;;) {
    const taker = frontPair(sweep, k);
    if (taker < 0) {
      chain.wasted = chain.links > 0 && k >= sweep.firstNew ? commitment : 0;
      return chain.links > 0;
    }
    const i = order.item[taker]!;
    const moved = commitment / order.ratio[taker]!;
    const link = chain.links++;
    chain.taker[link] = taker;
    chain.moved[link] = moved;
    if (closer[i] === itemStart[i + 1]) {
      chain.giver[link] = LEFT;
      chain.slope = moved;
      return true;
    }
    const giver = itemPairs[closer[i]!]!;
    chain.giver[link] = giver;
    k = order.plan[giver]!;
    commitment = moved * order.ratio[giver]!;
  }
}

/** The first pair of plan k that can take more; −1 when none can. Moves the front there. */
function frontPair(sweep: Sweep, k: number): number {
  const { order, planPairs, planStart, front } = sweep;
  for (; front[k]! < planStart[k + 1]!; front[k]!++) {
    const pair = planPairs[front[k]!]!;
    if (closingPair(sweep, order.item[pair]!) > pair) return pair;
  }
  return -1;
}

/**
 * The pair that closes item i, ∞ while usage is left, −1 when there never was any. Moves the closer past empty pairs.
 */
function closingPair({ x, itemPairs, itemStart, closer }: Sweep, i: number): number {
  if (closer[i] === itemStart[i + 1]) return Infinity;
  while (closer[i]! >= itemStart[i]! && x[itemPairs[closer[i]!]!] === 0) closer[i]!--;
  return closer[i]! < itemStart[i]! ? -1 : itemPairs[closer[i]!]!;
}

/** Goes along the chain until its first giver is empty; returns by how much C has grown. */
function takeStep({ order, x, left, closer, itemStart }: Sweep, chain: Chain): number {
  const { links, taker, giver, moved } = chain;
  let step = Infinity;
  let emptied = 0;
  for (let link = 0; link < links; link++) {
    const held = giver[link] === LEFT ? left[order.item[taker[link]!]!]! : x[giver[link]!]!;
    if (held / moved[link]! < step) {
      step = held / moved[link]!;
      emptied = link;
    }
  }
  for (let link = 0; link < links; link++) {
    const usage = moved[link]! * step;
    // The link that ends the step is emptied by decree: its last digit must not keep it alive.
    const keep = (held: number): number => (link === emptied ? 0 : Math.max(0, held - usage));
    x[taker[link]!]! += usage;
    if (giver[link] === LEFT) {
      const i = order.item[taker[link]!]!;
      left[i] = keep(left[i]!);
      if (left[i] === 0) closer[i] = itemStart[i + 1]! - 1;
    } else x[giver[link]!] = keep(x[giver[link]!]!);
  }
  return step;
}

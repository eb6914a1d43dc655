/**
 * One hour along its growth: the best multipliers of Q(C; g·d) for every g of an interval
 * (`recourse.ts`, `hour-dual.ts`).
 *
 * With c = C/g the slope of L along raising a set S of plans is
 *
 *     A_S − B_S/g,
 *     A_S = Σ_i d_i·price_i over the items that only plans of S price lowest,     B_S = Σ_{k∈S} μ_k C_k:
 *
 * it rises with g. L is supermodular in log μ, so as g grows the best multipliers only rise (Topkis). They change where
 * the first set's slope reaches 0, at g = B_S/A_S: there L is flat along S, up to the next breakpoint, which is the
 * next best point. From the best point of the lowest g on, the whole ray is a walk from breakpoint to breakpoint: a
 * parametric simplex, in which every step moves one item.
 *
 * Breakpoints are not searched among all items. Item i passes from plan k to plan j where μ_k/μ_j = r_ij/r_ik, and the
 * order of the items by that ratio is the same in every hour: it is sorted once, and a step looks at the few items next
 * to the present ratio. "Uncovered" is the plan after the last: μ = 1, r = 1.
 *
 * EXAMPLE. $10 at r = 0.5, $20 at r = 0.8, one plan, C = 9. At g = 0.4 all is covered, μ = 0 and A = 0 + (nothing is at
 * stake until commitment runs out: μ at its floor prices 5 + 16 of use against 9/g). B/A = 9/21: at g = 0.4286 μ rises
 * to 1/0.8, where the second item ties with "uncovered". A = 5·1.25, B = 9·1.25: at g = 1.8 it rises on, to 1/0.5.
 *
 * The walk keeps sums that it does not make anew. So its end is audited (`recourse.ts`): an error
 * anywhere would show there.
 */
import type { HourDual } from "./hour-room.ts";
import type { Ray } from "./ray-room.ts";

/** Prices closer than this tie; twice what `hour-dual.ts` calls a tie. */
const TIE = 2e-12;
/** A set whose items are worth less than this share of the hour has none. */
const DUST = 1e-13;

/**
 * Walks from growth `from`, at which `hour.mu` is best, to `to`. `kinds` are the hour's, `[item]`; `capacity[plan]` is
 * C. False when the walk does not get there.
 */
export function walkRay(
  ray: Ray,
  hour: HourDual,
  kinds: Int32Array,
  capacity: Float64Array,
  from: number,
  to: number,
): boolean {
  begin(ray, hour, kinds);
  const mostSteps = 4 * (hour.itemCount + 4) * (ray.planCount + 1);
  let growth = from;
  let arrived = false;
  for (let step = 0; step < mostSteps && !arrived; step++) {
    const { set, at } = firstToRise(ray, hour, capacity);
    // A node that lasts for no time at all is overwritten by the next.
    addNode(ray, growth);
    arrived = set === 0 || at >= to;
    if (arrived) break;
    growth = Math.max(growth, at);
    if (!raise(ray, set)) break;
  }
  for (let i = 0; i < hour.itemCount; i++) ray.d[kinds[i]!] = 0;
  return arrived;
}

function begin(ray: Ray, { itemCount, d, mu }: HourDual, kinds: Int32Array): void {
  for (let k = 0; k < ray.planCount; k++) ray.mu[k] = mu[k]!;
  ray.use.fill(0);
  ray.tiedCount = 0;
  ray.nodeCount = 0;
  for (let i = 0; i < itemCount; i++) {
    const kind = kinds[i]!;
    ray.d[kind] = d[i]!;
    ray.mask[kind] = 0;
    assign(ray, kind, lowestPlans(ray, kind));
  }
}

/** The plans that price the kind lowest, as bits. */
function lowestPlans({ planCount, ratio, mu }: Ray, kind: number): number {
  const first = kind * (planCount + 1);
  let lowest = 1;
  let mask = 1 << planCount;
  for (let k = 0; k < planCount; k++) {
    const price = mu[k]! * ratio[first + k]!;
    if (price < lowest * (1 - TIE)) {
      lowest = price;
      mask = 1 << k;
    } else if (price <= lowest * (1 + TIE)) mask |= 1 << k;
  }
  return mask;
}

const isSingle = (mask: number): boolean => (mask & (mask - 1)) === 0;
const planOf = (mask: number): number => 31 - Math.clz32(mask);

/** Moves a kind between the sums; a tied kind that stays tied keeps its place in the list. */
function assign(ray: Ray, kind: number, mask: number): void {
  const before = ray.mask[kind]!;
  if (before === mask) return;
  const { planCount, ratio, d, use } = ray;
  const first = kind * (planCount + 1);
  if (before !== 0) {
    if (isSingle(before)) use[planOf(before)]! -= ratio[first + planOf(before)]! * d[kind]!;
    else if (isSingle(mask)) removeTied(ray, kind);
  }
  if (isSingle(mask)) use[planOf(mask)]! += ratio[first + planOf(mask)]! * d[kind]!;
  else if (before === 0 || isSingle(before)) ray.tied[ray.tiedCount++] = kind;
  ray.mask[kind] = mask;
}

function removeTied(ray: Ray, kind: number): void {
  const { tied } = ray;
  for (let n = 0; n < ray.tiedCount; n++) {
    if (tied[n] !== kind) continue;
    tied[n] = tied[--ray.tiedCount]!;
    return;
  }
}

/** Σ d·price of a tied kind. */
const tiedUsd = ({ planCount, ratio, mu, mask, d }: Ray, kind: number): number => {
  const k = planOf(mask[kind]!);
  return d[kind]! * mu[k]! * ratio[kind * (planCount + 1) + k]!;
};

/** The set whose slope is the first to reach 0, and the growth at which it does; 0: none ever does. */
function firstToRise(
  ray: Ray,
  { sets, usageUsd }: HourDual,
  capacity: Float64Array,
): { set: number; at: number } {
  const { planCount, mu, use, tied, tiedCount, mask } = ray;
  let first = 0;
  let firstAt = Infinity;
  for (const set of sets) {
    let a = 0;
    let b = 0;
    let highest = 0;
    for (let k = 0; k < planCount; k++) {
      if ((set & (1 << k)) === 0) continue;
      a += mu[k]! * use[k]!;
      b += mu[k]! * capacity[k]!;
      highest = Math.max(highest, mu[k]!);
    }
    for (let n = 0; n < tiedCount; n++) {
      if ((mask[tied[n]!]! & ~set) === 0) a += tiedUsd(ray, tied[n]!);
    }
    // Of sets that gain alike the smaller comes first: a plan without commitment must not rise for nothing.
    if (a > DUST * usageUsd * highest && (first === 0 || b < firstAt * a * (1 - TIE))) {
      first = set;
      firstAt = b / a;
    }
  }
  return { set: first, at: firstAt };
}

/** Scales a set up to its next breakpoint and moves the kinds that lie there; false when it has none. */
function raise(ray: Ray, set: number): boolean {
  const { planCount, order, quotient, mu, mask, tied, nextKind, nextFactor } = ray;
  const width = planCount + 1;
  let t = Infinity;
  for (let n = 0; n < ray.tiedCount; n++) {
    if ((mask[tied[n]!]! & ~set) === 0) t = Math.min(t, limitOf(ray, tied[n]!, set));
  }
  for (let pair = 0; pair < order.length; pair++) {
    nextFactor[pair] = Infinity;
    const k = Math.floor(pair / width);
    const j = pair % width;
    if ((set & (1 << k)) === 0 || (set & (1 << j)) !== 0) continue;
    const ratio = mu[k]! / mu[j]!;
    const quotients = quotient[pair]!;
    const kinds = order[pair]!;
    // A tie's width further, so that kinds at the same breakpoint are found in every pair.
    const most = t * ratio * (1 + TIE);
    const single = 1 << k;
    for (let n = firstFrom(quotients, ratio); n < kinds.length && quotients[n]! <= most; n++) {
      if (mask[kinds[n]!] !== single || ray.d[kinds[n]!] === 0) continue;
      nextKind[pair] = n;
      nextFactor[pair] = quotients[n]! / ratio;
      t = Math.min(t, nextFactor[pair]!);
      break;
    }
  }
  if (!(t < Infinity)) return false;
  for (let k = 0; k < planCount; k++) if ((set & (1 << k)) !== 0) mu[k]! *= t;
  // Backwards: a kind that is untied gives its place to the last of the list.
  for (let n = ray.tiedCount - 1; n >= 0; n--) {
    const kind = tied[n]!;
    const was = mask[kind]!;
    // Left behind by part of its plans: they no longer price it lowest, however short the step.
    const left = (was & ~set) === 0 ? 0 : set;
    assign(ray, kind, lowestPlans(ray, kind) & ~left || was & ~set);
  }
  for (let pair = 0; pair < order.length; pair++) {
    if (!(nextFactor[pair]! <= t * (1 + TIE))) continue;
    const single = 1 << Math.floor(pair / width);
    const quotients = quotient[pair]!;
    const kinds = order[pair]!;
    const most = (quotients[nextKind[pair]!]! * t * (1 + TIE)) / nextFactor[pair]!;
    for (let n = nextKind[pair]!; n < kinds.length && quotients[n]! <= most; n++) {
      const kind = kinds[n]!;
      if (mask[kind] === single && ray.d[kind]! > 0) assign(ray, kind, lowestPlans(ray, kind));
    }
  }
  return true;
}

/** By how much a kind's price can rise with the set before a plan outside of it is as low. */
function limitOf({ planCount, ratio, mu, mask }: Ray, kind: number, set: number): number {
  const first = kind * (planCount + 1);
  const k = planOf(mask[kind]!);
  let limit = 1;
  for (let j = 0; j < planCount; j++) {
    if ((set & (1 << j)) === 0) limit = Math.min(limit, mu[j]! * ratio[first + j]!);
  }
  return limit / (mu[k]! * ratio[first + k]!);
}

/** Index of the first value that is not below `least`. */
function firstFrom(values: Float64Array, least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function addNode(ray: Ray, growth: number): void {
  const { planCount, mu, use, tied } = ray;
  let n = ray.nodeCount;
  if (n > 0 && ray.nodeGrowth[n - 1] === growth) n--;
  if (n === ray.nodeGrowth.length) {
    ray.nodeGrowth = twice(ray.nodeGrowth);
    ray.nodePriced = twice(ray.nodePriced);
    ray.nodeMu = twice(ray.nodeMu);
  }
  let priced = 0;
  for (let k = 0; k <= planCount; k++) priced += mu[k]! * use[k]!;
  for (let i = 0; i < ray.tiedCount; i++) priced += tiedUsd(ray, tied[i]!);
  ray.nodeGrowth[n] = growth;
  ray.nodePriced[n] = priced;
  for (let k = 0; k < planCount; k++) ray.nodeMu[n * planCount + k] = mu[k]!;
  ray.nodeCount = n + 1;
}

function twice(values: Float64Array): Float64Array {
  const larger = new Float64Array(2 * values.length);
  larger.set(values);
  return larger;
}

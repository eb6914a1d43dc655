/**
 * The dual of one hour, any number of plans (`recourse.ts` has the formulation):
 *
 *     maximise L(μ) = Σ_i d_i · min(1, min_k μ_k r_ik) − Σ_k μ_k c_k     over μ > 0.
 *
 * Steepest ascent over *sets*: all multipliers of a set S of plans are scaled together by one factor t. Along t, with
 * a_i = min_{k∈S} μ_k r_ik and b_i = min(1, min_{k∉S} μ_k r_ik),
 *
 *     L(t) = Σ_i d_i · min(b_i, t·a_i) − t · Σ_{k∈S} μ_k c_k:
 *
 * concave, piecewise linear, breakpoints b_i/a_i: maximised exactly (`descent.ts`).
 *
 * These sets are enough: a point that no set improves, up or down, is optimal. Write a direction as μ_k·u_k. The slope
 * of L along it is Σ_i d_i b_i · min_{k tied at i} u_k − Σ_k μ_k c_k u_k, where the "1" of the formula counts as a plan
 * with u = 0. A minimum decomposes over the level sets {u ≥ t}, so the slope is a sum of slopes along ± indicators of
 * sets: if none of these is positive, none is (L is L♮-concave in log μ; Murota, *Discrete Convex Analysis*, 2003).
 * Raising μ alone would get stuck: where two plans tie on an item, neither gains without the other.
 *
 * One pass over the items serves all sets: an item that one plan prices lowest adds to that plan, and only the few
 * items that tie, summed by the set of plans that tie on them, make the slope of a set more than the sum of its
 * members'.
 *
 * EXAMPLE. One item, d = 10, two plans with r = 0.5 and c_k = 1 each, μ = (1, 1): L = 10·0.5 − 2 = 3. Raising either μ
 * alone loses; both together by t = 2 give L = 10 − 4 = 6, which is Q: 10 − 2/0.5.
 *
 * NOT DONE. A dual simplex with generalised upper bounds (one key per item, a K × K basis) takes a step in less time,
 * but must be taught every way in which rates tie, and real rate cards are full of ties; here ties are ordinary. Plans
 * with the same rates are one plan to this program: six that AWS sells, and six again if owned plans keep other rates.
 * Beyond SET_LIMIT plans only sets of one, two and all are tried; the hour then counts as not solved, its cut may lie
 * lower than it could and is valid.
 */
import { descentTo } from "./descent.ts";
import { SET_LIMIT, type HourDual } from "./hour-room.ts";

/** Factors cannot leave 0, so multipliers stop here: a dollar of unused commitment is then priced 1e-9 too high. */
const MU_FLOOR = 1e-9;
/**
 * An hour is solved when no set's slope, by its largest multiplier, is above this share of its usage (all sets tried).
 */
const SLOPE_TOLERANCE = 1e-11;
/** From here on the steepest sets only take turns: the set that gains the most is looked for. */
const STEEP_STEPS = 8;
const MAX_STEPS = 100;
/** Prices closer than this tie. */
const TIE = 1e-12;

/**
 * Raises L(μ) from `hour.mu`, whose sums are those of `priceItems`, to its maximum; false when it gave up on the way (μ
 * is valid all the same). The sums do not depend on the commitments: after a change of `c` alone the next ascent can
 * start at once.
 */
export function ascend(hour: HourDual): boolean {
  const tolerance = SLOPE_TOLERANCE * hour.usageUsd;
  for (let step = 0; step < MAX_STEPS; step++) {
    const direction = steepest(hour, tolerance);
    if (direction === 0) return lowerIdle(hour);
    // A step too short to change a multiplier: as good as it gets.
    if (!scale(hour, step < STEEP_STEPS ? direction : mostGaining(hour, direction))) return lowerIdle(hour);
  }
  return false;
}

/**
 * A plan without commitment covers nothing at any multiplier that is high enough, and L does not tell them apart. The
 * least of them says what a first dollar of it would be worth: the slope of the cut.
 */
function lowerIdle(hour: HourDual): boolean {
  const { planCount, itemCount, r, c, mu } = hour;
  let isLower = false;
  for (let k = 0; k < planCount; k++) {
    if (c[k]! > 0) continue;
    let least = MU_FLOOR;
    for (let i = 0; i < itemCount; i++) {
      let lowest = 1;
      for (let j = 0; j < planCount; j++)
        if (j !== k) lowest = Math.min(lowest, mu[j]! * r[i * planCount + j]!);
      least = Math.max(least, lowest / r[i * planCount + k]!);
    }
    if (mu[k]! <= least * (1 + TIE)) continue;
    mu[k] = least;
    isLower = true;
  }
  if (isLower) priceItems(hour);
  return planCount <= SET_LIMIT;
}

/** Whether the present μ, priced, is the best: no set's slope is above this share of the hour's usage. */
export const isBest = (hour: HourDual, tolerance: number): boolean =>
  steepest(hour, tolerance * hour.usageUsd) === 0;

/**
 * Where several plans have commitment to spare, all of their multipliers belong at 0 together, and the steepest sets,
 * each without one of them, would go there in ever smaller steps.
 */
function mostGaining(hour: HourDual, fallback: number): number {
  const { mu } = hour;
  const start = mu.slice();
  const margin = SLOPE_TOLERANCE * hour.usageUsd;
  let best = fallback;
  let bestValue = -Infinity;
  for (const set of hour.sets) {
    for (const direction of [set, -set]) {
      if (scale(hour, direction)) {
        const value = dualValue(hour);
        // As much gained with fewer plans comes first.
        if (value > bestValue + margin) {
          bestValue = value;
          best = direction;
        }
      }
      mu.set(start);
    }
  }
  priceItems(hour);
  return best;
}

const dualValue = ({ mu, c, pricedUsd }: HourDual): number =>
  mu.reduce((value, each, k) => value - each * c[k]!, pricedUsd);

/** The set to scale, as bits; negative: down. 0: none gains more than the tolerance. */
function steepest(hour: HourDual, tolerance: number): number {
  const { planCount, mu, c, single, tieCount, tiedSet, tiedUsd } = hour;
  let best = 0;
  let bestSlope = tolerance;
  for (const set of hour.sets) {
    let up = 0;
    let highest = 0;
    let lowest = Infinity;
    for (let k = 0; k < planCount; k++) {
      if ((set & (1 << k)) === 0) continue;
      up += single[k]! - mu[k]! * c[k]!;
      highest = Math.max(highest, mu[k]!);
      lowest = Math.min(lowest, mu[k]!);
    }
    let down = -up;
    for (let n = 0; n < tieCount; n++) {
      const those = tiedSet[n]!;
      if ((those & ~set) === 0) up += tiedUsd[n]!;
      if ((those & set) !== 0) down -= tiedUsd[n]!;
    }
    // Of sets that gain alike the smaller comes first.
    if (up > bestSlope * highest * (1 + TIE)) {
      bestSlope = up / highest;
      best = set;
    }
    if (down > bestSlope * highest * (1 + TIE) && lowest > MU_FLOOR) {
      bestSlope = down / highest;
      best = -set;
    }
  }
  return best;
}

/** Prices every item at the present μ: fills `single`, the ties and `pricedUsd`. */
export function priceItems(hour: HourDual): void {
  const { planCount, itemCount, d, r, mu, single, tiedSet, tiedUsd } = hour;
  single.fill(0);
  let ties = 0;
  let priced = 0;
  for (let i = 0, at = 0; i < itemCount; i++) {
    let lowest = 1;
    let plan = planCount;
    let among = 0;
    for (let k = 0; k < planCount; k++) {
      const p = mu[k]! * r[at++]!;
      if (p < lowest * (1 - TIE)) {
        lowest = p;
        plan = k;
        among = 0;
      } else if (p <= lowest * (1 + TIE)) among |= 1 << k;
    }
    const usd = d[i]! * lowest;
    priced += usd;
    if (among !== 0) {
      const those = among | (1 << plan);
      let n = 0;
      while (n < ties && tiedSet[n] !== those) n++;
      if (n === ties) {
        tiedSet[ties] = those;
        tiedUsd[ties++] = 0;
      }
      tiedUsd[n]! += usd;
    } else if (plan < planCount) single[plan]! += usd;
  }
  hour.tieCount = ties;
  hour.pricedUsd = priced;
}

/** Scales the set's multipliers by the best factor, and prices anew; false when that factor is 1. */
function scale(hour: HourDual, direction: number): boolean {
  const { planCount, c, mu } = hour;
  const set = Math.abs(direction);
  let cost = 0;
  let lowest = Infinity;
  for (let k = 0; k < planCount; k++) {
    if ((set & (1 << k)) === 0) continue;
    cost += mu[k]! * c[k]!;
    lowest = Math.min(lowest, mu[k]!);
  }
  const best = direction > 0 ? factorUp(hour, set, cost) : factorDown(hour, set, cost);
  const t = Math.max(best, MU_FLOOR / lowest);
  if (!(t < Infinity) || t === 1) return false;
  for (let k = 0; k < planCount; k++) if ((set & (1 << k)) !== 0) mu[k] = Math.max(MU_FLOOR, mu[k]! * t);
  priceItems(hour);
  return true;
}

/**
 * Started from the hour before, the best factor is near 1, so only the breakpoints up to there are gathered; when the
 * slope is still positive at the window's end, once more with a wider one.
 */
const WINDOWS = [1.03, 1.3, Infinity];

function factorUp(hour: HourDual, set: number, cost: number): number {
  const { planCount, itemCount, d, r, mu, at, change } = hour;
  for (const end of WINDOWS) {
    let count = 0;
    let slope = -cost;
    let within = 0;
    for (let i = 0, n = 0; i < itemCount; i++) {
      let a = Infinity;
      let b = 1;
      for (let k = 0; k < planCount; k++) {
        const price = mu[k]! * r[n++]!;
        if ((set & (1 << k)) === 0) b = Math.min(b, price);
        else a = Math.min(a, price);
      }
      // The others are at their limit already, or out of the set's reach.
      if (!(b > a * (1 + TIE))) continue;
      const rise = d[i]! * a;
      slope += rise;
      if (b > a * end) continue;
      at[count] = b / a;
      change[count++] = -rise;
      within += rise;
    }
    // The tolerance finds the end of a flat part, and the end when nothing is committed, in spite of the last digits.
    const target = 1e-13 * (slope + 2 * cost);
    if (slope - within <= target) return Math.max(1, descentTo(at, change, count, slope, target));
  }
  return Infinity;
}

function factorDown(hour: HourDual, set: number, cost: number): number {
  const { planCount, itemCount, d, r, mu, at, change } = hour;
  for (const end of WINDOWS) {
    let count = 0;
    // The slope at 1 ÷ end: what falls in any case, and what the set takes over until there.
    let slope = -cost;
    for (let i = 0, n = 0; i < itemCount; i++) {
      let a = Infinity;
      let b = 1;
      for (let k = 0; k < planCount; k++) {
        const price = mu[k]! * r[n++]!;
        if ((set & (1 << k)) === 0) b = Math.min(b, price);
        else a = Math.min(a, price);
      }
      if (b * end < a || a === Infinity) continue;
      const rise = d[i]! * a;
      slope += rise;
      if (b >= a * (1 - TIE)) continue;
      at[count] = b / a;
      change[count++] = -rise;
    }
    const target = 1e-13 * (slope + 2 * cost);
    if (end === Infinity || slope > target) return Math.min(1, descentTo(at, change, count, slope, target));
  }
  return 0;
}

/**
 * The dual of an hour in which the new plan meets owned plans (`recourse.ts` has the formulation):
 *
 *     maximise L(μ) = Σ_i d_i · min(1, min_k μ_k r_ik) − Σ_k μ_k C_k     over μ ≥ 0.
 *
 * Coordinate ascent alone gets stuck: where two plans tie on an item, raising one μ_k alone gains nothing. So the multipliers
 * of a *set* S of plans are scaled together by one factor t, for every S in turn. Along t, with a_i = min_{k∈S} μ_k r_ik and
 * b_i = min(1, min_{k∉S} μ_k r_ik),
 *
 *     L(t) = Σ_i d_i · min(b_i, t·a_i) − t · Σ_{k∈S} μ_k C_k:
 *
 * concave, piecewise linear, breakpoints b_i/a_i: maximised exactly (`descent.ts`).
 *
 * These sets are enough: a point that no set improves is optimal. Write a direction as μ_k·u_k. The slope of L along it is
 * Σ_i d_i b_i · min_{k tied at i} u_k − Σ_k μ_k C_k u_k, where the "1" of the formula counts as a plan with u = 0. A minimum
 * decomposes over the level sets {u ≥ t}, so the slope is a sum of slopes along ± indicators of sets: if none of these is
 * positive, none is. (The argument behind the Hungarian method.) μ stays above a floor, for factors cannot leave 0.
 *
 * EXAMPLE. One item, d = 10, two plans with r = 0.5 and C_k = 1 each, μ = (1, 1): L = 10·0.5 − 2 = 3. Raising either μ alone
 * loses; both together by t = 2 give L = 10 − 4 = 6, which is Q: 10 − 2/0.5.
 *
 * NOT DONE. A dual simplex with generalised upper bounds, warm-started from hour to hour, would scale to more plans than the
 * 2^K sets here allow; beyond SET_LIMIT plans only sets of one, two and all are tried, and the cut may then lie lower than it
 * could. It stays valid.
 */
import type { PlanTerms } from "../domain/commitment.ts";
import type { Demand } from "../domain/usage.ts";
import type { Cut } from "./cut.ts";
import { descentTo } from "./descent.ts";

const SET_LIMIT = 5;
const MU_FLOOR = 1e-9;
/** Down at the floor a round gains too little to be told from none: such a multiplier starts the next evaluation at 1. */
const MU_RESTART = 0.1;
/** An hour is done when a round over all sets adds less than this share of its demand. */
const ROUND_TOLERANCE = 1e-10;
const MAX_ROUNDS = 60;
/** Prices closer than this tie. */
const TIE = 1e-12;

export interface ContestedHours {
  hours: ContestedHour[];
  /** Room for the line search, as long as the largest hour. */
  at: Float64Array;
  change: Float64Array;
}

interface ContestedHour {
  d: Float64Array;
  /** `[k · items + i]`; Infinity: plan k may not cover item i. */
  r: Float64Array;
  /** `[k]`; the new plan is the last and gets its C when a cut is asked for. */
  commitment: Float64Array;
  /** `[k]` The best multipliers of the latest evaluation: where the next one starts. */
  mu: Float64Array;
  /** Each set of plans that is scaled together: `[k]` is 1 for a member. */
  sets: readonly Uint8Array[];
}

/** `plans` ends with the new one. Entries of the demand ascend by hour within an item. */
export function prepareContested(
  demand: Demand,
  contested: Uint8Array,
  plans: readonly PlanTerms[],
  ratioOf: (plan: PlanTerms, item: number) => number,
): ContestedHours {
  const ratios = plans.map((plan) => Float64Array.from(demand.items, (_, item) => ratioOf(plan, item)));
  const byHour = contestedEntries(demand, contested);
  const hours = byHour.flatMap(({ h, items, d }): ContestedHour[] => {
    const active = plans.flatMap((plan, k) => {
      const isNew = k === plans.length - 1;
      const isActive = plan.commitmentUsdPerHour > 0 && h >= plan.activeFrom && h < plan.activeTo;
      return isNew || isActive ? [k] : [];
    });
    const r = new Float64Array(active.length * d.length);
    for (const [place, k] of active.entries()) {
      for (let i = 0; i < d.length; i++) r[place * d.length + i] = ratios[k]![items[i]!]!;
    }
    const commitment = Float64Array.from(active, (k) => plans[k]!.commitmentUsdPerHour);
    return [{ d, r, commitment, mu: new Float64Array(active.length).fill(1), sets: setsOf(active.length) }];
  });
  const longest = hours.reduce((most, { d }) => Math.max(most, d.length), 0);
  return { hours, at: new Float64Array(longest), change: new Float64Array(longest) };
}

/** The contested hours that have any usage: their items and dollars. */
function contestedEntries(
  { hourCount, items, start, hour, onDemandUsd }: Demand,
  contested: Uint8Array,
): { h: number; items: Int32Array; d: Float64Array }[] {
  const counts = new Int32Array(hourCount);
  for (let n = 0; n < hour.length; n++) if (onDemandUsd[n]! > 0) counts[hour[n]!]! += contested[hour[n]!]!;
  const hours = Array.from(counts, (count, h) => ({
    h,
    items: new Int32Array(count),
    d: new Float64Array(count),
  }));
  const next = new Int32Array(hourCount);
  for (let item = 0; item < items.length; item++) {
    for (let n = start[item]!; n < start[item + 1]!; n++) {
      const h = hour[n]!;
      if (contested[h] === 0 || onDemandUsd[n]! <= 0) continue;
      hours[h]!.items[next[h]!] = item;
      hours[h]!.d[next[h]!++] = onDemandUsd[n]!;
    }
  }
  return hours.filter(({ d }) => d.length > 0);
}

/** All sets of plans, or those of one, two and all when there are too many. */
function setsOf(planCount: number): Uint8Array[] {
  const plans = Array.from({ length: planCount }, (_, k) => k);
  const setOf = (members: readonly number[]): Uint8Array =>
    Uint8Array.from(plans, (k) => (members.includes(k) ? 1 : 0));
  if (planCount > SET_LIMIT) {
    const pairs = plans.flatMap((a) => plans.filter((b) => b >= a).map((b) => setOf([a, b])));
    return [...pairs, setOf(plans)];
  }
  return Array.from({ length: 2 ** planCount - 1 }, (_, n) => setOf(plans.filter((k) => ((n + 1) >> k) & 1)));
}

/** The cut at C of all contested hours together. Leaves each hour's multipliers where the next evaluation starts. */
export function contestedCut({ hours, at, change }: ContestedHours, c: number): Cut {
  let interceptUsd = 0;
  let slope = 0;
  for (const hour of hours) {
    const last = hour.mu.length - 1;
    hour.commitment[last] = c;
    for (let k = 0; k <= last; k++) if (hour.mu[k]! < MU_RESTART) hour.mu[k] = 1;
    ascend(hour, at, change);
    interceptUsd += dualValue(hour) + hour.mu[last]! * c;
    slope -= hour.mu[last]!;
  }
  return { interceptUsd, slope };
}

function ascend(hour: ContestedHour, at: Float64Array, change: Float64Array): void {
  let total = 0;
  for (const usd of hour.d) total += usd;
  let value = dualValue(hour);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const set of hour.sets) scaleSet(hour, set, at, change);
    const raised = dualValue(hour);
    if (raised - value <= ROUND_TOLERANCE * total) return;
    value = raised;
  }
}

/** Scales the multipliers of one set by the factor t that is best for them. */
function scaleSet(
  { d, r, commitment, mu }: ContestedHour,
  set: Uint8Array,
  at: Float64Array,
  change: Float64Array,
): void {
  let count = 0;
  let gain = 0;
  // Slope of the gain just below and just above t = 1.
  let below = 0;
  let above = 0;
  for (let i = 0; i < d.length; i++) {
    let a = Infinity;
    let b = 1;
    for (let k = 0; k < mu.length; k++) {
      const price = mu[k]! * r[k * d.length + i]!;
      if (set[k] === 1) a = Math.min(a, price);
      else b = Math.min(b, price);
    }
    if (a === Infinity) continue;
    const rise = d[i]! * a;
    at[count] = b / a;
    change[count++] = -rise;
    gain += rise;
    if (b >= a * (1 - TIE)) below += rise;
    if (b > a * (1 + TIE)) above += rise;
  }
  let cost = 0;
  let largest = 0;
  for (let k = 0; k < mu.length; k++) {
    cost += set[k]! * mu[k]! * commitment[k]!;
    largest = Math.max(largest, set[k]! * mu[k]!);
  }
  // Most often the set stands at its best already. (Not so without commitment: there L is flat up from its last breakpoint.)
  if (cost > 0 && below >= cost && above <= cost) return;
  // The tolerance finds the edge of that flat part in spite of the last digits.
  const best = descentTo(at, change, count, gain - cost, 1e-13 * gain);
  const t = Math.max(best, MU_FLOOR / largest);
  if (t < Infinity) for (let k = 0; k < mu.length; k++) if (set[k] === 1) mu[k]! *= t;
}

function dualValue({ d, r, commitment, mu }: ContestedHour): number {
  let value = 0;
  for (let i = 0; i < d.length; i++) {
    let price = 1;
    for (let k = 0; k < mu.length; k++) price = Math.min(price, mu[k]! * r[k * d.length + i]!);
    value += d[i]! * price;
  }
  for (let k = 0; k < mu.length; k++) value -= mu[k]! * commitment[k]!;
  return value;
}

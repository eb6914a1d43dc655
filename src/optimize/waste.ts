/**
 * `--min-utilization u` as a constraint: the expected commitment that goes unused is at most (1 −
 * u) of what is committed,
 *
 *     G(C) = E Σ_h max over sets S of the offers of (Σ_{k∈S} C_k − use_Sh)⁺ − (1 − u)·Σ_k hours_k·C_k ≤ 0,
 *     use_Sh = Σ_i d_hi · max_{k∈S} r_ik:
 *
 * whatever the assignment, the plans of S use no more than if every item went to the one of them at which it burns the
 * most. G is convex and piecewise linear, so it enters the master as cuts. For one offer without owned plans it is the
 * utilization itself. Several offers and owned plans compete for the same usage, under AWS's rule more than G sees:
 * then G only relaxes the limit, the bound stays a bound, and the settled answer is held to the settled utilization.
 *
 * NOT DONE. The most that all plans together can use is a linear program of its own; its dual with
 * multipliers 0 and 1 is this.
 */
import type { Program } from "./program.ts";
import type { Recourse } from "./prepare-recourse.ts";

export interface Waste {
  program: Program;
  recourse: Recourse;
  /** `[offer]` Offers of the same rates are one group, whenever they start: of a set that wastes, none is left out. */
  groupOf: readonly number[];
  /** Sets of groups, as bits. */
  sets: readonly number[];
  /** `[site · sets + set]` use_S of the site's base hour, $; of the set's offers those that are active in it. */
  usable: Float64Array;
}

/** The line G(c) + gradient·(C − c), nowhere above G. USD of commitment over the horizon. */
export interface WasteCut {
  usd: number;
  gradient: Float64Array;
}

/**
 * Numbers kept at most, 240 MB. With more hours than that, sets of some of the offers are left out:
 * the limit relaxes a little.
 */
const MOST_NUMBERS = 30_000_000;

export function prepareWaste(recourse: Recourse): Waste {
  const { program, sites, segments } = recourse;
  const groupOf = groupsOf(program);
  const groups = new Set(groupOf).size;
  const everyone = 2 ** groups - 1;
  const allSets = Array.from({ length: everyone }, (_, n) => n + 1);
  const singles = Array.from({ length: groups }, (_, group) => 2 ** group);
  const sets = sites.count * everyone <= MOST_NUMBERS ? allSets : [...new Set([...singles, everyone])];
  const usable = new Float64Array(sites.count * sets.length);
  const { start, kind, onDemandUsd } = sites.demand;
  for (let site = 0; site < sites.count; site++) {
    const { offers, offerClass, ratio } = segments[sites.segment[site]!]!;
    const h = sites.baseHour[site]!;
    for (let n = start[h]!; n < start[h + 1]!; n++) {
      for (const [place, set] of sets.entries()) {
        let most = 0;
        for (let k = 0; k < offers.length; k++) {
          const r = ratio[offerClass[k]!]![kind[n]!]!;
          if (isIn(set, groupOf[offers[k]!]!) && r < Infinity) most = Math.max(most, r);
        }
        usable[site * sets.length + place]! += onDemandUsd[n]! * most;
      }
    }
  }
  return { program, recourse, groupOf, sets, usable };
}

const isIn = (set: number, group: number): boolean => (set & (1 << group)) !== 0;

function groupsOf({ offers }: Program): number[] {
  const keys = offers.map(({ ownerAccount, rates }) => `${ownerAccount} ${rates.ratio.join()}`);
  const distinct = [...new Set(keys)];
  return keys.map((key) => distinct.indexOf(key));
}

export function wasteCut(
  { program, recourse, groupOf, sets, usable }: Waste,
  c: ArrayLike<number>,
): WasteCut {
  const { sites, segments } = recourse;
  const { probability } = program.scenarios;
  const { offers, limits } = program;
  // Hours without usage are no sites: there all of the commitment goes unused.
  const gradient = Float64Array.from(offers, ({ activeHours }) => limits.minUtilization * activeHours);
  let total = offers.reduce((sum, _, k) => sum + gradient[k]! * c[k]!, 0);
  const committedIn = segments.map(({ offers: active }) =>
    Float64Array.from(sets, (set) =>
      active.reduce((sum, k) => sum + (isIn(set, groupOf[k]!) ? c[k]! : 0), 0),
    ),
  );
  for (let site = 0; site < sites.count; site++) {
    const { offers: active } = segments[sites.segment[site]!]!;
    const committed = committedIn[sites.segment[site]!]!;
    const all = active.reduce((sum, k) => sum + c[k]!, 0);
    for (let n = sites.start[site]!; n < sites.start[site + 1]!; n++) {
      const weight = probability[sites.scenario[n]!]! * sites.hours[n]!;
      let wasted = 0;
      let wasting = 0;
      for (let place = 0; place < sets.length; place++) {
        const unused = committed[place]! - sites.growth[n]! * usable[site * sets.length + place]!;
        if (unused > wasted) {
          wasted = unused;
          wasting = sets[place]!;
        }
      }
      total -= weight * (all - wasted);
      for (const k of active) if (!isIn(wasting, groupOf[k]!)) gradient[k]! -= weight;
    }
  }
  return { usd: total, gradient };
}

/**
 * The largest share of `c` that wastes no more than is allowed: 1 when c itself does not. Along the share G is convex
 * and 0 at nothing, so Newton's steps come down to its other zero from above, and meet it in as many steps as there are
 * kinks at most.
 */
export function allowedShare(waste: Waste, c: ArrayLike<number>): number {
  const hours = waste.program.offers.reduce((sum, { activeHours }, k) => sum + activeHours * c[k]!, 0);
  let share = 1;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { usd, gradient } = wasteCut(
      waste,
      Array.from(c, (each) => each * share),
    );
    if (usd <= 1e-12 * hours * share) return share;
    const slope = gradient.reduce((sum, each, k) => sum + each * c[k]!, 0);
    share -= usd / slope;
    if (!(slope > 0) || !(share > 0)) return 0;
  }
  return 0;
}

const MOST_STEPS = 100;

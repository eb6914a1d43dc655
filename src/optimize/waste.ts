/**
 * `--min-utilization u` as a constraint: the expected commitment that goes unused is at most (1 − u) of what is committed,
 *
 *     G(C) = E Σ_h max over sets S of the offers of (Σ_{k∈S} C_k − use_Sh)⁺ − (1 − u)·Σ_k hours_k·C_k ≤ 0,
 *     use_Sh = Σ_i d_hi · max_{k∈S} r_ik:
 *
 * whatever the assignment, the plans of S use no more than if every item went to the one of them at which it burns the most. G is
 * convex and piecewise linear, so it enters the master as cuts. For one offer it is the utilization itself. Several offers and
 * owned plans compete for the same usage, under AWS's rule more than G sees: then G only relaxes the limit, the bound stays a
 * bound, and the settled answer is held to the settled utilization.
 *
 * NOT DONE. The most that all plans together can use is a linear program of its own; its dual with multipliers 0 and 1 is this.
 */
import type { Program } from "./program.ts";
import type { Recourse } from "./prepare-recourse.ts";

export interface Waste {
  program: Program;
  recourse: Recourse;
  setCount: number;
  /** `[site · sets + set of offers, as bits]` use_S of the site's base hour, $; sets of offers that are active in it. */
  usable: Float64Array;
}

/** The line G(c) + gradient·(C − c), nowhere above G. USD of commitment over the horizon. */
export interface WasteCut {
  usd: number;
  gradient: Float64Array;
}

export function prepareWaste(recourse: Recourse): Waste {
  const { program, sites, segments } = recourse;
  const setCount = 2 ** program.offers.length;
  const usable = new Float64Array(sites.count * setCount);
  const { start, kind, onDemandUsd } = sites.demand;
  for (let site = 0; site < sites.count; site++) {
    const { offers, offerClass, ratio } = segments[sites.segment[site]!]!;
    const h = sites.baseHour[site]!;
    for (let n = start[h]!; n < start[h + 1]!; n++) {
      for (let set = 1; set < setCount; set++) {
        let most = 0;
        for (let place = 0; place < offers.length; place++) {
          const r = ratio[offerClass[place]!]![kind[n]!]!;
          if ((set & (1 << offers[place]!)) !== 0 && r < Infinity) most = Math.max(most, r);
        }
        usable[site * setCount + set]! += onDemandUsd[n]! * most;
      }
    }
  }
  return { program, recourse, setCount, usable };
}

export function wasteCut({ program, recourse, setCount, usable }: Waste, c: ArrayLike<number>): WasteCut {
  const { sites, segments } = recourse;
  const { probability } = program.scenarios;
  const { offers, limits } = program;
  // Hours without usage are no sites: there all of the commitment goes unused.
  const gradient = Float64Array.from(offers, ({ activeHours }) => limits.minUtilization * activeHours);
  let total = offers.reduce((sum, _, k) => sum + gradient[k]! * c[k]!, 0);
  const committed = new Float64Array(setCount);
  for (let site = 0; site < sites.count; site++) {
    const active = segments[sites.segment[site]!]!.offers.reduce((bits, k) => bits | (1 << k), 0);
    for (let set = 1; set < setCount; set++) {
      committed[set] = (set & ~active) === 0 ? sumOver(set, c) : 0;
    }
    for (let n = sites.start[site]!; n < sites.start[site + 1]!; n++) {
      const weight = probability[sites.scenario[n]!]!;
      let wasted = 0;
      let wasting = 0;
      for (let set = 1; set < setCount; set++) {
        if ((set & ~active) !== 0) continue;
        const unused = committed[set]! - sites.growth[n]! * usable[site * setCount + set]!;
        if (unused > wasted) {
          wasted = unused;
          wasting = set;
        }
      }
      total -= weight * (committed[active]! - wasted);
      for (let k = 0; k < offers.length; k++) {
        if ((active & ~wasting & (1 << k)) !== 0) gradient[k]! -= weight;
      }
    }
  }
  return { usd: total, gradient };
}

function sumOver(set: number, c: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < c.length; k++) if ((set & (1 << k)) !== 0) sum += c[k]!;
  return sum;
}

/** The largest share of `c` that wastes no more than is allowed: 1 when c itself does not. */
export function allowedShare(waste: Waste, c: ArrayLike<number>): number {
  const hours = waste.program.offers.reduce((sum, { activeHours }, k) => sum + activeHours * c[k]!, 0);
  const isAllowed = (share: number): boolean => {
    const scaled = Array.from(c, (each) => each * share);
    return wasteCut(waste, scaled).usd <= 1e-12 * hours * share;
  };
  if (isAllowed(1)) return 1;
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60 && high - low > 1e-13; step++) {
    const middle = (low + high) / 2;
    if (isAllowed(middle)) low = middle;
    else high = middle;
  }
  return low;
}

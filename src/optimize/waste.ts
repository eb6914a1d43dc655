/**
 * `--min-utilization u` as a constraint: the expected commitment that goes unused is at most (1 − u) of what is committed,
 *
 *     G(C) = Σ_k [ E Σ_h (C_k − use_kh)⁺ − (1 − u)·hours_k·C_k ] ≤ 0,     use_kh = Σ_i r_ik d_hi, what offer k alone could use.
 *
 * G is convex and piecewise linear, so it enters the master as cuts. For one offer it is the utilization itself. Several offers,
 * or owned plans, compete for the same usage and use less than this: then G only relaxes the limit, the bound stays a bound, and
 * the settled answer is held to the settled utilization.
 */
import type { Program } from "./program.ts";
import { usableUsd, type Recourse } from "./recourse.ts";

export interface Waste {
  program: Program;
  recourse: Recourse;
  /** `[offer][site]` Commitment that the site's base hour could use, $; NaN where the offer is not active. */
  usable: Float64Array[];
}

/** The line G(c) + gradient·(C − c), nowhere above G. USD of commitment over the horizon. */
export interface WasteCut {
  usd: number;
  gradient: number[];
}

export function prepareWaste(recourse: Recourse): Waste {
  const { program, sites, segments } = recourse;
  const usable = program.offers.map(() => new Float64Array(sites.count).fill(Number.NaN));
  for (let site = 0; site < sites.count; site++) {
    const { offers, offerClass, ratio } = segments[sites.segment[site]!]!;
    for (const [n, offer] of offers.entries()) {
      usable[offer]![site] = usableUsd(sites.demand, sites.baseHour[site]!, ratio[offerClass[n]!]!);
    }
  }
  return { program, recourse, usable };
}

export function wasteCut({ program, recourse, usable }: Waste, c: ArrayLike<number>): WasteCut {
  const { sites } = recourse;
  const { probability } = program.scenarios;
  let total = 0;
  const gradient = program.offers.map(({ activeHours }, k) => {
    // Hours without usage are no sites; there all of the commitment goes unused.
    let wastedHours = activeHours;
    let wastedUsd = activeHours * c[k]!;
    for (let site = 0; site < sites.count; site++) {
      const each = usable[k]![site]!;
      if (!(each > 0)) continue;
      for (let n = sites.start[site]!; n < sites.start[site + 1]!; n++) {
        const use = sites.growth[n]! * each;
        const weight = probability[sites.scenario[n]!]!;
        if (use < c[k]!) wastedUsd -= weight * use;
        else {
          wastedUsd -= weight * c[k]!;
          wastedHours -= weight;
        }
      }
    }
    // Below the first hour's use nothing is wasted, and the slope there is 0 but for rounding.
    const allowed = (1 - program.limits.minUtilization) * activeHours;
    total += wastedUsd - allowed * c[k]!;
    return wastedHours - allowed;
  });
  return { usd: total, gradient };
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

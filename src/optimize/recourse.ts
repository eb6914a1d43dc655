/**
 * The second stage: what demand costs at least, once the commitments stand.
 *
 *     Q(C; d) = min Σ_i d_i − Σ_ik x_ik   s.t.  Σ_i r_ik x_ik ≤ C_k  (μ_k ≥ 0),   Σ_k x_ik ≤ d_i,   x ≥ 0
 *             = max_{μ ≥ 0} Σ_i d_i · min(1, min_k μ_k r_ik) − Σ_k μ_k C_k                               (dual)
 *
 * for one hour: i item, k plan; d On-Demand dollars, r Savings Plans ÷ On-Demand rate, C commitment in $/h, owned or
 * new. *Any* μ ≥ 0 gives a value that Q nowhere falls below, and with it a cut: valid however the multipliers were
 * found, and exact where they are the best (`hour-dual.ts`).
 *
 * MANY FUTURES. Hour t of scenario s is an hour of the base demand, grown by a factor g. Along g,
 * with V(μ) = Σ_i d_i·min(…),
 *
 *     Q(C; g·d) = max_μ  g·V(μ) − μ·C:
 *
 * the same multipliers are the best over a whole interval of growths. So the futures of one base hour are not solved
 * one by one: the hour of the smallest growth is, and from there the multipliers are followed along g (`ray.ts`). A
 * *site* is a base hour together with the set of plans that are active; its hours of all scenarios are sorted by
 * growth.
 *
 * EXAMPLE. $10 at r = 0.5 and $20 at r = 0.8, C = 9: the first takes 5 and the other 4 of C, μ = 1/0.8 = 1.25, V =
 * 10·0.625 + 20 = 26.25: Q(9; g·d) = 26.25·g − 11.25 for g from 9/21 to 1.8. At g = 1 that is 15, and so is Q: 30 − 10
 * − 4/0.8.
 *
 * This is a relaxation of AWS's rule: it may leave a plan's own account for a better saving elsewhere (with sharing
 * on), and need not take the highest saving first. It is never above the settled cost.
 *
 * TRUST. A walk along g ends with an audit: the multipliers at its end are priced anew and must be the best there. When
 * they are not, every growth is solved by itself; when that fails too, a greedy assignment bounds the hour from above,
 * and the multipliers that were reached bound it from below. No hour is left out.
 */
import { greedyCost } from "./greedy.ts";
import { ascend, isBest, priceItems } from "./hour-dual.ts";
import type { HourDual } from "./hour-room.ts";
import type { Recourse, Segment } from "./prepare-recourse.ts";
import { walkRay } from "./ray.ts";
import type { Ray } from "./ray-room.ts";
import type { Sites } from "./sites.ts";

/** All scenarios at one point. USD over the horizon. */
export interface Evaluation {
  /** `[scenario]` What it costs at least, and at most, with the best assignment. */
  lowerUsd: Float64Array;
  upperUsd: Float64Array;
  /** `[scenario · offers + offer]` Slope of `lowerUsd` along the offer's commitment. */
  slope: Float64Array;
}

/** Lower and upper cost of every scenario at commitments `c` ($/h per offer), what is paid for commitments included. */
export function evaluate(recourse: Recourse, c: ArrayLike<number>): Evaluation {
  const { program, sites, segments } = recourse;
  const { scenarios, offers } = program;
  const scenarioCount = scenarios.probability.length;
  const paidUsd = offers.reduce((sum, offer, n) => sum + offer.weight * offer.activeHours * c[n]!, 0);
  const result: Evaluation = {
    lowerUsd: new Float64Array(scenarioCount).fill(recourse.ownedUsd + paidUsd),
    upperUsd: new Float64Array(scenarioCount).fill(recourse.ownedUsd + paidUsd),
    slope: new Float64Array(scenarioCount * offers.length),
  };
  for (let s = 0; s < scenarioCount; s++) {
    for (const [n, offer] of offers.entries()) {
      result.slope[s * offers.length + n] = offer.weight * offer.activeHours;
    }
  }
  const capacity = new Float64Array(recourse.mostClasses);
  recourse.hoursSolvedAnotherWay = 0;
  for (let site = 0; site < sites.count; site++) {
    const segment = segments[sites.segment[site]!]!;
    capacity.set(segment.ownedUsdPerHour);
    for (let n = 0; n < segment.offers.length; n++) {
      capacity[segment.offerClass[n]!]! += c[segment.offers[n]!]!;
    }
    evaluateSite(recourse, site, segment, capacity, result);
  }
  return result;
}

function evaluateSite(
  recourse: Recourse,
  site: number,
  segment: Segment,
  capacity: Float64Array,
  result: Evaluation,
): void {
  const { sites, mostClasses } = recourse;
  const { demand, growth } = sites;
  const from = sites.start[site]!;
  const to = sites.start[site + 1]!;
  const { hour, ray } = segment;
  gatherHour(segment, demand, sites.baseHour[site]!);
  const place = site * mostClasses;
  for (let k = 0; k < hour.planCount; k++) hour.mu[k] = recourse.mu[place + k]!;
  priceItems(hour);
  const first = growth[from]!;
  const last = growth[to - 1]!;
  const solved = solveAt(hour, capacity, first);
  for (let k = 0; k < hour.planCount; k++) recourse.mu[place + k] = hour.mu[k]!;
  if (solved && first === last) {
    addHours(recourse, segment, capacity, from, to, hour.pricedUsd, hour.mu, result);
    return;
  }
  const start = demand.start[sites.baseHour[site]!]!;
  const kinds = demand.kind.subarray(start, start + hour.itemCount);
  if (solved && walkRay(ray, hour, kinds, capacity, first, last) && endIsBest(ray, hour, capacity, last)) {
    let n = from;
    for (let node = 0; node < ray.nodeCount; node++) {
      const end = node + 1 < ray.nodeCount ? ray.nodeGrowth[node + 1]! : Infinity;
      const begin = n;
      while (n < to && growth[n]! < end) n++;
      const mu = ray.nodeMu.subarray(node * hour.planCount, (node + 1) * hour.planCount);
      if (n > begin) addHours(recourse, segment, capacity, begin, n, ray.nodePriced[node]!, mu, result);
    }
    return;
  }
  for (let n = from; n < to; n++) {
    const isBounded = solveAt(hour, capacity, growth[n]!);
    addHours(recourse, segment, capacity, n, n + 1, hour.pricedUsd, hour.mu, result);
    if (!isBounded) {
      const s = sites.scenario[n]!;
      recourse.hoursSolvedAnotherWay++;
      result.upperUsd[s]! += sites.hours[n]! * growth[n]! * (greedyCost(hour) - dualValue(hour));
    }
  }
}

/** Σ_i d·price − μ·c: the hour's cost at growth 1 and commitments c, from below. */
const dualValue = ({ pricedUsd, mu, c }: HourDual): number =>
  mu.reduce((value, each, k) => value - each * c[k]!, pricedUsd);

/** The hour's usage and its ratios, side by side. */
function gatherHour(
  { ratioByKind, hour }: Segment,
  { start, kind, onDemandUsd }: Sites["demand"],
  h: number,
): void {
  const { planCount, d, r } = hour;
  const from = start[h]!;
  hour.itemCount = start[h + 1]! - from;
  let usage = 0;
  for (let n = 0, at = 0; n < hour.itemCount; n++) {
    const usd = onDemandUsd[from + n]!;
    d[n] = usd;
    usage += usd;
    const first = kind[from + n]! * planCount;
    for (let k = 0; k < planCount; k++) r[at++] = ratioByKind[first + k]!;
  }
  hour.usageUsd = usage;
}

function solveAt(hour: HourDual, capacity: Float64Array, growth: number): boolean {
  for (let k = 0; k < hour.planCount; k++) hour.c[k] = capacity[k]! / growth;
  return ascend(hour);
}

/** How far the sums that a walk kept may be from new ones, as a share of the hour's usage. */
const AUDIT = 1e-10;

/** The audit at a walk's end. Leaves the hour priced at the walk's multipliers. */
function endIsBest(ray: Ray, hour: HourDual, capacity: Float64Array, growth: number): boolean {
  for (let k = 0; k < hour.planCount; k++) {
    hour.mu[k] = ray.mu[k]!;
    hour.c[k] = capacity[k]! / growth;
  }
  priceItems(hour);
  const kept = ray.nodePriced[ray.nodeCount - 1]!;
  return Math.abs(kept - hour.pricedUsd) <= AUDIT * hour.usageUsd && isBest(hour, AUDIT);
}

/** Adds up the site's hours from..to − 1, for all of which these multipliers are the best. */
function addHours(
  { program, sites }: Recourse,
  { offers, offerClass, hour }: Segment,
  capacity: Float64Array,
  from: number,
  to: number,
  priced: number,
  mu: Float64Array,
  { lowerUsd, upperUsd, slope }: Evaluation,
): void {
  const { growth, scenario, hours } = sites;
  const offerCount = program.offers.length;
  let commitmentUsd = 0;
  for (let k = 0; k < hour.planCount; k++) commitmentUsd += mu[k]! * capacity[k]!;
  for (let n = from; n < to; n++) {
    const s = scenario[n]!;
    const usd = hours[n]! * (growth[n]! * priced - commitmentUsd);
    lowerUsd[s]! += usd;
    upperUsd[s]! += usd;
    for (let k = 0; k < offers.length; k++) {
      slope[s * offerCount + offers[k]!]! -= hours[n]! * mu[offerClass[k]!]!;
    }
  }
}

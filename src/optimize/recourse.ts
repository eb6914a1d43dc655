/**
 * The second stage: what demand costs at least, once the commitments stand.
 *
 *     Q(C; d) = min Σ_i d_i − Σ_ik x_ik   s.t.  Σ_i r_ik x_ik ≤ C_k  (μ_k ≥ 0),   Σ_k x_ik ≤ d_i,   x ≥ 0
 *             = max_{μ ≥ 0} Σ_i d_i · min(1, min_k μ_k r_ik) − Σ_k μ_k C_k                               (dual)
 *
 * for one hour: i item, k plan; d On-Demand dollars, r Savings Plans ÷ On-Demand rate, C commitment in $/h, owned or new. *Any*
 * μ ≥ 0 gives a value that Q nowhere falls below, and with it a cut: valid however the multipliers were found, and exact where
 * they are the best (`hour-dual.ts`).
 *
 * MANY FUTURES. Hour t of scenario s is an hour of the base demand, grown by a factor g. Along g, with V(μ) = Σ_i d_i·min(…),
 *
 *     Q(C; g·d) = max_μ  g·V(μ) − μ·C:
 *
 * the same multipliers are the best over a whole interval of growths. So the futures of one base hour are not solved one by one:
 * the hour of the smallest growth is, and from there the multipliers are followed along g (`ray.ts`). A *site* is a base hour
 * together with the set of plans that are active; its hours of all scenarios are sorted by growth.
 *
 * EXAMPLE. $10 at r = 0.5 and $20 at r = 0.8, C = 9: the first takes 5 and the other 4 of C, μ = 1/0.8 = 1.25, V = 10·0.625 + 20
 * = 26.25: Q(9; g·d) = 26.25·g − 11.25 for g from 9/21 to 1.8. At g = 1 that is 15, and so is Q: 30 − 10 − 4/0.8.
 *
 * This is a relaxation of AWS's rule: it may leave a plan's own account for a better saving elsewhere (with sharing on), and
 * need not take the highest saving first. It is never above the settled cost.
 *
 * TRUST. A walk along g ends with an audit: the multipliers at its end are priced anew and must be the best there. When they are
 * not, every growth is solved by itself; when that fails too, a greedy assignment bounds the hour from above, and the multipliers
 * that were reached bound it from below. No hour is left out.
 */
import type { PlanTerms } from "../domain/commitment.ts";
import { groupBy } from "../domain/group.ts";
import { ascend, hourDual, isBest, price, type HourDual } from "./hour-dual.ts";
import { greedyCost } from "./greedy.ts";
import type { Program } from "./program.ts";
import { makeRay, walkRay, type Ray } from "./ray.ts";
import { sitesOf, type Sites } from "./sites.ts";

/** A program made ready for evaluation at any commitments. */
export interface Recourse {
  program: Program;
  sites: Sites;
  /** By set of active plans (`Sites.segment`): what a site of it is solved with. */
  segments: Segment[];
  /** `[scenario]` USD that the owned plans cost, whatever is bought. */
  ownedUsd: number;
  /** `[site · most classes + class]` Best multipliers of the latest evaluation: where the next one starts. */
  mu: Float64Array;
  mostClasses: number;
  hoursSolvedAnotherWay: number;
}

/** Plans with the same rates are one plan to the program, a class; items that differ for no plan are one item, a kind. */
interface Segment {
  /** `[class][kind]` Infinity: may not be covered. */
  ratio: Float64Array[];
  /** `[kind · classes + class]` The same, a kind's side by side. */
  ratioByKind: Float64Array;
  /** `[class]` Owned commitment, $/h. */
  ownedUsdPerHour: Float64Array;
  /** The offers that are active, and the class that each belongs to. */
  offers: Int32Array;
  offerClass: Int32Array;
  hour: HourDual;
  ray: Ray;
}

/** All scenarios at one point. USD over the horizon. */
export interface Evaluation {
  /** `[scenario]` What it costs at least, and at most, with the best assignment. */
  lowerUsd: Float64Array;
  upperUsd: Float64Array;
  /** `[scenario · offers + offer]` Slope of `lowerUsd` along the offer's commitment. */
  slope: Float64Array;
}

export function prepareRecourse(program: Program): Recourse {
  const { scenarios, owned, offers } = program;
  const plans = [...owned, ...offers].map((plan) => ratiosOf(program, plan));
  const kind = kindsOf(plans, scenarios.base.items.length);
  const sites = sitesOf(scenarios, kind, [
    ...owned.flatMap(({ activeFrom, activeTo }) => [activeFrom, activeTo]),
    ...offers.map(({ activeHours }) => activeHours),
  ]);
  const mostItems = longestHour(sites);
  const kindCount = kind.reduce((most, each) => Math.max(most, each + 1), 0);
  const ofKinds = plans.map((ratio) => {
    const ofKind = new Float64Array(kindCount);
    for (const [item, each] of kind.entries()) ofKind[each] = ratio[item]!;
    return ofKind;
  });
  const segments = sites.segmentStart.map((t) => segmentAt(program, ofKinds, t, mostItems));
  const mostClasses = segments.reduce((most, { ratio }) => Math.max(most, ratio.length), 0);
  return {
    program,
    sites,
    segments,
    ownedUsd: owned.reduce((sum, plan) => sum + ownedCost(plan, scenarios.hourCount), 0),
    mu: new Float64Array(sites.count * mostClasses).fill(1),
    mostClasses,
    hoursSolvedAnotherWay: 0,
  };
}

const ownedCost = ({ commitmentUsdPerHour, activeFrom, activeTo }: PlanTerms, hourCount: number): number =>
  commitmentUsdPerHour * Math.max(0, Math.min(activeTo, hourCount) - Math.max(0, activeFrom));

function longestHour({ demand }: Sites): number {
  let most = 0;
  for (let h = 0; h + 1 < demand.start.length; h++) {
    most = Math.max(most, demand.start[h + 1]! - demand.start[h]!);
  }
  return most;
}

/** `[item]` Infinity: the plan may not cover the item. */
function ratiosOf(
  { scenarios, sharing }: Program,
  plan: Pick<PlanTerms, "ownerAccount" | "rates">,
): Float64Array {
  return Float64Array.from(scenarios.base.items, ({ account, sku }) => {
    const ratio = plan.rates.ratio[sku]!;
    return ratio > 0 && (sharing || account === plan.ownerAccount) ? ratio : Infinity;
  });
}

/** `[item]` → kind: items that every plan covers at the same ratios are one kind, whose usage is added up. */
function kindsOf(plans: readonly Float64Array[], itemCount: number): Int32Array {
  const kinds = new Map<string, number>();
  return Int32Array.from({ length: itemCount }, (_, item) => {
    const key = plans.map((ratio) => ratio[item]!).join();
    const kind = kinds.get(key) ?? kinds.size;
    kinds.set(key, kind);
    return kind;
  });
}

/** The plans that are active in hour t, those of equal ratios together; `plans` are owned plans, then offers. */
function segmentAt(
  { owned, offers }: Program,
  plans: readonly Float64Array[],
  t: number,
  mostItems: number,
): Segment {
  const active = [
    ...owned.flatMap((plan, n) => {
      const isActive = plan.commitmentUsdPerHour > 0 && plan.activeFrom <= t && t < plan.activeTo;
      return isActive ? [{ ratio: plans[n]!, usdPerHour: plan.commitmentUsdPerHour, offer: -1 }] : [];
    }),
    ...offers.flatMap((offer, n) =>
      t < offer.activeHours ? [{ ratio: plans[owned.length + n]!, usdPerHour: 0, offer: n }] : [],
    ),
  ];
  const classes = [...groupBy(active, ({ ratio }) => ratio.join()).values()];
  const members = classes.flatMap((those, n) => those.map(({ offer }) => ({ offer, class: n })));
  const bought = members.filter(({ offer }) => offer >= 0);
  const ratio = classes.map((members) => members[0]!.ratio);
  const kindCount = plans[0]?.length ?? 0;
  const ratioByKind = Float64Array.from(
    { length: kindCount * ratio.length },
    (_, n) => ratio[n % ratio.length]![Math.floor(n / ratio.length)]!,
  );
  return {
    ratio,
    ratioByKind,
    ownedUsdPerHour: Float64Array.from(classes, (those) => those.reduce((sum, p) => sum + p.usdPerHour, 0)),
    offers: Int32Array.from(bought, ({ offer }) => offer),
    offerClass: Int32Array.from(bought, (member) => member.class),
    hour: hourDual(classes.length, mostItems),
    ray: makeRay(classes.length, ratioByKind),
  };
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
  price(hour);
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
      result.upperUsd[s]! += growth[n]! * (greedyCost(hour) - dualValue(hour));
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
  price(hour);
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
  const { growth, scenario } = sites;
  const offerCount = program.offers.length;
  let commitmentUsd = 0;
  for (let k = 0; k < hour.planCount; k++) commitmentUsd += mu[k]! * capacity[k]!;
  for (let n = from; n < to; n++) {
    const s = scenario[n]!;
    const usd = growth[n]! * priced - commitmentUsd;
    lowerUsd[s]! += usd;
    upperUsd[s]! += usd;
    for (let k = 0; k < offers.length; k++) slope[s * offerCount + offers[k]!]! -= mu[offerClass[k]!]!;
  }
}

/** No offer can use more than this in any hour of the futures, $/h: beyond it a commitment only costs. */
export function mostUsefulUsdPerHour({ program, sites, segments }: Recourse): Float64Array {
  const most = new Float64Array(program.offers.length);
  for (let site = 0; site < sites.count; site++) {
    const { offers, offerClass, ratio } = segments[sites.segment[site]!]!;
    const growth = sites.growth[sites.start[site + 1]! - 1]!;
    for (let k = 0; k < offers.length; k++) {
      const usable = growth * usableUsd(sites.demand, sites.baseHour[site]!, ratio[offerClass[k]!]!);
      most[offers[k]!] = Math.max(most[offers[k]!]!, usable);
    }
  }
  return most;
}

/** Commitment that one plan alone could use in a base hour, $. */
export function usableUsd(
  { start, kind, onDemandUsd }: Sites["demand"],
  h: number,
  ratio: Float64Array,
): number {
  let usd = 0;
  for (let n = start[h]!; n < start[h + 1]!; n++) {
    const r = ratio[kind[n]!]!;
    if (r < Infinity) usd += onDemandUsd[n]! * r;
  }
  return usd;
}

/** The program of each scenario alone, as if it were certain. */
export function* scenariosAlone(recourse: Recourse): Generator<Recourse> {
  const { program, sites } = recourse;
  const { scenarios, baselineUsd } = program;
  const count = scenarios.probability.length;
  const start = new Int32Array(count + 1);
  for (const s of sites.scenario) start[s + 1]!++;
  for (let s = 0; s < count; s++) start[s + 1]! += start[s]!;
  const next = start.slice();
  // Hours by scenario; within one they stay in the order of the sites.
  const hours = new Int32Array(sites.growth.length);
  const siteOf = new Int32Array(sites.growth.length);
  for (let site = 0; site < sites.count; site++) {
    for (let n = sites.start[site]!; n < sites.start[site + 1]!; n++) {
      const place = next[sites.scenario[n]!]!++;
      hours[place] = n;
      siteOf[place] = site;
    }
  }
  for (let s = 0; s < count; s++) {
    const own = hours.subarray(start[s], start[s + 1]);
    const ownSite = siteOf.subarray(start[s], start[s + 1]);
    const isFirst = (_: number, n: number): boolean => n === 0 || ownSite[n] !== ownSite[n - 1];
    const firsts = Int32Array.from(ownSite.keys()).filter(isFirst);
    const site = firsts.map((n) => ownSite[n]!);
    yield {
      ...recourse,
      program: {
        ...program,
        scenarios: { ...scenarios, probability: Float64Array.of(1) },
        baselineUsd: baselineUsd.subarray(s, s + 1),
      },
      sites: {
        ...sites,
        count: site.length,
        baseHour: site.map((each) => sites.baseHour[each]!),
        segment: site.map((each) => sites.segment[each]!),
        start: Int32Array.from([...firsts, own.length]),
        growth: Float64Array.from(own, (n) => sites.growth[n]!),
        scenario: new Int32Array(own.length),
      },
      mu: new Float64Array(site.length * recourse.mostClasses).fill(1),
    };
  }
}

/** All that settling scenarios needs and commitments do not change: made ready once for a search. */
import type { Sharing } from "../domain/sharing.ts";
import type { PlanTerms } from "../domain/commitment.ts";
import { activeIn, hoursOf, type ScenarioSet, type ScenarioUsage } from "../domain/scenario.ts";
import type { Sku } from "../domain/usage.ts";
import { byHour, type DemandByHour } from "../domain/by-hour.ts";
import type { OnDemandVector } from "../domain/units.ts";
import { coverageOrder, type CoverageOrder } from "./order.ts";

type ActivePlan = Pick<PlanTerms, "activeFrom" | "activeTo" | "commitmentUsdPerHour">;

/** What settling needs and commitments do not change. */
export interface ScenarioSettlement extends BaseHours {
  set: ScenarioUsage;
  /** Whose, at which rates: that is in the order. */
  plans: readonly ActivePlan[];
  /** Plans from this index on are new. */
  firstNew: number;
  order: CoverageOrder;
  /** `[scenario]` The same over the horizon, grown. */
  onDemandUsd: OnDemandVector;
  stretches: Stretch[];
  /** `[plan]` The plan at which its used and covered dollars are added up. */
  poolOf: Int32Array;
  /** The same, with each new plan by itself. */
  ownedPoolOf: Int32Array;
  /** `[plan]` Its pairs in the order. */
  pairsOf: Int32Array[];
}

/** The base demand, hour by hour: the same for all settlements over it. */
export interface BaseHours {
  hours: DemandByHour;
  /** `[base hour]` Usage of all items, at On-Demand rates. */
  hourUsd: OnDemandVector;
}

/** Hours of the horizon in which the same plans are active. */
interface Stretch {
  active: number[];
  /** Visits of base hour h: `visit[start[h] … start[h+1] − 1]`, as indices into the set's `growth`. */
  start: Int32Array;
  visit: Int32Array;
}

export function prepareScenarioSettlement(
  set: ScenarioSet,
  skus: readonly Sku[],
  plans: readonly PlanTerms[],
  options: { sharing: Sharing; firstNew: number; baseHours?: BaseHours | undefined },
): ScenarioSettlement {
  const order = coverageOrder(set.base.items, skus, plans, options);
  return settlementInOrder(set, plans, order, options.firstNew, options.baseHours);
}

/**
 * Plans that stand side by side in the whole order, at equal ratios, are used one after another: settled as one they leave
 * what they leave one by one. `[plan]`: the first of them. Owned and new ones are told apart.
 */
function poolsOf(
  { plan, item, ratio }: CoverageOrder,
  pairsOf: readonly Int32Array[],
  firstNew: number,
): Int32Array {
  const poolOf = Int32Array.from(pairsOf.keys());
  for (const [k, own] of pairsOf.entries()) {
    const before = own.length > 0 && own[0]! > 0 ? plan[own[0]! - 1]! : -1;
    if (before < 0 || before > k || before < firstNew !== k < firstNew) continue;
    const others = pairsOf[before]!;
    const isBeside = (p: number, n: number): boolean => {
      const other = others[n]!;
      return p === other + 1 && item[p] === item[other] && ratio[p] === ratio[other];
    };
    if (others.length === own.length && own.every(isBeside)) poolOf[k] = poolOf[before]!;
  }
  return poolOf;
}

function baseHoursOf({ base }: ScenarioUsage): BaseHours {
  const hourUsd = new Float64Array(base.hourCount);
  for (let n = 0; n < base.hour.length; n++) hourUsd[base.hour[n]!]! += base.onDemandUsd[n]!;
  const hours = byHour({ ...base, onDemandUsd: base.onDemandUsd.map((usd) => Math.max(0, usd)) });
  return { hours, hourUsd };
}

/** The same where the rule's order is known already, and perhaps the base's hours. */
export function settlementInOrder(
  set: ScenarioUsage,
  plans: readonly ActivePlan[],
  order: CoverageOrder,
  firstNew: number,
  { hours, hourUsd }: BaseHours = baseHoursOf(set),
): ScenarioSettlement {
  const { hourCount } = set;
  const pairsOf = pairsByPlan(order, plans.length);
  const poolOf = poolsOf(order, pairsOf, firstNew);
  const scenarioUsd = set.probability.map((_, s) => {
    let usd = 0;
    for (let n = s * hourCount; n < (s + 1) * hourCount; n++)
      usd += set.growth[n]! * hourUsd[set.baseHour[n]!]! * hoursOf(set, n % hourCount);
    return usd;
  });
  return {
    set,
    plans,
    firstNew,
    order,
    hours,
    hourUsd,
    onDemandUsd: scenarioUsd,
    stretches: stretchesOf(set, plans),
    poolOf,
    ownedPoolOf: poolOf.map((pool, k) => (k < firstNew ? pool : k)),
    pairsOf,
  };
}

function pairsByPlan({ plan }: CoverageOrder, planCount: number): Int32Array[] {
  const pairs = Array.from({ length: planCount }, (): number[] => []);
  for (let p = 0; p < plan.length; p++) pairs[plan[p]!]!.push(p);
  return pairs.map((own) => Int32Array.from(own));
}

function stretchesOf(set: ScenarioUsage, plans: readonly ActivePlan[]): Stretch[] {
  const spans = plans.map((plan) => activeIn(set, plan));
  const inside = spans.flatMap(({ from, to }) => [from, to]);
  const ends = [...new Set([0, set.hourCount, ...inside])].sort((a, b) => a - b);
  return ends.slice(1).map((to, n) => {
    const from = ends[n]!;
    const active = [...plans.keys()].filter((k) => spans[k]!.from <= from && spans[k]!.to >= to);
    return { active, ...visitsByBaseHour(set, from, to) };
  });
}

/** Counting sort of the visits with `from ≤ t < to`. */
function visitsByBaseHour(set: ScenarioUsage, from: number, to: number): Pick<Stretch, "start" | "visit"> {
  const { hourCount, base, baseHour, probability } = set;
  const start = new Int32Array(base.hourCount + 1);
  for (let first = from; first < baseHour.length; first += hourCount) {
    for (let n = first; n < first + to - from; n++) start[baseHour[n]! + 1]!++;
  }
  for (let h = 0; h < base.hourCount; h++) start[h + 1]! += start[h]!;
  const next = start.slice();
  const visit = new Int32Array(probability.length * (to - from));
  for (let first = from; first < baseHour.length; first += hourCount) {
    for (let n = first; n < first + to - from; n++) visit[next[baseHour[n]!]!++] = n;
  }
  return { start, visit };
}

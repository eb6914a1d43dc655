import { groupBy } from "../domain/group.ts";
import { hoursOf, type ScenarioSet } from "../domain/scenario.ts";
import type { Demand } from "../domain/usage.ts";
import { ascendingOrder } from "./ascending.ts";

/**
 * The hours of all scenarios, arranged for the recourse: those of the same base hour and the same active plans, a
 * *site*, together and by rising growth. Hours without usage and of growth 0 cost nothing and are left out.
 */
export interface Sites {
  count: number;
  /** `[site]` */
  baseHour: Int32Array;
  segment: Int32Array;
  /** `[site]` The hours `start[site] … start[site + 1] − 1` of the three arrays below. */
  start: Int32Array;
  growth: Float64Array;
  /** Hours of the horizon that it stands for. */
  hours: Float64Array;
  scenario: Uint16Array | Int32Array;
  demand: DemandByKind;
  /** First hour of the set of each span in which the same plans are active. */
  segmentStart: number[];
}

/** The base demand, by hour and kind of item; only usage above 0. */
export interface DemandByKind {
  start: Int32Array;
  kind: Int32Array;
  onDemandUsd: Float64Array;
}

/** `demand`: the set's base by kind. `changes`: hours of the set at which a plan begins or ends. */
export function sitesOf(set: ScenarioSet, demand: DemandByKind, changes: readonly number[]): Sites {
  const { hourCount, base, baseHour, growth } = set;
  const segmentStart = [0, ...new Set(changes.filter((t) => t > 0 && t < hourCount))].sort((a, b) => a - b);
  const segmentOf = new Int32Array(hourCount);
  for (const [n, start] of segmentStart.entries()) segmentOf.fill(n, start);
  const segments = segmentStart.length;
  const countOf = new Int32Array(base.hourCount * segments);
  const keyOf = (n: number): number => baseHour[n]! * segments + segmentOf[n % hourCount]!;
  const counts = (n: number): boolean =>
    growth[n]! > 0 && demand.start[baseHour[n]! + 1]! > demand.start[baseHour[n]!]!;
  let total = 0;
  for (let n = 0; n < growth.length; n++) {
    if (!counts(n)) continue;
    countOf[keyOf(n)]!++;
    total++;
  }
  const keys = countOf.reduce((used, count) => used + (count > 0 ? 1 : 0), 0);
  const sites: Sites = {
    count: keys,
    baseHour: new Int32Array(keys),
    segment: new Int32Array(keys),
    start: new Int32Array(keys + 1),
    growth: new Float64Array(total),
    hours: new Float64Array(total),
    scenario: set.probability.length <= 0x1_0000 ? new Uint16Array(total) : new Int32Array(total),
    demand,
    segmentStart,
  };
  /** From here on: where the next hour of the key goes. */
  const next = countOf;
  let site = 0;
  let at = 0;
  for (let key = 0; key < next.length; key++) {
    const count = next[key]!;
    if (count === 0) continue;
    sites.baseHour[site] = Math.floor(key / segments);
    sites.segment[site] = key % segments;
    sites.start[site++] = at;
    next[key] = at;
    at += count;
  }
  sites.start[site] = at;
  // Placed in the order of growth, each site's hours are in the order of growth.
  const order = ascendingOrder(growth);
  for (let rank = 0; rank < order.length; rank++) {
    const n = order[rank]!;
    if (!counts(n)) continue;
    const place = next[keyOf(n)]!++;
    sites.growth[place] = growth[n]!;
    sites.hours[place] = hoursOf(set, n % hourCount);
    sites.scenario[place] = Math.floor(n / hourCount);
  }
  return sites;
}

/** `kindOf[item]`: items of one kind are added up. */
export function demandByKind(base: Demand, kindOf: Int32Array): DemandByKind {
  const { hourCount, start, hour, onDemandUsd } = base;
  const byKind = [...groupBy(kindOf.keys(), (item) => kindOf[item]!)];
  const usage = new Float64Array(hourCount);
  /** One kind's usage of all hours at a time. */
  const addUp = (items: readonly number[]): void => {
    usage.fill(0);
    for (const item of items) {
      for (let n = start[item]!; n < start[item + 1]!; n++) usage[hour[n]!]! += Math.max(0, onDemandUsd[n]!);
    }
  };
  const hourStart = new Int32Array(hourCount + 1);
  for (const [, items] of byKind) {
    addUp(items);
    for (let h = 0; h < hourCount; h++) if (usage[h]! > 0) hourStart[h + 1]!++;
  }
  for (let h = 0; h < hourCount; h++) hourStart[h + 1]! += hourStart[h]!;
  const next = hourStart.slice();
  const kind = new Int32Array(hourStart[hourCount]!);
  const usd = new Float64Array(kind.length);
  for (const [each, items] of byKind) {
    addUp(items);
    for (let h = 0; h < hourCount; h++) {
      if (!(usage[h]! > 0)) continue;
      const place = next[h]!++;
      kind[place] = each;
      usd[place] = usage[h]!;
    }
  }
  return { start: hourStart, kind, onDemandUsd: usd };
}

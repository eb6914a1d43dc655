/**
 * AWS's rule over every hour of every scenario, for one list of plans and any commitments: the
 * function that a search calls hundreds of times.
 *
 * FORMULATION. A *visit* is hour t of scenario s: base hour h, all its usage grown by g. Per visit the rule walks the
 * (plan, item) pairs of the plans with a commitment (the *payers*) in one fixed order. Call the earliest pair of an
 * item its first pair. While no payer has run out, a pair that is reached either is its item's first and covers all of
 * it, or finds nothing left. So up to the point where the first payer runs out the walk is a running sum over first
 * pairs, and but for the factor g that sum belongs to the base hour, not to the visit:
 *
 *     burnt[j][k]    what plan k has spent, and
 *     covered[j][k]  what it has covered, after the items of the first j first pairs
 *
 * The payer that runs out first does so at the item j with the smallest j such that g·burnt[j+1][k] ≥ C_k for some k.
 * That is a binary search. From there on, what is left depends on the visit, and the rest of the pairs is walked one by
 * one; the last payer standing walks its own pairs alone. With one payer, nothing is left to walk.
 *
 * Visits are therefore taken by base hour, not by scenario: the sums are made once for all visits of an hour, and stay
 * in the processor's cache. An hour with few visits is not worth sums: its first pairs are walked, which needs no look
 * at the pairs between them either. Plans start and end, so all this is done for each *stretch* of the horizon in which
 * the same plans are active.
 *
 * EXAMPLE. Items a: $10, b: $10. Plan 0: $3/h, r_a = 0.4, r_b = 0.5. Plan 1: $9/h, r_a = 0.6, r_b = 0.8. Order: 0a, 0b,
 * 1a, 1b; first pairs 0a, 0b; burnt by plan 0: 4, 9. With g = 1 plan 0 runs out in item 0 ($7.50 of a): plan 1 covers
 * $2.50 of a for $1.50 and $9.375 of b for $7.50. With g = 0.25 plan 0 runs out at no item: both are covered whole
 * (9·0.25 ≤ 3).
 *
 * NOT DONE. Sums for the second payer to run out: what is left then depends on two commitments, so the table would have
 * two dimensions. One sweep of all visits of an hour along 1/g: exact too, but it would pass every breakpoint of the
 * hour, as many as its pairs. Keeping the sums from call to call: 100 items, 8,760 hours and 3 plans take 42 MB.
 */
import type { Sharing } from "../domain/sharing.ts";
import type { PlanTerms } from "../domain/commitment.ts";
import { activeIn, hoursOf, type ScenarioSet, type ScenarioUsage } from "../domain/scenario.ts";
import type { Sku } from "../domain/usage.ts";
import { byHour, type DemandByHour } from "../domain/by-hour.ts";
import { asOnDemandUsd, type CommitmentVector, type OnDemandUsd } from "../domain/units.ts";
import type { OnDemandVector, RateRatioVector } from "../domain/units.ts";
import { coverageOrder, type CoverageOrder } from "./order.ts";

type ActivePlan = Pick<PlanTerms, "activeFrom" | "activeTo" | "commitmentUsdPerHour">;

/** What settling needs and commitments do not change. */
export interface ScenarioSettlement {
  set: ScenarioUsage;
  /** Whose, at which rates: that is in the order. */
  plans: readonly ActivePlan[];
  /** Plans from this index on are new. */
  firstNew: number;
  order: CoverageOrder;
  hours: DemandByHour;
  /** `[base hour]` Usage of all items, at On-Demand rates. */
  hourUsd: OnDemandVector;
  /** `[scenario]` The same over the horizon, grown. */
  onDemandUsd: OnDemandVector;
  stretches: Stretch[];
}

/** Hours of the horizon in which the same plans are active. */
interface Stretch {
  active: number[];
  /** Visits of base hour h: `visit[start[h] … start[h+1] − 1]`, as indices into the set's `growth`. */
  start: Int32Array;
  visit: Int32Array;
}

/** One scenario, added up over its horizon, USD. The arrays are by plan. */
export interface ScenarioTotals {
  /** On-Demand equivalent of all usage, covered or not. */
  onDemandUsd: OnDemandUsd;
  /** Billed On-Demand. */
  leftUsd: OnDemandUsd;
  coveredOnDemandUsd: OnDemandVector;
  /** Used commitment, at Savings Plans rates. */
  usedUsd: CommitmentVector;
  /** Commitment paid, used or not. */
  commitmentUsd: CommitmentVector;
  /** Hours in which the new plans together do not use all of their commitment. */
  hoursUnderused: number;
}

/** The mean over the scenarios, hour by hour of the horizon, USD. */
export interface ExpectedHours {
  /** `[hour]` */
  onDemandUsd: OnDemandVector;
  leftUsd: OnDemandVector;
  /** `[plan][hour]` */
  coveredOnDemandUsd: OnDemandVector[];
  usedUsd: CommitmentVector[];
}

/** Usage and commitment that differ by less than this share differ by a double's rounding. */
const DUST = 1e-12;

/** An hour counts as underused from this share on. */
const UNDERUSED = 1e-9;

export function prepareScenarioSettlement(
  set: ScenarioSet,
  skus: readonly Sku[],
  plans: readonly PlanTerms[],
  options: { sharing: Sharing; firstNew: number },
): ScenarioSettlement {
  return settlementInOrder(set, plans, coverageOrder(set.base.items, skus, plans, options), options.firstNew);
}

/** The same where the rule's order is known already. */
export function settlementInOrder(
  set: ScenarioUsage,
  plans: readonly ActivePlan[],
  order: CoverageOrder,
  firstNew: number,
): ScenarioSettlement {
  const { base, hourCount } = set;
  const hourUsd = new Float64Array(base.hourCount);
  for (let n = 0; n < base.hour.length; n++) hourUsd[base.hour[n]!]! += base.onDemandUsd[n]!;
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
    hours: byHour({ ...base, onDemandUsd: base.onDemandUsd.map((usd) => Math.max(0, usd)) }),
    hourUsd,
    onDemandUsd: scenarioUsd,
    stretches: stretchesOf(set, plans),
  };
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

/** Every scenario under these commitments, $/h: one per plan, in place of the plans' own. */
export function settleScenarios(
  prepared: ScenarioSettlement,
  usdPerHour: CommitmentVector,
): ScenarioTotals[] {
  const { set, plans } = prepared;
  const totals = Array.from(prepared.onDemandUsd, (usd): ScenarioTotals => ({
    onDemandUsd: asOnDemandUsd(usd),
    leftUsd: asOnDemandUsd(0),
    coveredOnDemandUsd: new Float64Array(plans.length),
    usedUsd: new Float64Array(plans.length),
    commitmentUsd: Float64Array.from(plans, (plan, k) => usdPerHour[k]! * activeIn(set, plan).hours),
    hoursUnderused: 0,
  }));
  settleVisits(prepared, usdPerHour, (n, { payers, coveredUsd, usedUsd, leftUsd, underused }) => {
    const total = totals[Math.floor(n / set.hourCount)]!;
    const hours = hoursOf(set, n % set.hourCount);
    for (let a = 0; a < payers.length; a++) {
      total.coveredOnDemandUsd[payers[a]!]! += coveredUsd[a]! * hours;
      total.usedUsd[payers[a]!]! += usedUsd[a]! * hours;
    }
    total.leftUsd = asOnDemandUsd(total.leftUsd + leftUsd * hours);
    if (underused) total.hoursUnderused += hours;
  });
  return totals;
}

/**
 * The same, kept by hour and averaged over the scenarios instead of added up by scenario: USD of
 * one hour, however many it stands for.
 */
export function settleHourly(
  prepared: ScenarioSettlement,
  commitmentsUsdPerHour: CommitmentVector,
): ExpectedHours {
  const { set, plans, hourUsd } = prepared;
  const { hourCount } = set;
  const perPlan = (): Float64Array[] => plans.map(() => new Float64Array(hourCount));
  const expected: ExpectedHours = {
    onDemandUsd: new Float64Array(hourCount),
    leftUsd: new Float64Array(hourCount),
    coveredOnDemandUsd: perPlan(),
    usedUsd: perPlan(),
  };
  settleVisits(prepared, commitmentsUsdPerHour, (n, { payers, coveredUsd, usedUsd, leftUsd }) => {
    const t = n % hourCount;
    const probability = set.probability[Math.floor(n / hourCount)]!;
    expected.onDemandUsd[t]! += probability * set.growth[n]! * hourUsd[set.baseHour[n]!]!;
    expected.leftUsd[t]! += probability * leftUsd;
    for (let a = 0; a < payers.length; a++) {
      expected.coveredOnDemandUsd[payers[a]!]![t]! += probability * coveredUsd[a]!;
      expected.usedUsd[payers[a]!]![t]! += probability * usedUsd[a]!;
    }
  });
  return expected;
}

/** One settled visit. The arrays are by payer, and overwritten by the next visit. */
interface SettledVisit {
  /** `[payer]` Its plan. */
  payers: readonly number[];
  coveredUsd: OnDemandVector;
  usedUsd: CommitmentVector;
  leftUsd: OnDemandUsd;
  underused: boolean;
}

/** Pairs to walk, in the rule's order. */
interface Lists {
  pairs: Int32Array;
  pairCount: number;
  /** `[payer · items …]` Those of each payer. */
  own: Int32Array;
  ownCount: Int32Array;
}

/** The payers' pairs and the state of the hour. Payers are numbered from 0 in the order of their plans. */
interface Walk extends SettledVisit {
  /** `[payer]` $/h. */
  commitment: CommitmentVector;
  /** `[pair]` of payers, in the rule's order. */
  pairItem: Int32Array;
  pairPayer: Int32Array;
  pairRatio: RateRatioVector;
  /** The pairs that are the first of their item. */
  firstPairs: Int32Array;
  /** Every pair; and those whose item has usage in the base hour. */
  all: Lists;
  present: Lists;
  /** First pairs whose item has usage in the base hour: how many, which, and how many of the present pairs they end. */
  firstCount: number;
  first: Int32Array;
  afterFirst: Int32Array;
  /** Their items and usage. */
  firstItem: Int32Array;
  firstUsd: Float64Array;
  /** So many of their items, from the first, have `left` = 0. */
  emptyCount: number;
  /** `[j · payers + payer]` after j of them. */
  burnt: CommitmentVector;
  covered: OnDemandVector;
  /** `[item]` Usage of the base hour. */
  usage: OnDemandVector;
  /** `[item]` What the visit leaves of it. */
  left: OnDemandVector;
}

/** Running sums pay from this many visits of a base hour on; fewer are walked from their first pair. */
const VISITS_WORTH_SUMS = 4;

function settleVisits(
  { set, firstNew, order, hours, hourUsd, stretches }: ScenarioSettlement,
  commitmentsUsdPerHour: CommitmentVector,
  settled: (visit: number, values: SettledVisit) => void,
): void {
  for (const { active, start, visit } of stretches) {
    const payers = active.filter((k) => commitmentsUsdPerHour[k]! > 0);
    const walk = walkOf(order, payers, commitmentsUsdPerHour, set.base.start.length - 1);
    const newPayers = payers.filter((k) => k < firstNew).length;
    for (let h = 0; h < set.base.hourCount; h++) {
      const from = start[h]!;
      const to = start[h + 1]!;
      const summed = to - from >= VISITS_WORTH_SUMS;
      if (summed) enterHour(walk, hours, h);
      for (let n = from; n < to; n++) {
        const growth = set.growth[visit[n]!]!;
        if (summed) settleBySums(walk, growth);
        else settleByWalk(walk, hours, h, growth);
        finishVisit(walk, growth * hourUsd[h]!, newPayers);
        settled(visit[n]!, walk);
      }
    }
  }
}

function walkOf(
  order: CoverageOrder,
  payers: readonly number[],
  commitments: CommitmentVector,
  itemCount: number,
): Walk {
  const payerOf = new Map(payers.map((k, a) => [k, a]));
  const pairs = [...order.plan.keys()].filter((p) => payerOf.has(order.plan[p]!));
  const pairItem = Int32Array.from(pairs, (p) => order.item[p]!);
  const pairPayer = Int32Array.from(pairs, (p) => payerOf.get(order.plan[p]!)!);
  const seen = new Uint8Array(itemCount);
  const isFirst = (p: number): boolean => {
    const first = seen[pairItem[p]!] === 0;
    seen[pairItem[p]!] = 1;
    return first;
  };
  const firstPairs = Int32Array.from([...pairItem.keys()].filter(isFirst));
  const lists = (): Lists => ({
    pairs: new Int32Array(pairs.length),
    pairCount: 0,
    own: new Int32Array(itemCount * payers.length),
    ownCount: new Int32Array(payers.length),
  });
  const walk: Walk = {
    payers,
    coveredUsd: new Float64Array(payers.length),
    usedUsd: new Float64Array(payers.length),
    leftUsd: asOnDemandUsd(0),
    underused: false,
    commitment: Float64Array.from(payers, (k) => commitments[k]!),
    pairItem,
    pairPayer,
    pairRatio: Float64Array.from(pairs, (p) => order.ratio[p]!),
    firstPairs,
    all: lists(),
    present: lists(),
    firstCount: 0,
    first: new Int32Array(firstPairs.length),
    afterFirst: new Int32Array(firstPairs.length),
    firstItem: new Int32Array(firstPairs.length),
    firstUsd: new Float64Array(firstPairs.length),
    emptyCount: 0,
    burnt: new Float64Array((firstPairs.length + 1) * payers.length),
    covered: new Float64Array((firstPairs.length + 1) * payers.length),
    usage: new Float64Array(itemCount).fill(1),
    left: new Float64Array(itemCount),
  };
  listPairs(walk, walk.all);
  return walk;
}

/** Lists the pairs whose item has usage. */
function listPairs({ pairItem, pairPayer, usage }: Walk, lists: Lists): void {
  const { pairs, own, ownCount } = lists;
  ownCount.fill(0);
  let count = 0;
  for (let p = 0; p < pairItem.length; p++) {
    if (usage[pairItem[p]!] === 0) continue;
    pairs[count++] = p;
    const a = pairPayer[p]!;
    own[a * usage.length + ownCount[a]!++] = p;
  }
  lists.pairCount = count;
}

/** Makes the lists and the running sums of a base hour. */
function enterHour(walk: Walk, hours: DemandByHour, h: number): void {
  const { usage, present, first, afterFirst, firstItem, firstUsd, firstPairs } = walk;
  const { burnt, covered, pairItem, pairPayer, pairRatio } = walk;
  const payerCount = walk.payers.length;
  usage.fill(0);
  walk.left.fill(0);
  for (let n = hours.start[h]!; n < hours.start[h + 1]!; n++) usage[hours.item[n]!] = hours.onDemandUsd[n]!;
  if (payerCount > 1) listPairs(walk, present);
  let j = 0;
  let passed = 0;
  for (let f = 0; f < firstPairs.length; f++) {
    const p = firstPairs[f]!;
    const usd = usage[pairItem[p]!]!;
    if (usd === 0) continue;
    const row = j * payerCount;
    for (let a = row; a < row + payerCount; a++) {
      burnt[a + payerCount] = burnt[a]!;
      covered[a + payerCount] = covered[a]!;
    }
    burnt[row + payerCount + pairPayer[p]!]! += usd * pairRatio[p]!;
    covered[row + payerCount + pairPayer[p]!]! += usd;
    while (passed < present.pairCount && present.pairs[passed]! <= p) passed++;
    afterFirst[j] = passed;
    firstItem[j] = pairItem[p]!;
    firstUsd[j] = usd;
    first[j++] = p;
  }
  walk.firstCount = j;
  walk.emptyCount = j;
}

/** One visit by the running sums. Leaves `coveredUsd` and `usedUsd` in the walk. */
function settleBySums(walk: Walk, growth: number): void {
  const { coveredUsd, usedUsd, first, firstCount, firstItem, firstUsd, burnt, covered, left } = walk;
  const payerCount = walk.payers.length;
  const j = firstToRunOut(walk, growth);
  for (let a = 0; a < payerCount; a++) {
    coveredUsd[a] = covered[j * payerCount + a]! * growth;
    usedUsd[a] = burnt[j * payerCount + a]! * growth;
  }
  if (j === firstCount) return;
  if (payerCount > 1) {
    // Nothing is left of the items before j. Most of them the visits before have left so.
    for (let n = walk.emptyCount; n < j; n++) left[firstItem[n]!] = 0;
    for (let n = j + 1; n < firstCount; n++) left[firstItem[n]!] = firstUsd[n]! * growth;
    walk.emptyCount = j;
  }
  left[firstItem[j]!] = firstUsd[j]! * growth;
  runOut(walk, first[j]!);
  if (payerCount === 1) return;
  walkOn(walk, walk.present, walk.afterFirst[j]!);
}

/** The item at which a payer runs out, as an index into `first`; `firstCount` when none does. */
function firstToRunOut({ commitment, burnt, firstCount }: Walk, growth: number): number {
  const payerCount = commitment.length;
  let low = 0;
  let high = firstCount;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = (middle + 1) * payerCount;
    let a = 0;
    while (a < payerCount && burnt[row + a]! * growth < commitment[a]!) a++;
    if (a < payerCount) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** One visit from its first pair on. Leaves `coveredUsd` and `usedUsd` in the walk. */
function settleByWalk(walk: Walk, hours: DemandByHour, h: number, growth: number): void {
  const { coveredUsd, usedUsd, commitment, firstPairs, pairItem, pairPayer, pairRatio, left } = walk;
  const payerCount = walk.payers.length;
  for (let a = 0; a < payerCount; a++) {
    coveredUsd[a] = 0;
    usedUsd[a] = 0;
  }
  if (payerCount === 0) return;
  left.fill(0);
  const end = hours.start[h + 1]!;
  for (let n = hours.start[h]!; n < end; n++) left[hours.item[n]!] = hours.onDemandUsd[n]! * growth;
  if (payerCount === 1) return walkAlone(walk, walk.all);
  for (let f = 0; f < firstPairs.length; f++) {
    const p = firstPairs[f]!;
    const usd = left[pairItem[p]!]!;
    const a = pairPayer[p]!;
    const used = usedUsd[a]! + usd * pairRatio[p]!;
    if (used >= commitment[a]!) {
      runOut(walk, p);
      return walkOn(walk, walk.all, p + 1);
    }
    usedUsd[a] = used;
    coveredUsd[a]! += usd;
    left[pairItem[p]!] = 0;
  }
}

/** The pair takes what its payer has left, which is not more than its item needs. */
function runOut(
  { commitment, usedUsd, coveredUsd, pairItem, pairPayer, pairRatio, left }: Walk,
  p: number,
): void {
  const a = pairPayer[p]!;
  const i = pairItem[p]!;
  const part = (commitment[a]! - usedUsd[a]!) / pairRatio[p]!;
  coveredUsd[a]! += part;
  usedUsd[a] = commitment[a]!;
  left[i] = Math.max(0, left[i]! - part);
}

/** The rest of the rule once the first payer has run out, from `lists.pairs[from]` on. */
function walkOn(walk: Walk, lists: Lists, from: number): void {
  const { commitment, coveredUsd, usedUsd, pairItem, pairPayer, pairRatio, left } = walk;
  const { pairs, pairCount } = lists;
  let standing = commitment.length - 1;
  for (let n = from; standing > 1 && n < pairCount; n++) {
    const p = pairs[n]!;
    const i = pairItem[p]!;
    const usd = left[i]!;
    const a = pairPayer[p]!;
    if (usd === 0 || usedUsd[a] === commitment[a]) continue;
    const used = usedUsd[a]! + usd * pairRatio[p]!;
    if (used >= commitment[a]!) {
      runOut(walk, p);
      standing--;
    } else {
      usedUsd[a] = used;
      coveredUsd[a]! += usd;
      left[i] = 0;
    }
  }
  if (standing === 1) walkAlone(walk, lists);
}

/** The last payer takes what is left of its items. Of the pairs it passed before nothing is left: it may start over. */
function walkAlone(walk: Walk, { own, ownCount }: Lists): void {
  const { commitment, coveredUsd, usedUsd, pairItem, pairRatio, left } = walk;
  let a = 0;
  while (usedUsd[a] === commitment[a]) a++;
  const available = commitment[a]!;
  let used = usedUsd[a]!;
  let covered = coveredUsd[a]!;
  const end = a * left.length + ownCount[a]!;
  for (let n = a * left.length; n < end; n++) {
    const p = own[n]!;
    const usd = left[pairItem[p]!]!;
    const need = usd * pairRatio[p]!;
    if (used + need >= available) {
      covered += (available - used) / pairRatio[p]!;
      used = available;
      break;
    }
    used += need;
    covered += usd;
  }
  coveredUsd[a] = covered;
  usedUsd[a] = used;
}

/** What the payers leave of the visit's usage, and whether the new ones among them could have taken more. */
function finishVisit(walk: Walk, usageUsd: number, firstNewPayer: number): void {
  const { commitment, coveredUsd, usedUsd } = walk;
  let left = usageUsd;
  for (let a = 0; a < commitment.length; a++) left -= coveredUsd[a]!;
  walk.leftUsd = asOnDemandUsd(Math.abs(left) <= DUST * usageUsd ? 0 : left);
  let committed = 0;
  let used = 0;
  for (let a = firstNewPayer; a < commitment.length; a++) {
    committed += commitment[a]!;
    used += usedUsd[a]!;
  }
  walk.underused = used < committed * (1 - UNDERUSED);
}

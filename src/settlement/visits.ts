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
import type { DemandByHour } from "../domain/by-hour.ts";
import { asOnDemandUsd, type CommitmentVector } from "../domain/units.ts";
import type { ScenarioSettlement } from "./prepare-scenarios.ts";
import { enterHour, pairWalkOf, type Lists, type SettledVisit, type PairWalk } from "./pair-walk.ts";

/** Usage and commitment that differ by less than this share differ by a double's rounding. */
const DUST = 1e-12;

/** An hour counts as underused from this share on. */
const UNDERUSED = 1e-9;

/** Running sums pay from this many visits of a base hour on; fewer are walked from their first pair. */
const VISITS_WORTH_SUMS = 4;

export function settleVisits(
  { set, firstNew, order, hours, hourUsd, stretches, pairsOf }: ScenarioSettlement,
  commitmentsUsdPerHour: CommitmentVector,
  poolOf: Int32Array,
  settled: (visit: number, values: SettledVisit) => void,
): void {
  for (const { active, start, visit } of stretches) {
    const pooled = new Float64Array(commitmentsUsdPerHour.length);
    for (const k of active) pooled[poolOf[k]!]! += commitmentsUsdPerHour[k]!;
    const payers = [...pooled.keys()].filter((k) => pooled[k]! > 0);
    const walk = pairWalkOf(order, pairsOf, payers, pooled, set.base.start.length - 1);
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

/** One visit by the running sums. Leaves `coveredUsd` and `usedUsd` in the walk. */
function settleBySums(walk: PairWalk, growth: number): void {
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
function firstToRunOut({ commitment, burnt, firstCount }: PairWalk, growth: number): number {
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
function settleByWalk(walk: PairWalk, hours: DemandByHour, h: number, growth: number): void {
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
  { commitment, usedUsd, coveredUsd, pairItem, pairPayer, pairRatio, left }: PairWalk,
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
function walkOn(walk: PairWalk, lists: Lists, from: number): void {
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
function walkAlone(walk: PairWalk, { own, ownCount }: Lists): void {
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
function finishVisit(walk: PairWalk, usageUsd: number, firstNewPayer: number): void {
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

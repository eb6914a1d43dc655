/** The pairs and sums that a visit is settled with: of the payers once, of a base hour once for its visits. */
import type { DemandByHour } from "../domain/by-hour.ts";
import { asOnDemandUsd, type CommitmentVector, type OnDemandUsd } from "../domain/units.ts";
import type { OnDemandVector, RateRatioVector } from "../domain/units.ts";
import type { CoverageOrder } from "./order.ts";

/** One settled visit. The arrays are by payer, and overwritten by the next visit. */
export interface SettledVisit {
  /** `[payer]` Its plan. */
  payers: readonly number[];
  coveredUsd: OnDemandVector;
  usedUsd: CommitmentVector;
  leftUsd: OnDemandUsd;
  underused: boolean;
}

/** Pairs to walk, in the rule's order. */
export interface Lists {
  pairs: Int32Array;
  pairCount: number;
  /** `[payer · items …]` Those of each payer. */
  own: Int32Array;
  ownCount: Int32Array;
}

/** The payers' pairs and the state of the hour. Payers are numbered from 0 in the order of their plans. */
export interface PairWalk extends SettledVisit {
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

export function pairWalkOf(
  order: CoverageOrder,
  pairsOf: readonly Int32Array[],
  payers: readonly number[],
  commitments: CommitmentVector,
  itemCount: number,
): PairWalk {
  const payerOf = new Map(payers.map((k, a) => [k, a]));
  const pairs = Int32Array.from(payers.flatMap((k) => [...pairsOf[k]!])).sort();
  const pairItem = pairs.map((p) => order.item[p]!);
  const pairPayer = pairs.map((p) => payerOf.get(order.plan[p]!)!);
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
  const walk: PairWalk = {
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
function listPairs({ pairItem, pairPayer, usage }: PairWalk, lists: Lists): void {
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
export function enterHour(walk: PairWalk, hours: DemandByHour, h: number): void {
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

/**
 * One offering, nothing owned: the optimum over sampled futures, none of whose hours are written out.
 *
 * The hour's linear program has one row, so its greedy cover is exact: SKUs by rising ratio until the commitment is
 * used, and that is AWS's rule too. The slope of the saving along C is 1 ÷ the ratio of the SKU at which it ends.
 * Loss(C) is convex, piecewise linear; CVaR is the largest of its weightings (`domain/risk.ts`), so the weighted slope
 * is a subgradient. Two tangents, one that falls and one that rises, meet below the optimum: their meeting point is the
 * next C and their height the bound. Where that is slow, the interval is halved.
 */
import { DAY_HOURS, LEVEL_DAYS, type Paths } from "../domain/paths.ts";
import { riskEnvelope, type RiskMeasure } from "../domain/risk.ts";

export interface OneOffer {
  paths: Paths;
  /** `[kind]` Savings Plans ÷ On-Demand rate, ascending; items of one group and ratio are one kind. */
  ratio: Float64Array;
  group: Int32Array;
  /** `[base hour · kinds + kind]` On-Demand USD. */
  usage: Float64Array;
  /** Hours of the horizon in which the plan is active, from the first. */
  activeHours: number;
  /** What a committed dollar costs, ≥ 1. */
  weight: number;
}

/** `ratioOf[item]`: Savings Plans ÷ On-Demand rate; not a positive number: cannot be covered. */
export function oneOffer(
  paths: Paths,
  ratioOf: Float64Array,
  { activeHours = paths.hourCount, weight = 1 } = {},
): OneOffer {
  const { base, groupOf } = paths;
  const keyOf = (item: number): string => `${groupOf[item]!} ${ratioOf[item]!}`;
  const coverable = [...ratioOf.keys()].filter(
    (item) => ratioOf[item]! > 0 && ratioOf[item]! < Infinity && base.start[item]! < base.start[item + 1]!,
  );
  const firsts = [...new Map(coverable.map((item) => [keyOf(item), item])).values()].sort(
    (a, b) => ratioOf[a]! - ratioOf[b]! || groupOf[a]! - groupOf[b]!,
  );
  const kindOf = new Map(firsts.map((item, kind) => [keyOf(item), kind]));
  const usage = new Float64Array(base.hourCount * firsts.length);
  for (const item of coverable) {
    const kind = kindOf.get(keyOf(item))!;
    for (let n = base.start[item]!; n < base.start[item + 1]!; n++) {
      usage[base.hour[n]! * firsts.length + kind]! += base.onDemandUsd[n]!;
    }
  }
  return {
    paths,
    ratio: Float64Array.from(firsts, (item) => ratioOf[item]!),
    group: Int32Array.from(firsts, (item) => groupOf[item]!),
    usage,
    activeHours: Math.min(activeHours, paths.hourCount),
    weight,
  };
}

/** All scenarios at one commitment, USD over the horizon. */
export interface Savings {
  /** `[scenario]` On-Demand avoided − what is paid. */
  savedUsd: Float64Array;
  /** `[scenario]` Slope of it along the commitment, to the right. */
  slope: Float64Array;
}

/** Net savings at a commitment of $/h; with Infinity what could be covered at all, nothing paid, slope 0. */
export function savingsAt(offer: OneOffer, commitmentUsdPerHour: number): Savings {
  const { paths, activeHours, weight } = offer;
  const count = paths.probability.length;
  const paid = commitmentUsdPerHour === Infinity ? 0 : weight * activeHours;
  const result = { savedUsd: new Float64Array(count), slope: new Float64Array(count).fill(-paid) };
  for (let s = 0; s < count; s++) addScenario(offer, s, commitmentUsdPerHour, result);
  if (paid > 0) for (let s = 0; s < count; s++) result.savedUsd[s]! -= paid * commitmentUsdPerHour;
  return result;
}

function addScenario(
  { paths, ratio, group, usage, activeHours }: OneOffer,
  s: number,
  commitment: number,
  { savedUsd, slope }: Savings,
): void {
  const { base, dayCount, dayStart, weekCount, groupCount, level } = paths;
  const kinds = ratio.length;
  const dayHours = Math.min(DAY_HOURS, base.hourCount);
  const levels = new Float64Array(kinds);
  let saved = 0;
  let rise = 0;
  for (let day = 0, t = 0; t < activeHours; day++) {
    if (day % LEVEL_DAYS === 0) {
      const first = (s * weekCount + day / LEVEL_DAYS) * groupCount;
      for (let kind = 0; kind < kinds; kind++) levels[kind] = level[first + group[kind]!]!;
    }
    const start = dayStart[s * dayCount + day]!;
    const end = Math.min(activeHours, t + DAY_HOURS);
    for (let n = 0; t < end; t++, n++) {
      let row = (start + (n % dayHours)) * kinds;
      let left = commitment;
      for (let kind = 0; kind < kinds; kind++, row++) {
        const usd = usage[row]! * levels[kind]!;
        const burnt = usd * ratio[kind]!;
        if (burnt > left) {
          saved += left / ratio[kind]!;
          rise += 1 / ratio[kind]!;
          break;
        }
        left -= burnt;
        saved += usd;
      }
    }
  }
  savedUsd[s]! += saved;
  slope[s]! += rise;
}

export interface OneOfferOptimum {
  commitmentUsdPerHour: number;
  savings: Savings;
  /** (1−λ)·E[loss] + λ·CVaR[loss] there, and what it nowhere falls below; USD. */
  lossUsd: number;
  boundUsd: number;
  evaluations: number;
}

interface Tangent {
  c: number;
  loss: number;
  slope: number;
}

const MOST_STEPS = 200;

/** The optimum to `tolerance`, a share of what could be covered at all. One `search` serves several risk aversions. */
export function oneOfferSearch(offer: OneOffer): {
  best: (risk: RiskMeasure, tolerance?: number) => OneOfferOptimum;
  at: (commitmentUsdPerHour: number) => Savings;
} {
  const { probability } = offer.paths;
  const seen = new Map<number, Savings>();
  const at = (c: number): Savings => {
    const known = seen.get(c) ?? savingsAt(offer, c);
    seen.set(c, known);
    return known;
  };
  const most = savingsAt(offer, Infinity).savedUsd;
  const tangentAt = (c: number, risk: RiskMeasure): Tangent => {
    const { savedUsd, slope } = at(c);
    const loss = savedUsd.map((usd) => 0 - usd);
    const weights = riskEnvelope(loss, probability, risk);
    const weighted = (values: Float64Array): number =>
      weights.reduce((sum, weight, s) => sum + weight * values[s]!, 0);
    return { c, loss: weighted(loss), slope: -weighted(slope) };
  };
  const best = (risk: RiskMeasure, tolerance = 1e-6): OneOfferOptimum => {
    const usd = most.reduce((sum, each, s) => sum + each * probability[s]!, 0);
    let left = tangentAt(0, risk);
    const done = (tangent: Tangent, boundUsd: number, evaluations: number): OneOfferOptimum => ({
      commitmentUsdPerHour: tangent.c,
      savings: at(tangent.c),
      lossUsd: tangent.loss,
      boundUsd,
      evaluations,
    });
    if (!(left.slope < 0)) return done(left, left.loss, 1);
    // Far to the right all is covered: the loss is what is paid less that, a line. Its zero of slope is not needed.
    const paid = offer.weight * offer.activeHours;
    const covered = riskEnvelope(
      most.map((each) => 0 - each),
      probability,
      risk,
    ).reduce((sum, weight, s) => sum + weight * most[s]!, 0);
    let right: Tangent = { c: Infinity, loss: -covered, slope: paid };
    let lowest = left;
    let width = Infinity;
    for (let step = 1; step <= MOST_STEPS; step++) {
      const rightAtZero = right.c === Infinity ? right.loss : right.loss - right.slope * right.c;
      const leftAtZero = left.loss - left.slope * left.c;
      const meet = (rightAtZero - leftAtZero) / (left.slope - right.slope);
      const bound = leftAtZero + left.slope * meet;
      if (lowest.loss - bound <= tolerance * usd) return done(lowest, bound, step);
      const isSlow = right.c < Infinity && step % 3 === 0 && right.c - left.c > width / 4;
      if (step % 3 === 0) width = right.c - left.c;
      const next = tangentAt(isSlow ? (left.c + right.c) / 2 : meet, risk);
      if (next.loss < lowest.loss) lowest = next;
      if (next.slope < 0) left = next;
      else if (next.slope > 0) right = next;
      else return done(next, next.loss, step);
    }
    const zero = left.loss - left.slope * left.c;
    return done(lowest, Math.min(lowest.loss, zero + left.slope * right.c), MOST_STEPS);
  };
  return { best, at };
}

/**
 * A search without derivatives for the commitments of the lowest cost, among those that AWS sells: 0, or 0.001 …
 * 1,000,000 $/h with at most five decimals.
 *
 * WHY. The linear program gives the commitments that would be best if usage were assigned to plans at will. AWS's rule
 * assigns in a fixed order, and under it the cost is piecewise linear but neither convex nor smooth: its gradient says
 * nothing about the far side of a kink. The program's answer is near the best, and so are the best single plans; from
 * there the cost itself is asked.
 *
 * HOW. Pattern search. From a point, moves of one size are tried in turn: more or less of one plan; more of k for less
 * of j (kinks lie along such exchanges: what one plan no longer covers the other does, and moving either alone costs
 * money); all in proportion; one plan dropped, or dropped into another. A move that improves is taken at once and
 * repeated with twice the length while it goes on improving. When none improves the size is halved, from a tenth of the
 * plan's natural size down to a step of the grid. Where no move of one step improves, the point is a local optimum on
 * the grid; for a convex cost that is a sum over plans it is the optimum.
 *
 * Several starts are searched down to a hundredth of the natural size, and the best result of them to the grid: what
 * separates valleys shows at coarse sizes. No point is asked twice.
 *
 * NOT DONE. Simplex (Nelder–Mead) search: it collapses onto kinks. Random directions: two runs
 * would sell two portfolios.
 */
import { invariant } from "../domain/error.ts";
import { MAX_COMMITMENT_USD, MIN_COMMITMENT_USD, STEPS_PER_USD } from "../domain/offering.ts";

/** `[plan]` $/h to the cost in USD; Infinity where the commitments are not allowed. */
type Cost = (commitmentsUsdPerHour: Float64Array) => number;

export interface PolishOptions {
  /** `[plan]` A natural size of the commitment: about what the plan alone would take. */
  scaleUsdPerHour: Float64Array;
  /** Every start is evaluated, even if this is less. */
  maxEvaluations: number;
}

export interface Polished {
  /** `[plan]` Purchasable. */
  commitmentsUsdPerHour: Float64Array;
  /** Not above the cost of any start but for DUST; Infinity when nothing allowed was found. */
  cost: number;
  evaluations: number;
}

const MIN_STEPS = Math.round(MIN_COMMITMENT_USD * STEPS_PER_USD);
const MAX_STEPS = MAX_COMMITMENT_USD * STEPS_PER_USD;

/**
 * Sizes of moves, as shares of the natural size: the first; the last for all starts; the last for every kind of move.
 */
const COARSEST = 0.1;
const COARSE = 0.01;
const VARIED = 0.001;

/** Starts that are searched from. */
const SEARCHES = 3;

/**
 * Dollars of one plan given for a dollar of another: equal dollars first, then what plans of other
 * depths cover the same with.
 */
const EXCHANGE_RATIOS = [1, 0.75, 4 / 3];

/** Costs closer than this share of them are equal: what 10⁶ rounded additions leave. */
const DUST = 1e-12;

/** `[plan]` Steps of the grid: each 0 or MIN_STEPS … MAX_STEPS. */
type Point = readonly number[];

/** From a point to another; `length` 2 goes twice as far. Null: it has no length, and is tried once. */
interface Move {
  to: (point: Point, length: number) => Point;
  repeats: boolean;
}

/**
 * Starts that AWS does not sell are taken to the nearest that it does. Of equal costs the smaller
 * total commitment wins.
 */
export function polish(
  starts: readonly Float64Array[],
  cost: Cost,
  { scaleUsdPerHour, maxEvaluations }: PolishOptions,
): Polished {
  invariant(starts.length > 0, "polish without a start");
  const asked = askedOnce(cost);
  const places = starts.map((start) => allowedPlace(Array.from(start, nearestSold), asked));
  const best = [...places].sort(compare).slice(0, SEARCHES);
  const scale = Array.from(scaleUsdPerHour, (usd) => Math.max(1, usd * STEPS_PER_USD));
  // Each search, and the last one to the grid, has its part of what is left to evaluate.
  const spare = Math.max(0, maxEvaluations - asked.evaluations());
  const until = (part: number): number => maxEvaluations - spare * (1 - part / (best.length + 1));
  const coarse = best.map((from, n) => descend(from, asked, scale, [COARSEST, COARSE], until(n + 1)));
  const [from] = coarse.sort(compare);
  const { point, costUsd } = descend(from!, asked, scale, [COARSE, 0], maxEvaluations);
  return { commitmentsUsdPerHour: commitmentsOf(point), cost: costUsd, evaluations: asked.evaluations() };
}

const commitmentsOf = (point: Point): Float64Array =>
  Float64Array.from(point, (steps) => steps / STEPS_PER_USD);

function nearestSold(usdPerHour: number): number {
  const steps = Math.min(MAX_STEPS, Math.round(usdPerHour * STEPS_PER_USD));
  if (steps >= MIN_STEPS) return steps;
  return steps >= MIN_STEPS / 2 ? MIN_STEPS : 0;
}

interface Asked {
  costUsd: (point: Point) => number;
  evaluations: () => number;
}

function askedOnce(cost: Cost): Asked {
  const known = new Map<string, number>();
  return {
    evaluations: () => known.size,
    costUsd: (point) => {
      const key = point.join();
      const before = known.get(key);
      if (before !== undefined) return before;
      const asked = cost(commitmentsOf(point));
      const costUsd = Number.isNaN(asked) ? Infinity : asked;
      known.set(key, costUsd);
      return costUsd;
    },
  };
}

interface Place {
  point: Point;
  costUsd: number;
  /** Lowest cost that the search has met: ties are held against it, so that a chain of ties cannot climb. */
  lowestUsd: number;
}

function placeAt(point: Point, asked: Asked): Place {
  const costUsd = asked.costUsd(point);
  return { point, costUsd, lowestUsd: costUsd };
}

/** Halvings of the way from nothing to a start that is not allowed. */
const PULLS = 7;

/**
 * A start that is not allowed, pulled towards buying nothing until it is: the linear program keeps the limits by its
 * own reckoning, and a limit on what AWS's rule makes of it can be tighter.
 */
function allowedPlace(start: Point, asked: Asked): Place {
  let place = placeAt(start, asked);
  if (place.costUsd < Infinity) return place;
  let low = 0;
  let high = 1;
  for (let n = 0; n < PULLS; n++) {
    const share = (low + high) / 2;
    const pulled = placeAt(
      start.map((steps) => moved(0, Math.floor(steps * share))),
      asked,
    );
    if (pulled.costUsd < Infinity) {
      place = pulled;
      low = share;
    } else high = share;
  }
  return place;
}

const total = (point: Point): number => point.reduce((sum, steps) => sum + steps, 0);

const compare = (a: Place, b: Place): number =>
  a.costUsd === b.costUsd ? total(a.point) - total(b.point) : a.costUsd - b.costUsd;

/** The place at the point, if it is better than here. */
function improved(here: Place, point: Point, asked: Asked): Place | null {
  const costUsd = asked.costUsd(point);
  const lowestUsd = Math.min(costUsd, here.lowestUsd);
  const dust = here.lowestUsd === Infinity ? 0 : DUST * Math.abs(here.lowestUsd);
  if (costUsd < here.lowestUsd - dust) return { point, costUsd, lowestUsd };
  const tie = costUsd <= here.lowestUsd + dust || costUsd === here.costUsd;
  return tie && total(point) < total(here.point) ? { point, costUsd, lowestUsd } : null;
}

/** Searches with moves of these sizes, halving; a last size of 0 is one step of the grid. */
function descend(
  from: Place,
  asked: Asked,
  scale: readonly number[],
  [first, last]: readonly [number, number],
  maxEvaluations: number,
): Place {
  let here = from;
  for (let share = first; ; share /= 2) {
    const sizes = scale.map((steps) => Math.max(1, Math.round(steps * share)));
    here = exhaust(here, asked, movesOf(sizes, share), maxEvaluations);
    const finest = sizes.every((size) => size === 1);
    if (finest || share / 2 < last || asked.evaluations() >= maxEvaluations) return here;
  }
}

/** Tries the moves in turn until none improves. */
function exhaust(from: Place, asked: Asked, moves: readonly Move[], maxEvaluations: number): Place {
  let here = from;
  let failures = 0;
  for (let n = 0; failures < moves.length; n = (n + 1) % moves.length) {
    const { to, repeats } = moves[n]!;
    failures++;
    for (let length = 1; asked.evaluations() < maxEvaluations; length *= 2) {
      const next = improved(here, to(here.point, length), asked);
      if (next === null) break;
      here = next;
      failures = 0;
      if (!repeats) break;
    }
  }
  return here;
}

/** All moves of these sizes, in steps of the grid by plan. Fine ones of few kinds: there is little left to gain. */
function movesOf(sizes: readonly number[], share: number): Move[] {
  const plans = [...sizes.keys()];
  const pairs = plans.flatMap((k) => plans.filter((j) => j !== k).map((j) => [k, j] as const));
  const along = (change: ReadonlyMap<number, number>): Move => ({
    to: (point, length) => point.map((steps, k) => moved(steps, length * (change.get(k) ?? 0))),
    repeats: true,
  });
  const alone = plans.flatMap((k) => [along(new Map([[k, sizes[k]!]])), along(new Map([[k, -sizes[k]!]]))]);
  const exchanges = pairs.flatMap(([k, j]) => {
    const size = Math.min(sizes[k]!, sizes[j]!);
    const ratios = share >= VARIED ? [...EXCHANGE_RATIOS, sizes[j]! / sizes[k]!] : [1];
    return ratios.map((ratio) =>
      along(
        new Map([
          [k, size],
          [j, -Math.max(1, Math.round(size * ratio))],
        ]),
      ),
    );
  });
  const together = [1 + share, 1 / (1 + share)].map((factor): Move => ({
    to: (point, length) => point.map((steps) => moved(steps, Math.round(steps * (factor ** length - 1)))),
    repeats: true,
  }));
  const dropped = (k: number, intoPlan: number | null): Move => ({
    to: (point) => point.map((steps, j) => (j === k ? 0 : j === intoPlan ? moved(steps, point[k]!) : steps)),
    repeats: false,
  });
  const drops = [...plans.map((k) => dropped(k, null)), ...pairs.map(([k, j]) => dropped(k, j))];
  const finest = sizes.every((size) => size === 1);
  return [...alone, ...exchanges, ...(finest ? [] : together), ...(share >= COARSE ? drops : [])];
}

/**
 * A commitment changed by so many steps. Between nothing and the least that is sold it goes on to
 * the end it moves towards.
 */
function moved(steps: number, change: number): number {
  const to = Math.min(MAX_STEPS, steps + change);
  if (to >= MIN_STEPS) return to;
  if (change > 0 || (change < 0 && steps > MIN_STEPS)) return MIN_STEPS;
  return change === 0 ? steps : 0;
}

import { MAX_COMMITMENT_USD, MIN_COMMITMENT_USD, STEPS_PER_USD } from "../domain/offering.ts";
import { valueAt, type PiecewiseLinear } from "../domain/piecewise.ts";
import { asCommitmentUsd, type CommitmentUsd } from "../domain/units.ts";
import { ascendingOrder } from "./ascending.ts";
import { descentTo } from "./descent.ts";

export interface Optimum {
  commitmentUsdPerHour: CommitmentUsd;
  /** avoided(C) − weight·hours·C at that commitment, USD over the hours. */
  netUsd: number;
}

/** Slopes and values closer than this share of their scale are equal: what is left of 10⁶ rounded additions. */
const DUST = 1e-11;

/**
 * The commitment C with the largest avoided(C) − weight·hours·C among those that AWS accepts: 0, or 0.001 … 1,000,000
 * $/h with at most five decimals; at most `mostUsdPerHour`. Ties go to the smallest C.
 *
 * On the real line the maximum is 0 or a breakpoint. On the grid it is next to a local maximum: uphill from it, within
 * one step of the grid, lies one that is not lower. So the local maxima's neighbours are compared, by their exact
 * values.
 */
export function bestCommitment(
  avoided: PiecewiseLinear,
  options: { hours: number; weight: number; mostUsdPerHour?: CommitmentUsd },
): Optimum {
  const price = options.weight * options.hours;
  const most = Math.min(MAX_COMMITMENT_USD, options.mostUsdPerHour ?? Infinity);
  const net = (c: number): number => valueAt(avoided, c) - price * c;
  let best: Optimum = { commitmentUsdPerHour: asCommitmentUsd(0), netUsd: net(0) };
  for (const { at, value } of peaks(avoided, price, most)) {
    const scale = DUST * (Math.abs(value) + price * at);
    // Peaks come highest first: none of the rest can win.
    if (value < best.netUsd - scale) break;
    for (const c of purchasableNear(at, most)) {
      const netUsd = net(c);
      const smaller = c < best.commitmentUsdPerHour;
      if (netUsd > best.netUsd + scale || (smaller && netUsd >= best.netUsd - scale)) {
        best = { commitmentUsdPerHour: asCommitmentUsd(c), netUsd };
      }
    }
  }
  return best;
}

interface Peak {
  at: number;
  value: number;
}

/** Local maxima of avoided(C) − price·C on [0, most], highest first; of a plateau its left end. */
function peaks(avoided: PiecewiseLinear, price: number, most: number): Peak[] {
  const target = price + DUST * (price + Math.abs(avoided.slopeAt0));
  if (isConcave(avoided)) return [concavePeak(avoided, price, target, most)];
  return allPeaks(avoided, price, target, most).sort((a, b) => b.value - a.value || a.at - b.at);
}

/** True when no hinge bends upwards (sufficient: hinges at one place are not added up first). */
function isConcave({ slopeAt0, slopeChange }: PiecewiseLinear): boolean {
  const dust = DUST * Math.abs(slopeAt0);
  for (let n = 0; n < slopeChange.length; n++) if (slopeChange[n]! > dust) return false;
  return true;
}

function concavePeak(avoided: PiecewiseLinear, price: number, target: number, most: number): Peak {
  const { slopeAt0, at, slopeChange } = avoided;
  const top = descentTo(at.slice(), slopeChange.slice(), at.length, slopeAt0, target);
  const clipped = Math.min(top, most);
  return { at: clipped, value: valueAt(avoided, clipped) - price * clipped };
}

/** One walk along the sorted breakpoints: a peak is where the slope comes down through the price. */
function allPeaks(avoided: PiecewiseLinear, price: number, target: number, most: number): Peak[] {
  const { at, slopeChange } = avoided;
  const found: Peak[] = [];
  let x = 0;
  let value = avoided.valueAt0;
  let slope = avoided.slopeAt0;
  if (slope <= target) found.push({ at: 0, value });
  const order = ascendingOrder(at);
  for (let rank = 0; rank < order.length; rank++) {
    const n = order[rank]!;
    if (at[n]! >= most) break;
    if (at[n]! > x) {
      value += (slope - price) * (at[n]! - x);
      x = at[n]!;
    }
    const before = slope;
    slope += slopeChange[n]!;
    if (before > target && slope <= target) found.push({ at: x, value });
  }
  if (slope > target) {
    found.push({ at: most, value: value + (slope - price) * (most - x) });
  }
  return found;
}

/**
 * What AWS sells next to c, ascending. A c that is a five-decimal number but for a double's last digits is that number:
 * the breakpoint 0.36 × 100 must not be sold as 36.00001.
 */
function purchasableNear(c: number, most: number): number[] {
  const steps = c * STEPS_PER_USD;
  const nearest = Math.round(steps);
  const near =
    Math.abs(steps - nearest) <= 1e-9 * Math.max(STEPS_PER_USD, nearest)
      ? [nearest]
      : [Math.floor(steps), Math.ceil(steps)];
  const minSteps = MIN_COMMITMENT_USD * STEPS_PER_USD;
  return near
    .flatMap((n) => (n <= 0 ? [0] : n < minSteps ? [0, minSteps] : [n]))
    .map((n) => Math.round(n) / STEPS_PER_USD)
    .filter((each) => each <= most);
}

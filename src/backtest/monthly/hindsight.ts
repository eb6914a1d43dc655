/**
 * The book that would have saved the most had the whole history been known: Kelley's cutting planes, one saving a month.
 * Each month's is concave and piecewise linear along what is held in it.
 */
import { invariant } from "../../domain/error.ts";
import { solveWithHighs } from "../../optimize/highs-lp.ts";
import { isFailure, type LpRow } from "../../optimize/lp.ts";
import { savingsAt, type OneOffer } from "../../optimize/one-offer.ts";
import { heldIn, TERM_STEPS, type Months } from "./months.ts";

export interface BestBook {
  bought: Float64Array;
  savedUsd: number;
  /** No book saves more. */
  boundUsd: number;
}

const TOLERANCE = 1e-6;
const MOST_ROUNDS = 200;

export async function bestBook(months: Months): Promise<BestBook> {
  const { count, first, came, monthHours, spendUsd } = months;
  const decided = count - first;
  // No more than the fullest hour uses is worth holding, so no month loses more.
  const mostLost = Math.max(0, ...came.map(fullestHour));
  const rows: LpRow[] = [];
  /** What the month saves at so much held; a plane above all that it saves. */
  const seen = (m: number, held: number): number => {
    const { savedUsd, slope } = savingsAt(came[m]!, held);
    rows.push(rowOf(m, held, savedUsd[0]! / monthHours, slope[0]! / monthHours));
    return savedUsd[0]!;
  };
  for (let m = first; m < count; m++) seen(m, mostLost);
  let [bought, savedUsd, boundUsd] = [new Float64Array(count), 0, Infinity];
  let at = bought;
  for (let round = 0; round < MOST_ROUNDS && boundUsd - savedUsd > TOLERANCE * spendUsd; round++) {
    const held = heldIn(at);
    let usd = 0;
    for (let m = first; m < count; m++) usd += seen(m, held[m]!);
    if (usd > savedUsd) [bought, savedUsd] = [at, usd];
    // x: what is bought in each month, then what each saves in $/h above −mostLost.
    const solved = await solveWithHighs({
      objective: Array.from({ length: 2 * decided }, (_, j) => (j < decided ? 0 : -1)),
      rows,
    });
    if (isFailure(solved)) invariant(false, `no best book: ${solved.failure}`);
    const { x } = solved;
    at = Float64Array.from({ length: count }, (_, m) => (m < first ? 0 : x[m - first]!));
    boundUsd = monthHours * x.slice(decided).reduce((sum, each) => sum + each - mostLost, 0);
  }
  return { bought, savedUsd, boundUsd };

  /** saved_m ≤ saved + slope · (what is held − held). */
  function rowOf(m: number, held: number, saved: number, slope: number): LpRow {
    const coefficients = Array.from({ length: 2 * decided }, () => 0);
    for (let n = Math.max(first, m - TERM_STEPS + 1); n <= m; n++) coefficients[n - first] = -slope;
    coefficients[decided + m - first] = 1;
    return { coefficients, relation: "<=", bound: mostLost + saved - slope * held };
  }
}

/** Most that one hour could use, $/h at Savings Plans rates. */
function fullestHour({ usage, ratio }: OneOffer): number {
  let most = 0;
  for (let row = 0; row < usage.length; row += Math.max(1, ratio.length)) {
    let used = 0;
    for (let kind = 0; kind < ratio.length; kind++) used += usage[row + kind]! * ratio[kind]!;
    most = Math.max(most, used);
  }
  return most;
}

import { invariant } from "../domain/error.ts";
import { COMMITMENT_STEP_USD } from "../domain/offering.ts";

/** f(C) = interceptUsd + slope·C: owned and new commitments and a cut of the recourse; exact at C = `at`. */
export interface Line {
  at: number;
  interceptUsd: number;
  slope: number;
}

/** The cost falls at `from` and does not fall at `to`. */
export interface Bracket {
  from: Line;
  to: Line;
}

export const valueOf = (line: Line, c: number): number => line.interceptUsd + line.slope * c;

/** How far from the candidate the program's optimum is looked for, before going to the end: shares of the candidate. */
const WIDENING = [0.04, 0.2];

/**
 * Around the candidate, a step of AWS's grid or a millionth to either side; further out where the cost turns out to fall or
 * rise on both sides. A single line: the cost does not fall at 0, so buying nothing is optimal.
 */
export function firstBracket(
  largestUsefulUsdPerHour: number,
  candidate: number | null,
  evaluate: (at: number) => Line,
): Bracket | Line {
  const center = candidate ?? 0;
  const step = Math.max(COMMITMENT_STEP_USD, 1e-6 * center);
  const widths = center > 0 ? [step, ...WIDENING.map((share) => share * center)] : [];
  const downwards = [...widths.map((width) => center - width).filter((at) => at > 0), 0];
  // Past the largest use every multiplier is 0 and the slope is the price.
  const end = Math.max(center, largestUsefulUsdPerHour) + step;
  const upwards = [...widths.map((width) => center + width).filter((at) => at < end), end];

  let from: Line | null = null;
  let to: Line | null = null;
  for (const at of downwards) {
    const line = evaluate(at);
    if (line.slope < 0) {
      from = line;
      break;
    }
    to = line;
  }
  invariant(from !== null || to !== null, "the cost was evaluated at 0 at least");
  if (from === null) return to!;
  if (to !== null) return { from, to };
  to = from;
  for (const at of upwards) {
    from = to;
    to = evaluate(at);
    if (to.slope >= 0) break;
  }
  invariant(to.slope >= 0, "the cost rises past the largest use");
  return { from, to };
}

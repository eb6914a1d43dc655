import { valueOf, type Bracket, type Line } from "./bracket.ts";
import type { Lp, LpSolution } from "./lp.ts";
import { solveLp } from "./solve-lp.ts";

/** Largest slope of a line in the scaled master. */
const STEEPEST = 1e3;

interface Crossing {
  at: number;
  valueUsd: number;
}

/** Where a falling and a rising line cross: the λ of the opening comment, and a valid bound of the cost. */
function crossing(falling: Line, rising: Line): Crossing {
  const lambda = rising.slope / (rising.slope - falling.slope);
  return {
    at: (falling.interceptUsd - rising.interceptUsd) / (rising.slope - falling.slope),
    valueUsd: lambda * falling.interceptUsd + (1 - lambda) * rising.interceptUsd,
  };
}

/**
 * min_C max_j f_j(C) over the bracket, by an LP solver; its optimum is then recomputed from the two lines that meet there.
 * `solver` is null, and no line between the ends can improve on the crossing, when rounding has closed the bracket.
 */
export async function solveMaster(
  all: readonly Line[],
  { from, to }: Bracket,
): Promise<Crossing & { solver: string | null }> {
  const ends = crossing(from, to);
  const floor = ends.valueUsd;
  const fromUsd = valueOf(from, from.at);
  const toUsd = valueOf(to, to.at);
  const size = Math.max(fromUsd, toUsd) - floor;
  const width = to.at - from.at;
  const closed = size <= 1e-13 * Math.abs(floor) || ends.at <= from.at || ends.at >= to.at;
  if (closed) return { ...ends, solver: null };

  const slopeOf = (line: Line): number => (line.slope * width) / size;
  const lines = all.filter((line) => {
    // Lines from far away are nearly upright here: they rule out next to nothing and would spoil the scale. Lines above the
    // cost at an end are valid, but show that an hour's multipliers there were not quite the best: the ends must hold.
    const holds = valueOf(line, from.at) <= fromUsd && valueOf(line, to.at) <= toUsd;
    return line === from || line === to || (holds && Math.abs(slopeOf(line)) < STEEPEST);
  });
  const lp: Lp = {
    objective: [0, 1],
    rows: [
      { coefficients: [1, 0], relation: "<=", bound: 1 },
      ...lines.map((line) => lineRow(slopeOf(line), (valueOf(line, from.at) - floor) / size)),
    ],
  };
  const falling = lines.filter(({ slope }) => slope < 0);
  const rising = lines.filter(({ slope }) => slope >= 0);
  const crossingNear = (c: number): Crossing => {
    const at = from.at + width * c;
    return crossing(highest(falling, at), highest(rising, at));
  };
  // The solver's own 1e-8 along the steepest line, and the last digits of the costs that the lines are differences of.
  const allowed =
    1e-4 + (1e-14 * lines.reduce((most, line) => Math.max(most, Math.abs(line.interceptUsd)), 0)) / size;
  const refute = ({ x, value }: LpSolution): string | null => {
    const proven = (crossingNear(x[0]!).valueUsd - floor) / size;
    return Math.abs(value - proven) <= allowed
      ? null
      : `its optimum ${value} is not the ${proven} of the lines that meet there`;
  };
  const { x, solver } = await solveLp(lp, refute);
  return { ...crossingNear(x[0]!), solver };
}

/**
 * t ≥ start + slope·c. A slope that the solver would lose is left out, and the row lowered by what it could have been at most:
 * c ≤ 1.
 */
function lineRow(slope: number, start: number): Lp["rows"][number] {
  const tiny = Math.abs(slope) < 1e-5;
  return tiny
    ? { coefficients: [0, 1], relation: ">=", bound: rounded(start + Math.min(0, slope)) }
    : { coefficients: [-slope, 1], relation: ">=", bound: rounded(start) };
}

/** Bounds below the solver's own rounding are 0. */
const rounded = (value: number): number => (Math.abs(value) < 1e-6 ? 0 : value);

const highest = (lines: readonly Line[], c: number): Line =>
  lines.reduce((top, line) => (valueOf(line, c) > valueOf(top, c) ? line : top));

/**
 * The first stage, and the certificate: how low the cost could be at all.
 *
 *     cost(C) = owned + weight·hours·C + Σ_h Q_h(C)          C ≥ 0, $/h of the one new plan
 *
 * is convex, and `recourse.ts` supplies lines below it. With f_j(C) = intercept_j + slope_j·C, the line of evaluation j,
 * the master program min_C max_j f_j(C) is a lower bound that rises with every line (Kelley). Two lines matter at a time:
 * the falling one and the rising one that cross at its optimum. If s₁ < 0 ≤ s₂ are their slopes, then for every C
 *
 *     cost(C) ≥ λ·f₁(C) + (1−λ)·f₂(C) = λ·intercept₁ + (1−λ)·intercept₂        with λ = s₂/(s₂ − s₁),
 *
 * a bound that the solver has no part in: it only names the pair. If its C is not where the pair crosses, it is refuted and
 * the next solver is asked.
 *
 * The search keeps a bracket [from, to]: the cost falls at `from` and rises at `to`. The master is written in the bracket:
 * C = from + (to − from)·c, cost = floor + size·t with c in [0, 1] and t ≥ 0, so every number that matters is of size 1.
 *
 * EXAMPLE. hours 1, weight 1, $10 at r = 0.5. Lines at C = 0 and 5: f₁ = 10 − C (Q falls by 2 a dollar, C costs 1), f₂ = C.
 * λ = 1/2: cost ≥ 5, and at C = 5 it is 5.
 *
 * NOT DONE. A level step (the point nearest to the best one at which the model is low enough) keeps Kelley's method from
 * swinging between far corners; on a line the bracket does that already. Bisection would need no solver, but 20 evaluations
 * where the model needs 8.
 */
import { invariant } from "../domain/error.ts";
import { COMMITMENT_STEP_USD } from "../domain/offering.ts";
import type { Certificate } from "../domain/recommendation.ts";
import type { Lp, LpSolution } from "./lp.ts";
import { cutAt, type Recourse } from "./recourse.ts";
import { solveLp } from "./solve-lp.ts";

export interface CertifyOptions {
  weight: number;
  /** A commitment believed to be the best, and its settled cost (owned commitments + weight·hours·C + On-Demand left). */
  candidate?: { commitmentUsdPerHour: number; costUsd: number };
  /** Stop when upper − lower ≤ this share of upper. */
  relativeTolerance?: number;
}

export interface Certified {
  certificate: Certificate;
  /** The program's own optimum: not on AWS's grid, and free to assign usage better than AWS's rule does. */
  commitmentUsdPerHour: number;
}

/** f(C) = interceptUsd + slope·C: owned and new commitments and a cut of the recourse; exact at C = `at`. */
interface Line {
  at: number;
  interceptUsd: number;
  slope: number;
}

/** The cost falls at `from` and does not fall at `to`. */
interface Bracket {
  from: Line;
  to: Line;
}

const MAX_ITERATIONS = 60;

/** Work stops when the master can close no more than this share of a candidate's gap: the rest is AWS's rule, not the search. */
const WORTHWHILE = 0.02;

/** Largest slope of a line in the scaled master. */
const STEEPEST = 1e4;

/** The lower bound of the cost over all C ≥ 0, beside the upper bound: the candidate's cost, or else the best one seen. */
export async function certify(recourse: Recourse, options: CertifyOptions): Promise<Certified> {
  const price = options.weight * recourse.hourCount;
  const tolerance = options.relativeTolerance ?? 1e-8;
  const lines: Line[] = [];
  const evaluate = (at: number): Line => {
    const cut = cutAt(recourse, at);
    const line = { at, interceptUsd: recourse.ownedUsd + cut.interceptUsd, slope: price + cut.slope };
    lines.push(line);
    return line;
  };

  const first = firstBracket(recourse, options.candidate?.commitmentUsdPerHour ?? null, evaluate);
  if ("at" in first) return certified(first.interceptUsd, options, first.interceptUsd, 0, [], 0);

  let bracket = first;
  let lower = -Infinity;
  let optimumAt = bracket.from.at;
  let iterations = 0;
  const solvers: string[] = [];
  const cheapest = (): number => Math.min(...lines.map((line) => valueOf(line, line.at)));
  while (iterations < MAX_ITERATIONS) {
    const master = await solveMaster(lines, bracket);
    iterations++;
    solvers.push(master.solver);
    lower = Math.max(lower, master.valueUsd);
    optimumAt = master.at;
    const upper = options.candidate?.costUsd ?? cheapest();
    if (upper - lower <= tolerance * Math.abs(upper)) break;

    const line = evaluate(master.at);
    // What the master may still rise by: its optimum costs no less than it says, and no more than this line.
    const closable = valueOf(line, line.at) - lower;
    const rest = options.candidate === undefined ? 0 : upper - lower;
    if (closable <= Math.max(tolerance * Math.abs(upper), WORTHWHILE * rest)) break;
    if (line.at === bracket.from.at || line.at === bracket.to.at) break;
    bracket = line.slope < 0 ? { ...bracket, from: line } : { ...bracket, to: line };
  }
  return certified(lower, options, cheapest(), optimumAt, solvers, iterations);
}

function certified(
  lower: number,
  options: CertifyOptions,
  cheapest: number,
  commitmentUsdPerHour: number,
  solvers: readonly string[],
  iterations: number,
): Certified {
  const upperBound = options.candidate?.costUsd ?? cheapest;
  invariant(lower <= upperBound + 1e-9 * Math.abs(upperBound) + 1e-9, `bound ${lower} above cost ${upperBound}`);
  const lowerBound = Math.min(lower, upperBound);
  const relativeGap = upperBound > 0 ? (upperBound - lowerBound) / upperBound : 0;
  const solver = [...new Set(solvers)].join(", ") || "none needed";
  return { commitmentUsdPerHour, certificate: { lowerBound, upperBound, relativeGap, solver, iterations } };
}

const valueOf = (line: Line, c: number): number => line.interceptUsd + line.slope * c;

/**
 * Around the candidate, a step of AWS's grid or a millionth to either side; as far as 0 and the largest useful commitment where the cost
 * turns out to fall or rise on both sides. A single line: the cost does not fall at 0, so buying nothing is optimal.
 */
function firstBracket(recourse: Recourse, candidate: number | null, evaluate: (at: number) => Line): Bracket | Line {
  let from: Line | null = null;
  let to: Line | null = null;
  const place = (line: Line): void => {
    if (line.slope < 0) from = line;
    else to = line;
  };
  if (candidate !== null && candidate > 0) {
    const step = Math.max(COMMITMENT_STEP_USD, 1e-6 * candidate);
    place(evaluate(Math.max(0, candidate - step)));
    if (from !== null) place(evaluate(candidate + step));
  }
  if (from === null) {
    const atZero = evaluate(0);
    if (atZero.slope >= 0) return atZero;
    from = atZero;
  }
  // Past the largest use every multiplier is 0 and the slope is the price.
  to ??= evaluate(Math.max((from as Line).at, recourse.largestUsefulUsdPerHour) + COMMITMENT_STEP_USD);
  return { from, to };
}

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

/** min_C max_j f_j(C) over the bracket, by an LP solver; its optimum is then recomputed from the two lines that meet there. */
async function solveMaster(lines: readonly Line[], { from, to }: Bracket): Promise<Crossing & { solver: string }> {
  const floor = crossing(from, to).valueUsd;
  const size = Math.max(valueOf(from, from.at), valueOf(to, to.at)) - floor;
  const width = to.at - from.at;
  // Nothing between the ends: rounding has closed the bracket.
  if (size <= 1e-13 * Math.abs(floor)) return { ...crossing(from, to), solver: "none needed" };

  const inBracket = lines
    .map((line) => ({ line, slope: (line.slope * width) / size, start: (valueOf(line, from.at) - floor) / size }))
    // Lines from far away are nearly upright here: they rule out next to nothing and would spoil the scale.
    .filter(({ line, slope }) => line === from || line === to || Math.abs(slope) < STEEPEST);
  const lp: Lp = {
    objective: [0, 1],
    rows: [
      { coefficients: [1, 0], relation: "<=", bound: 1 },
      ...inBracket.map(({ slope, start }) => lineRow(slope, start)),
    ],
  };
  const crossingNear = (c: number): Crossing => {
    const at = from.at + width * c;
    return crossing(highest(lines.filter(({ slope }) => slope < 0), at), highest(lines.filter(({ slope }) => slope >= 0), at));
  };
  // The solver's own 1e-8, and the last digits of the costs that the lines are differences of.
  const allowed = 1e-5 + (1e-14 * lines.reduce((most, line) => Math.max(most, Math.abs(line.interceptUsd)), 0)) / size;
  const refute = ({ x, value }: LpSolution): string | null => {
    const proven = (crossingNear(x[0]!).valueUsd - floor) / size;
    return Math.abs(value - proven) <= allowed ? null : `its optimum ${value} is not the ${proven} of the lines that meet there`;
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

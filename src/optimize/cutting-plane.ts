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
 * swinging between far corners; on a line the bracket does that already. Bisection on the slope needs no solver and about as
 * many evaluations (a year of hours: 16 from C = 0, 2 around a candidate that is optimal), but does not go on to two commitments.
 */
import { invariant } from "../domain/error.ts";
import type { Certificate } from "../domain/recommendation.ts";
import { firstBracket, valueOf, type Line } from "./bracket.ts";
import { solveMaster } from "./master.ts";
import { cutAt, type Recourse } from "./recourse.ts";

export interface CertifyOptions {
  weight: number;
  /** A commitment believed to be the best, and its settled cost (owned commitments + weight·hours·C + On-Demand left). */
  candidate?: { commitmentUsdPerHour: number; costUsd: number };
  /** Stop when upper − lower ≤ this share of upper. */
  relativeTolerance?: number;
}

export interface Certified {
  certificate: Certificate;
  /** The cheapest C that was evaluated: not on AWS's grid, and free to assign usage better than AWS's rule does. */
  commitmentUsdPerHour: number;
}

const MAX_ITERATIONS = 60;

/** Work stops when the master can close no more than this share of a candidate's gap: the rest is AWS's rule, not the search. */
const WORTHWHILE = 0.02;

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

  const first = firstBracket(
    recourse.largestUsefulUsdPerHour,
    options.candidate?.commitmentUsdPerHour ?? null,
    evaluate,
  );
  if ("at" in first) return certified(first.interceptUsd, first, options, new Set(), 0);

  let bracket = first;
  let lower = -Infinity;
  let iterations = 0;
  const solvers = new Set<string>();
  const cheapest = (): Line => lines.reduce((best, line) => (costOf(line) < costOf(best) ? line : best));
  while (iterations < MAX_ITERATIONS) {
    const master = await solveMaster(lines, bracket);
    iterations++;
    if (master.solver !== null) solvers.add(master.solver);
    lower = Math.max(lower, master.valueUsd);
    const upper = options.candidate?.costUsd ?? costOf(cheapest());
    if (master.solver === null || upper - lower <= tolerance * Math.abs(upper)) break;

    const line = evaluate(master.at);
    // What the master may still rise by: its optimum costs no less than it says, and no more than this line.
    const closable = costOf(line) - lower;
    const rest = options.candidate === undefined ? 0 : upper - lower;
    if (closable <= Math.max(tolerance * Math.abs(upper), WORTHWHILE * rest)) break;
    if (line.at === bracket.from.at || line.at === bracket.to.at) break;
    bracket = line.slope < 0 ? { ...bracket, from: line } : { ...bracket, to: line };
  }
  return certified(lower, cheapest(), options, solvers, iterations);
}

/** The cost at the line's own commitment, which it touches. */
const costOf = (line: Line): number => valueOf(line, line.at);

function certified(
  lower: number,
  cheapest: Line,
  options: CertifyOptions,
  solvers: ReadonlySet<string>,
  iterations: number,
): Certified {
  const candidateUsd = options.candidate?.costUsd;
  const dustUsd = 1e-9 * (1 + Math.abs(lower));
  invariant(
    candidateUsd === undefined || lower <= candidateUsd + dustUsd,
    `the bound ${lower} is above the candidate's cost ${candidateUsd}`,
  );
  // Without a candidate the upper bound is a dual value too, and as good as the multipliers that were found.
  const upperBound = candidateUsd ?? Math.max(costOf(cheapest), lower);
  const lowerBound = Math.min(lower, upperBound);
  const relativeGap = upperBound > 0 ? (upperBound - lowerBound) / upperBound : 0;
  const solver = [...solvers].join(", ") || "none needed";
  return {
    commitmentUsdPerHour: cheapest.at,
    certificate: { lowerBound, upperBound, relativeGap, solver, iterations },
  };
}

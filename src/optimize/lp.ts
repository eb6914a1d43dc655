/** A small linear program: minimise `objective`·x subject to `rows`, x ≥ 0. Dense: it has a handful of columns. */
export interface Lp {
  objective: readonly number[];
  rows: readonly LpRow[];
}

export interface LpRow {
  coefficients: readonly number[];
  relation: "<=" | ">=";
  bound: number;
}

export interface LpSolution {
  x: number[];
  /** objective·x, computed here and not by the solver. */
  value: number;
  solver: string;
}

/** What a solver could not do, for the next one to try or for a person to read. */
export interface LpFailure {
  failure: string;
}

export const isFailure = (result: LpSolution | LpFailure): result is LpFailure => "failure" in result;

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, n) => sum + value * b[n]!, 0);

/** A row may be missed by this much, relative to the largest of its terms. */
const ROW_TOLERANCE = 1e-7;

/**
 * Looks at a solver's x with our own arithmetic: finite, not negative, no row violated.
 * `rounding[j]` is how coarsely the solver reports x[j].
 */
export function checked(
  lp: Lp,
  x: number[],
  rounding: readonly number[],
  solver: string,
): LpSolution | LpFailure {
  if (!x.every((value, j) => Number.isFinite(value) && value >= -rounding[j]!)) {
    return { failure: `${solver} returned ${x.join(", ")}` };
  }
  for (const [n, { coefficients, relation, bound }] of lp.rows.entries()) {
    const sizes = coefficients.map((a, j) => Math.abs(a * x[j]!));
    const allowed =
      ROW_TOLERANCE * Math.max(Math.abs(bound), ...sizes) + dot(coefficients.map(Math.abs), rounding);
    const excess = relation === "<=" ? dot(coefficients, x) - bound : bound - dot(coefficients, x);
    if (excess > allowed) return { failure: `${solver} violated row ${n} by ${excess}` };
  }
  return { x, value: dot(lp.objective, x), solver };
}

/** The program in CPLEX LP format: what `highs` reads, and the evidence that a failed solve leaves. */
export function lpText({ objective, rows }: Lp): string {
  return [
    "Minimize",
    ` objective: ${sumText(objective)}`,
    "Subject To",
    ...rows.map((row, n) => ` row${n}: ${sumText(row.coefficients)} ${row.relation} ${row.bound}`),
    "Bounds",
    ...objective.map((_, j) => ` x${j} >= 0`),
    "End",
    "",
  ].join("\n");
}

/** `+ 0.5 x0 - 2 x1`; the format wants at least one term. */
function sumText(coefficients: readonly number[]): string {
  const terms = coefficients.map((a, j) => (a === 0 ? "" : `${a < 0 ? "-" : "+"} ${Math.abs(a)} x${j}`));
  return terms.filter((term) => term !== "").join(" ") || "0 x0";
}

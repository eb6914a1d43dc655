import solverModule from "javascript-lp-solver";
import { checked, type Lp, type LpFailure, type LpSolution } from "./lp.ts";

// The package's types are read as CommonJS and nest the solver one `default` deeper than its ES module does.
const solver = solverModule as unknown as typeof solverModule.default;

/**
 * javascript-lp-solver, kept inside the envelope in which it is right. Outside of it the library returns wrong answers
 * with `feasible: true` (see `test/optimize/javascript-lp.test.ts` for three):
 *
 * - no free variables: `Lp` has none, a caller shifts them
 * - every coefficient of size 1 at most and 1e-6 at least: rows, columns and the right-hand side are scaled here, and
 *   what does not fit even then is refused
 * - `presolve: false`; names that the result object does not use itself; zero variables are left out of a result
 * - values come back rounded to 1e-8, and the objective too: both are checked and recomputed in the caller's numbers
 * - its simplex may go round for ever, and its own limits (`timeout`, `exitOnCycles`) do not stop
 *   it: pivots are counted
 */
export function solveWithJavascript(lp: Lp): LpSolution | LpFailure {
  const scaled = scaledLp(lp);
  if (scaled.smallest < SMALLEST)
    return { failure: `${NAME} would lose a coefficient of ${scaled.smallest}` };
  const result = solveWithin(MOST_PIVOTS * (lp.rows.length + lp.objective.length), modelOf(scaled.lp));
  if (result === null) return { failure: `${NAME} did not end` };
  // The result's type only promises the objective; every variable that is not 0 stands beside it.
  if (typeof result !== "object") return { failure: `${NAME} returned ${String(result)}` };
  const valueOf = (name: string): unknown => Object.getOwnPropertyDescriptor(result, name)?.value;
  const feasible = valueOf("feasible");
  if (feasible !== true) {
    return {
      failure: typeof feasible === "string" ? `${NAME} stopped: ${feasible}` : `${NAME} says infeasible`,
    };
  }
  if (valueOf("bounded") !== true) return { failure: `${NAME} says unbounded` };
  const x = lp.objective.map((_, j) => {
    const value = valueOf(variableName(j)) ?? 0;
    return typeof value === "number" ? value * scaled.unit[j]! : Number.NaN;
  });
  return checked(
    lp,
    x,
    scaled.unit.map((unit) => unit * ROUNDING),
    NAME,
  );
}

const NAME = "javascript-lp-solver";
const SMALLEST = 1e-6;
const ROUNDING = 1e-8;
/** A row or variable; a simplex that ends needs two or three. */
const MOST_PIVOTS = 20;

class TooManyPivots extends Error {}

/** The library's answer; null when it has not found one after so many pivots. */
function solveWithin(pivots: number, json: Parameters<typeof solver.Solve>[0]): object | null {
  const model = new solver.Model().loadJson(
    json as Parameters<InstanceType<typeof solver.Model>["loadJson"]>[0],
  );
  const { tableau } = model;
  const pivot = tableau.pivot.bind(tableau);
  let left = pivots;
  tableau.pivot = (row, column) => {
    if (left-- === 0) throw new TooManyPivots();
    pivot(row, column);
  };
  try {
    return solver.Solve(model) as object;
  } catch (error) {
    if (error instanceof TooManyPivots) return null;
    return { feasible: error instanceof Error ? error.message : String(error) };
  }
}

const variableName = (j: number): string => `v${j}`;

function modelOf({ objective, rows }: Lp): Parameters<typeof solver.Solve>[0] {
  return {
    optimize: "objective",
    opType: "min",
    constraints: Object.fromEntries(
      rows.map(({ relation, bound }, n) => [`row${n}`, relation === "<=" ? { max: bound } : { min: bound }]),
    ),
    variables: Object.fromEntries(
      objective.map((cost, j) => [
        variableName(j),
        Object.fromEntries([
          ["objective", cost],
          ...rows.flatMap(({ coefficients }, n) =>
            coefficients[j] === 0 ? [] : [[`row${n}`, coefficients[j]!] as const],
          ),
        ]),
      ]),
    ),
    options: { presolve: false },
  };
}

interface ScaledLp {
  lp: Lp;
  /** x[j] = unit[j] · x of the scaled program. */
  unit: number[];
  /** Size of the smallest number in it that is not 0. */
  smallest: number;
}

/** Rows by their largest coefficient, then columns by theirs, then all x together by the largest bound. */
function scaledLp({ objective, rows }: Lp): ScaledLp {
  const rowScaled = rows.map(({ coefficients, relation, bound }) => {
    const size = largest(coefficients);
    return { coefficients: coefficients.map((a) => a / size), relation, bound: bound / size };
  });
  const columnSize = objective.map((_, j) => largest(rowScaled.map((row) => row.coefficients[j]!)));
  const boundSize = largest(rowScaled.map((row) => row.bound));
  const unit = columnSize.map((size) => boundSize / size);
  const columnCost = objective.map((cost, j) => cost / columnSize[j]!);
  const costSize = largest(columnCost);
  const lp: Lp = {
    objective: columnCost.map((cost) => cost / costSize),
    rows: rowScaled.map(({ coefficients, relation, bound }) => ({
      coefficients: coefficients.map((a, j) => a / columnSize[j]!),
      relation,
      bound: bound / boundSize,
    })),
  };
  const numbers = [...lp.objective, ...lp.rows.flatMap((row) => [...row.coefficients, row.bound])];
  const sizes = numbers.map(Math.abs).filter((size) => size > 0);
  return { lp, unit, smallest: Math.min(1, ...sizes) };
}

/** Largest absolute value; 1 where there is none, so that dividing by it changes nothing. */
const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;

import type highsModule from "highs";
import { checked, type Lp, type LpFailure, type LpSolution } from "./lp.ts";

const TOLERANCE = 1e-9;

type HighsModule = Awaited<ReturnType<typeof highsModule.default>>;

interface Highs extends Pick<HighsModule, "infinity" | "constants"> {
  model: ReturnType<HighsModule["createModel"]>;
}

/**
 * Compiled once a process, 25 ms, and one model for all programs: making one takes as long as a small solve. A program that
 * is passed to it replaces the one before, with all that was known of it.
 */
let loading: Promise<Highs> | null = null;

async function load(): Promise<Highs> {
  const { default: loaded } = await import("highs");
  // The package's types are read as CommonJS and nest the loader one `default` deeper than its ES module does.
  const highs = await (loaded as unknown as typeof highsModule.default)();
  const model = highs.createModel();
  model.options.set({
    output_flag: false,
    // Of a few hundred rows: to look for what may be left out takes as long as to solve.
    presolve: "off",
    primal_feasibility_tolerance: TOLERANCE,
    dual_feasibility_tolerance: TOLERANCE,
  });
  return { infinity: highs.infinity, constants: highs.constants, model };
}

/**
 * HiGHS, compiled to WebAssembly: the fallback. Loaded only when it is needed, for it takes longer to load than the
 * other solver takes to solve. Its default tolerances of 1e-7 are wider than the gaps that are certified here.
 */
export async function solveWithHighs(lp: Lp): Promise<LpSolution | LpFailure> {
  return guarded((highs) => {
    const solved = solvedBy(highs, lpColumns(lp, highs.infinity));
    if (typeof solved === "string") return { failure: `highs says ${solved}` };
    const x = Array.from(solved.x);
    return checked(
      lp,
      x,
      x.map(() => TOLERANCE),
      "highs",
    );
  });
}

/** Columns of a program, one after another, and the bounds of its columns (0 … `most`) and rows. */
export interface ColumnsLp {
  cost: Float64Array;
  most: Float64Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
  /** `[column]` Its entries: `start[column] … start[column + 1] − 1`. */
  start: Int32Array;
  row: Int32Array;
  value: Float64Array;
}

/** A minimum, and what each row's bound adds to it for a unit more. */
export interface PrimalDual {
  x: Float64Array;
  rowDual: Float64Array;
}

/** Both solutions of one solve, as the solver has them: nothing is checked here. */
export async function primalDualByHighs(lp: ColumnsLp): Promise<PrimalDual | LpFailure> {
  return guarded((highs) => {
    const solved = solvedBy(highs, lp);
    return typeof solved === "string" ? { failure: `highs says ${solved}` } : solved;
  });
}

async function guarded<T>(solve: (highs: Highs) => T): Promise<T | LpFailure> {
  loading ??= load();
  try {
    return solve(await loading);
  } catch (error) {
    // A module that has aborted is of no further use.
    loading = null;
    return { failure: `highs stopped: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function lpColumns({ objective, rows }: Lp, infinity: number): ColumnsLp {
  const start = new Int32Array(objective.length + 1);
  const row: number[] = [];
  const value: number[] = [];
  for (let j = 0; j < objective.length; j++) {
    for (const [n, { coefficients }] of rows.entries()) {
      if (coefficients[j] === 0) continue;
      row.push(n);
      value.push(coefficients[j]!);
    }
    start[j + 1] = row.length;
  }
  return {
    cost: Float64Array.from(objective),
    most: new Float64Array(objective.length).fill(infinity),
    rowLower: Float64Array.from(rows, ({ relation, bound }) => (relation === ">=" ? bound : -infinity)),
    rowUpper: Float64Array.from(rows, ({ relation, bound }) => (relation === "<=" ? bound : infinity)),
    start,
    row: Int32Array.from(row),
    value: Float64Array.from(value),
  };
}

/** Why there is no solution, in words. Handed over as arrays: a text takes as long to read as to solve. */
function solvedBy(
  { model, constants }: Highs,
  { cost, most, rowLower, rowUpper, start, row, value }: ColumnsLp,
): PrimalDual | string {
  model.passModel({
    numCols: cost.length,
    numRows: rowLower.length,
    colCost: cost,
    colLower: new Float64Array(cost.length),
    colUpper: most,
    rowLower,
    rowUpper,
    matrix: {
      format: "csc",
      numRows: rowLower.length,
      numCols: cost.length,
      starts: start,
      indices: row,
      values: value,
    },
  });
  model.run();
  const status = model.getModelStatus();
  const { modelStatus } = constants;
  if (status !== modelStatus.optimal) {
    return Object.entries(modelStatus).find(([, each]) => each === status)?.[0] ?? `model status ${status}`;
  }
  const { colValue, rowDual } = model.getSolution();
  return { x: colValue, rowDual };
}

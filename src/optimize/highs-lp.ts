import type highsModule from "highs";
import { checked, type Lp, type LpFailure, type LpSolution } from "./lp.ts";

const TOLERANCE = 1e-9;

type Highs = Awaited<ReturnType<typeof highsModule.default>>;

/** Compiled once a process: 25 ms, more than a small solve takes. A solver keeps nothing from one solve to the next. */
let loading: Promise<Highs> | null = null;

async function load(): Promise<Highs> {
  const { default: loaded } = await import("highs");
  // The package's types are read as CommonJS and nest the loader one `default` deeper than its ES module does.
  return (loaded as unknown as typeof highsModule.default)();
}

/**
 * HiGHS, compiled to WebAssembly: the fallback. Loaded only when it is needed, for it takes longer to load than the
 * other solver takes to solve. Its default tolerances of 1e-7 are wider than the gaps that are certified here.
 */
export async function solveWithHighs(lp: Lp): Promise<LpSolution | LpFailure> {
  loading ??= load();
  try {
    const solved = solvedBy(await loading, lp);
    if (typeof solved === "string") return { failure: `highs says ${solved}` };
    return checked(
      lp,
      solved,
      solved.map(() => TOLERANCE),
      "highs",
    );
  } catch (error) {
    // A module that has aborted is of no further use.
    loading = null;
    return { failure: `highs stopped: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The program's x; in words, why there is none. Handed over as arrays: a text takes as long to read as to solve. */
function solvedBy(highs: Highs, { objective, rows }: Lp): number[] | string {
  const starts = new Int32Array(objective.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let j = 0; j < objective.length; j++) {
    for (const [n, { coefficients }] of rows.entries()) {
      if (coefficients[j] === 0) continue;
      indices.push(n);
      values.push(coefficients[j]!);
    }
    starts[j + 1] = indices.length;
  }
  const model = highs.createModel({
    numCols: objective.length,
    numRows: rows.length,
    colCost: Float64Array.from(objective),
    colLower: new Float64Array(objective.length),
    colUpper: new Float64Array(objective.length).fill(highs.infinity),
    rowLower: Float64Array.from(rows, ({ relation, bound }) => (relation === ">=" ? bound : -highs.infinity)),
    rowUpper: Float64Array.from(rows, ({ relation, bound }) => (relation === "<=" ? bound : highs.infinity)),
    matrix: {
      format: "csc",
      numRows: rows.length,
      numCols: objective.length,
      starts,
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
  });
  try {
    model.options.set({
      output_flag: false,
      primal_feasibility_tolerance: TOLERANCE,
      dual_feasibility_tolerance: TOLERANCE,
    });
    model.run();
    const status = model.getModelStatus();
    const { modelStatus } = highs.constants;
    if (status !== modelStatus.optimal) {
      return (
        Object.entries(modelStatus).find(([, value]) => value === status)?.[0] ?? `model status ${status}`
      );
    }
    return Array.from(model.getSolution().colValue);
  } finally {
    model.dispose();
  }
}

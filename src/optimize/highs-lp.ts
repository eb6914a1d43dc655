import type highsModule from "highs";
import { checked, lpText, type Lp, type LpFailure, type LpSolution } from "./lp.ts";

const TOLERANCE = 1e-9;

/** Compiled once a process: 25 ms, more than a small solve takes. A solver keeps nothing from one solve to the next. */
let loading: ReturnType<typeof highsModule.default> | null = null;

async function load(): ReturnType<typeof highsModule.default> {
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
  let solution: ReturnType<Awaited<typeof loading>["solve"]>;
  try {
    solution = (await loading).solve(lpText(lp), {
      output_flag: false,
      primal_feasibility_tolerance: TOLERANCE,
      dual_feasibility_tolerance: TOLERANCE,
    });
  } catch (error) {
    // A module that has aborted is of no further use.
    loading = null;
    return { failure: `highs stopped: ${error instanceof Error ? error.message : String(error)}` };
  }
  const { Status, Columns } = solution;
  if (Status !== "Optimal") return { failure: `highs says ${Status}` };
  // A variable without a term in the text is not a column of the solution.
  const x = lp.objective.map((_, j) => Columns[`x${j}`]?.Primal ?? 0);
  return checked(
    lp,
    x,
    x.map(() => TOLERANCE),
    "highs",
  );
}

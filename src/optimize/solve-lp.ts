import { SageplanError } from "../domain/error.ts";
import { solveWithHighs } from "./highs-lp.ts";
import { solveWithJavascript } from "./javascript-lp.ts";
import { isFailure, lpText, type Lp, type LpFailure, type LpSolution } from "./lp.ts";

type Solver = (lp: Lp) => LpSolution | LpFailure | Promise<LpSolution | LpFailure>;

/** For a handful of columns. */
const SMALL_FIRST: readonly Solver[] = [solveWithJavascript, solveWithHighs];
/** With tens of columns HiGHS takes half the time and leaves gaps of 1e-15 where the small solver leaves 1e-9. */
export const HIGHS_FIRST: readonly Solver[] = [solveWithHighs, solveWithJavascript];

/**
 * The small solver first unless told otherwise, the other when it fails or when the caller can show that its answer is
 * wrong. `refute` returns what is wrong with a solution, or null: a solver that stops short of the optimum breaks no
 * row, so only the caller can tell. When all are refuted, the last one that breaks no row is returned: callers must not
 * depend on its being the best.
 * @throws SageplanError `solver-failure` when no solver returns a solution; its `cause` is the program in LP format
 */
export async function solveLp(
  lp: Lp,
  refute: (solution: LpSolution) => string | null = () => null,
  solvers: readonly Solver[] = SMALL_FIRST,
): Promise<LpSolution> {
  const failures: string[] = [];
  let doubtful: LpSolution | null = null;
  for (const solver of solvers) {
    const result = await solver(lp);
    if (isFailure(result)) failures.push(result.failure);
    else if (refute(result) === null) return result;
    else doubtful = result;
  }
  if (doubtful !== null) return doubtful;
  throw new SageplanError(
    "solver-failure",
    `no solver could solve a linear program of ${lp.objective.length} variables and ${lp.rows.length} rows: ` +
      `${failures.join("; ")}. The program is the error's cause.`,
    { cause: lpText(lp) },
  );
}

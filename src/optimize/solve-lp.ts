import { SageplanError } from "../domain/error.ts";
import { solveWithHighs } from "./highs-lp.ts";
import { solveWithJavascript } from "./javascript-lp.ts";
import { isFailure, lpText, type Lp, type LpFailure, type LpSolution } from "./lp.ts";

/**
 * The small solver first, HiGHS when it fails or when the caller can show that its answer is wrong. `refute` returns what is
 * wrong with a solution, or null: a solver that stops short of the optimum breaks no row, so only the caller can tell.
 */
export async function solveLp(
  lp: Lp,
  refute: (solution: LpSolution) => string | null = () => null,
): Promise<LpSolution> {
  const failures: string[] = [];
  for (const solver of [solveWithJavascript, solveWithHighs]) {
    const result = refuted(await solver(lp), refute);
    if (!isFailure(result)) return result;
    failures.push(result.failure);
  }
  throw new SageplanError(
    "solver-failure",
    `no solver could solve a linear program of ${lp.objective.length} variables and ${lp.rows.length} rows: ` +
      `${failures.join("; ")}. The program stands in the error's cause, in LP format.`,
    { cause: lpText(lp) },
  );
}

function refuted(
  result: LpSolution | LpFailure,
  refute: (solution: LpSolution) => string | null,
): LpSolution | LpFailure {
  if (isFailure(result)) return result;
  const failure = refute(result);
  return failure === null ? result : { failure: `${result.solver}: ${failure}` };
}

import { exitCodeOf, INTERRUPTED } from "./errors.ts";
import type { Io } from "./io.ts";
import { makeProgram } from "./program.ts";

/** Runs one call of the command line (without `node` and the script) and returns its exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    await makeProgram(io).parseAsync(argv, { from: "user" });
    return io.signal.aborted ? INTERRUPTED : 0;
  } catch (error) {
    return exitCodeOf(error, io);
  }
}

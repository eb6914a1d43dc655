import { exitCodeOf, INTERRUPTED } from "./errors.ts";
import type { Io } from "./io.ts";
import { makeProgram } from "./program.ts";

/** Runs one call of the command line (without `node` and the script) and returns its exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    let code = 0;
    await makeProgram(io, (other) => (code = other)).parseAsync(argv, { from: "user" });
    return io.signal.aborted ? INTERRUPTED : code;
  } catch (error) {
    return exitCodeOf(error, io);
  }
}

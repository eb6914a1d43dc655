import { exitCodeOf } from "./errors.ts";
import { EXIT } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { withLoneValues } from "./options.ts";
import { makeProgram } from "./program.ts";

/**
 * Runs one call of the command line (without `node` and the script) and returns its exit code. A command that tells one
 * was done before an interruption could stop it.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    let code: number | null = null;
    const program = makeProgram(io, (other) => (code = other), argv.includes("--all"));
    await program.parseAsync(withLoneValues(argv), { from: "user" });
    return code ?? (io.signal.aborted ? EXIT.interrupted : EXIT.done);
  } catch (error) {
    return exitCodeOf(error, io);
  }
}

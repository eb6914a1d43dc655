import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { SageplanError } from "../domain/error.ts";
import { openDuckDb } from "../engine/duckdb.ts";
import type { StoreEngine } from "../engine/query-engine.ts";
import type { Effects } from "../domain/progress.ts";

/** DuckDB's buffers grow with its threads: 640 MB on two cores. It spills to disk beyond. */
const defaultMemory = (): string => `${512 + 64 * availableParallelism()}MB`;

/**
 * An embedded engine for the time of `use`: sees these folders only, is interrupted by the effects'
 * signal, and is closed whatever happens.
 * @throws SageplanError `engine-failure`, `wrong-call` for a memory that is none, `cannot-write`
 *   without a temporary folder, or when it is taken away
 */
export async function withEngine<T>(
  memory: string | undefined,
  folders: readonly string[],
  effects: Effects,
  use: (engine: StoreEngine & { scratch: string }) => Promise<T>,
): Promise<T> {
  const engine = await openDuckDb({ memory: memory ?? defaultMemory() });
  const interrupt = (): void => engine.interrupt();
  effects.signal?.addEventListener("abort", interrupt, { once: true });
  try {
    await engine.confineTo(folders);
    return await use(engine);
  } catch (cause) {
    // What an interruption broke is no fault of the engine.
    effects.signal?.throwIfAborted();
    throw existsSync(engine.scratch) ? cause : takenAway(engine.scratch, cause);
  } finally {
    effects.signal?.removeEventListener("abort", interrupt);
    await engine.close();
  }
}

/** By a cleaner of temporary files, in most cases. */
const takenAway = (scratch: string, cause: unknown): SageplanError =>
  new SageplanError(
    "cannot-write",
    `The folder for temporary files, ${scratch}, was taken away during the run. Run it again, or name a folder that nothing cleans up with TMPDIR.`,
    { cause },
  );

import { rm } from "node:fs/promises";
import type { StoreEngine } from "../engine/query-engine.ts";
import { SageplanError } from "../domain/error.ts";

/**
 * All that `work` changes, or nothing. Interrupted before it is committed, it is nothing; later, it is done. `isNew`:
 * of a store that was made for this, nothing is no file.
 * @throws SageplanError `cannot-write` when the disk does not take it, `bad-store` when what is read is damaged
 */
export async function transaction<T>(
  engine: StoreEngine,
  path: string,
  work: () => Promise<T>,
  { isNew = false, signal }: { isNew?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<T> {
  await engine.change("BEGIN TRANSACTION");
  let result: T;
  try {
    result = await work();
    // An interruption makes a query fail, but one may come when none runs.
    signal?.throwIfAborted();
    await engine.commit();
  } catch (cause) {
    // A commit that failed has been rolled back already, and the first fault is the one to tell.
    await engine.change("ROLLBACK").catch(() => {});
    // While it is held: nobody else has it open.
    if (isNew) await rm(path, { force: true }).catch(() => {});
    throw diskFault(path, cause) ?? damage(path, cause) ?? cause;
  }
  await settle(engine, path);
  return result;
}

/**
 * DuckDB takes a log whose first or last bytes are damaged for one that was never whole, and drops it without a word.
 * So what is told as done rests on no log: the file itself has checksums.
 */
const settle = (engine: StoreEngine, path: string): Promise<void> =>
  engine.settle("store").catch((cause: unknown) => {
    const why = engineWords(cause) ?? String(cause);
    // Asked first: an engine that finds no room calls its own database invalid, too.
    const what = diskAdvice(why);
    const damaged = what === undefined ? damage(path, cause) : null;
    if (damaged) throw damaged;
    throw new SageplanError(
      "cannot-write",
      `The review is made, but the store ${path} can't take it in yet: ${what ?? why}. It waits in ${path}.wal; keep both files, and the same ` +
        "review gives the same again.",
      { cause },
    );
  });

const DISK_FAULTS: readonly (readonly [RegExp, string])[] = [
  [
    /No space left on device|Disk quota exceeded|File too large/i,
    "the disk is full. Make room, then run the review again",
  ],
  [/Read-only file system/i, "its file system is read-only. Name a place that can be written with --store"],
  [
    /Permission denied/i,
    "you have no right to. Get the right to write it and its folder, or name another place with --store",
  ],
];

/** What is the matter with the disk, and what to do; undefined: nothing. */
const diskAdvice = (text: string): string | undefined =>
  DISK_FAULTS.find(([pattern]) => pattern.test(text))?.[1];

/** What the engine said; null when the fault is another's, such as that of an export that can't be read. */
const engineWords = (cause: unknown): string | null =>
  cause instanceof SageplanError && cause.code === "engine-failure"
    ? cause.message.replace(/^DuckDB: /, "").replace(/\.$/, "")
    : null;

/** null: not the disk's fault. */
export function diskFault(path: string, cause: unknown): SageplanError | null {
  const what = diskAdvice(engineWords(cause) ?? "");
  if (what === undefined) return null;
  return new SageplanError(
    "cannot-write",
    `The store ${path} can't be written: ${what}. It holds what it held before.`,
    {
      cause,
    },
  );
}

const ADVICE =
  "Put back a copy of the store, or make it anew: name another file with --store and hand over all exports again.";

/** null: it can be read, or the engine never came so far. */
export function damage(path: string, cause: unknown): SageplanError | null {
  const text = engineWords(cause) ?? "";
  if (text.includes("replaying WAL file")) {
    return new SageplanError(
      "bad-store",
      `${path}.wal is damaged: ${text}. It holds what the last review wrote, and ${path} all before. Move ${path}.wal away and ` +
        "hand over that review's exports again.",
      { cause },
    );
  }
  const isShort = text.includes(`Could not read enough bytes from file "${path}"`);
  if (
    !isShort &&
    !/Corrupt database file|Failed to load metadata pointer|database has been invalidated/.test(text)
  )
    return null;
  return new SageplanError("bad-store", `The store ${path} is damaged: ${text}. ${ADVICE}`, { cause });
}

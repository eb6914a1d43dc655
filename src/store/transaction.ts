import type { StoreEngine } from "../engine/query-engine.ts";
import { SageplanError } from "../domain/error.ts";

/** All that `work` changes, or nothing. @throws SageplanError `cannot-write` when the disk does not take it */
export async function transaction<T>(engine: StoreEngine, path: string, work: () => Promise<T>): Promise<T> {
  await engine.change("BEGIN TRANSACTION");
  try {
    const result = await work();
    await engine.change("COMMIT");
    return result;
  } catch (cause) {
    // A commit that failed has been rolled back already, and the first fault is the one to tell.
    await engine.change("ROLLBACK").catch(() => {});
    throw diskFault(path, cause) ?? cause;
  }
}

const DISK_FAULTS: readonly (readonly [RegExp, string])[] = [
  [
    /No space left on device|Disk quota exceeded|File too large/i,
    "the disk is full. Make room, then run the review again",
  ],
  [/Read-only file system/i, "its file system is read-only. Name a place that can be written with --store"],
  [
    /Permission denied/i,
    "it may not be written. Give yourself the right to, or name another place with --store",
  ],
];

/** null: not the disk's fault. */
export function diskFault(path: string, cause: unknown): SageplanError | null {
  const text = cause instanceof Error ? cause.message : "";
  const [, what] = DISK_FAULTS.find(([pattern]) => pattern.test(text)) ?? [];
  if (what === undefined) return null;
  return new SageplanError(
    "cannot-write",
    `The store ${path} can't be written: ${what}. It holds what it held before.`,
    {
      cause,
    },
  );
}

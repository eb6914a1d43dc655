/** What keeps a table from being written. */
import { basename } from "node:path";
import { SageplanError } from "../domain/error.ts";

/** What the engine says of the file is of the place, all else of the engine. */
export function notWritten(out: string, unfinished: string, cause: unknown): never {
  if (!(cause instanceof SageplanError) || !cause.message.includes(basename(unfinished))) throw cause;
  const [why] = /No space left on device|Read-only file system|Permission denied|File too large/i.exec(
    cause.message,
  ) ?? [cause.message];
  throw new SageplanError(
    "cannot-write",
    `--out ${out} can't be written: ${why}. Nothing was written; make room, or choose another place.`,
    { cause },
  );
}

export function cannotWrite(out: string, cause: unknown): never {
  throw new SageplanError("cannot-write", `--out ${out} can't be written: ${String(cause)}`, { cause });
}

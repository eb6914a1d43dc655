/** Parquet is read twice, for its checksum and for its rows: both must be of the same bytes. */
import { stat } from "node:fs/promises";
import { SageplanError } from "../domain/error.ts";

/** What tells two states of a file apart. */
interface FileStamp {
  path: string;
  stamp: string;
}

export async function stampOf(path: string): Promise<FileStamp> {
  const info = await stat(path, { bigint: true }).catch(() => null);
  return { path, stamp: info ? [info.ino, info.size, info.mtimeNs, info.ctimeNs].join() : "gone" };
}

/** @throws SageplanError `unreadable-file` naming the file that is another than when it was stamped, or gone */
export async function requireUnchanged(stamps: readonly FileStamp[]): Promise<void> {
  for (const { path, stamp } of stamps) {
    if ((await stampOf(path)).stamp === stamp) continue;
    throw new SageplanError(
      "unreadable-file",
      `${path} changed while it was read, so its checksum and its sums may be of different bytes. ` +
        "Wait until the delivery is complete, or read a copy, and run it again.",
    );
  }
}

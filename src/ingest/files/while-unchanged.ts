/**
 * Parquet, Cost Explorer's files and CSV with records of several lines are hashed by one look and summed by another:
 * the checksum in a result is of what was summed only if the file stayed the same meanwhile.
 */
import { stat } from "node:fs/promises";
import { SageplanError } from "../../domain/error.ts";

/**
 * Another file under the name, other bytes, the same bytes written anew, or a time set back; `gone` when there is none.
 */
const stampOf = (path: string): Promise<string> =>
  stat(path, { bigint: true }).then(
    ({ ino, size, mtimeNs, ctimeNs }) => `${ino} ${size} ${mtimeNs} ${ctimeNs}`,
    () => "gone",
  );

const stampsOf = (paths: readonly string[]): Promise<string[]> => Promise.all(paths.map(stampOf));

/** @throws SageplanError `unreadable-file` when one of the files changed, whatever came of `work` */
export async function whileUnchanged<T>(paths: readonly string[], work: () => Promise<T>): Promise<T> {
  const before = await stampsOf(paths);
  const requireUnchanged = async (cause?: unknown): Promise<void> => {
    const after = await stampsOf(paths);
    const at = after.findIndex((stamp, n) => stamp !== before[n]);
    if (at < 0) return;
    throw new SageplanError(
      "unreadable-file",
      `${paths[at]} ${after[at] === "gone" ? "went away" : "was changed"} while it was read, so its sums would be of neither state. Wait until ` +
        "what writes it is done (a download, a sync), then run this again.",
      { cause },
    );
  };
  const result = await work().catch(async (cause: unknown) => {
    await requireUnchanged(cause);
    throw cause;
  });
  await requireUnchanged();
  return result;
}

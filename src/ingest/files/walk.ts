import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { SageplanError } from "../../domain/error.ts";

/**
 * All files below a folder, behind links to other folders too. A folder to which two ways lead is walked once.
 * @throws SageplanError `unreadable-file`
 */
export async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  const seen = new Set<string>();
  const folders = [folder];
  for (const each of folders) {
    const real = await realpath(each);
    if (seen.has(real)) continue;
    seen.add(real);
    const entries = await readdir(each, { withFileTypes: true }).catch((cause: unknown) => {
      throw new SageplanError("unreadable-file", `${each} can't be listed: ${String(cause)}`, { cause });
    });
    for (const entry of entries) {
      const path = join(each, entry.name);
      const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await leadsToFolder(path)));
      (isFolder ? folders : files).push(path);
    }
  }
  return files;
}

/** A link to nothing does not; whoever opens it hears of it. */
const leadsToFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );

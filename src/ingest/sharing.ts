/** How a call says that plans are shared. */
import { SageplanError } from "../domain/error.ts";
import type { SharingOptions } from "../domain/options/decision.ts";
import type { Sharing } from "../domain/sharing.ts";

/**
 * Null: it does not say.
 * @throws SageplanError `wrong-call` for groups without a mode that has them, and the other way round
 */
export async function sharingOf({ sharing: mode, sharingGroups }: SharingOptions): Promise<Sharing | null> {
  const needsGroups = mode === "prioritized" || mode === "restricted";
  if (needsGroups !== (sharingGroups !== undefined)) {
    throw new SageplanError(
      "wrong-call",
      needsGroups
        ? `--sharing ${mode} needs the groups: name their file with --sharing-groups.`
        : "--sharing-groups is about --sharing prioritized and restricted: name one of the two, or leave it out.",
    );
  }
  if (mode === undefined) return null;
  if (sharingGroups === undefined) return { mode, groups: new Map() };
  const { readSharingGroups } = await import("./sharing-groups.ts");
  return { mode, groups: await readSharingGroups(sharingGroups) };
}

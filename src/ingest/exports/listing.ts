import { basename, dirname } from "node:path";
import { groupBy } from "../../domain/group.ts";
import type { Manifest } from "./manifest.ts";

/** A manifest, and which of the files that were found it lists. */
export interface Listing extends Manifest {
  own: ReadonlySet<string>;
}

/**
 * A manifest lists keys of a bucket, of which the end survives a download. Two payers may call their reports alike:
 * what lies below a manifest's own report is its own, and no other's.
 */
export function listingsOf(manifests: readonly Manifest[], paths: readonly string[]): Listing[] {
  const byName = groupBy(paths, (path) => basename(path));
  const listed = manifests.map(({ dataFiles }) =>
    dataFiles.flatMap((key) => (byName.get(basename(key)) ?? []).filter((path) => path.endsWith(key))),
  );
  const below = manifests.map(({ path }, n) =>
    listed[n]!.filter((file) => file.startsWith(`${reportOf(path)}/`)),
  );
  const claimed = new Set(below.flat());
  return manifests.map((manifest, n) => ({
    ...manifest,
    own: new Set(below[n]!.length > 0 ? below[n] : listed[n]!.filter((file) => !claimed.has(file))),
  }));
}

const PERIOD = /^(.*)\/(?:\d{8}-\d{8}|billing_period=[^/]+)\//i;

/** The folder of the report, in which its periods lie, and with CUR 2.0 `data` and `metadata`. */
export const reportOf = (manifest: string): string =>
  (PERIOD.exec(manifest)?.[1] ?? dirname(manifest)).replace(/\/metadata$/, "");

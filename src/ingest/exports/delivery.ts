import { dirname } from "node:path";
import type { DataFile, Delivery } from "../../domain/billing.ts";
import { SageplanError } from "../../domain/error.ts";
import { groupBy } from "../../domain/group.ts";
import {
  listedFiles,
  requireAllParts,
  requireListed,
  requireNoGaps,
  requireNoTwins,
} from "./delivery-files.ts";
import { listingsOf, reportOf, type Listing } from "./listing.ts";
import type { Manifest } from "./manifest.ts";
import { deliveryPlace } from "./place.ts";

/**
 * The newest version of each period of each export: the one that a manifest names, else the latest execution folder.
 * @throws SageplanError `duplicate-delivery` when nothing tells which version is newer; `path-not-found` when a part
 *   that the manifest lists is missing (a missing part would silently lower the spend)
 */
export function newestDeliveries(
  files: readonly DataFile[],
  manifests: readonly Manifest[],
  passedOver: readonly string[] = [],
): Delivery[] {
  const listings = listingsOf(
    manifests,
    files.map(({ path }) => path),
  );
  requireDelivered(files, listings, passedOver);
  const periods = groupBy(
    files.map((file) => ({ file, place: deliveryPlace(file.path) })),
    ({ place }) => `${place.root}\n${place.billingPeriod}`,
  );
  return [...periods.values()].map((members) => {
    const versions = groupBy(members, ({ place }) => place.version);
    const version = newestVersion(
      [...versions.keys()],
      members.map(({ file }) => file.path),
      listings,
    );
    const chosen = versions.get(version) ?? [];
    const found = chosen.map(({ file }) => file);
    const { files: delivered, isListed } = listedFiles(found, listings);
    const { billingPeriod = "" } = chosen[0]?.place ?? {};
    requireAllParts(delivered, listings, passedOver);
    requireNoTwins(delivered);
    if (!isListed) requireNoGaps(delivered, billingPeriod !== "");
    return {
      billingPeriod,
      version,
      files: delivered,
      supersedes: versions.size - 1,
      isListed,
      unlisted: found.filter((file) => !delivered.includes(file)).map(({ path }) => path),
    };
  });
}

function newestVersion(versions: string[], paths: readonly string[], listings: readonly Listing[]): string {
  if (versions.length === 1) return versions[0]!;
  const named = listings.flatMap(({ isCurrent, own }) =>
    isCurrent ? paths.filter((path) => own.has(path)).map((path) => deliveryPlace(path).version) : [],
  );
  const current = [...new Set(named)];
  if (current.length === 1) return current[0]!;
  const dated = versions.filter((version) => /^\d{4}-?\d{2}-?\d{2}T/.test(version));
  if (current.length === 0 && dated.length === versions.length) return dated.sort().at(-1)!;
  throw new SageplanError(
    "duplicate-delivery",
    `The same billing period was found in ${versions.length} versions and nothing tells which is newer: ` +
      `${versions.map((version) => version || "(no version folder)").join(", ")}, at ${dirname(paths[0] ?? "")}. ` +
      "Keep the …-Manifest.json that AWS delivers beside them, or name the newest version's folder only.",
  );
}

/**
 * A manifest of which nothing was found tells of a month that would be missing. One that lies in a version's folder may
 * be older than what was found of its period.
 */
function requireDelivered(
  files: readonly DataFile[],
  listings: readonly Listing[],
  passedOver: readonly string[],
): void {
  for (const listing of listings) {
    if (listing.own.size > 0 || listing.dataFiles.length === 0) continue;
    const period = listing.dataFiles[0]!.split("/")[1]!;
    const isOlder =
      !listing.isCurrent &&
      files.some(({ path }) => path.startsWith(`${reportOf(listing.path)}/`) && path.includes(`/${period}/`));
    if (!isOlder) requireListed(listing, passedOver);
  }
}

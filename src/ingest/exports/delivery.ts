import { basename, dirname } from "node:path";
import type { DataFile, Delivery } from "../../domain/billing.ts";
import { SageplanError } from "../../domain/error.ts";
import { groupBy } from "../../domain/group.ts";
import type { Manifest } from "./manifest.ts";

interface Place {
  root: string;
  billingPeriod: string;
  version: string;
}

const LEGACY = /^(?<root>.*)\/(?<period>\d{6})\d{2}-\d{8}(?:\/(?<version>[^/]+))?\/[^/]+$/;

const PARTITION = /^(?<root>.*)\/billing_period=(?<period>\d{4}-\d{2})(?:\/(?<version>[^/]+))?\/[^/]+$/i;

const ATHENA = /^(?<root>.*)\/year=(?<year>\d{4})\/month=(?<month>\d{1,2})\/[^/]+$/i;

/**
 * Where in AWS's delivery layouts a file lies. A root ends in the name without the part number, so
 * that two exports in one folder are two.
 */
function placeOf(path: string): Place {
  const name = basename(path);
  // In a period's folder whatever precedes the first digit: other programs number parts in ways of their own.
  const family = name.replace(/\d.*$/, "");
  const layout = (LEGACY.exec(path) ?? PARTITION.exec(path))?.groups;
  if (layout) {
    const period = layout.period ?? "";
    return {
      root: `${layout.root}/${family}`,
      billingPeriod: period.includes("-") ? period : `${period.slice(0, 4)}-${period.slice(4, 6)}`,
      version: layout.version ?? "",
    };
  }
  const athena = ATHENA.exec(path)?.groups;
  if (athena) {
    return {
      root: `${athena.root}/${family}`,
      billingPeriod: `${athena.year}-${(athena.month ?? "").padStart(2, "0")}`,
      version: "",
    };
  }
  const stem = name.replace(/(?:-\d{1,5})?(?:\.snappy)?\.(?:csv|csv\.gz|parquet|json)$/i, "");
  return { root: `${dirname(path)}/${stem}`, billingPeriod: "", version: "" };
}

/**
 * The newest version of each period of each export: the one that a manifest names, else the latest execution folder.
 * @throws SageplanError `duplicate-delivery` when nothing tells which version is newer; `path-not-found` when a part
 *   that the manifest lists is missing (a missing part would silently lower the spend)
 */
export function newestDeliveries(files: readonly DataFile[], manifests: readonly Manifest[]): Delivery[] {
  const periods = groupBy(
    files.map((file) => ({ file, place: placeOf(file.path) })),
    ({ place }) => `${place.root}\n${place.billingPeriod}`,
  );
  return [...periods.values()].map((members) => {
    const versions = groupBy(members, ({ place }) => place.version);
    const version = newestVersion(
      [...versions.keys()],
      members.map(({ file }) => file.path),
      manifests,
    );
    const chosen = versions.get(version) ?? [];
    const found = chosen.map(({ file }) => file);
    const delivered = listedFiles(found, manifests);
    requireAllParts(delivered, manifests);
    requireNoTwins(delivered);
    return {
      billingPeriod: chosen[0]?.place.billingPeriod ?? "",
      version,
      files: delivered,
      supersedes: versions.size - 1,
      unlisted: found.filter((file) => !delivered.includes(file)).map(({ path }) => path),
    };
  });
}

function newestVersion(versions: string[], paths: readonly string[], manifests: readonly Manifest[]): string {
  if (versions.length === 1) return versions[0]!;
  const named = manifests.flatMap((manifest) =>
    manifest.isCurrent
      ? paths.filter((path) => manifest.lists(path)).map((path) => placeOf(path).version)
      : [],
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

/** Where manifests speak of these files, only those that they list belong to the delivery. */
function listedFiles(files: readonly DataFile[], manifests: readonly Manifest[]): DataFile[] {
  const listed = files.filter(({ path }) => manifests.some((manifest) => manifest.lists(path)));
  return listed.length > 0 ? listed : [...files];
}

/** `cur-1.csv` beside `cur-1.csv.gz`, or beside `cur-1 (1).csv`: one part, twice. */
function requireNoTwins(files: readonly DataFile[]): void {
  const byPart = groupBy(files, ({ path }) =>
    path.replace(/(?: \(\d+\))?(?:\.snappy)?\.(?:csv|csv\.gz|parquet|json)$/i, ""),
  );
  for (const [first, twin] of byPart.values()) {
    if (first && twin) {
      throw new SageplanError(
        "duplicate-delivery",
        `${first.path} and ${twin.path} look like one part of an export, twice: its dollars would count twice. Leave one out.`,
      );
    }
  }
}

function requireAllParts(files: readonly DataFile[], manifests: readonly Manifest[]): void {
  for (const manifest of manifests) {
    if (!files.some(({ path }) => manifest.lists(path))) continue;
    const missing = manifest.dataFiles.filter((key) => !files.some(({ path }) => path.endsWith(key)));
    if (missing.length > 0) {
      throw new SageplanError(
        "path-not-found",
        `${manifest.path} lists ${manifest.dataFiles.length} data files, of which ${missing.length} are missing, first ` +
          `${missing[0]}. A part that is missing would lower the spend without a word: download it, or name a complete version.`,
      );
    }
  }
}

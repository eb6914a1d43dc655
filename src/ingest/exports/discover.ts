import { open, readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { glob } from "tinyglobby";
import type { DataFile } from "../../domain/billing.ts";
import { SageplanError } from "../../domain/error.ts";
import { inPool } from "../files/pool.ts";

/** The files behind the paths that the user named: absolute, without duplicates, in a fixed order. */
export interface Discovered {
  data: DataFile[];
  manifests: string[];
}

const KINDS: [RegExp, DataFile["kind"]][] = [
  [/\.csv$/i, "csv"],
  [/\.csv\.gz$/i, "csv.gz"],
  [/\.parquet$/i, "parquet"],
  [/\.json$/i, "json"],
];

const isManifest = (path: string): boolean => /-manifest\.json$/i.test(path);

/** By how its name ends; undefined when that is no data file's ending. */
export const dataKindOf = (path: string): DataFile["kind"] | undefined =>
  isManifest(path) ? undefined : KINDS.find(([pattern]) => pattern.test(path))?.[1];

const FIRST_BYTES = 1 << 20;

/** Mostly waiting for the disk. */
const LOOKS_AT_ONCE = 8;

/**
 * Rate cards, plans and recommendations are JSON too and lie beside it: only Cost Explorer's answer
 * has results by time.
 */
async function isCostAndUsage(path: string): Promise<boolean> {
  // To open a pipe waits until someone writes to it, and no signal ends that.
  if (!(await stat(path).catch(() => null))?.isFile()) return false;
  const file = await open(path).catch(() => null);
  if (!file) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
    return buffer.toString("latin1", 0, bytesRead).includes('"ResultsByTime"');
  } finally {
    await file.close();
  }
}

/** A file that is looked for among others: an export, or a manifest. */
const isFound = async (path: string): Promise<boolean> =>
  isManifest(path) || (dataKindOf(path) === "json" ? isCostAndUsage(path) : dataKindOf(path) !== undefined);

const onlyFound = async (paths: readonly string[]): Promise<string[]> => {
  const found = await Promise.all(paths.map(isFound));
  return paths.filter((_, n) => found[n]);
};

/**
 * Files, folders (searched to the bottom) and globs → data files and manifests.
 * @throws SageplanError `path-not-found`, `no-exports`, `empty-file`, `unreadable-file`
 */
export async function discover(patterns: readonly string[]): Promise<Discovered> {
  const names: string[] = [];
  for (const pattern of patterns) names.push(...(await expand(pattern)));
  const places = await inPool(names, LOOKS_AT_ONCE, resolved);
  // By the name that was found: where a link leads, the name may tell nothing.
  const named = new Map(places.map((place, n) => [place.replaceAll(sep, "/"), names[n]!]));
  const manifests = [...named.keys()].filter((path) => isManifest(named.get(path)!)).sort();
  const exports = [...named.keys()].filter((path) => dataKindOf(named.get(path)!)).sort();
  const bytes = await inPool([...exports, ...manifests], LOOKS_AT_ONCE, bytesOf);
  const data = exports.map((path, n) => ({ path, kind: dataKindOf(named.get(path)!)!, bytes: bytes[n]! }));
  const empty = data.find((file) => file.bytes === 0);
  if (empty) {
    throw new SageplanError(
      "empty-file",
      `${empty.path} is empty (0 bytes); a billing export has at least a header. Download it again, or leave it out.`,
    );
  }
  return { data, manifests };
}

async function bytesOf(path: string): Promise<number> {
  const info = await stat(path);
  if (info.isFile()) return info.size;
  throw new SageplanError(
    "unreadable-file",
    `${path} is a pipe, a socket or a device, and exports are read more than once: write it to a file first, or leave it out.`,
  );
}

const resolved = (path: string): Promise<string> =>
  realpath(path).catch((cause: unknown) => {
    throw new SageplanError(
      "unreadable-file",
      `${path} can't be followed (${String(cause)}): a link to nothing? Remove it.`,
      {
        cause,
      },
    );
  });

async function expand(pattern: string): Promise<string[]> {
  const info = await stat(pattern).catch(() => null);
  if (info?.isDirectory()) return filesBelow(pattern);
  if (info) {
    if (info.isFile() && info.size > 0 && dataKindOf(pattern) === "json" && !(await isCostAndUsage(pattern)))
      throw otherJson(pattern);
    if (dataKindOf(pattern) || isManifest(pattern)) return [pattern];
    throw new SageplanError(
      "unknown-format",
      `${pattern} does not end in .csv, .csv.gz, .parquet or .json, so it is not read as a billing export. ` +
        (/\.zip$/i.test(pattern) ? "Unzip it first." : "Name the export's data files, or their folder."),
    );
  }
  const matches = /[*?[\]{}]/.test(pattern)
    ? await glob(pattern.replaceAll("\\", "/"), { absolute: true, onlyFiles: true, expandDirectories: false })
    : [];
  const exports = await onlyFound(matches);
  if (exports.length === 0) {
    throw new SageplanError(
      "path-not-found",
      `${pattern} was not found${matches.length > 0 ? " among files ending in .csv, .csv.gz or .parquet" : ""}. ` +
        "Check the spelling; a path may be a file, a folder or a quoted glob such as 'exports/**/*.parquet'.",
    );
  }
  return exports;
}

const otherJson = (path: string): SageplanError =>
  new SageplanError(
    "unknown-format",
    `${path} holds no ResultsByTime, so it is not what \`aws ce get-cost-and-usage\` prints, and no other JSON is a billing export. ` +
      "Rates go with --rates, plans with --owned, AWS's recommendation with --compare-aws.",
  );

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new SageplanError("unreadable-file", `${folder} can't be listed: ${String(cause)}`, { cause });
  });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  const found = await onlyFound(files);
  if (!found.some((path) => dataKindOf(path))) {
    throw new SageplanError(
      "no-exports",
      `${folder} holds no billing export: ${files.length} files, none of them .csv, .csv.gz, .parquet or Cost Explorer's JSON. ` +
        "Name the folder into which the export was downloaded (the one with BILLING_PERIOD=… or YYYYMMDD-YYYYMMDD folders).",
    );
  }
  return found;
}

import { realpath, stat } from "node:fs/promises";
import { sep } from "node:path";
import { glob } from "tinyglobby";
import type { DataFile } from "../../domain/billing.ts";
import { SageplanError } from "../../domain/error.ts";
import { inPool } from "../files/pool.ts";
import { filesBelow } from "../files/walk.ts";
import { dataKindOf, isCostAndUsage, isManifest, kindOfFound, type PassedOver } from "./file-kinds.ts";

/** The files behind the paths that the user named: absolute, without duplicates, in a fixed order. */
export interface Discovered {
  data: DataFile[];
  manifests: string[];
  /** What was found and is not read, and is told. */
  passedOver: PassedOver[];
}

/** Mostly waiting for the disk. */
const LOOKS_AT_ONCE = 8;

interface Named {
  path: string;
  kind: DataFile["kind"] | "manifest";
}

interface Expanded {
  found: Named[];
  passedOver: PassedOver[];
}

/**
 * Files, folders (searched to the bottom) and globs → data files and manifests.
 * @throws SageplanError `path-not-found`, `no-exports`, `empty-file`, `unreadable-file`
 */
export async function discover(patterns: readonly string[]): Promise<Discovered> {
  const all: Expanded = { found: [], passedOver: [] };
  for (const pattern of patterns) {
    const { found, passedOver } = await expand(pattern);
    for (const each of found) all.found.push(each);
    for (const each of passedOver) all.passedOver.push(each);
  }
  const places = await inPool(all.found, LOOKS_AT_ONCE, ({ path }) => resolved(path));
  // By the name that was found: where a link leads, the name may tell nothing.
  const kinds = new Map(places.map((place, n) => [place.replaceAll(sep, "/"), all.found[n]!.kind]));
  const of = (isWanted: boolean): string[] =>
    [...kinds.keys()].filter((path) => (kinds.get(path) === "manifest") === isWanted).sort();
  const [exports, manifests] = [of(false), of(true)];
  const bytes = await inPool([...exports, ...manifests], LOOKS_AT_ONCE, bytesOf);
  const data = exports.map((path, n) => ({
    path,
    kind: kinds.get(path) as DataFile["kind"],
    bytes: bytes[n]!,
  }));
  const empty = data.find((file) => file.bytes === 0);
  if (empty) {
    throw new SageplanError(
      "empty-file",
      `${empty.path} is empty (0 bytes); a billing export has at least a header. Download it again, or leave it out.`,
    );
  }
  return { data, manifests, passedOver: all.passedOver };
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

async function expand(pattern: string): Promise<Expanded> {
  const info = await stat(pattern).catch(() => null);
  if (info?.isDirectory()) return inFolder(pattern);
  if (info) {
    const kind = isManifest(pattern) ? "manifest" : dataKindOf(pattern);
    if (kind === "json" && info.isFile() && info.size > 0 && !(await isCostAndUsage(pattern)))
      throw otherJson(pattern);
    if (kind !== undefined) return { found: [{ path: pattern, kind }], passedOver: [] };
    throw new SageplanError(
      "unknown-format",
      `${pattern} does not end in .csv, .csv.gz, .parquet or .json, so it is not read as a billing export. ` +
        (/\.zip$/i.test(pattern) ? "Unzip it first." : "Name the export's data files, or their folder."),
    );
  }
  const matches = /[*?[\]{}]/.test(pattern)
    ? await glob(pattern.replaceAll("\\", "/"), { absolute: true, onlyFiles: true, expandDirectories: false })
    : [];
  const expanded = await amongOthers(matches);
  if (expanded.found.length === 0) throw notFound(pattern, matches.length > 0);
  return expanded;
}

function notFound(pattern: string, hasMatches: boolean): SageplanError {
  const scheme = /^([a-z][a-z0-9]*):\/\//i.exec(pattern)?.[1];
  if (scheme !== undefined) {
    return new SageplanError(
      "path-not-found",
      `${pattern} is not on this machine, and sageplan opens no connection for files: copy it first ` +
        `(${scheme.toLowerCase() === "s3" ? `aws s3 sync ${pattern} ./exports` : `download it to ./exports`}, then name ./exports), ` +
        "or have Athena read it where it lies, with --engine athena.",
    );
  }
  return new SageplanError(
    "path-not-found",
    `${pattern} was not found${hasMatches ? " among files ending in .csv, .csv.gz or .parquet" : ""}. ` +
      "Check the spelling; a path may be a file, a folder or a quoted glob such as 'exports/**/*.parquet'.",
  );
}

const otherJson = (path: string): SageplanError =>
  new SageplanError(
    "unknown-format",
    `${path} holds no ResultsByTime, so it is not what \`aws ce get-cost-and-usage\` prints, and no other JSON is a billing export. ` +
      "Rates go with --rates, plans with --owned, AWS's recommendation with --compare-aws.",
  );

async function amongOthers(paths: readonly string[]): Promise<Expanded> {
  const expanded: Expanded = { found: [], passedOver: [] };
  const kinds = await inPool(paths, LOOKS_AT_ONCE, kindOfFound);
  for (const [n, path] of paths.entries()) {
    const kind = kinds[n];
    if (kind && "kind" in kind) expanded.found.push({ path, kind: kind.kind });
    else if (kind) expanded.passedOver.push(kind);
  }
  return expanded;
}

async function inFolder(folder: string): Promise<Expanded> {
  const files = await filesBelow(folder);
  const expanded = await amongOthers(files);
  if (expanded.found.some(({ kind }) => kind !== "manifest")) return expanded;
  const other = expanded.passedOver.find(({ mayCount }) => mayCount);
  throw new SageplanError(
    "no-exports",
    `${folder} holds no billing export: ${files.length} files, none of them .csv, .csv.gz, .parquet or Cost Explorer's JSON. ` +
      (other ? `${other.path} is not read (${other.why}): finish, unzip or convert it first. ` : "") +
      "Name the folder into which the export was downloaded (the one with BILLING_PERIOD=… or YYYYMMDD-YYYYMMDD folders).",
  );
}

/** What a file is to a reader of billing exports, by its name, and by its contents where the name does not tell. */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { DataFile } from "../../domain/billing.ts";
import { SageplanError } from "../../domain/error.ts";
import { firstBytes, isParquet } from "../files/contents.ts";
import { parseJson, readText } from "../files/text.ts";

/** A file that was found and is not read. */
export interface PassedOver {
  path: string;
  /** Why, as the end of a sentence. */
  why: string;
  /** True: it may hold a part of a bill. */
  mayCount: boolean;
}

export type Found = { kind: DataFile["kind"] | "manifest" } | PassedOver | null;

const KINDS: [RegExp, DataFile["kind"]][] = [
  [/\.csv$/i, "csv"],
  [/\.csv\.gz$/i, "csv.gz"],
  [/\.parquet$/i, "parquet"],
  [/\.json(?:\.gz)?$/i, "json"],
];

export const isManifest = (path: string): boolean => /-manifest\.json$/i.test(path);

/** By how its name ends; undefined when that is no data file's ending. */
export const dataKindOf = (path: string): DataFile["kind"] | undefined =>
  isManifest(path) ? undefined : KINDS.find(([pattern]) => pattern.test(path))?.[1];

/** What other programs leave beside files, with names like theirs, and AWS beside its exports: none holds a row of a bill. */
const HARMLESS: readonly [RegExp, string][] = [
  [/^\._/, "an attribute file of macOS"],
  [/^~\$/, "a lock file of Excel"],
  [/\.(?:crc|md5|sha1|sha256|sig|asc)$/i, "a checksum"],
];

const STATUS_TABLE = /[/\\]cost_and_usage_data_status[/\\]/i;

/** A data file's ending and one more, or that of an archive, a table of another kind, or a download under way. */
const MAY_COUNT =
  /\.(?:csv|parquet|json)\.[^./\\]+(?:\.[^./\\]+)?$|\.(?:zip|gz|bz2|xz|zst|7z|rar|tar|tgz|tsv|xlsx|xls|orc|avro)$/i;
const UNFINISHED = /\.(?:part|partial|filepart|crdownload|download|tmp)$/i;

/** What a file among others is; null: nothing of a bill, as far as its name goes. @throws SageplanError `unreadable-file` */
export async function kindOfFound(path: string): Promise<Found> {
  const name = basename(path);
  const harmless = HARMLESS.find(([pattern]) => pattern.test(name));
  const kind = dataKindOf(path);
  if (harmless) return kind === undefined ? null : { path, why: harmless[1], mayCount: false };
  if (isManifest(path)) return { kind: "manifest" };
  if (kind !== undefined && STATUS_TABLE.test(path))
    return { path, why: "AWS's table of when an export was refreshed", mayCount: false };
  if (kind === "json") return jsonKind(path);
  if (kind !== undefined) return { kind };
  if (UNFINISHED.test(name)) return { path, why: "a download under way, by its ending", mayCount: true };
  if (MAY_COUNT.test(name)) return { path, why: "its ending is none that is read", mayCount: true };
  return name.includes(".") || !(await isRegular(path)) || !isParquet(await firstBytes(path, 4))
    ? null
    : { kind: "parquet" };
}

/** To open a pipe waits until someone writes to it, and no signal ends that. */
const isRegular = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isFile() ?? false;

/**
 * Rate cards, plans and recommendations are JSON too and lie beside exports: only Cost Explorer's answer has results by
 * time. What is no whole JSON may be one that was cut.
 */
async function jsonKind(path: string): Promise<Found> {
  if (!(await isRegular(path))) return null;
  const broken = (why: string): PassedOver => ({ path, why, mayCount: true });
  try {
    const text = await readText(path);
    if (text.includes('"ResultsByTime"')) return { kind: "json" };
    if (text.trim() === "") return broken("it is empty");
    parseJson(text, () => new SageplanError("damaged-file", "it is no whole JSON"));
    return null;
  } catch (cause) {
    if (cause instanceof SageplanError && cause.code === "damaged-file")
      return broken(cause.message.replace(`${path}: `, "").replace(`${path} is `, ""));
    throw cause;
  }
}

/** Whether JSON that was named is what Cost Explorer answers. */
export const isCostAndUsage = async (path: string): Promise<boolean> =>
  (await readText(path)).includes('"ResultsByTime"');

import { readFile } from "node:fs/promises";
import { SageplanError } from "../../domain/error.ts";

/** What AWS delivers last beside the data files: the list of the files that make up a version. */
export interface Manifest {
  path: string;
  /** Ends of the data files' paths: period folder, version folder if any, file name. */
  dataFiles: string[];
  /** True when it lies outside of any version's folder and so names the newest. */
  isCurrent: boolean;
  lists: (path: string) => boolean;
}

/** From the period's folder on: the part of an S3 key that survives a download. */
const keyEnd = (key: string): string =>
  /(?:\/?)((?:\d{8}-\d{8}|billing_period=[^/]+)\/.*)$/i.exec(key)?.[1] ?? key.split("/").at(-1)!;

/**
 * Every string in the JSON that names a data file: `reportKeys` in a CUR manifest, `dataFiles` in a Data Exports one.
 * Without recursion: JSON.parse takes any depth.
 */
function dataFileNames(json: unknown): string[] {
  const values = [json];
  for (const value of values) {
    if (typeof value === "object" && value !== null)
      for (const inner of Object.values(value)) values.push(inner);
  }
  return values.filter(
    (value): value is string => typeof value === "string" && /\.(?:csv|csv\.gz|parquet)$/i.test(value),
  );
}

/** @throws SageplanError `damaged-file` when it is not JSON */
export async function readManifest(path: string): Promise<Manifest> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new SageplanError(
      "damaged-file",
      `${path} is not readable JSON, so it can't tell which delivery is the newest. Download it again, or remove it.`,
      { cause },
    );
  }
  const dataFiles = [...new Set(dataFileNames(json).map((key) => `/${keyEnd(key)}`))];
  return {
    path,
    dataFiles,
    isCurrent: /(?:\d{8}-\d{8}|billing_period=[^/]+)\/[^/]+$/i.test(path),
    lists: (file) => dataFiles.some((key) => file.endsWith(key)),
  };
}

import { SageplanError } from "../../domain/error.ts";
import { parseJson, readText } from "../files/text.ts";

/** What AWS delivers last beside the data files: the list of the files that make up a version. */
export interface Manifest {
  path: string;
  /** Ends of the data files' paths: period folder, version folder if any, file name. */
  dataFiles: string[];
  /** True when it lies outside of any version's folder and so names the newest. */
  isCurrent: boolean;
}

/** From the period's folder on: the part of an S3 key that survives a download. */
const keyEnd = (key: string): string =>
  /(?:\/?)((?:\d{8}-\d{8}|billing_period=[^/]+)\/.*)$/i.exec(key)?.[1] ?? key.split("/").at(-1)!;

/**
 * Every string in the JSON that names a data file, and all that it lists as such, whatever their endings: `reportKeys`
 * in a CUR manifest, `dataFiles` in a Data Exports one. Without recursion: JSON.parse takes any depth.
 */
function dataFileNames(json: unknown): string[] {
  const values = [{ value: json, isListed: false }];
  for (const { value } of values) {
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const isListed = /^(?:reportKeys|dataFiles)$/i.test(key);
      const listed = isListed && Array.isArray(inner) ? (inner as unknown[]) : [inner];
      for (const each of listed) values.push({ value: each, isListed });
    }
  }
  return values.flatMap(({ value, isListed }) =>
    typeof value === "string" && (isListed || DATA_FILE.test(value)) ? [value] : [],
  );
}

const DATA_FILE = /\.(?:csv|csv\.gz|csv\.zip|parquet)$/i;

/** @throws SageplanError `damaged-file` when it is not JSON */
export async function readManifest(path: string): Promise<Manifest> {
  const json = parseJson(
    await readText(path),
    (_, cause) =>
      new SageplanError(
        "damaged-file",
        `${path} is not readable JSON, so it can't tell which delivery is the newest. Download it again.`,
        { cause },
      ),
    // It is walked without recursion.
    Infinity,
  );
  return {
    path,
    dataFiles: [...new Set(dataFileNames(json).map((key) => `/${keyEnd(key)}`))],
    isCurrent: /(?:\d{8}-\d{8}|billing_period=[^/]+)\/[^/]+$/i.test(path),
  };
}

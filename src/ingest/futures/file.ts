import { realpath, stat } from "node:fs/promises";
import { sep } from "node:path";
import { SageplanError } from "../../domain/error.ts";
import { firstNames } from "../exports/detect-format.ts";
import { descriptorOf, matchColumns } from "../exports/formats.ts";
import { dataKindOf } from "../exports/file-kinds.ts";
import type { DataFile } from "../../domain/billing.ts";

const EXAMPLE =
  "usage_hour,account_id,usage_type,operation,usage_hours,on_demand_usd,scenario,probability then " +
  "2027-01-01T00:00:00Z,111122223333,USE1-Host:ml.m5.xlarge,RunInstance,1,0.23,growth,0.25";

/**
 * The one file of futures behind a path.
 * @throws SageplanError `path-not-found`, `wrong-call` for a folder, `unknown-format` by its name, `empty-file`
 */
export async function futuresFile(path: string): Promise<DataFile> {
  const info = await stat(path).catch(() => null);
  if (!info) {
    throw new SageplanError(
      "path-not-found",
      `${path} was not found. Check the spelling; scenarios are one file, not a pattern${/[*?]/.test(path) ? " such as this" : ""}.`,
    );
  }
  if (!info.isFile()) {
    throw new SageplanError(
      "wrong-call",
      `${path} is ${info.isDirectory() ? "a folder" : "no file"}: scenarios are one file, .csv, .csv.gz or .parquet. Name that file; ` +
        "if they lie in several, put them into one.",
    );
  }
  const kind = dataKindOf(path);
  if (!kind || kind === "json") {
    throw new SageplanError(
      "unknown-format",
      `${path} does not end in .csv, .csv.gz or .parquet, so it is not read as scenarios. Save it as one of those.`,
    );
  }
  if (info.size === 0) throw emptyFutures(path, "is empty (0 bytes)");
  return { path: (await realpath(path)).replaceAll(sep, "/"), kind, bytes: info.size };
}

export const emptyFutures = (path: string, what: string): SageplanError =>
  new SageplanError(
    "empty-file",
    `${path} ${what}; scenarios need a header and a row for each hour of use, for example: ${EXAMPLE}.`,
  );

/**
 * The header of a file of futures, or a refusal.
 * @throws SageplanError `missing-column`; `unknown-format` when two columns spell one
 */
export function requireFuturesHeader(path: string, header: readonly string[]): void {
  const matched = columnsIn(path, header);
  const missing = descriptorOf("futures").required.filter((name) => !matched.has(name));
  if (missing.length === 0) return;
  const columns = `${missing.length > 1 ? "the columns" : "the column"} ${missing.join(", ")}`;
  if (missing.every((name) => name === "scenario" || name === "probability")) {
    throw new SageplanError(
      "missing-column",
      `${path} lacks ${columns}. It looks like the normalized table; scenarios add to each row the scenario that it belongs to and ` +
        `that scenario's probability (0 to 1, the same on all its rows), for example: ${EXAMPLE}.`,
    );
  }
  const shown = firstNames(header);
  const semicolons = header.length === 1 && /[;\t|]/.test(shown);
  throw new SageplanError(
    "missing-column",
    `${path} lacks ${columns}: its ${header.length} ${header.length === 1 ? "column begins" : "columns begin"} with ${shown}. ` +
      (semicolons
        ? "Columns are separated by commas: save it as a CSV with those."
        : "Scenarios are the normalized table (sageplan normalize writes one of your exports) with a scenario and its probability on " +
          `each row, for example: ${EXAMPLE}.`),
  );
}

function columnsIn(path: string, header: readonly string[]): Map<string, string> {
  try {
    return matchColumns("futures", header);
  } catch (cause) {
    if (!(cause instanceof SageplanError)) throw cause;
    throw new SageplanError(cause.code, `${path}: ${cause.message}`, { cause });
  }
}

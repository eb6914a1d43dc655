/** Where in AWS's delivery layouts a file lies, or that other programs wrote it. */
import { basename, dirname } from "node:path";

export interface Place {
  /** Ends in the name without the part number, so that two exports in one folder are two. */
  root: string;
  /** `2026-10`; empty when only the rows can tell. */
  billingPeriod: string;
  version: string;
}

const LEGACY = /^(?<root>.*)\/(?<period>\d{6})\d{2}-\d{8}(?:\/(?<version>[^/]+))?\/[^/]+$/;

const PARTITION = /^(?<root>.*)\/billing_period=(?<period>\d{4}-\d{2})(?:\/(?<version>[^/]+))?\/[^/]+$/i;

const ATHENA = /^(?<root>.*)\/year=(?<year>\d{4})\/month=(?<month>\d{1,2})\/[^/]+$/i;

/**
 * How programs number the files of one table, each with what is the same in all of its names: Spark and Glue, DuckDB
 * and Snowflake, Hive, BigQuery, Athena and Trino, Redshift, Dask.
 */
const WRITERS: readonly RegExp[] = [
  /^(part-)\d{5}(?![0-9])/,
  /^(run-)\d+-part-/,
  /^(data_)(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27})(?:_\d+)*(?:\.|$)/,
  /^()\d{6}_\d+(?:_copy_\d+)?(?:\.|$)/,
  /^(.*?)\d{12}(?:\.|$)/,
  /^()\d{8}_\d{6}_\d{5}_[a-z0-9]{5}/,
  /^(.*?)\d{4}_part_\d{2}/,
  /^(part\.)\d+\./,
];

export const deliveryPlace = (path: string): Place => inLayout(path) ?? ofWriter(path) ?? alone(path);

function inLayout(path: string): Place | null {
  // In a period's folder whatever precedes the first digit: other programs number parts in ways of their own.
  const family = basename(path).replace(/\d.*$/, "");
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
  return athena
    ? {
        root: `${athena.root}/${family}`,
        billingPeriod: `${athena.year}-${(athena.month ?? "").padStart(2, "0")}`,
        version: "",
      }
    : null;
}

/** One table, whatever the folders KEY=VALUE that its parts lie in. */
function ofWriter(path: string): Place | null {
  const name = basename(path);
  const family = WRITERS.map((pattern) => pattern.exec(name)?.[1]).find((found) => found !== undefined);
  if (family === undefined) return null;
  const table = dirname(path).replace(/(?:\/[^/=]+=[^/]*)+$/, "");
  return { root: `${table}/${family}*`, billingPeriod: "", version: "" };
}

function alone(path: string): Place {
  const stem = basename(path).replace(
    /(?:-\d{1,5})?(?:\.snappy)?\.(?:csv|csv\.gz|parquet|json|json\.gz)$/i,
    "",
  );
  return { root: `${dirname(path)}/${stem}`, billingPeriod: "", version: "" };
}

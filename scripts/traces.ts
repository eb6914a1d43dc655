/** A folder of demand traces: `*.csv` or `*.csv.gz` with the columns `trace,hour_utc,demand_units`, one row an hour. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import type { Series } from "../src/index.ts";

export interface Trace {
  name: string;
  family: string;
  usd: Float64Array;
}

const EXPECTED = "*.csv or *.csv.gz with the columns trace,hour_utc,demand_units";

/** The folder that was named; ends the program where there is none. */
export function tracesFolder(folder: string | undefined, bench: string): string {
  if (folder !== undefined && existsSync(folder)) return folder;
  console.error(
    `${folder === undefined ? "No folder was named" : `${folder} does not exist`}. Say where the traces are: npm run bench -- ${bench} DIR. ` +
      `They are not part of this project: ${EXPECTED}.`,
  );
  process.exit(2);
}

/** All traces of a folder, by file and place; ends the program where there are none or one can't be read. */
export function readTraces(folder: string): Trace[] {
  const traces = readdirSync(folder)
    .filter((name) => /\.csv(\.gz)?$/.test(name))
    .sort()
    .flatMap((file) => tracesIn(folder, file));
  if (traces.length > 0) return traces;
  console.error(`${folder} holds no traces. Expected ${EXPECTED}.`);
  process.exit(2);
}

/** The first two words of a file's name: `alibaba_dlrm_services.csv.gz` and `alibaba_dlrm_fleet.csv.gz` are one family. */
const familyOf = (file: string): string =>
  file
    .replace(/\.csv(\.gz)?$/, "")
    .split("_")
    .slice(0, 2)
    .join("_");

function tracesIn(folder: string, file: string): Trace[] {
  const bytes = readFileSync(join(folder, file));
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const demand = new Map<string, number[]>();
  const rows = parse(text, { columns: true, skip_empty_lines: true }) as Record<string, string>[];
  for (const [n, row] of rows.entries()) {
    const units = Number(row["demand_units"]);
    if (row["trace"] === undefined || row["demand_units"] === "" || !(units >= 0)) {
      console.error(
        `${file}, line ${n + 2}: expected trace,hour_utc,demand_units with units of 0 or more, found ${JSON.stringify(row)}.`,
      );
      process.exit(3);
    }
    const known = demand.get(row["trace"]);
    if (known) known.push(units);
    else demand.set(row["trace"], [units]);
  }
  return [...demand].map(([name, usd]) => ({ name, family: familyOf(file), usd: Float64Array.from(usd) }));
}

/** One SKU a trace, at $1 a unit-hour. */
export function seriesOf(
  name: string,
  family: string,
  usage: readonly Float64Array[],
  ratios: readonly number[],
): Series {
  const hourCount = Math.min(...usage.map((usd) => usd.length));
  const onDemandUsd = new Float64Array(hourCount * usage.length);
  for (const [n, usd] of usage.entries()) onDemandUsd.set(usd.subarray(0, hourCount), n * hourCount);
  return {
    name,
    family,
    ratioOf: Float64Array.from(ratios),
    demand: {
      hourCount,
      items: usage.map((_, sku) => ({ account: "account", sku })),
      start: Int32Array.from({ length: usage.length + 1 }, (_, n) => n * hourCount),
      hour: Int32Array.from({ length: hourCount * usage.length }, (_, n) => n % hourCount),
      onDemandUsd,
    },
  };
}

/**
 * Files of Cost Explorer → rows in one spelling of ours, which `ingest/sql/cost_explorer.sql` tells in the words of a
 * Cost and Usage Report. Values are judged here, where their place in the file is known; DuckDB then adds up what was
 * understood.
 */
import { writeFile } from "node:fs/promises";
import type { CostExplorerFacts } from "../../domain/cost-explorer.ts";
import { SageplanError } from "../../domain/error.ts";
import { isoHour, type HourSpan } from "../../domain/hour.ts";
import { decimalText, sumPico, type Picodollars } from "../../domain/money.ts";
import { sha256OfFile } from "../files/checksum.ts";
import { COST_EXPLORER_COLUMNS } from "../exports/formats.ts";
import type { ExportFormat, DataFile } from "../../domain/billing.ts";
import { costExplorerCsv } from "./console-csv.ts";
import { costExplorerJson } from "./cli-json.ts";
import {
  isUsage,
  requireSageMaker,
  requireUsage,
  type CostExplorerRead,
  type CostExplorerRow,
} from "./row.ts";
import type { InputFile } from "../../domain/documents/provenance.ts";
import type { CsvSource } from "../exports/export-select.ts";

export interface CostExplorerPart {
  format: ExportFormat;
  source: CsvSource;
  input: InputFile;
  facts: CostExplorerFacts;
}

/** Reads one file and writes its rows to `kept`. @throws SageplanError naming file and place */
export async function readCostExplorer(
  file: DataFile,
  kept: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<CostExplorerPart> {
  const { path } = file;
  const isJson = file.kind === "json";
  const read = await (isJson ? costExplorerJson(path) : costExplorerCsv(path));
  const periods = inOrder(read.periods, path);
  requireSageMaker(read.rows, path);
  requireUsage(read.rows, path);
  await writeFile(kept, read.rows.map(lineOf).join(""), { flag: "wx", mode: 0o600 });
  return {
    format: isJson ? "Cost Explorer JSON" : "Cost Explorer CSV",
    source: {
      kind: "csv",
      paths: [kept],
      exports: [path],
      texts: [kept],
      isGzip: false,
      header: COST_EXPLORER_COLUMNS,
      numbered: true,
    },
    input: { path, sha256: await sha256OfFile(path, onBytes, signal), rows: read.rows.length },
    facts: {
      path,
      dimensions: read.dimensions,
      hasQuantities: read.rows.some(({ quantity }) => quantity !== null),
      hasNetCosts: read.rows.some(({ netUsd }) => netUsd !== null),
      periods,
      keys: read.keys,
      estimatedUsd: read.estimatedUsd,
      coveredSavingUsd: coveredSavingUsd(read.rows),
      open: openPeriod(read),
      totalUsd: sumPico(read.rows.map(({ unblendedUsd }) => unblendedUsd)),
      agreements: read.agreements,
    },
  };
}

/**
 * Ascending.
 * @throws SageplanError `duplicate-delivery` where two overlap: the same usage by day and by hour would count twice
 */
function inOrder(periods: readonly HourSpan[], path: string): HourSpan[] {
  const sorted = periods.toSorted((a, b) => a.from - b.from || a.to - b.to);
  const clash = sorted.findIndex((period, n) => n > 0 && period.from < sorted[n - 1]!.to);
  if (clash < 0) return sorted;
  const [a, b] = [sorted[clash - 1]!, sorted[clash]!];
  throw new SageplanError(
    "duplicate-delivery",
    `${path}: the periods ${isoHour(a.from)} to ${isoHour(a.to)} and ${isoHour(b.from)} to ${isoHour(b.to)} overlap, so usage would count twice. ` +
      "Keep one granularity.",
  );
}

/**
 * From the newest period that holds an amount on, when one at most is named after it; else the
 * newest: usage has stopped.
 */
function openPeriod({ rows, periods, final }: CostExplorerRead): HourSpan | null {
  const newest = periods.reduce<HourSpan | null>(
    (latest, span) => (latest === null || span.from > latest.from ? span : latest),
    null,
  );
  if (newest === null || final.has(newest.from)) return null;
  const used = rows.reduce((latest, { span }) => Math.max(latest, span.from), -Infinity);
  const empty = periods.filter(({ from }) => from > used).length;
  return empty <= 1 && used > -Infinity && !final.has(used) ? { from: used, to: newest.to } : newest;
}

/** Of amounts that state both: what amortizing takes off is what plans save. */
const coveredSavingUsd = (rows: readonly CostExplorerRow[]): Picodollars =>
  sumPico(
    rows
      .filter(isUsage)
      .map(({ unblendedUsd, amortizedUsd }) =>
        amortizedUsd !== null && abs(amortizedUsd) < abs(unblendedUsd) ? unblendedUsd - amortizedUsd : 0n,
      ),
  );

const abs = (pico: Picodollars): Picodollars => (pico < 0n ? -pico : pico);

/** A kept line: the number of the row, then `COST_EXPLORER_COLUMNS`. */
function lineOf(row: CostExplorerRow, n: number): string {
  const amount = (pico: Picodollars | null): string => (pico === null ? "" : decimalText(pico));
  const cells = [
    isoHour(row.span.from),
    isoHour(row.span.to),
    row.account,
    row.region,
    row.usageType,
    row.operation,
    row.recordType,
    row.currency,
    amount(row.unblendedUsd),
    amount(row.netUsd),
    amount(row.amortizedUsd),
    amount(row.quantity),
  ];
  return `${n + 1},${cells.map(quoted).join(",")}\n`;
}

const quoted = (cell: string): string => (cell === "" ? "" : `"${cell.replaceAll('"', '""')}"`);

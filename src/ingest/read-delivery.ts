/**
 * Billing exports → the relation `line`: every SageMaker row, summed over what no later question tells apart. CSV goes
 * through `ingest/exports/scan-csv.ts`, once; parquet is scanned by the engine with the filter pushed down, and hashed
 * beside it.
 */
import { join } from "node:path";
import type { DataFile, Delivery, DeliveryRead, ExportFormat } from "../domain/billing.ts";
import { groupBy } from "../domain/group.ts";
import type { InputFile } from "../domain/documents/provenance.ts";
import type { Effects } from "../domain/progress.ts";
import type { QueryEngine } from "../engine/query-engine.ts";
import { isConsoleCsv } from "./cost-explorer/console-table.ts";
import { readCostExplorer } from "./cost-explorer/read.ts";
import { exportSelect, headerOf, type Source } from "./exports/export-select.ts";
import { detectFormat } from "./exports/detect-format.ts";
import { anyUsageSql, columnsOf, FAMILY, matchColumns, rowsSql } from "./exports/formats.ts";
import { readParquetSchemas, type ParquetFile } from "./exports/parquet-schema.ts";
import { rowsInTwoParts } from "./exports/part-twins.ts";
import { periodUsage } from "./exports/period-usage.ts";
import { readCsv } from "./exports/read-csv.ts";
import { keepResourceHours } from "./exports/resource-hours.ts";
import { originOf, requireTrustworthy } from "./exports/row-faults.ts";
import { unreadable } from "./exports/unreadable.ts";
import { sha256OfFile } from "./files/checksum.ts";
import { inPool } from "./files/pool.ts";
import { sqlFile } from "./files/sql-file.ts";

/**
 * Each SageMaker row holds one of these: parts of `AmazonSageMaker`, `Amazon SageMaker` and
 * `MachineLearningSavingsPlans`. What else holds them is kept too and left to the SQL. Short and with a capital that is
 * rare in bills, they are found five times faster than the whole words (measured: 0.1 s against 0.5 s a gigabyte).
 */
const MARKS = ["Maker", "Learn"];

/** Inflating runs beside the main thread: three files keep two cores busy (measured), and the memory small. */
const FILES_AT_ONCE = 3;

interface Part {
  format: ExportFormat;
  source: Source;
}

/** What is asked of a delivery beyond its lines. */
export interface ReadOptions {
  /** Its resources' hours too, into `resource_hour`. */
  resources: boolean;
  /** It may be the first or the newest of all; see `ingest/exports/period-usage.ts`. */
  isEdge: boolean;
}

/** Reads one delivery into `line` under its number. */
export async function readDelivery(
  engine: QueryEngine,
  scratch: string,
  number: number,
  delivery: Delivery,
  onBytes: (bytes: number) => void,
  effects: Effects,
  { resources, isEdge }: ReadOptions,
): Promise<DeliveryRead> {
  const inputs: InputFile[] = [];
  const stem = join(scratch, `lines-${number}`);
  const asked = await costExplorerFiles(delivery.files);
  const exported = delivery.files.filter((file) => !asked.includes(file));
  const csv = await csvParts(stem, exported, inputs, onBytes, effects);
  const parquet = await readParquetSchemas(
    engine,
    exported.filter(({ kind }) => kind === "parquet"),
  );
  const costExplorer = await inPool(asked, FILES_AT_ONCE, (file, n) =>
    readCostExplorer(file, `${stem}-asked-${n}.csv`, onBytes, effects.signal),
  );
  inputs.push(...costExplorer.map(({ input }) => input));
  const columnar = parquetParts(parquet);
  const parts = [...csv, ...columnar, ...costExplorer];
  let added = 0;
  const tell = (): void =>
    effects.onProgress?.({ step: "Adding up", done: added, total: parts.length, unit: "parts" });
  const addUp = async (): Promise<void> => {
    for (const { format, source } of parts) {
      effects.signal?.throwIfAborted();
      tell();
      const family = FAMILY[format];
      try {
        await engine.view("export", exportSelect(family, source));
        await engine.view("charge", rowsSql(family));
        await engine.keep("line", sqlFile("lines"), [number]);
        await requireTrustworthy(engine, number, originOf(engine, format, source));
        if (resources) await keepResourceHours(engine);
      } catch (cause) {
        await unreadable(engine, [source], cause);
      }
      added += 1;
    }
  };
  inputs.push(...(await checksumsBeside(addUp, parquet, onBytes, tell, effects.signal)));
  const periods = await periodUsage(engine, number, delivery, parts, isEdge);
  const twins = delivery.isListed ? null : await rowsInTwoParts(engine, [...csv, ...columnar]);
  return {
    delivery,
    periods,
    formats: [...new Set(parts.map(({ format }) => format))],
    inputs: inputs.sort((a, b) => (a.path < b.path ? -1 : 1)),
    missingColumns: [...new Set(parts.flatMap(missingColumns))],
    ...(twins && { twins }),
    ...(costExplorer.length > 0 && { costExplorer: costExplorer.map(({ facts }) => facts) }),
  };
}

async function costExplorerFiles(files: readonly DataFile[]): Promise<DataFile[]> {
  const found = await inPool(
    files,
    FILES_AT_ONCE,
    async ({ kind, path }) => kind === "json" || (kind !== "parquet" && (await isConsoleCsv(path))),
  );
  return files.filter((_, n) => found[n]);
}

function missingColumns({ format, source }: Part): string[] {
  const matched = matchColumns(FAMILY[format], headerOf(source));
  return columnsOf(FAMILY[format]).filter((name) => !matched.has(name));
}

/** One part per header, from the kept lines of each file; files with multi-line records are parts of their own. */
async function csvParts(
  stem: string,
  files: readonly DataFile[],
  inputs: InputFile[],
  onBytes: (bytes: number) => void,
  effects: Effects,
): Promise<Part[]> {
  const csvFiles = files.filter(({ kind }) => kind === "csv" || kind === "csv.gz");
  const scanned = await inPool(csvFiles, FILES_AT_ONCE, async (file, n) => {
    effects.signal?.throwIfAborted();
    let format: ExportFormat | undefined;
    const { source, input } = await readCsv(file, `${stem}-${n}.csv`, {
      wanted: (names) => {
        format = knownFormat(names, file.path);
        return anyUsageSql(FAMILY[format]) === null ? null : MARKS;
      },
      onBytes,
      signal: effects.signal,
    });
    format ??= knownFormat(source.header, file.path);
    inputs.push(input);
    return { format, source };
  });
  const groups = groupBy(scanned, ({ source }) =>
    JSON.stringify([source.numbered, source.isGzip, ...source.header]),
  );
  return [...groups.values()].map((members) => ({
    format: members[0]!.format,
    source: {
      ...members[0]!.source,
      paths: members.flatMap(({ source }) => source.paths),
      exports: members.flatMap(({ source }) => source.exports),
      texts: members.flatMap(({ source }) => source.texts),
    },
  }));
}

/** @throws SageplanError `unknown-format`, of a header that spells a column twice too */
function knownFormat(header: readonly string[], path: string): ExportFormat {
  const format = detectFormat(header, path);
  matchColumns(FAMILY[format], header, path);
  return format;
}

function parquetParts(files: readonly ParquetFile[]): Part[] {
  const schemas = groupBy(files, ({ columns }) => columns.map(({ name, type }) => `${name} ${type}`).join());
  return [...schemas.values()].map((members) => {
    const { columns, names, file } = members[0]!;
    return {
      format: knownFormat(names, file.path),
      source: { kind: "parquet", paths: members.map((member) => member.file.path), columns, numbered: false },
    };
  });
}

/**
 * The engine reads parquet itself, and the checksums need another core: over ten thousand files both take 18 s, one
 * after the other 26 s (measured).
 */
async function checksumsBeside(
  addUp: () => Promise<void>,
  files: readonly ParquetFile[],
  onBytes: (bytes: number) => void,
  onDone: () => void,
  signal: AbortSignal | undefined,
): Promise<InputFile[]> {
  const sumsFailed = new AbortController();
  const either = AbortSignal.any([sumsFailed.signal, ...(signal ? [signal] : [])]);
  const checksums = inPool(files, FILES_AT_ONCE, async ({ file: { path }, rows }) => ({
    path,
    sha256: await sha256OfFile(path, onBytes, either),
    rows,
  }));
  // A failure is told by the last line, not as one that nobody handles.
  const ended = checksums.then(onDone, () => {});
  try {
    await addUp();
  } catch (cause) {
    sumsFailed.abort();
    await ended;
    throw cause;
  }
  return checksums;
}

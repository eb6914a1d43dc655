/**
 * The user's own futures: one file of the normalized table's rows, each with its scenario and that
 * scenario's probability.
 *
 * Two scans. The first, by scenario and item, tells in a few rows all that must be known and checked: names,
 * probabilities, the span, the items. The second adds up the hours and streams them into arrays. One scan would have to
 * keep every row with its texts: several gigabytes where the hours take half of one.
 */
import { dirname, join } from "node:path";
import type { DataFile } from "../../domain/billing.ts";
import { invariant } from "../../domain/error.ts";
import type { HourSpan } from "../../domain/hour.ts";
import type { InputFile } from "../../domain/documents/provenance.ts";
import type { Futures } from "../../domain/own-futures.ts";
import type { Effects } from "../../domain/progress.ts";
import type { HourlySpend } from "../../domain/usage.ts";
import type { QueryEngine } from "../../engine/query-engine.ts";
import { exportSelect, type Source } from "../exports/export-select.ts";
import { numberItems } from "../exports/hourly-spend.ts";
import { readParquetSchemas } from "../exports/parquet-schema.ts";
import { readCsv } from "../exports/read-csv.ts";
import { sha256OfFile } from "../files/checksum.ts";
import { sqlFile } from "../files/sql-file.ts";
import { whileUnchanged } from "../files/while-unchanged.ts";
import { unreadable } from "../exports/unreadable.ts";
import { withEngine } from "../with-engine.ts";
import { requireSoundFutures, type ToldScenario } from "./checks.ts";
import { emptyFutures, futuresFile, requireFuturesHeader } from "./file.ts";

/**
 * Reads futures from a `.csv`, `.csv.gz` or `.parquet`. Rows of one scenario, hour, account, usage type, operation and
 * region add up; hours that a scenario lacks are hours without use. `memory`: the engine's limit, `640MB`.
 * @throws SageplanError for every file that can't be trusted: `path-not-found`, `wrong-call`, `unknown-format`,
 *   `empty-file`, `unreadable-file`, `damaged-file`, `missing-column`, `bad-value`
 */
export async function readFutures(path: string, effects: Effects = {}, memory?: string): Promise<Futures> {
  const file = await futuresFile(path);
  const read = (engine: QueryEngine & { scratch: string }) => readFrom(engine, file, effects);
  return whileUnchanged([file.path], () => withEngine(memory, [dirname(file.path)], effects, read));
}

async function readFrom(
  engine: QueryEngine & { scratch: string },
  file: DataFile,
  effects: Effects,
): Promise<Futures> {
  const { source, input } = await openSource(engine, engine.scratch, file, effects);
  try {
    await engine.view("export", exportSelect("futures", source));
    await engine.view("charge", sqlFile("futures"));
    await engine.keep("line", sqlFile("futures_lines"));
  } catch (cause) {
    await unreadable(engine, [source], cause);
  }
  const scenarios = await toldScenarios(engine);
  const span = await requireSoundFutures({ engine, source, path: file.path }, scenarios);
  return {
    input,
    from: span.from,
    hourCount: span.to - span.from,
    scenarioNames: scenarios.map(({ name }) => name),
    probability: normalised(scenarios.map(({ leastProbability }) => Number(leastProbability))),
    spend: await loadSpend(engine, scenarios, span, effects),
  };
}

async function openSource(
  engine: QueryEngine,
  scratch: string,
  file: DataFile,
  effects: Effects,
): Promise<{ source: Source; input: InputFile }> {
  const { path } = file;
  let doneMegabytes = 0;
  const onBytes = (bytes: number): void => {
    doneMegabytes += bytes / 1e6;
    effects.onProgress?.({
      step: "Reading scenarios",
      done: doneMegabytes,
      total: file.bytes / 1e6,
      unit: "MB",
    });
  };
  if (file.kind === "parquet") {
    const [{ columns, names, rows } = { columns: [], names: [], rows: 0 }] = await readParquetSchemas(
      engine,
      [file],
    );
    const source: Source = { kind: "parquet", paths: [path], columns, numbered: false };
    requireFuturesHeader(path, names);
    return { source, input: { path, sha256: await sha256OfFile(path, onBytes, effects.signal), rows } };
  }
  const read = await readCsv(file, join(scratch, "futures.csv"), {
    // As soon as the header is known: a file of gigabytes need not be read to be refused.
    wanted: (header) => {
      requireFuturesHeader(path, header);
      return null;
    },
    onBytes,
    signal: effects.signal,
  });
  if (read.source.header.length === 0) throw emptyFutures(path, "holds nothing");
  return read;
}

async function toldScenarios(engine: QueryEngine): Promise<ToldScenario[]> {
  const scenarios = (await engine.rows(sqlFile("futures_scenarios"))).map((row) => ({
    name: String(row.scenario),
    rows: Number(row.row_count),
    faults: Number(row.fault_count),
    firstHour: Number(row.first_hour),
    lastHour: Number(row.last_hour),
    leastProbability: row.least_probability as bigint,
    greatestProbability: row.greatest_probability as bigint,
  }));
  const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const areIntegers = scenarios.every(({ name }) => /^[+-]?\d+$/.test(name));
  return scenarios.sort((a, b) =>
    areIntegers ? Number(a.name) - Number(b.name) || byText(a.name, b.name) : byText(a.name, b.name),
  );
}

function normalised(weights: readonly number[]): Float64Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Float64Array.from(weights, (weight) => weight / sum);
}

async function loadSpend(
  engine: QueryEngine,
  scenarios: readonly ToldScenario[],
  span: HourSpan,
  effects: Effects,
): Promise<HourlySpend> {
  const { skus, items } = await numberItems(engine);
  await engine.keepTexts("future", {
    scenario: scenarios.map(({ name }) => name),
    number: scenarios.map((_, n) => String(n)),
  });
  const rows = scenarios.reduce((sum, scenario) => sum + scenario.rows, 0);
  const hour = new Int32Array(rows);
  const item = new Int32Array(rows);
  const usageHours = new Float64Array(rows);
  const onDemandUsd = new Float64Array(rows);
  let at = 0;
  const tell = (): void =>
    effects.onProgress?.({ step: "Adding up scenarios", done: at, total: rows, unit: "rows" });
  tell();
  await engine.stream(sqlFile("futures_spend"), (columns, rowCount) => {
    effects.signal?.throwIfAborted();
    const [hours, itemsOfRows, usage, usd] = columns as readonly (readonly number[])[];
    hour.set(hours!, at);
    item.set(itemsOfRows!, at);
    usageHours.set(usage!, at);
    onDemandUsd.set(usd!, at);
    at += rowCount;
    tell();
  });
  invariant(at <= rows, `${at} hours of scenarios were added up out of ${rows} rows`);
  // Rows that add up leave room at the end: given back.
  const count = <A extends Int32Array | Float64Array>(array: A): A =>
    at === rows ? array : (array.slice(0, at) as A);
  const none = new Float64Array(at);
  return {
    from: span.from,
    hourCount: scenarios.length * (span.to - span.from),
    granularityHours: 1,
    skus,
    items,
    hour: count(hour),
    item: count(item),
    usageHours: count(usageHours),
    onDemandUsd: count(onDemandUsd),
    coveredOnDemandUsd: none,
    coveredSavingsPlanUsd: none,
    coveredByUnknownUsd: none,
  };
}

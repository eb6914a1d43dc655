/**
 * Many rows and many files: `npm run bench -- scale [-- --rows 10000000]` writes `docs/bench/<date>-scale.json`. A tenth of the rows, the rows and ten
 * times the rows (the same rows ten times, in files of their own), each against DuckDB's bare sums of the same columns; the rows in a hundred and in
 * ten thousand files; and the rows on a Trino of one node, against its own bare sums. Minutes, and some 20 GB of disk.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { inspect } from "../src/index.ts";
import { startTrino } from "../test/trino/trino-server.ts";
import { makeBenchData } from "./bench-data.ts";
import { median } from "./bench-export.ts";

const { values } = parseArgs({ options: { rows: { type: "string", default: "10000000" } } });
const ROWS = Number(values.rows);
const TIMES = 10;
const dir = join(tmpdir(), "sageplan-bench");
const root = join(import.meta.dirname, "..");

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const ratio = (part: number, whole: number): number => Number((part / whole).toFixed(3));

interface Measured {
  ms: number;
  peakMiB: number;
}

function task(name: string, folder: string): Measured {
  const script = join(root, "scripts/bench-task.ts");
  const child = spawnSync(process.execPath, ["--import", "tsx", script, name, folder], {
    cwd: root,
    encoding: "utf8",
  });
  if (child.status !== 0) throw new Error(`${name} failed: ${child.stderr}`);
  const measured = JSON.parse(child.stdout) as Measured;
  say(`${folder}: ${name}: ${measured.ms} ms, ${measured.peakMiB} MiB`);
  return measured;
}

/** Bare sums, our own sums and `inspect` in turn: what `inspect` takes beyond our sums is mostly checksums of the inputs. */
function against(folder: string, rows: number, times: number) {
  const runs = Array.from({ length: times }, () => ({
    bare: task("parquet-bare", folder),
    addingUp: task("parquet-ours", folder),
    inspect: task("inspect", folder),
  }));
  const bareMs = median(runs.map(({ bare }) => bare.ms));
  const addingUpMs = median(runs.map(({ addingUp }) => addingUp.ms));
  const inspectMs = median(runs.map((run) => run.inspect.ms));
  return {
    rows,
    bareMs,
    addingUpMs,
    inspectMs,
    addingUpToBare: ratio(addingUpMs, bareMs),
    inspectToBare: ratio(inspectMs, bareMs),
    inspectMsPerMillion: Math.round(inspectMs / (rows / 1e6)),
    peakMiB: Math.max(...runs.map((run) => run.inspect.peakMiB)),
  };
}

/** The same rows in another file: files that are the same byte for byte are refused. The writer's name stands in the footer. */
function signedBy(file: Buffer, n: number): Buffer {
  const at = file.lastIndexOf("DuckDB version");
  if (at < 0) throw new Error("no writer's name in the file");
  file.write(`Duck${n}B`, at);
  return file;
}

/** The same files ten times, under names of their own. */
function tenfold(files: readonly string[]): string {
  const folder = dirname(files[0]!).replace(
    `${ROWS}-rows`,
    `${ROWS * TIMES}-rows-copied-from-${files.length}`,
  );
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < TIMES; n++) {
    for (const [k, file] of files.entries()) {
      const name = basename(file).replace(/\d{5}/, String(n * files.length + k + 1).padStart(5, "0"));
      if (!existsSync(join(folder, name))) writeFileSync(join(folder, name), signedBy(readFileSync(file), n));
    }
  }
  return dirname(folder);
}

async function onTrino(files: readonly string[]) {
  const trino = await startTrino();
  try {
    const folder = join(trino.files, "bench", "billing_period=2026-10");
    mkdirSync(folder, { recursive: true });
    for (const file of files) cpSync(file, join(folder, basename(file)));
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const described = await connection.runAndReadAll(
      `DESCRIBE SELECT * FROM read_parquet('${files[0]}', hive_partitioning = false)`,
    );
    const types: Record<string, string> = {
      TIMESTAMP: "timestamp(3)",
      "MAP(VARCHAR, VARCHAR)": "map(varchar, varchar)",
    };
    const columns = described
      .getRows()
      .map(([name, type]) => [String(name), types[String(type)] ?? String(type).toLowerCase()]);
    await trino.execute("CREATE SCHEMA hive.cur");
    await trino.execute(
      `CREATE TABLE hive.cur.bench (${columns.map(([name, type]) => `"${name}" ${type}`).join(", ")}, billing_period varchar) ` +
        "WITH (format = 'PARQUET', external_location = 'local:///bench', partitioned_by = ARRAY['billing_period'])",
    );
    await trino.execute(
      "CALL hive.system.register_partition('cur', 'bench', ARRAY['billing_period'], ARRAY['2026-10'], 'local:///bench/billing_period=2026-10')",
    );
    const summed = columns
      .filter(([name]) => /^(line_item|pricing|savings_plan|product_region|bill_payer)/.test(name!))
      .map(([name, type]) => (type === "double" ? `sum("${name}")` : `max("${name}")`));
    const bare = `SELECT ${summed.join(", ")} FROM hive.cur.bench WHERE line_item_product_code IN ('AmazonSageMaker', 'MachineLearningSavingsPlans')`;
    const table = {
      exports: [],
      engine: "trino",
      server: trino.url,
      catalog: "hive",
      schema: "cur",
      table: "bench",
    } as const;
    const bareMs: number[] = [];
    const oursMs: number[] = [];
    for (let n = 0; n < 4; n++) {
      const start = performance.now();
      await trino.execute(bare);
      const between = performance.now();
      await inspect(table);
      if (n > 0) {
        bareMs.push(between - start);
        oursMs.push(performance.now() - between);
      }
    }
    const [least, ours] = [Math.round(median(bareMs)), Math.round(median(oursMs))];
    return { rows: ROWS, bareMs: least, inspectMs: ours, inspectToBare: ratio(ours, least) };
  } finally {
    await trino.stop();
  }
}

const folderOf = ({ parquetFiles }: { parquetFiles: string[] }): string => dirname(dirname(parquetFiles[0]!));
const make = (rows: number, partCount?: number) =>
  makeBenchData(dir, rows, { withCsv: false, ...(partCount && { partCount }) });

const small = await make(ROWS / 10);
const whole = await make(ROWS);
say("data: made");
const line = [
  against(folderOf(small), ROWS / 10, 3),
  against(folderOf(whole), ROWS, 3),
  against(tenfold(whole.parquetFiles), ROWS * TIMES, 3),
];
// The same rows in a hundred files and in ten thousand: of a hundred rows each, then of ten thousand.
const inParts = [];
for (const partCount of [100, 10_000]) {
  const made = await make(ROWS / 10, partCount);
  inParts.push({ parts: partCount, ...against(folderOf(made), ROWS / 10, 3) });
}
const cutSmall = await make(ROWS, 10_000 / TIMES);
const wholeParts = [
  { parts: 100, ...line[2]! },
  { parts: 10_000, ...against(tenfold(cutSmall.parquetFiles), ROWS * TIMES, 3) },
];
const trino = await onTrino(whole.parquetFiles);
const date = new Date().toISOString().slice(0, 10);
const machine = {
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
};
const text = `${JSON.stringify({ date, machine, line, parts: inParts, tenThousandToHundred: { tiny: ratio(inParts[1]!.inspectMs, inParts[0]!.inspectMs), small: ratio(wholeParts[1]!.inspectMs, wholeParts[0]!.inspectMs) }, wholeParts, trino }, null, 1)}\n`;
writeFileSync(join(root, `docs/bench/${date}-scale.json`), text);
console.log(text);

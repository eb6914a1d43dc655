/**
 * `npm run bench [-- --rows N] [-- --only program]`: speed as ratios of one run, into `docs/bench/<date>.json`. Every
 * measurement runs in its own process; pairs that make a ratio alternate, and medians are compared. The first run makes its data
 * (some minutes).
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { makeBenchData } from "./bench-data.ts";

interface Measured {
  ms: number;
  peakMiB: number;
  result?: object;
}

interface Median {
  ms: number;
  peakMiB: number;
}

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: { rows: { type: "string", default: "10000000" }, only: { type: "string" } },
});
const rows = Number(values.rows);

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
const ratio = (part: number, whole: number): number => Number((part / whole).toFixed(3));
const say = (text: string): void => void process.stderr.write(`${text}\n`);

function task(name: string, folder = ""): Measured {
  const script = join(root, "scripts/bench-task.ts");
  const child = spawnSync(process.execPath, ["--import", "tsx", script, name, folder], {
    cwd: root,
    encoding: "utf8",
  });
  if (child.status !== 0) throw new Error(`${name} failed: ${child.stderr}`);
  const measured = JSON.parse(child.stdout) as Measured;
  say(`${name}: ${measured.ms} ms, ${measured.peakMiB} MiB`);
  return measured;
}

/** Runs the tasks in turn, `times` rounds; medians of the times, the largest peak. */
function rounds(names: readonly string[], folder: string, times: number): Record<string, Median> {
  const all = Array.from({ length: times }, () => names.map((name) => task(name, folder)));
  return Object.fromEntries(
    names.map((name, n) => [
      name,
      {
        ms: median(all.map((round) => round[n]!.ms)),
        peakMiB: Math.max(...all.map((round) => round[n]!.peakMiB)),
      },
    ]),
  );
}

function processMs(args: string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "ignore" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}`);
  return performance.now() - start;
}

function startup() {
  const pairs = Array.from({ length: 30 }, () => ({
    bare: processMs(["-e", "0"]),
    help: processMs(["dist/cli/main.js", "--help"]),
  }));
  const bareMs = median(pairs.map(({ bare }) => bare));
  const helpMs = median(pairs.map(({ help }) => help));
  say(`--help: ${helpMs.toFixed(0)} ms, bare node ${bareMs.toFixed(0)} ms`);
  return { bareNodeMs: Math.round(bareMs), helpMs: Math.round(helpMs), ratio: ratio(helpMs, bareMs) };
}

/** Reading bills: as parquet and as csv.gz. */
async function benchIngest() {
  say(`data: ${rows} rows in ${join(tmpdir(), "sageplan-bench")}`);
  const { parquetFiles, csvGzFiles } = await makeBenchData(join(tmpdir(), "sageplan-bench"), rows);
  const parquetFolder = dirname(parquetFiles[0]!);
  const csvFolder = dirname(csvGzFiles[0]!);

  const parquet = rounds(["parquet-bare", "parquet-ours", "inspect", "sha256"], parquetFolder, 5);
  const csv = rounds(["gunzip", "inspect"], csvFolder, 3);
  const csvDuckDb = task("csv-duckdb", csvFolder);
  return {
    rows,
    parquet: {
      bareSumMs: parquet["parquet-bare"]!.ms,
      /** Every column typed, classed and added up. */
      addingUpMs: parquet["parquet-ours"]!.ms,
      /** Hashing the inputs for provenance: every byte is read, where a query reads some columns. */
      sha256Ms: parquet.sha256!.ms,
      /** The whole command: footers, hashing beside adding up, replaying the owned plans. */
      inspectMs: parquet.inspect!.ms,
      peakMiB: parquet.inspect!.peakMiB,
      ratio: ratio(parquet["parquet-ours"]!.ms, parquet["parquet-bare"]!.ms),
      ratioOfWholeCommand: ratio(parquet.inspect!.ms, parquet["parquet-bare"]!.ms),
    },
    csvGz: {
      gunzipMs: csv.gunzip!.ms,
      inspectMs: csv.inspect!.ms,
      duckDbScanMs: csvDuckDb.ms,
      peakMiB: csv.inspect!.peakMiB,
      duckDbPeakMiB: csvDuckDb.peakMiB,
      ratio: ratio(csv.inspect!.ms, csv.gunzip!.ms),
      timesFasterThanDuckDb: ratio(csvDuckDb.ms, csv.inspect!.ms),
    },
  };
}

const ingest = values.only === "program" ? {} : await benchIngest();
const optimum = task("optimum").result;
/** Each in its own process: its peak is its memory. */
const whole = [1, 2, 3].map((plans) => {
  const { peakMiB, result } = task(`program-${plans}`);
  return { ...(result as { ms: number; plans: number }), peakMiB };
});
const program = {
  againstHighs: task("program-highs").result,
  /** 100 scenarios × 26,280 hours × 200 SKUs to a certified gap of 1e-4, by number of plans. */
  whole,
  ratioOfTwoPlans: ratio(whole[1]!.ms, whole[0]!.ms),
  ratioOfThreePlans: ratio(whole[2]!.ms, whole[0]!.ms),
  hours: task("program-line").result,
};

const report = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  ...ingest,
  optimum,
  program,
  startup: startup(),
};
const part = values.only === undefined ? "" : `-${values.only}`;
const file = join(root, "docs/bench", `${report.date}${part}.json`);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
say(`wrote ${file}`);

/** What each command does: loads the library, runs the verb, shows the result. */
import { existsSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type {
  BacktestOptions,
  HeadroomVerbOptions,
  InspectOptions,
  NormalizeOptions,
  RecommendOptions,
  ReviewOptions,
  SimulateOptions,
} from "../index.ts";
import { styleOf } from "./io.ts";
import type { Io, Sageplan } from "./io.ts";
import { jsonDocument, writeFolder, type OutputFile } from "./output.ts";
import { withProgress } from "./progress.ts";

export type InspectFlags = Omit<InspectOptions, "exports"> & { json?: true };
export type NormalizeFlags = Omit<NormalizeOptions, "exports">;
/** Where `recommend` and `simulate` write. */
interface Outputs {
  json?: true;
  csv?: string;
  xlsx?: string;
  html?: string;
  markdown?: string;
}
export type RecommendFlags = Omit<RecommendOptions, "exports"> & Outputs;
export type SimulateFlags = Omit<SimulateOptions, "exports" | "commitments"> & {
  commitment: SimulateOptions["commitments"];
} & Outputs;
export type BacktestFlags = Omit<BacktestOptions, "exports"> & { json?: true; csv?: string };
export type HeadroomFlags = Omit<HeadroomVerbOptions, "exports"> & {
  json?: true;
  markdown?: string;
  eventsOut?: string;
};
export type ReviewFlags = Omit<ReviewOptions, "exports"> & { json?: true; markdown?: string };
export interface DemoFlags {
  json?: true;
  csv: string;
}

export async function inspect(exports: string[], { json, ...options }: InspectFlags, io: Io): Promise<void> {
  const sageplan = await io.load();
  const inspection = await withProgress(io, (effects) => sageplan.inspect({ exports, ...options }, effects));
  io.signal.throwIfAborted();
  io.out.write(json ? jsonDocument(inspection) : sageplan.inspectionText(inspection, styleOf(io)));
}

export async function normalize(exports: string[], options: NormalizeFlags, io: Io): Promise<void> {
  const sageplan = await io.load();
  const result = await withProgress(io, (effects) => sageplan.normalize({ exports, ...options }, effects));
  const { out, rows, from, to, findings } = result;
  io.out.write(`Wrote ${out}: ${rows.toLocaleString("en-US")} rows, ${from} to ${to}\n`);
  if (findings.length > 0) io.out.write(`\n${sageplan.findingsText(findings, styleOf(io))}\n`);
}

export async function recommend(exports: string[], flags: RecommendFlags, io: Io): Promise<void> {
  const [outputs, options] = outputsOf(flags);
  const sageplan = await io.load();
  const result = await withProgress(io, (effects) => sageplan.recommend({ exports, ...options }, effects));
  await show(sageplan, result, sageplan.recommendationText, outputs, io);
}

function outputsOf<T extends Outputs>(flags: T): [Outputs, Omit<T, keyof Outputs>] {
  const { json, csv, xlsx, html, markdown, ...options } = flags;
  return [
    {
      ...(json && { json }),
      ...(csv !== undefined && { csv }),
      ...(xlsx !== undefined && { xlsx }),
      ...(html !== undefined && { html }),
      ...(markdown !== undefined && { markdown }),
    },
    options,
  ];
}

export async function simulate(exports: string[], flags: SimulateFlags, io: Io): Promise<void> {
  const [outputs, { commitment, ...options }] = outputsOf(flags);
  const sageplan = await io.load();
  const result = await withProgress(io, (effects) =>
    sageplan.simulate({ exports, commitments: commitment, ...options }, effects),
  );
  await show(sageplan, result, sageplan.simulationText, outputs, io);
}

export async function headroom(exports: string[], flags: HeadroomFlags, io: Io): Promise<void> {
  const { json, markdown, eventsOut, ...options } = flags;
  const sageplan = await io.load();
  const result = await withProgress(io, (effects) => sageplan.headroom({ exports, ...options }, effects));
  io.signal.throwIfAborted();
  const written = [
    ...(eventsOut === undefined
      ? []
      : saveFile(sageplan, eventsOut, sageplan.eventsYaml(result), "--events-out")),
    ...(markdown === undefined
      ? []
      : saveFile(sageplan, markdown, sageplan.headroomMarkdown(result), "--markdown")),
  ];
  const notes = written.map((path) => `Wrote ${path}\n`).join("");
  if (json) io.err.write(notes);
  io.out.write(
    json ? jsonDocument(result) : sageplan.headroomText(result, styleOf(io)) + (notes && `\n${notes}`),
  );
}

const DECISION_DUE = 10;

/** The exit code: 10 when a person has something to decide. */
export async function review(exports: string[], flags: ReviewFlags, io: Io): Promise<number> {
  const { json, markdown, ...options } = flags;
  const sageplan = await io.load();
  const result = await withProgress(io, (effects) =>
    sageplan.review(
      { exports, ...options },
      { ...effects, now: Date.now, onNote: (note) => io.err.write(`sageplan: ${note}\n`) },
    ),
  );
  // An interruption from here on comes too late: the store has the review, so it is shown and its exit code told.
  const written =
    markdown === undefined ? [] : saveFile(sageplan, markdown, sageplan.reviewMarkdown(result), "--markdown");
  const notes = written.map((path) => `Wrote ${path}\n`).join("");
  if (json) io.err.write(notes);
  io.out.write(
    json ? jsonDocument(result) : sageplan.reviewText(result, styleOf(io)) + (notes && `\n${notes}`),
  );
  return result.decisionDue ? DECISION_DUE : 0;
}

export async function backtest(exports: string[], flags: BacktestFlags, io: Io): Promise<void> {
  const { json, csv, ...options } = flags;
  const sageplan = await io.load();
  const result = await withProgress(io, (effects) => sageplan.backtest({ exports, ...options }, effects));
  io.signal.throwIfAborted();
  const written = csv === undefined ? [] : save(sageplan, csv, sageplan.backtestCsvFiles(result));
  const notes = written.map((path) => `Wrote ${path}\n`).join("");
  if (json) io.err.write(notes);
  io.out.write(
    json ? jsonDocument(result) : sageplan.backtestText(result, styleOf(io)) + (notes && `\n${notes}`),
  );
}

/** Files first: whoever reads the text finds them there. */
async function show(
  sageplan: Sageplan,
  result: Awaited<ReturnType<Sageplan["recommend"]>>,
  textOf: Sageplan["recommendationText"],
  { json, csv, xlsx, html, markdown }: Outputs,
  io: Io,
): Promise<void> {
  const { recommendation, hourlyUse } = result;
  io.signal.throwIfAborted();
  const workbook = xlsx === undefined ? "" : await sageplan.workbookXlsx(recommendation, result.along());
  const page = html === undefined ? "" : await sageplan.documentHtml(result);
  io.signal.throwIfAborted();
  const written = [
    ...(csv === undefined ? [] : save(sageplan, csv, sageplan.csvFiles(recommendation, hourlyUse))),
    ...(xlsx === undefined ? [] : saveFile(sageplan, xlsx, workbook, "--xlsx")),
    ...(html === undefined ? [] : saveFile(sageplan, html, page, "--html")),
    ...(markdown === undefined
      ? []
      : saveFile(sageplan, markdown, sageplan.documentMarkdown(recommendation), "--markdown")),
  ];
  const notes = written.map((path) => `Wrote ${path}\n`).join("");
  if (!json) {
    io.out.write(textOf(recommendation, styleOf(io)) + (notes && `\n${notes}`));
    return;
  }
  const warning = sageplan.illustrativeWarning(recommendation);
  io.err.write((warning === null ? "" : `sageplan: ${warning}\n`) + notes);
  io.out.write(jsonDocument(recommendation));
}

/** `recommend` on the shipped fixture, after saying so. One year: the fixture's rates for three are not AWS's. */
export async function demo({ json, csv }: DemoFlags, io: Io): Promise<void> {
  const fixture = fileURLToPath(new URL("../../fixtures/ml-company/cur2-parquet", import.meta.url));
  const sageplan = await io.load();
  if (!existsSync(fixture)) {
    throw new sageplan.SageplanError(
      "path-not-found",
      `the demo's billing export is missing: ${fixture}. It ships with sageplan; install sageplan again, or make it with "npm run fixtures" in a checkout.`,
    );
  }
  (json ? io.err : io.out).write(
    "The demo reads a made-up company's billing export (AWS CUR 2.0, parquet), works out the best commitment, and writes\n" +
      `the figures as CSV into ${csv}. The same as:\n\n` +
      `  sageplan recommend ${relative(process.cwd(), fixture) || "."} --term 1yr --csv ${csv}\n\n`,
  );
  await recommend([fixture], { term: "1yr", csv, ...(json ? { json } : {}) }, io);
}

type FileOption = "--xlsx" | "--html" | "--markdown" | "--events-out";

const saveFile = (sageplan: Sageplan, path: string, text: OutputFile["text"], option: FileOption): string[] =>
  save(sageplan, dirname(path), [{ name: basename(path), text }], option);

/** Writes the files or throws the fault that exit code 3 stands for. */
function save(
  sageplan: Sageplan,
  folder: string,
  files: OutputFile[],
  option: "--csv" | FileOption = "--csv",
): string[] {
  const what = option === "--csv" ? "the CSV files" : files[0]!.name;
  try {
    return writeFolder(folder, files);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new sageplan.SageplanError(
      "cannot-write",
      `cannot write ${what} into ${folder}: ${why}. Nothing was written there; choose another place with ${option}.`,
      { cause },
    );
  }
}

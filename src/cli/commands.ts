/** What each command does: loads the library, runs the verb, shows the result. */
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { AnyDocument, Pull, Summary } from "../index.ts";
import type { decisionOutputs, SectionName } from "../domain/options/outputs.ts";
import type { FlagsOf } from "../domain/options/option.ts";
import type { VerbFlags, VerbName } from "../domain/options/verbs.ts";
import { harmless } from "./errors.ts";
import { EXIT } from "./exit-codes.ts";
import { styleOf } from "./io.ts";
import type { Io, Sageplan } from "./io.ts";
import { jsonDocument, writeFiles, type OutputFile } from "./output.ts";
import { withProgress } from "./progress.ts";

type Outputs = FlagsOf<typeof decisionOutputs>;

const writtenText = (paths: readonly string[]): string =>
  paths.map((path) => `Wrote ${harmless(path)}\n`).join("");

/** What an engine elsewhere would be asked, in place of asking. */
export async function printSql(
  exports: readonly string[],
  flags: VerbFlags<"inspect">,
  io: Io,
): Promise<void> {
  const sageplan = await io.load();
  io.out.write(await withProgress(io, (effects) => sageplan.billingSql({ exports, ...flags }, effects)));
}

async function runInspect(
  exports: readonly string[],
  { json, details, quiet, ...options }: VerbFlags<"inspect">,
  io: Io,
): Promise<void> {
  const sageplan = await io.load();
  const inspection = await withProgress(io, (effects) => sageplan.inspect({ exports, ...options }, effects));
  io.signal.throwIfAborted();
  print(sageplan, inspection, { json, details, quiet }, [], io);
}

/** A document on standard output: for a program, or for a person; then which files were written. */
function print(
  sageplan: Sageplan,
  document: AnyDocument,
  { json, details, quiet }: { [O in "json" | "details" | "quiet"]: Outputs[O] | undefined },
  written: readonly string[],
  io: Io,
): void {
  const notes = writtenText(written);
  if (json) {
    io.err.write(notes);
    io.out.write(jsonDocument(document));
    return;
  }
  const style = styleOf(io);
  io.out.write((quiet ? sageplan.quietText : sageplan.summaryText)(document, style));
  io.out.write(sageplan.detailsText(document, details ?? [], style) + (notes && `\n${notes}`));
}

async function runNormalize(
  exports: readonly string[],
  options: VerbFlags<"normalize">,
  io: Io,
): Promise<void> {
  const sageplan = await io.load();
  const result = await withProgress(io, (effects) => sageplan.normalize({ exports, ...options }, effects));
  const { out, rows, from, to, currency, findings } = result;
  io.out.write(`Wrote ${harmless(out)}: ${rows.toLocaleString("en-US")} rows, ${from} to ${to}\n`);
  if (findings.length > 0) io.out.write(`\n${sageplan.findingsText({ currency, findings }, styleOf(io))}\n`);
}

async function runRecommend(
  exports: readonly string[],
  flags: VerbFlags<"recommend">,
  io: Io,
): Promise<void> {
  const sageplan = await io.load();
  const [outputs, options] = outputsOf(flags, sageplan);
  const asked = { exports, ...options };
  if (isSummaryEnough(outputs, options)) {
    const summary = await withProgress(io, (effects) => sageplan.recommendSummary(asked, effects));
    return showSummary(sageplan, summary, outputs, io);
  }
  const result = await withProgress(io, (effects) => sageplan.recommend(asked, effects));
  await show(sageplan, result, outputs, sectionsFor(options), io);
}

/** Nothing is asked for that a summary does not hold. */
const isSummaryEnough = (
  outputs: Outputs,
  options: { compareAws?: string | undefined; ladder?: number | undefined },
): boolean => Object.keys(outputs).every((key) => key === "quiet") && sectionsFor(options).length === 0;

/** Options that ask for a section are answered by it. */
const sectionsFor = ({ compareAws, ladder }: Parameters<typeof isSummaryEnough>[1]): SectionName[] => [
  ...(compareAws === undefined ? [] : ["comparison" as const]),
  ...(ladder === undefined ? [] : ["ladder" as const]),
];

function showSummary(sageplan: Sageplan, summary: Summary, { quiet }: Outputs, io: Io): void {
  io.signal.throwIfAborted();
  io.out.write((quiet ? sageplan.quietText : sageplan.summaryText)(summary, styleOf(io)));
}

function outputsOf<T extends Outputs>(flags: T, sageplan: Sageplan): [Outputs, Omit<T, keyof Outputs>] {
  const { json, csv, xlsx, html, markdown, details, quiet, ...options } = flags;
  const named = Object.entries({ xlsx, html, markdown }).filter(([, path]) => path !== undefined);
  for (const [n, [option, path]] of named.entries()) {
    const [other] = named.find(([, before], m) => m < n && resolve(before!) === resolve(path!)) ?? [];
    if (other !== undefined) {
      throw new sageplan.SageplanError(
        "wrong-call",
        `--${other} and --${option} both name ${path}: one would overwrite the other. Give each a file of its own.`,
      );
    }
  }
  return [
    {
      ...(json && { json }),
      ...(csv !== undefined && { csv }),
      ...(xlsx !== undefined && { xlsx }),
      ...(html !== undefined && { html }),
      ...(markdown !== undefined && { markdown }),
      ...(details !== undefined && { details }),
      ...(quiet && { quiet }),
    },
    options,
  ];
}

async function runSimulate(exports: readonly string[], flags: VerbFlags<"simulate">, io: Io): Promise<void> {
  const sageplan = await io.load();
  const [outputs, { commitments, ...options }] = outputsOf(flags, sageplan);
  const asked = { exports, commitments, ...options };
  if (isSummaryEnough(outputs, options)) {
    const summary = await withProgress(io, (effects) => sageplan.simulateSummary(asked, effects));
    return showSummary(sageplan, summary, outputs, io);
  }
  const result = await withProgress(io, (effects) => sageplan.simulate(asked, effects));
  await show(sageplan, result, outputs, sectionsFor(options), io);
}

async function runHeadroom(exports: readonly string[], flags: VerbFlags<"headroom">, io: Io): Promise<void> {
  const { json, details, quiet, markdown, eventsOut, ...options } = flags;
  const sageplan = await io.load();
  const result = await withProgress(io, (effects) => sageplan.headroom({ exports, ...options }, effects));
  io.signal.throwIfAborted();
  const written = save(sageplan, [
    ...fileOf("--events-out", eventsOut, eventsOut === undefined ? "" : sageplan.eventsYaml(result)),
    ...fileOf("--markdown", markdown, markdown === undefined ? "" : sageplan.headroomMarkdown(result)),
  ]);
  print(sageplan, result, { json, details, quiet }, written, io);
}

/** The exit code: 10 when a person has something to decide. */
async function runReview(exports: readonly string[], flags: VerbFlags<"review">, io: Io): Promise<number> {
  const { json, details, quiet, markdown, ...options } = flags;
  const sageplan = await io.load();
  const result = await withProgress(io, (effects) =>
    sageplan.review({ exports, ...options }, { ...effects, now: Date.now }),
  );
  // An interruption from here on comes too late: the store has the review, so it is shown and its exit code told.
  const written = save(sageplan, fileOf("--markdown", markdown, sageplan.reviewMarkdown(result)));
  print(sageplan, result, { json, details, quiet }, written, io);
  return result.decisionDue ? EXIT.decisionDue : 0;
}

/** The exit code: 4 when a question has no answer. */
async function runPull(what: readonly string[], flags: VerbFlags<"pull">, io: Io): Promise<number> {
  const { json, ...options } = flags;
  const sageplan = await io.load();
  const result = await withProgress(io, (effects) =>
    sageplan.pull({ what: what as readonly Pull[], ...options }, { ...effects, now: Date.now }),
  );
  io.out.write(json ? jsonDocument(result) : sageplan.pullText(result, styleOf(io)));
  return result.isComplete ? 0 : EXIT.engine;
}

async function runBacktest(exports: readonly string[], flags: VerbFlags<"backtest">, io: Io): Promise<void> {
  const { json, details, quiet, csv, ...options } = flags;
  const sageplan = await io.load();
  const result = await withProgress(io, (effects) => sageplan.backtest({ exports, ...options }, effects));
  io.signal.throwIfAborted();
  const written = save(sageplan, folderOf(csv, sageplan.backtestCsvFiles(result)));
  print(sageplan, result, { json, details, quiet }, written, io);
}

/** Files first: whoever reads the text finds them there. */
async function show(
  sageplan: Sageplan,
  result: Awaited<ReturnType<Sageplan["recommend"]>>,
  { json, csv, xlsx, html, markdown, details, quiet }: Outputs,
  askedFor: readonly SectionName[],
  io: Io,
): Promise<void> {
  const { recommendation, hourlyUse } = result;
  io.signal.throwIfAborted();
  const workbook =
    xlsx === undefined ? "" : await sageplan.workbookXlsx(recommendation, result.commitmentTable());
  const page = html === undefined ? "" : await sageplan.documentHtml(result);
  const ticket = markdown === undefined ? "" : sageplan.documentMarkdown(recommendation);
  io.signal.throwIfAborted();
  const written = save(sageplan, [
    ...folderOf(csv, csv === undefined ? [] : sageplan.csvFiles(recommendation, hourlyUse)),
    ...fileOf("--xlsx", xlsx, workbook),
    ...fileOf("--html", html, page),
    ...fileOf("--markdown", markdown, ticket),
  ]);
  const sections = details === "all" ? details : [...askedFor, ...(details ?? [])];
  const warning = json ? sageplan.illustrativeWarning(recommendation) : null;
  if (warning !== null) io.err.write(`sageplan: ${warning}\n`);
  print(sageplan, recommendation, { json, details: sections, quiet }, written, io);
}

/** `recommend` on the shipped fixture, after saying so. One year: the fixture's rates for three are not AWS's. */
async function runDemo(_: readonly string[], { json, csv }: VerbFlags<"demo">, io: Io): Promise<void> {
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
  await runRecommend([fixture], { term: "1yr", csv, ...(json ? { json } : {}) }, io);
}

/** A file, and the option that asked for it. */
interface Asked extends OutputFile {
  option: string;
}

const fileOf = (option: string, path: string | undefined, text: OutputFile["text"]): Asked[] =>
  path === undefined ? [] : [{ option, path, text }];

const folderOf = (folder: string | undefined, files: readonly { name: string; text: string }[]): Asked[] =>
  folder === undefined
    ? []
    : files.map(({ name, text }) => ({ option: "--csv", path: join(folder, name), text }));

/** Writes all of them or throws the fault that exit code 3 stands for. */
const save = (sageplan: Sageplan, files: readonly Asked[]): string[] =>
  writeFiles(files, (cause, { path, option }) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new sageplan.SageplanError(
      "cannot-write",
      `cannot write ${path}: ${why}. Nothing was written; choose another place with ${option}.`,
      { cause },
    );
  });

type Runs = {
  [V in VerbName]: (given: readonly string[], flags: VerbFlags<V>, io: Io) => Promise<number | void>;
};

export const COMMANDS: Runs = {
  demo: runDemo,
  inspect: runInspect,
  normalize: runNormalize,
  recommend: runRecommend,
  simulate: runSimulate,
  headroom: runHeadroom,
  review: runReview,
  backtest: runBacktest,
  pull: runPull,
};

/** The commands, their options and their help. What they do is in `commands.ts`, which is loaded when one runs. */
import { readFileSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import type { DemoFlags, InspectFlags, NormalizeFlags, RecommendFlags } from "./commands.ts";
import type { Io } from "./io.ts";
import { addLaterCommands, addLaterOptions } from "./later.ts";
import { discountValue, futuresValue, instantValue, memoryValue, tablePathValue } from "./values.ts";

const EXPORTS =
  "billing exports: files, folders or globs; CUR, CUR 2.0, FOCUS or the normalized table, mixed as you like";
const RATES = "Savings Plans rates: AWS's JSON, a price list, or CSV; takes every name up to the next option";
const OWNED =
  'plans you own: what "aws savingsplans describe-savings-plans" prints (default: the fee rows of the export)';
const MEMORY = "memory for the query engine, such as 2GB";
const CSV = "write hourly.csv, curve.csv, offerings.csv and aws-recommendation.csv into this folder";
const JSON_ONLY = "one JSON document on standard output, and nothing else there";

export function makeProgram(io: Io): Command {
  const program = new Command("sageplan");
  program
    .description(
      "Decides how much SageMaker AI Savings Plan to buy, from the billing data that AWS exports. Never buys anything.",
    )
    .option("-V, --version", "print the version")
    .on("option:version", () => {
      io.out.write(`${version()}\n`);
      throw new CommanderError(0, "sageplan.version", "");
    })
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: (text) => io.err.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, "sageplan: ")),
      getOutHelpWidth: () => io.out.columns || 100,
      getErrHelpWidth: () => io.err.columns || 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride()
    .showHelpAfterError('"sageplan --help" shows the commands.')
    .addHelpText(
      "after",
      `
Start here:
  $ sageplan demo                                 the whole job, on data that ships with sageplan
  $ sageplan inspect ./exports                    what is in your exports, and whether it adds up
  $ sageplan recommend ./exports --rates r.json   what to buy

Exit codes: 0 done; 2 wrong call; 3 input that cannot be read or trusted; 4 engine failure; 5 solver failure; 70 our bug.`,
    );
  addDemo(program, io);
  addInspect(program, io);
  addNormalize(program, io);
  addRecommend(program, io);
  addLaterCommands(program);
  return program;
}

function addDemo(program: Command, io: Io): void {
  const command = program
    .command("demo")
    .description(
      "the whole job on the shipped billing export: recommend, print the answer, write the CSV files",
    )
    .option("--json", JSON_ONLY)
    .option("--csv <dir>", CSV, "./sageplan-demo");
  hint(command).action(async (flags: DemoFlags) => (await import("./commands.ts")).demo(flags, io));
}

function addInspect(program: Command, io: Io): void {
  const command = program
    .command("inspect")
    .description(
      "what is in these exports: periods, accounts, eligible and other dollars, reconciliation, rate gaps",
    )
    .argument("[export...]", EXPORTS)
    .option("--rates <file...>", RATES)
    .option("--owned <file>", OWNED)
    .option("--json", JSON_ONLY)
    .option("--memory <size>", MEMORY, memoryValue)
    .addHelpText(
      "after",
      examples("sageplan inspect ./exports", "sageplan inspect 'cur/**/*.parquet' --json | jq .findings"),
    );
  hint(command).action(async (exports: string[], flags: InspectFlags) => {
    requireExports(command, exports, flags.rates);
    await (await import("./commands.ts")).inspect(exports, flags, io);
  });
}

function addNormalize(program: Command, io: Io): void {
  const command = program
    .command("normalize")
    .description("the hourly spend table of these exports, as one file that sageplan and others can read")
    .argument("[export...]", EXPORTS)
    .requiredOption("--out <file>", "file to write, .csv or .parquet", tablePathValue)
    .option("--memory <size>", MEMORY, memoryValue)
    .addHelpText("after", examples("sageplan normalize ./exports --out hours.parquet"));
  hint(command).action(async (exports: string[], flags: NormalizeFlags) => {
    requireExports(command, exports);
    await (await import("./commands.ts")).normalize(exports, flags, io);
  });
}

function addRecommend(program: Command, io: Io): void {
  const command = program
    .command("recommend")
    .description("the commitment to buy, what it saves, how it can go wrong, and the alternatives")
    .argument("[export...]", EXPORTS)
    .addOption(
      new Option("--term <term>", "terms that may be bought (default: any)").choices(["1yr", "3yr", "any"]),
    )
    .addOption(
      new Option("--payment <option>", "payment options that may be bought (default: no-upfront)").choices([
        "no-upfront",
        "partial-upfront",
        "all-upfront",
        "any",
      ]),
    )
    .option("--from <time>", "first day or hour (UTC) of the history that counts", instantValue)
    .option("--to <time>", "day or hour (UTC) at which the history ends, itself not counted", instantValue)
    .addOption(
      new Option("--lookback <span>", "length of the history that counts (default: all)")
        .choices(["7d", "30d", "60d", "13mo", "all"])
        .conflicts("from"),
    )
    .option("--rates <file...>", RATES)
    .option("--owned <file>", OWNED)
    .option(
      "--futures <kind>",
      "history: the past repeats exactly, as AWS's own recommendations suppose (default: history)",
      futuresValue,
    )
    .option(
      "--negotiated-discount <share>",
      "EDP or private pricing, 0.06 for 6% (default: from the bill, else 0)",
      discountValue,
    )
    .option("--json", JSON_ONLY)
    .option("--csv <dir>", CSV)
    .option("--memory <size>", MEMORY, memoryValue)
    .addHelpText(
      "after",
      examples(
        "sageplan recommend ./exports --rates rates.json",
        "sageplan recommend ./exports --term 1yr --payment any --lookback 60d --csv ./report",
        "sageplan recommend ./exports --from 2026-07-01 --to 2026-10-01 --json > recommendation.json",
      ),
    );
  addLaterOptions(command);
  hint(command).action(async (exports: string[], flags: RecommendFlags) => {
    requireExports(command, exports, flags.rates);
    if (flags.from !== undefined && flags.to !== undefined && flags.from >= flags.to) {
      command.error(`error: --from ${flags.from} is not before --to ${flags.to}.`);
    }
    await (await import("./commands.ts")).recommend(exports, flags, io);
  });
}

const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;

const hint = (command: Command): Command =>
  command.showHelpAfterError(`"sageplan ${command.name()} --help" shows the options.`);

/** Not commander's own check: it cannot know that `--rates` may have taken the names. */
function requireExports(command: Command, exports: readonly string[], rates: readonly string[] = []): void {
  if (exports.length > 0) return;
  const taken =
    rates.length > 1
      ? ` --rates takes every name up to the next option (${rates.length} here): put the exports before it.`
      : "";
  command.error(`error: name at least one billing export: a file, a folder or a glob.${taken}`);
}

/** From package.json, read only when asked for. */
function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

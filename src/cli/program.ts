/** The commands, their options and their help. What they do is in `commands.ts`, which is loaded when one runs. */
import { Command, CommanderError } from "commander";
import type {
  BacktestFlags,
  DemoFlags,
  HeadroomFlags,
  InspectFlags,
  NormalizeFlags,
  PullFlags,
  RecommendFlags,
  ReviewFlags,
  SimulateFlags,
  SqlFlags,
} from "./commands.ts";
import type { Pull } from "../index.ts";
import { commitmentValue } from "./commitment-value.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { harmless } from "./errors.ts";
import type { Io } from "./io.ts";
import { addLaterCommands } from "./later.ts";
import {
  addAssumeOptions,
  addBacktestOptions,
  addCompareOption,
  addDecisionOptions,
  addHeadroomOptions,
  addReviewOptions,
} from "./options.ts";
import { requireExports, requireSpan } from "./requirements.ts";
import { addEngineOptions, addMonthOptions, addPullOptions } from "./source-options.ts";
import { memoryValue, PULLED, pullsValue, tablePathValue } from "./values.ts";
import { version } from "./version.ts";
import { CSV, DELIVERED, examples, EXPORTS, hint, JSON_ONLY, MEMORY, OWNED, RATES } from "./words.ts";

/** `exitWith` is told the exit code of a call that succeeds with another than 0. */
export function makeProgram(io: Io, exitWith: (code: number) => void): Command {
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
      outputError: (text, write) => write(harmless(text.replace(/^error: /, "sageplan: "))),
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

Exit codes: ${EXIT_CODES.map(([code, means]) => `${code} ${means}`).join("; ")}.`,
    );
  addDemo(program, io);
  addInspect(program, io);
  addNormalize(program, io);
  addRecommend(program, io);
  addSimulate(program, io);
  addHeadroom(program, io);
  addReview(program, io, exitWith);
  addBacktest(program, io);
  addPull(program, io, exitWith);
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
    .option("--memory <size>", MEMORY, memoryValue);
  addMonthOptions(addEngineOptions(command)).addHelpText(
    "after",
    examples("sageplan inspect ./exports", "sageplan inspect 'cur/**/*.parquet' --json | jq .findings"),
  );
  hint(command).action(async (exports: string[], flags: InspectFlags & SqlFlags) => {
    requireExports(command, exports, { rates: flags.rates }, flags.engine);
    requireSpan(command, flags);
    const commands = await import("./commands.ts");
    await (flags.printSql ? commands.printSql : commands.runInspect)(exports, flags, io);
  });
}

function addNormalize(program: Command, io: Io): void {
  const command = program
    .command("normalize")
    .description("the hourly spend table of these exports, as one file that sageplan and others can read")
    .argument("[export...]", EXPORTS)
    .requiredOption("--out <file>", "file to write, .csv or .parquet", tablePathValue)
    .option("--memory <size>", MEMORY, memoryValue);
  addMonthOptions(addEngineOptions(command)).addHelpText(
    "after",
    examples("sageplan normalize ./exports --out hours.parquet"),
  );
  hint(command).action(async (exports: string[], flags: NormalizeFlags & SqlFlags) => {
    requireExports(command, exports, {}, flags.engine);
    requireSpan(command, flags);
    const commands = await import("./commands.ts");
    await (flags.printSql ? commands.printSql : commands.runNormalize)(exports, flags, io);
  });
}

function addRecommend(program: Command, io: Io): void {
  const command = program
    .command("recommend")
    .description("the commitment to buy, what it saves, how it can go wrong, and the alternatives")
    .argument("[export...]", EXPORTS);
  addAssumeOptions(addCompareOption(addEngineOptions(addDecisionOptions(command)))).addHelpText(
    "after",
    examples(
      "sageplan recommend ./exports --rates rates.json",
      "sageplan recommend ./exports --rates rates.json --term 1yr --compare-aws aws.json",
      "sageplan recommend ./exports --term 1yr --payment any --lookback 60d --csv ./report",
      "sageplan recommend ./exports --futures futures.csv --risk-aversion 0.5 --min-utilization 0.9",
      "sageplan recommend ./exports --payment any --max-upfront 50000 --discount-rate 0.08",
      "sageplan recommend ./exports --term 1yr --ladder 3 --owned plans.json",
      "sageplan recommend ./exports --term 1yr --xlsx plan.xlsx",
      "sageplan recommend ./exports --html report.html --markdown ticket.md",
      "sageplan recommend ./exports --metrics metrics.json --assume headroom=likely",
      "sageplan recommend ./exports --from 2026-10-01 --to 2026-10-29 --json > recommendation.json",
    ),
  );
  hint(command).action(async (exports: string[], flags: RecommendFlags & SqlFlags) => {
    requireExports(command, exports, { rates: flags.rates, metrics: flags.metrics }, flags.engine);
    requireSpan(command, flags);
    const commands = await import("./commands.ts");
    await (flags.printSql ? commands.printSql : commands.runRecommend)(exports, flags, io);
  });
}

function addSimulate(program: Command, io: Io): void {
  const command = program
    .command("simulate")
    .description("what if: my own commitments, what they would save, and how far they are from the best")
    .argument("[export...]", EXPORTS)
    .requiredOption(
      "--commitment <offering=usd...>",
      "what to buy, in $/h at Savings Plans rates, as 1yr-no-upfront=5; several after each other or with the option repeated",
      commitmentValue,
    );
  addEngineOptions(addDecisionOptions(command)).addHelpText(
    "after",
    `
--term, --payment and the limits hold for the best that your commitments are compared with, not for yours.
` +
      examples(
        "sageplan simulate ./exports --rates rates.json --commitment 1yr-no-upfront=5",
        "sageplan simulate ./exports --commitment 1yr-no-upfront=2.5 3yr-all-upfront=4 --payment any",
        "sageplan simulate ./exports --futures futures.csv --commitment 1yr-no-upfront=5 --json",
      ),
  );
  hint(command).action(async (exports: string[], flags: SimulateFlags & SqlFlags) => {
    requireExports(command, exports, { rates: flags.rates, commitment: flags.commitment }, flags.engine);
    requireSpan(command, flags);
    const commands = await import("./commands.ts");
    await (flags.printSql ? commands.printSql : commands.runSimulate)(exports, flags, io);
  });
}

function addHeadroom(program: Command, io: Io): void {
  const command = program
    .command("headroom")
    .description(
      "before you commit: idle and flat fleets, jobs on real-time instances, forgotten notebooks, families with a successor",
    )
    .argument("[export...]", EXPORTS);
  addHeadroomOptions(command).addHelpText(
    "after",
    `
Without --metrics what is found is inferred from the bill. "sageplan recommend" shows what it does to the commitment.
` +
      examples(
        "sageplan headroom ./exports",
        "sageplan headroom ./exports --metrics metrics.json --metric-data-queries queries.json",
        "sageplan headroom ./exports --events-out headroom.yaml --markdown ticket.md",
      ),
  );
  hint(command).action(async (exports: string[], flags: HeadroomFlags) => {
    requireExports(command, exports, { rates: flags.rates, metrics: flags.metrics });
    requireSpan(command, flags);
    await (await import("./commands.ts")).runHeadroom(exports, flags, io);
  });
}

function addReview(program: Command, io: Io, exitWith: (code: number) => void): void {
  const command = program
    .command("review")
    .description(
      "the monthly review, on a store that remembers: are the plans used, which expire, what is to be decided now",
    )
    .argument("[export...]", `new ${DELIVERED}; none: review what the store has`);
  addReviewOptions(command).addHelpText(
    "after",
    `
Rates and plans that were given once are remembered until others are given. The same deliveries again change nothing; a restated
period takes the place of the earlier one. Exit code 10: a person has something to decide; 0: nothing.
` +
      examples(
        "sageplan review ./exports/2026-10 --rates rates.json --owned plans.json   # exits 10: something is to be decided",
        "sageplan review --markdown review.md --json > review.json   # exits 10",
        'sageplan review --as-of 2026-11-03 --decision "waits for the budget of January"   # exits 10',
      ),
  );
  hint(command).action(async (exports: string[], flags: ReviewFlags) => {
    requireSpan(command, flags);
    exitWith(await (await import("./commands.ts")).runReview(exports, flags, io));
  });
}

function addBacktest(program: Command, io: Io): void {
  const command = program
    .command("backtest")
    .description("how the method would have done, walking forward through the history, beside other rules")
    .argument("[export...]", EXPORTS);
  addEngineOptions(addBacktestOptions(command)).addHelpText(
    "after",
    examples(
      "sageplan backtest ./exports --rates rates.json",
      "sageplan backtest ./exports --window 14d --step 3d --horizon 7d --csv ./report",
      "sageplan backtest ./exports --risk-aversion 0.5 --json > backtest.json",
    ),
  );
  hint(command).action(async (exports: string[], flags: BacktestFlags & SqlFlags) => {
    requireExports(command, exports, { rates: flags.rates }, flags.engine);
    requireSpan(command, flags);
    const commands = await import("./commands.ts");
    await (flags.printSql ? commands.printSql : commands.runBacktest)(exports, flags, io);
  });
}

function addPull(program: Command, io: Io, exitWith: (code: number) => void): void {
  const command = program
    .command("pull")
    .description(
      "ask AWS for rates, plans, usage and its own recommendation; writes the files that the AWS CLI would print. Reads only.",
    )
    .argument("<what...>", `${PULLED.join(", ")}`, pullsValue);
  addPullOptions(command).addHelpText(
    "after",
    `
The only command that needs a network and, but for price-list, credentials: those of the AWS CLI and the SDKs, found in the same
order. Cost Explorer (usage, utilization, coverage, recommendation) costs $0.01 a request; the rest is free. What was answered is not
asked again, and an interrupted pull goes on where it was. Exit code 4: a question has no answer.
` +
      examples(
        "sageplan pull rates plans --profile billing",
        "sageplan pull all --dry-run",
        "sageplan pull price-list --regions us-east-1 eu-west-1 --out ./aws",
        "sageplan recommend ./exports --rates aws/rates.json --owned aws/plans.json",
      ),
  );
  hint(command).action(async (what: Pull[], flags: PullFlags) => {
    requireSpan(command, flags);
    exitWith(await (await import("./commands.ts")).runPull(what, flags, io));
  });
}

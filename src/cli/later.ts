/** What the contract names and this version does not have: said plainly, with what exists instead. */
import { Option } from "commander";
import type { Command } from "commander";

const CURVE =
  "What exists: --futures history, and the whole trade-off of commitment against saving and utilization (curve.csv with --csv DIR)";

const LATER_OPTIONS: Readonly<Record<string, string>> = {
  scenarios: "What exists: --futures history, where the past is the one scenario",
  seed: "Nothing is sampled with --futures history",
  horizon: "What exists: --from, --to and --lookback; the figures span that history",
  "risk-aversion": CURVE,
  tail: CURVE,
  "min-utilization": CURVE,
  "max-commitment": CURVE,
  "max-upfront":
    "What exists: --payment no-upfront, and every offering's upfront cash in the table of alternatives",
  "discount-rate": "What exists: the six offerings side by side, undiscounted, with their upfront cash",
  growth: "What exists: --futures history, where use neither grows nor shrinks",
  events: "What exists: --from and --to, to leave out a time that will not come back",
  xlsx: "What exists: --csv DIR and --json",
  html: "What exists: --csv DIR and --json",
  markdown: "What exists: the terminal, --csv DIR and --json",
  engine: "What exists: the embedded DuckDB, on files",
};

const LATER_COMMANDS: Readonly<Record<string, string>> = {
  simulate:
    'What exists: "sageplan recommend --csv DIR", whose curve.csv holds the saving at other commitments',
  review: 'What exists: "sageplan recommend", run on the newest exports',
  backtest: 'What exists: "sageplan recommend" with --from and --to, run on parts of the history',
  rates:
    'What exists: --rates FILE with what "aws savingsplans describe-savings-plans-offering-rates" prints, an AWS price list or a CSV; "sageplan inspect" lists the usage without a rate',
  pull: 'What exists: AWS\'s own tools, "aws s3 sync" for the billing exports and "aws savingsplans describe-savings-plans" for --owned',
};

const notYet = (what: string, instead: string): string => `${what} is not in this version yet. ${instead}.`;

/** Options of `recommend` to come: hidden in the help, refused when given. */
export function addLaterOptions(command: Command): void {
  for (const [name, instead] of Object.entries(LATER_OPTIONS)) {
    command.addOption(new Option(`--${name} [value]`).hideHelp());
    command.on(`option:${name}`, () => command.error(`error: ${notYet(`--${name}`, instead)}`));
  }
}

export function addLaterCommands(program: Command): void {
  for (const [name, instead] of Object.entries(LATER_COMMANDS)) {
    const message = notYet(`"sageplan ${name}"`, instead);
    program
      .command(`${name} [args...]`, { hidden: true })
      .helpOption(false)
      .configureHelp({ formatHelp: () => `${message}\n` })
      .allowUnknownOption()
      .action(() => program.error(`error: ${message}`));
  }
}

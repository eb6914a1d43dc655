/** What the contract names and this version does not have: said plainly, with what exists instead. */
import { Option } from "commander";
import type { Command } from "commander";

const LATER_OPTIONS: Readonly<Record<string, string>> = {
  engine: "What exists: the embedded DuckDB, on files",
};

const LATER_COMMANDS: Readonly<Record<string, string>> = {
  rates:
    'What exists: --rates FILE with what "aws savingsplans describe-savings-plans-offering-rates" prints, an AWS price list or a CSV; "sageplan inspect" lists the usage without a rate',
};

const notYet = (what: string, instead: string): string => `${what} is not in this version yet. ${instead}.`;

/** Options of `recommend` and `simulate` to come: hidden in the help, refused when given. */
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

/** What the contract names and this version does not have: said plainly, with what exists instead. */
import type { Command } from "commander";

const LATER_COMMANDS: Readonly<Record<string, string>> = {
  rates:
    'What exists: "sageplan pull rates" and "sageplan pull price-list" (no credentials), whose files --rates takes; "sageplan inspect" lists the usage without a rate',
};

const notYet = (what: string, instead: string): string => `${what} is not in this version yet. ${instead}.`;

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

/** `sageplan config [command]`: what each option is without the command line, and where that was said. */
import type { Command } from "commander";
import { VERBS, type Verb } from "../domain/options/verbs.ts";
import { harmless } from "./errors.ts";
import type { Io } from "./io.ts";
import { flagOf } from "./options.ts";
import { configOption, settingsOf, type Setting } from "./settings.ts";

export function addConfig(program: Command, io: Io): void {
  const command = program
    .command("config")
    .description(
      "each option's value from the file of settings, the environment or by default, and from which",
    )
    .argument("[command]", "of which command", "recommend")
    .addOption(configOption());
  command.action(async (name: string) => {
    const fail = (message: string): never => program.error(`error: ${message}`);
    if (!Object.hasOwn(VERBS, name)) {
      fail(`${harmless(name)} is no command. Expected one of ${Object.keys(VERBS).join(", ")}.`);
    }
    const settings = await settingsOf(name, command.opts()["config"] as string | undefined, io, fail);
    io.out.write(configText(VERBS[name as keyof typeof VERBS], settings));
  });
}

function configText({ takes }: Verb, settings: ReadonlyMap<string, Setting>): string {
  const rows = Object.entries(takes).map(([name, option]) => {
    const { value, from } = settings.get(name) ?? { value: option.default, from: "default" };
    const words = value === undefined ? (option.otherwise ?? "–") : [value].flat().map(String).join(" ");
    return [flagOf(name, option), harmless(words), from] as const;
  });
  const widthOf = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length)) + 2;
  const [first, second] = [widthOf(0), Math.min(40, widthOf(1))];
  return rows.map(([flag, value, from]) => `${flag.padEnd(first)}${value.padEnd(second)} ${from}\n`).join("");
}

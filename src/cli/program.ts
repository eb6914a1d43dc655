/** The commands and their help, from the table of the verbs. What they do is in `commands.ts`, loaded when one runs. */
import { Command, CommanderError } from "commander";
import { VERBS, type Verb, type VerbFlags, type VerbName } from "../domain/options/verbs.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { harmless } from "./errors.ts";
import { addExplain } from "./explain.ts";
import { inHelpOrder, isGrouped, helpPlaceOf } from "./help-groups.ts";
import type { Io } from "./io.ts";
import { addLaterCommands } from "./later.ts";
import { argumentOf, optionOf } from "./options.ts";
import { addCompletion } from "./completion.ts";
import { addConfig } from "./config.ts";
import { requireEffect, requireExports, requireSpan } from "./requirements.ts";
import { applySettings, configOption, settingsOf } from "./settings.ts";
import { version } from "./version.ts";

/** `exitWith` is told the exit code of a call that succeeds with another than 0; `isWhole`: help shows every option. */
export function makeProgram(io: Io, exitWith: (code: number) => void, isWhole = true): Command {
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
  for (const name of Object.keys(VERBS)) addVerb(program, name as VerbName, io, exitWith, isWhole);
  addExplain(program, io);
  addConfig(program, io);
  addCompletion(program, io);
  addLaterCommands(program);
  return program;
}

function addVerb<V extends VerbName>(
  program: Command,
  name: V,
  io: Io,
  exitWith: (code: number) => void,
  isWhole: boolean,
): void {
  const verb: Verb = VERBS[name];
  const command = program.command(name).description(verb.means);
  if (verb.argument) command.addArgument(argumentOf(verb.argument));
  addOptions(command, verb, isWhole);
  const after = textAfter(verb);
  if (after) command.addHelpText("after", after);
  command.addOption(configOption());
  command.showHelpAfterError(`"sageplan ${name} --help" shows the options.`).action(async () => {
    const fail = (message: string): never => command.error(`error: ${message}`);
    applySettings(command, await settingsOf(name, command.opts()["config"] as string | undefined, io, fail));
    const flags = flagsGiven<V>(command, verb);
    const given: string[] = command.processedArgs[0] ?? [];
    if (verb.argument?.areExports) requireExports(command, given, verb.takes);
    requireEffect(command, verb.takes);
    requireSpan(command);
    const { COMMANDS, printSql } = await import("./commands.ts");
    const code = await (command.opts()["printSql"]
      ? printSql(given, flags, io)
      : COMMANDS[name](given, flags, io));
    if (typeof code === "number") exitWith(code);
  });
}

/** A command with many shows the common ones, in groups; the others are taken all the same. */
function addOptions(command: Command, { takes }: Verb, isWhole: boolean): void {
  const names = Object.keys(takes);
  if (!isGrouped(names.length)) {
    for (const name of names) command.addOption(optionOf(name, takes[name]!));
    return;
  }
  const hidden = inHelpOrder(names).filter((name) => {
    const { title, isCommon } = helpPlaceOf(name);
    const isHidden = !isWhole && !isCommon;
    command.addOption(optionOf(name, takes[name]!).helpGroup(title).hideHelp(isHidden));
    return isHidden;
  });
  command.helpOption("-h, --help", "display help for command; with --all every option");
  if (hidden.length === 0) return;
  command.addHelpText("after", `\n${hidden.length} options more: sageplan ${command.name()} --help --all`);
}

/** What was given, and the defaults that the command line hands over; commander adds `true` for what is not negated. */
function flagsGiven<V extends VerbName>(command: Command, { takes }: Verb): VerbFlags<V> {
  const isGiven = ([name]: [string, unknown]): boolean =>
    name in takes && (takes[name]!.need === "filled" || command.getOptionValueSource(name) !== "default");
  return Object.fromEntries(Object.entries(command.opts()).filter(isGiven)) as VerbFlags<V>;
}

const textAfter = ({ notes, examples }: Verb): string =>
  (notes === undefined ? "" : `\n${notes}\n`) +
  (examples === undefined ? "" : `\nExamples:\n${examples.map((line) => `  $ ${line}`).join("\n")}`);

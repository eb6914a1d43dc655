/** `docs/reference/cli.md`, from the program that parses the calls. */
import type { Command, Option } from "commander";
import { makeProgram } from "../../src/cli/program.ts";
import { tableOf } from "./table.ts";

export function cliMarkdown(): string {
  let written = "";
  const out = { write: (text: string) => (written += text), columns: 100 };
  const program = makeProgram(
    {
      out,
      err: out,
      env: {},
      signal: new AbortController().signal,
      load: () => Promise.reject(new Error("nothing runs here")),
    },
    () => {},
  );
  const afterOptions = (command: Command): string => {
    written = "";
    command.outputHelp();
    return written
      .slice(written.indexOf(command.helpInformation()) + command.helpInformation().length)
      .trim();
  };
  const shown = program
    .createHelp()
    .visibleCommands(program)
    .filter((command) => command.name() !== "help");
  const sections = shown.map((command) => sectionOf(command, afterOptions(command)));
  return `# The command line

Printed by \`npm run docs\` from the commands themselves; \`sageplan COMMAND --help\` says the same. [Exit codes](codes.md#exit-codes).

${sections.join("\n\n")}
`;
}

function sectionOf(command: Command, after: string): string {
  const [notes = "", examples = ""] = after.split(/^Examples:$/m);
  const args = command.registeredArguments.map(
    (argument) =>
      `- \`${argument.name()}\`${argument.required ? "" : " (optional)"}: ${argument.description}`,
  );
  const options = command.options.map((option) => [`\`${option.flags}\``, meaningOf(option)]);
  const calls = examples
    .trim()
    .split("\n")
    .map((line) => line.replace(/^\s*\$ /, ""))
    .filter(Boolean);
  return [
    `## ${command.name()}`,
    command.description(),
    `\`sageplan ${command.name()} ${command.usage()}\``,
    args.join("\n"),
    tableOf(["option", "means"], options),
    notes.trim(),
    calls.length === 0 ? "" : `\`\`\`sh\n${calls.join("\n")}\n\`\`\``,
  ]
    .filter(Boolean)
    .join("\n\n");
}

const meaningOf = ({ description, argChoices, defaultValue, mandatory }: Option): string =>
  [
    description,
    ...(argChoices ? [`One of ${argChoices.map((choice) => `\`${choice}\``).join(", ")}.`] : []),
    ...(defaultValue === undefined ? [] : [`Default \`${String(defaultValue)}\`.`]),
    ...(mandatory ? ["Required."] : []),
  ]
    .join(". ")
    .replaceAll("..", ".");

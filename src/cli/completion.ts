/** `sageplan completion bash|zsh|fish`: a script that completes commands, options and the values that an option chooses from. */
import { Argument, type Command, type Option } from "commander";
import type { Io } from "./io.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

export function addCompletion(program: Command, io: Io): void {
  program
    .command("completion")
    .description('completion of commands and options: eval "$(sageplan completion bash)"; fish: … | source')
    .addArgument(new Argument("<shell>", "the shell that reads it").choices([...SHELLS]))
    .action((shell: Shell) => {
      io.out.write(shell === "fish" ? fishScript(program) : bashScript(program, shell));
    });
}

const shown = (program: Command): readonly Command[] =>
  program
    .createHelp()
    .visibleCommands(program)
    .filter((command) => command.name() !== "help");

const longOf = ({ long }: Option): string => long!;

function bashScript(program: Command, shell: "bash" | "zsh"): string {
  const commands = shown(program);
  const cases = commands.map((command) => {
    const choices = command.options
      .filter(({ argChoices }) => argChoices !== undefined)
      .map((option) => `        ${longOf(option)}) values="${option.argChoices!.join(" ")}" ;;\n`);
    return `    ${command.name()})
      options="${["--help", ...command.options.map(longOf)].join(" ")}"
      case "$before" in
${choices.join("")}      esac ;;
`;
  });
  return `${shell === "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : ""}_sageplan() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" options="" values=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map((command) => command.name()).join(" ")}" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join("")}  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
    *)
      if [ -n "$values" ]; then COMPREPLY=($(compgen -W "$values" -- "$word"))
      else COMPREPLY=($(compgen -f -- "$word")); fi ;;
  esac
}
complete -o filenames -F _sageplan sageplan
`;
}

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, (each) => `\\${each}`)}'`;

function fishScript(program: Command): string {
  const commands = shown(program);
  const names = commands.map(
    (command) =>
      `complete -c sageplan -n __fish_use_subcommand -f -a ${command.name()} -d ${quoted(command.description())}\n`,
  );
  const options = commands.flatMap((command) =>
    command.options.map((option) => {
      const takes = option.argChoices === undefined ? "" : ` -x -a ${quoted(option.argChoices.join(" "))}`;
      const file = takes === "" && (option.required || option.optional) ? " -r" : takes;
      return `complete -c sageplan -n '__fish_seen_subcommand_from ${command.name()}' -l ${longOf(option).slice(2)}${file} -d ${quoted(option.description)}\n`;
    }),
  );
  return [...names, ...options].join("");
}

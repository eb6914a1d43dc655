/** The commands of a page as a reader would type them, one after the other. */
import { pageOf, type Block } from "../../scripts/docs/markdown.ts";

export interface Typed {
  command: string;
  exits: number;
  /** Why it is not run; null: it is. */
  notRun: string | null;
  /** Blocks with `<!-- prints … -->` that follow its block and show what it prints. */
  shown: Block[];
}

export function commandsOf(markdown: string): Typed[] {
  const typed: Typed[] = [];
  for (const block of pageOf(markdown).blocks) {
    if (block.language === "sh") typed.push(...linesOf(block));
    else if (block.comment.startsWith("prints")) typed.at(-1)!.shown.push(block);
  }
  return typed;
}

/** `<!-- not run: why -->` is about the block, `<!-- not run, npm test: why -->` about one of its commands. */
function linesOf({ text, comment }: Block): Typed[] {
  const [, only, why = null] = /^not run(?:, ([^:]+))?: (.*)$/s.exec(comment) ?? [];
  const typed: Typed[] = [];
  let command = "";
  for (const line of text.split("\n")) {
    const [, code = "", remark = ""] = split(line);
    command += `${command && "\n"}${code}`;
    if (command.trim() === "" || isOpen(command)) continue;
    const exits = Number(/exits (\d+)/.exec(remark)?.[1] ?? 0);
    typed.push({ command, exits, notRun: only === undefined || command === only ? why : null, shown: [] });
    command = "";
  }
  if (command !== "") throw new Error(`a command that does not end: ${command}`);
  return typed;
}

/** A line, and the remark after it. */
const split = (line: string): readonly string[] => /^(.*?)(?:(?:^|\s+)#\s(.*))?$/.exec(line)!;

/** It goes on in the next line: after a backslash, or within quotes. */
function isOpen(command: string): boolean {
  const code = command
    .split("\n")
    .map((line) => split(line)[1]!)
    .join("\n");
  return code.endsWith("\\") || code.replaceAll(/"[^"]*"/g, "").split("'").length % 2 === 0;
}

/** Of what was printed the part that a block shows: all, or from a line on, up to another that is left out. */
export function partOf(printed: string, comment: string): string {
  const [, from = "", to = ""] = /^prints: (.*?) …(?: (.*))?$/.exec(comment) ?? [];
  const lines = printed.trimEnd().split("\n");
  const first = lines.findIndex((line) => line.trimStart().startsWith(from));
  const length = to === "" ? -1 : lines.slice(first + 1).findIndex((line) => line.trimStart().startsWith(to));
  if (first < 0 || (to !== "" && length < 0)) throw new Error(`nothing printed begins so: ${comment}`);
  return lines
    .slice(first, length < 0 ? undefined : first + 1 + length)
    .join("\n")
    .trimEnd();
}

/** Rows of the table of options → what commander parses and shows. */
import { Argument, InvalidArgumentError, Option as CommanderOption } from "commander";
import type { Kind } from "../domain/options/kinds.ts";
import type { Option } from "../domain/options/option.ts";
import { VERBS, type Verb } from "../domain/options/verbs.ts";
import { isWorldFault } from "./errors.ts";

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const flagOf = (name: string, { flag = kebab(name) }: Option): string => `--${flag}`;

export function optionOf(name: string, option: Option): CommanderOption {
  const { kind, need, otherwise = option.default } = option;
  const value = kind.unit === null ? "" : ` <${kind.unit}${kind.isList ? "..." : ""}>`;
  const words = need === "filled" || otherwise === undefined ? "" : ` (default: ${String(otherwise)})`;
  const made = new CommanderOption(flagOf(name, option) + value, option.help + words)
    .makeOptionMandatory(need === "required")
    .conflicts([...(option.conflicts ?? [])]);
  made.attributeName = () => name;
  if (need === "filled") made.default(option.default);
  if (kind.choices) made.choices(kind.choices);
  const read = readerOf(kind);
  return read ? made.argParser(read) : made;
}

export function argumentOf({ name, help, kind }: NonNullable<Verb["argument"]>): Argument {
  const made = new Argument(name, help);
  const read = kind && readerOf(kind);
  return read ? made.argParser(read) : made;
}

/** What a kind refuses, in commander's words. */
const readerOf = <T>(kind: Kind<T>): ((text: string, before?: T) => T) | undefined =>
  kind.read &&
  ((text, before) => {
    try {
      return kind.read!(text, before);
    } catch (error) {
      throw isWorldFault(error) ? new InvalidArgumentError(error.message) : error;
    }
  });

/** `--details` alone → `--details=all`: a value of such an option follows `=`, so that an export after it stays one. */
export function withLoneValues(argv: readonly string[]): string[] {
  const alone = new Map(
    Object.values<Verb>(VERBS).flatMap(({ takes }) =>
      Object.entries(takes).flatMap(([name, option]) =>
        option.kind.alone === undefined ? [] : [[flagOf(name, option), option.kind.alone] as const],
      ),
    ),
  );
  const end = argv.indexOf("--");
  return argv.map((word, n) => {
    const value = end < 0 || n < end ? alone.get(word) : undefined;
    return value === undefined ? word : `${word}=${value}`;
  });
}

/**
 * Options that are said once: in `sageplan.yaml` (or `--config FILE`, `SAGEPLAN_CONFIG`) by their long names, those of one
 * command under its name; in the environment as `SAGEPLAN_<OPTION>`. The command line stands over the environment, that
 * over the command's part of the file, that over the rest of the file, and that over the default.
 */
import { existsSync, readFileSync } from "node:fs";
import { Option as CommanderOption, type Command } from "commander";
import type { Option } from "../domain/options/option.ts";
import { VERBS, type Verb } from "../domain/options/verbs.ts";
import { harmless, isWorldFault } from "./errors.ts";
import type { Io } from "./io.ts";
import { flagOf } from "./options.ts";

const DEFAULT_FILE = "sageplan.yaml";
const PREFIX = "SAGEPLAN_";
const FILE_VARIABLE = `${PREFIX}CONFIG`;

export const configOption = (): CommanderOption =>
  new CommanderOption(
    "--config <file>",
    `options that are said once, by their long names (default: ./${DEFAULT_FILE} where it is there)`,
  );

/** A value, and where it was said. */
export interface Setting {
  value: unknown;
  from: string;
}

/** `[option]` Settings of a command, by the names of the library. @throws through `fail` what is no option or no value */
export async function settingsOf(
  verb: string,
  file: string | undefined,
  { env }: Pick<Io, "env">,
  fail: (message: string) => never,
): Promise<Map<string, Setting>> {
  const { takes }: Verb = VERBS[verb as keyof typeof VERBS];
  const settings = new Map<string, Setting>();
  const add = (flag: string, said: unknown, from: string): void => {
    const found = Object.entries(takes).find(([name, option]) => flagOf(name, option) === `--${flag}`);
    if (found === undefined) {
      if (!isAnyFlag(flag)) fail(`${from}: "${harmless(flag)}" is no option. Use the long names of --help.`);
      return;
    }
    const [name, option] = found;
    if (option.need === "required") {
      fail(`${from}: --${flag} is what a call is about; say it on the command line.`);
    }
    settings.set(name, { value: valueOf(option, said, `${from}: ${flag}`, fail), from });
  };
  const path = file ?? env[FILE_VARIABLE] ?? DEFAULT_FILE;
  if (file !== undefined || env[FILE_VARIABLE] !== undefined || existsSync(path)) {
    const said = await readSettings(path, fail);
    for (const [key, value] of Object.entries(said)) if (!isVerb(key)) add(key, value, path);
    const own = said[verb];
    if (isRecord(own)) {
      for (const [key, value] of Object.entries(own)) add(key, value, `${path}, ${verb}`);
    }
  }
  for (const [variable, text = ""] of Object.entries(env)) {
    if (!variable.startsWith(PREFIX) || variable === FILE_VARIABLE) continue;
    add(variable.slice(PREFIX.length).toLowerCase().replaceAll("_", "-"), text, variable);
  }
  return settings;
}

const isVerb = (name: string): boolean => Object.hasOwn(VERBS, name);

const isAnyFlag = (flag: string): boolean =>
  Object.values<Verb>(VERBS).some(({ takes }) =>
    Object.entries(takes).some(([name, option]) => flagOf(name, option) === `--${flag}`),
  );

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

async function readSettings(
  path: string,
  fail: (message: string) => never,
): Promise<Record<string, unknown>> {
  const { parse } = await import("yaml");
  let said: unknown;
  try {
    said = parse(readFileSync(path, "utf8")) ?? {};
  } catch (error) {
    fail(`${path} can't be read as settings: ${harmless((error as Error).message.split("\n")[0]!)}`);
  }
  if (!isRecord(said)) fail(`${path} holds no settings: expected lines such as "term: 1yr".`);
  for (const [key, own] of Object.entries(said)) {
    if (isVerb(key) && !isRecord(own)) fail(`${path}: ${key} is a command: expected its options under it.`);
  }
  return said;
}

/** As the command line reads it. A list in the environment has commas between. */
function valueOf(option: Option, said: unknown, where: string, fail: (message: string) => never): unknown {
  const { kind } = option;
  if (kind.unit === null) {
    if (String(said) !== "true" && String(said) !== "false")
      fail(`${where} is a switch: expected true or false.`);
    // `no-queue: true` is what `--no-queue` says.
    return (String(said) === "true") !== (option.flag?.startsWith("no-") ?? false);
  }
  const parts = Array.isArray(said)
    ? said
    : kind.isList && typeof said === "string"
      ? said.split(",")
      : [said];
  if (parts.some((part) => typeof part === "object" || part === null)) fail(`${where} has no plain value.`);
  const texts = parts.map(String);
  if (!kind.isList && texts.length !== 1) fail(`${where} takes one value.`);
  if (kind.choices && texts.some((text) => !kind.choices!.includes(text))) {
    fail(`${where}: allowed are ${kind.choices.join(", ")}.`);
  }
  if (kind.read === undefined) return kind.isList ? texts : texts[0];
  try {
    return texts.reduce<unknown>((before, text) => kind.read!(text, before), undefined);
  } catch (error) {
    return isWorldFault(error) ? fail(`${where}: ${error.message}`) : fail(String(error));
  }
}

/** Hands over what the command line left open; an option that does not go with one of the command line is left out. */
export function applySettings(command: Command, settings: ReadonlyMap<string, Setting>): void {
  const given = (name: string): boolean => command.getOptionValueSource(name) === "cli";
  const conflicts = new Map(
    command.options.map((option) => [
      option.attributeName(),
      (option as unknown as { conflictsWith: string[] }).conflictsWith,
    ]),
  );
  const excludes = (one: string, other: string): boolean =>
    (conflicts.get(one) ?? []).includes(other) || (conflicts.get(other) ?? []).includes(one);
  const names = command.options.map((option) => option.attributeName());
  for (const [name, { value, from }] of settings) {
    if (given(name) || names.some((other) => given(other) && excludes(name, other))) continue;
    const clash = [...settings.keys()].find(
      (other) => other !== name && excludes(name, other) && !given(other),
    );
    if (clash !== undefined) {
      command.error(`error: ${from}: ${name} and ${clash} do not go together. Leave out one of the two.`);
    }
    command.setOptionValueWithSource(name, value, from);
  }
}

/** What a call must have that commander cannot check by itself: a wrong call ends with exit code 2. */
import type { Command } from "commander";
import type { Group } from "../domain/options/option.ts";
import { engineOptions } from "../domain/options/source.ts";
import { flagOf } from "./options.ts";

/** Not commander's own check: it cannot know which option may have taken the names. */
export function requireExports(command: Command, exports: readonly string[], takes: Group): void {
  const flags = command.opts();
  const { engine = engineOptions.engine.default } = flags;
  if (exports.length > 0 || engine !== engineOptions.engine.default) return;
  const taken = Object.keys(takes)
    .filter((name) => takes[name]!.kind.isList && flags[name]?.length > 1)
    .sort((a, b) => (a < b ? 1 : -1))
    .map(
      (name) =>
        ` ${flagOf(name, takes[name]!)} takes every name up to the next option (${flags[name].length} here): put the exports before it.`,
    );
  command.error(`error: name at least one billing export: a file, a folder or a glob.${taken.join("")}`);
}

/** What would have no effect was meant to have one. */
export function requireEffect(command: Command, takes: Group): void {
  const flags = command.opts();
  for (const [name, { needs, ...option }] of Object.entries(takes)) {
    if (needs === undefined || command.getOptionValueSource(name) !== "cli") continue;
    const other = takes[needs.option]!;
    const value: unknown = flags[needs.option] ?? other.default;
    if (needs.values === undefined ? value !== undefined : needs.values.includes(String(value))) continue;
    const what = [flagOf(needs.option, other), needs.values?.join(" or ")].filter(Boolean).join(" ");
    command.error(`error: ${flagOf(name, option)} has no effect without ${what}: add that, or leave it out.`);
  }
}

export function requireSpan(command: Command): void {
  const { from, to } = command.opts();
  if (from === undefined || to === undefined || from < to) return;
  command.error(`error: --from ${from} is not before --to ${to}.`);
}

/** What a call must have that commander cannot check by itself: a wrong call ends with exit code 2. */
import type { Command } from "commander";

/** Not commander's own check: it cannot know which option may have taken the names. */
export function requireExports(
  command: Command,
  exports: readonly string[],
  takers: Readonly<Record<string, readonly unknown[] | undefined>> = {},
  engine = "duckdb",
): void {
  if (exports.length > 0 || engine !== "duckdb") return;
  const taken = Object.entries(takers)
    .filter(([, values]) => values !== undefined && values.length > 1)
    .map(
      ([name, values]) =>
        ` --${name} takes every name up to the next option (${values!.length} here): put the exports before it.`,
    );
  command.error(`error: name at least one billing export: a file, a folder or a glob.${taken.join("")}`);
}

export function requireSpan(
  command: Command,
  span: { from?: string | undefined; to?: string | undefined },
): void {
  const { from, to } = span;
  if (from === undefined || to === undefined || from < to) return;
  command.error(`error: --from ${from} is not before --to ${to}.`);
}

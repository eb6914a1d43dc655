/** An option, what a group of them is as a type, and the defaults that a call leaves to us. */
import type { Kind } from "./kinds.ts";

/**
 * `filled`: by default, and the command line hands the default over, where its parser shows it. `output`: where a
 * command writes, or what it does instead of running: no option of the library.
 */
export type Need = "optional" | "default" | "filled" | "required" | "output";

export interface Option<T = unknown, N extends Need = Need> {
  need: N;
  kind: Kind<T>;
  help: string;
  default?: T;
  /** The default in words, where it is no value or more is to be said of it. */
  otherwise?: string;
  /** On the command line, where it is not the name in kebab-case. */
  flag?: string;
  /** Options that do not go together with this one. */
  conflicts?: readonly string[];
  /** Without it this one has no effect, and is refused: another option, and its values; none: any. */
  needs?: { option: string; values?: readonly string[] };
}

/** Name as the library has it, in camelCase → the option. */
export type Group = Readonly<Record<string, Option>>;

type More = Pick<Option, "otherwise" | "conflicts">;
type Defaulted<T, N extends Need> = Option<T, N> & { default: T };

export const optional = <T>(kind: Kind<T>, help: string, otherwise?: string): Option<T, "optional"> => ({
  need: "optional",
  kind,
  help,
  ...(otherwise !== undefined && { otherwise }),
});

export const byDefault = <T>(
  value: NoInfer<T>,
  kind: Kind<T>,
  help: string,
  more: More = {},
): Defaulted<T, "default"> => ({ need: "default", kind, help, default: value, ...more });

export const filled = <T>(value: NoInfer<T>, kind: Kind<T>, help: string): Defaulted<T, "filled"> => ({
  need: "filled",
  kind,
  help,
  default: value,
});

export const required = <T>(kind: Kind<T>, help: string, flag?: string): Option<T, "required"> => ({
  need: "required",
  kind,
  help,
  ...(flag !== undefined && { flag }),
});

/** Each of a group, refused without another option, or without one of its values. */
export const needing = <G extends Group>(option: string, values: readonly string[] | null, group: G): G =>
  Object.fromEntries(
    Object.entries(group).map(([name, row]) => [
      name,
      { ...row, needs: { option, ...(values !== null && { values }) } },
    ]),
  ) as Group as G;

export const output = <T>(kind: Kind<T>, help: string): Option<T, "output"> => ({
  need: "output",
  kind,
  help,
});

type ValueOf<O> = O extends { kind: Kind<infer T> } ? T : never;
type Named<G, N extends Need> = { [K in keyof G]: G[K] extends { need: N } ? K : never }[keyof G];

/** What the library takes for a group. */
export type OptionsOf<G> = {
  [K in Named<G, "optional" | "default" | "filled">]?: ValueOf<G[K]> | undefined;
} & {
  [K in Named<G, "required">]: ValueOf<G[K]>;
};

/** What the command line reads for a group. */
export type FlagsOf<G> = OptionsOf<G> & { [K in Named<G, "filled">]: ValueOf<G[K]> } & {
  [K in Named<G, "output">]?: ValueOf<G[K]>;
};

type DefaultsOf<G> = { [K in Named<G, "default" | "filled">]: ValueOf<G[K]> };

/** The options of a call, and behind them the defaults of those that it leaves out. */
export function withDefaults<G extends Group, O extends Partial<OptionsOf<G>>>(
  group: G,
  options: O,
): Omit<O, keyof DefaultsOf<G>> & DefaultsOf<G> {
  const given: Readonly<Record<string, unknown>> = options;
  const left = Object.entries(group).filter(
    ([name, { default: value }]) => value !== undefined && given[name] === undefined,
  );
  const defaults = Object.fromEntries(left.map(([name, { default: value }]) => [name, value]));
  return { ...options, ...(defaults as DefaultsOf<G>) };
}

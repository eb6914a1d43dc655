/** The process, as the commands see it: tests hand in another one. */
export type Sageplan = typeof import("../index.ts");

interface Sink {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

export interface Io {
  out: Sink;
  err: Sink;
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts. */
  signal: AbortSignal;
  /** The library, loaded when a command needs it: `--help` must not wait for the query engine. */
  load: () => Promise<Sageplan>;
}

/** Columns of text that goes to a file or a pipe. */
const UNKNOWN_WIDTH = 100;

/** How text on standard output may look. Colour only on a terminal, and not when NO_COLOR is set (no-color.org). */
export const styleOf = ({ out, env }: Io): { colour: boolean; width: number } => ({
  colour: out.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb",
  width: columnsNamed(env) ?? ((out.isTTY === true && out.columns) || UNKNOWN_WIDTH),
});

/** What the environment asks for. */
const columnsNamed = ({ COLUMNS: named }: Io["env"]): number | null =>
  named !== undefined && /^[1-9]\d{0,3}$/.test(named) ? Number(named) : null;

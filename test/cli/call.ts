/** One call of the command line inside the test's process, its streams caught. */
import type { Io, Sageplan } from "../../src/cli/io.ts";
import { run } from "../../src/cli/run.ts";
import type { Call } from "./sageplan.ts";

export interface Called {
  code: number;
  out: string;
  err: string;
}

/** The library must not be loaded unless a test brings one: a wrong call is found before. */
const noLibrary = (): Promise<Sageplan> => Promise.reject(new Error("the library was loaded"));

export async function call(argv: string[], io: Partial<Io> = {}): Promise<Called> {
  const text = { out: "", err: "" };
  const sink = (name: "out" | "err") => ({
    ...io[name],
    write: (chunk: string) => {
      text[name] += chunk;
    },
  });
  const signal = new AbortController().signal;
  const code = await run(argv, {
    env: {},
    signal,
    load: noLibrary,
    ...io,
    out: sink("out"),
    err: sink("err"),
  });
  return { code, ...text };
}

/** The command line in this process: the library is loaded and warm. What is said of processes is tried in some of their own. */
export async function warm(args: readonly string[]): Promise<Call> {
  const { code, out, err } = await call([...args], { load: () => import("../../src/index.ts") });
  return { code, stdout: out, stderr: err };
}

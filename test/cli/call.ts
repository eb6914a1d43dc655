/** One call of the command line inside the test's process, its streams caught. */
import type { Io, Sageplan } from "../../src/cli/io.ts";
import { run } from "../../src/cli/run.ts";

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

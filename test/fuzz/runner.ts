/** Hands cases to workers, and sees what a worker cannot tell of itself: that it hangs, dies or takes all memory. */
import { fork, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Asked, Done } from "./messages.ts";

export interface Limits {
  milliseconds: number;
  bytes: number;
}

export interface Escape extends Asked {
  why: string;
  /** Where the input lies. */
  folder: string;
}

interface Watch {
  /** The module that exports KINDS. */
  kinds: string;
  limits: Limits;
  onDone: (asked: Asked, done: Done) => void;
  onEscape: (escape: Escape) => void;
}

/** Starting a process and loading the library are no part of a case. */
const START_MS = 180_000;
/** DuckDB's own allocator keeps what it was given: a new process now and then tells a case's memory from the run's. */
const CASES_PER_PROCESS = 1_000;

/** Runs cases until none is left; one at a time, in a process that is replaced when a case breaks it. */
export async function runCases(next: () => Asked | undefined, watch: Watch): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sageplan-fuzz-"));
  let asked = next();
  while (asked) {
    const child = fork(fileURLToPath(new URL("worker.ts", import.meta.url)), [watch.kinds], {
      cwd: folder,
      execArgv: ["--import", import.meta.resolve("tsx")],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let words = "";
    child.stderr!.on("data", (chunk: Buffer) => (words = `${words}${chunk}`.slice(-2_000)));
    if ((await answer(child, START_MS)) !== "ready") throw new Error(`a worker did not start: ${words}`);
    let why: string | undefined;
    for (let left = CASES_PER_PROCESS; asked && left > 0 && why === undefined; left -= 1) {
      child.send(asked);
      const done = await answer<Done>(child, watch.limits.milliseconds);
      if (done === "late") why = `hang: no answer after ${watch.limits.milliseconds} ms`;
      else if (done === "dead") why = `crash: the process ended: ${words}`;
      else {
        watch.onDone(asked, done);
        if (done.peakBytes > watch.limits.bytes) why = `memory: ${Math.round(done.peakBytes / 2 ** 20)} MiB`;
        if (done.escape !== undefined) report(asked, done.escape);
      }
      if (why !== undefined) report(asked, why);
      asked = next();
    }
    await stopped(child);
  }
  rmSync(folder, { recursive: true });

  function report(of: Asked, why: string): void {
    const kept = mkdtempSync(join(tmpdir(), `sageplan-escape-${of.kind}-${of.number}-`));
    cpSync(folder, kept, { recursive: true });
    watch.onEscape({ ...of, why, folder: kept });
  }
}

/** The child's next message, or what came in its place. */
function answer<T>(child: ChildProcess, milliseconds: number): Promise<T | "late" | "dead"> {
  return new Promise((resolve) => {
    const settle = (value: T | "late" | "dead"): void => {
      clearTimeout(timer);
      child.off("message", settle).off("exit", onExit);
      resolve(value);
    };
    const onExit = (): void => settle("dead");
    const timer = setTimeout(settle, milliseconds, "late");
    child.once("message", settle).once("exit", onExit);
  });
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

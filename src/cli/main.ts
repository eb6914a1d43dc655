#!/usr/bin/env node
/** The process: arguments, streams, signals, exit code. Nothing else is loaded until a command needs it. */
import { EXIT } from "./exit-codes.ts";
import { run } from "./run.ts";

/** A verb that does not notice the interruption within this time is left behind, in milliseconds. */
const GRACE_MS = 2_000;

// A report is what someone decides on: nobody but its owner may change one, whatever the umask.
process.umask(process.umask() | 0o022);

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  /**
   * By the signal itself: an exit would wait for what cannot be ended, such as the opening of a
   * pipe that nobody writes to.
   */
  const leave = (): void => {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // Reached where the system does not end the process by it: the first process of a container.
    process.exit(EXIT.interrupted);
  };
  process.on(signal, () => {
    if (interruption.signal.aborted) return leave();
    interruption.abort();
    setTimeout(leave, GRACE_MS).unref();
  });
}

// The reader of a pipe may leave early (`sageplan … | head`): that is no error. A full disk is one.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.done);
  process.stderr.write(
    `sageplan: Standard output can't be written (${error.code}): what came of the run is not whole. Make room, or name another file.\n`,
  );
  process.exit(EXIT.input);
});
// Nobody is left to be told.
process.stderr.on("error", () => {});

process.exitCode = await run(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  env: process.env,
  signal: interruption.signal,
  load: () => import("../index.ts"),
});

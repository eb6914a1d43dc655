import type { Io, Sageplan } from "./io.ts";

/** Second parameter of every verb. */
export type Effects = NonNullable<Parameters<Sageplan["recommend"]>[1]>;
type Progress = Parameters<NonNullable<Effects["onProgress"]>>[0];

/** Work that is done sooner shows nothing, in milliseconds. */
const QUIET_MS = 1_000;
/** Between two rewrites of the line, in milliseconds. */
const INTERVAL_MS = 100;
const CLEAR_LINE = "\r\u001b[2K";

/** Runs a verb while one line on standard error, rewritten in place, says how far it is; only on a terminal. */
export async function withProgress<T>(io: Io, work: (effects: Effects) => Promise<T>): Promise<T> {
  const { err, signal } = io;
  if (err.isTTY !== true) return work({ signal });
  const started = performance.now();
  let shownAt = -Infinity;
  const onProgress = (progress: Progress): void => {
    const now = performance.now();
    if (now - started < QUIET_MS || now - shownAt < INTERVAL_MS) return;
    shownAt = now;
    err.write(CLEAR_LINE + progressLine(progress).slice(0, (err.columns || 80) - 1));
  };
  try {
    return await work({ signal, onProgress });
  } finally {
    if (shownAt > -Infinity) err.write(CLEAR_LINE);
  }
}

/** `Reading billing export  12 of 48 files` */
const progressLine = ({ step, done, total, unit }: Progress): string =>
  total > 0 ? `${step}  ${done.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} ${unit}` : step;

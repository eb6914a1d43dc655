import { onOneLine } from "./errors.ts";
import type { Effects, Progress } from "../index.ts";
import type { Io } from "./io.ts";

/** Work that is done sooner shows nothing, in milliseconds. */
const QUIET_MS = 1_000;
/** Between two rewrites of the line, in milliseconds. */
const INTERVAL_MS = 100;
const CLEAR_LINE = "\r\u001b[2K";

/** Sooner nothing is told of the time left, in milliseconds. */
const MEASURED_MS = 3_000;

/**
 * Runs a verb while one line on standard error, rewritten in place, says how far it is; only on a terminal. Notes are
 * lines that stay, wherever they go.
 */
export async function withProgress<T>(io: Io, work: (effects: Effects) => Promise<T>): Promise<T> {
  const { err, signal } = io;
  const onNote = (note: string): void => void err.write(`sageplan: ${onOneLine(note)}\n`);
  if (err.isTTY !== true) return work({ signal, onNote });
  const started = performance.now();
  let shownAt = -Infinity;
  let step = { name: "", since: started };
  const onProgress = (progress: Progress): void => {
    const now = performance.now();
    if (progress.step !== step.name) step = { name: progress.step, since: now };
    if (now - started < QUIET_MS || now - shownAt < INTERVAL_MS) return;
    shownAt = now;
    err.write(CLEAR_LINE + progressLine(progress, now - step.since).slice(0, (err.columns || 80) - 1));
  };
  const clear = (): void => void (shownAt > -Infinity && err.write(CLEAR_LINE));
  try {
    return await work({
      signal,
      onProgress,
      onNote: (note) => {
        clear();
        onNote(note);
      },
    });
  } finally {
    clear();
  }
}

const whole = (amount: number): string => amount.toLocaleString("en-US", { maximumFractionDigits: 0 });

/** `Reading billing export  12 of 48 files, some 40 s left` */
const progressLine = ({ step, done, total, unit }: Progress, elapsedMs: number): string =>
  total > 0 ? `${step}  ${whole(done)} of ${whole(total)} ${unit}${timeLeft(done / total, elapsedMs)}` : step;

/** As if the rest went as what is done went. */
export function timeLeft(share: number, elapsedMs: number): string {
  if (elapsedMs < MEASURED_MS || share <= 0 || share >= 1) return "";
  const seconds = Math.ceil((elapsedMs * (1 - share)) / share / 1000);
  return seconds < 100 ? `, some ${seconds} s left` : `, some ${Math.ceil(seconds / 60)} min left`;
}

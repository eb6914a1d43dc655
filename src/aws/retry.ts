/** Asking again, after pauses that double. */
import { setTimeout as wait } from "node:timers/promises";

export interface Schedule {
  firstPauseMs: number;
  /** No pause is longer; default: no end. */
  mostPauseMs?: number;
  /** Default: no end. */
  attempts?: number;
}

interface Waiting {
  signal?: AbortSignal | undefined;
  /** How a pause is made; tests give their own time. */
  pause?: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

const pauseOf = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  wait(ms, undefined, { signal });

/** What `attempt` gives; null: not yet. `isLast`: no other follows, so that it throws why. `n` counts from 1. */
export async function retried<T>(
  attempt: (isLast: boolean, n: number) => Promise<T | null>,
  { firstPauseMs, mostPauseMs = Infinity, attempts = Infinity }: Schedule,
  { signal, pause = pauseOf }: Waiting = {},
): Promise<T> {
  for (let n = 1; ; n += 1) {
    const given = await attempt(n >= attempts, n);
    if (given !== null) return given;
    await pause(Math.min(mostPauseMs, firstPauseMs * 2 ** (n - 1)), signal);
  }
}

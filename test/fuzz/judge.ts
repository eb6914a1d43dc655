/** What a call left behind. */
export interface Outcome {
  code: number;
  out: string;
  err: string;
  milliseconds: number;
  /** What the document bills in all and what the oracle does, in US dollars; null where one of them can't tell. */
  billedUsd: number | null;
  expectedUsd: number | null;
}

const LONGEST_MS = 10_000;
const ALLOWED = new Set([0, 2, 3]);
const RAW_CONTROL = /[^\P{Cc}\n]|\p{Cf}/u;
const STACK = /^\s+at .+:\d+:\d+\)?$/m;

/** Why this outcome is an escape; null: it is none. */
export function escapeOf({ code, out, err, milliseconds, billedUsd, expectedUsd }: Outcome): string | null {
  if (!ALLOWED.has(code)) return `exit code ${code}`;
  if (milliseconds > LONGEST_MS) return `took ${Math.round(milliseconds)} ms`;
  if (RAW_CONTROL.test(out + err)) return "a raw control character";
  if (STACK.test(err)) return "a stack trace";
  if (code !== 0 && err.trim() === "") return "an error without a message";
  if (billedUsd !== null && expectedUsd !== null && Math.abs(billedUsd - expectedUsd) > 1e-9)
    return `bills ${billedUsd}, expected ${expectedUsd}`;
  return null;
}

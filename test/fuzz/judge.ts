/** Decides whether what a call left behind is an escape: neither a sound result nor a clear refusal. */
import { documentFault } from "./documents.ts";

export interface Outcome {
  code: number;
  out: string;
  err: string;
  milliseconds: number;
  /** What the export bills by an independent reading, in picodollars; null where that can't tell. */
  billed?: bigint | null;
  /** What the export billed before it was hurt, in picodollars: that, a refusal, or a finding of what is missing or twice. */
  whole?: bigint | null;
  /** What it billed then, where damage may change it, but not to nothing. */
  lost?: bigint | null;
  /** What a call printed whose document must be the same. */
  like?: string;
}

/** A case is a second's work at most, many on a busy machine: what counts is that it ends. */
export const LONGEST_MS = 60_000;
/** Nobody reads more, and a log should not hold a file. */
const LONGEST_MESSAGE = 10_000;
const ALLOWED = new Set([0, 2, 3, 10]);
const RAW_CONTROL = /[^\P{Cc}\n]|\p{Cf}/u;
const STACK = /^\s+at .+:\d+:\d+\)?$/m;

/** Why this outcome is an escape; null: it is none. */
export function escapeOf(outcome: Outcome): string | null {
  const { code, out, err, milliseconds, like } = outcome;
  if (!ALLOWED.has(code)) return `exit code ${code}`;
  if (milliseconds > LONGEST_MS) return `took ${Math.round(milliseconds)} ms`;
  if (RAW_CONTROL.test(out + err)) return "a raw control character";
  if (STACK.test(err)) return "a stack trace";
  if ((code === 2 || code === 3) && err.trim() === "") return "an error without a message";
  if (err.length > LONGEST_MESSAGE) return `a message of ${err.length} characters`;
  if (like !== undefined && code !== 0) return "refused, though it is a sound input written otherwise";
  return out.startsWith("{") ? documentFault(out, outcome) : null;
}

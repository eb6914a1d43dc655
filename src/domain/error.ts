/**
 * The world's faults. Each code has an exit code; messages are made where the fault is seen and say what was found, what
 * was expected, where, and what to do next.
 */
const EXIT_CODES = {
  "wrong-call": 2,
  "path-not-found": 3,
  "no-exports": 3,
  "unreadable-file": 3,
  "damaged-file": 3,
  "empty-file": 3,
  "unknown-format": 3,
  "missing-column": 3,
  "bad-value": 3,
  "mixed-currencies": 3,
  "duplicate-delivery": 3,
  "no-sagemaker-usage": 3,
  "bad-rate-card": 3,
  "bad-plan-file": 3,
  "bad-aws-recommendation": 3,
  "bad-events": 3,
  "bad-metrics": 3,
  "no-rates": 3,
  "bad-store": 3,
  "cannot-write": 3,
  "store-busy": 4,
  "engine-failure": 4,
  "aws-credentials": 4,
  "aws-denied": 4,
  "aws-failure": 4,
  "solver-failure": 5,
} as const;

export type ErrorCode = keyof typeof EXIT_CODES;

export class SageplanError extends Error {
  readonly code: ErrorCode;
  readonly exitCode: number;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SageplanError";
    this.code = code;
    this.exitCode = EXIT_CODES[code];
  }
}

/** Our own bugs: throws a plain Error, which the command line turns into exit code 70. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

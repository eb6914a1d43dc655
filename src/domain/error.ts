/**
 * The world's faults, each with its exit code, what it means and what to do: `docs/reference/codes.md` is printed from
 * here. Messages are made where the fault is seen and say what was found, what was expected, where, and what to do
 * next.
 */
export const ERRORS = {
  "wrong-call": {
    exit: 2,
    means: "Options or values that do not go together.",
    todo: "Read the message: it names the option and what it takes.",
  },
  "path-not-found": {
    exit: 3,
    means: "A file or folder that was named is not there.",
    todo: "Look at the path, and at the folder from which you call.",
  },
  "no-exports": {
    exit: 3,
    means: "What was named holds no billing export.",
    todo: "Name the folder that AWS delivers into; see how-to/export.",
  },
  "unreadable-file": {
    exit: 3,
    means:
      "A file is there and can't be read: it may not be, it is a pipe or a link to nothing, or it changed meanwhile.",
    todo: "Look at its permissions, or read a copy.",
  },
  "damaged-file": {
    exit: 3,
    means: "A file breaks off, or is not what its name says.",
    todo: "Fetch it again.",
  },
  "empty-file": {
    exit: 3,
    means: "A file without rows.",
    todo: "Fetch it again, or leave it out.",
  },
  "unknown-format": {
    exit: 3,
    means: "Columns of no export that is known.",
    todo: "Name a CUR, CUR 2.0, FOCUS or Cost Explorer file.",
  },
  "missing-column": {
    exit: 3,
    means: "A column that is needed is missing.",
    todo: "Add the named column to the export.",
  },
  "bad-value": {
    exit: 3,
    means: "A value that is no number, date or account.",
    todo: "Look at the named row and column.",
  },
  "mixed-currencies": {
    exit: 3,
    means: "Amounts in several currencies.",
    todo: "Give exports of one currency at a time.",
  },
  "duplicate-delivery": {
    exit: 3,
    means: "The same hours come from two sources.",
    todo: "Leave one of the named files out.",
  },
  "no-sagemaker-usage": {
    exit: 3,
    means: "No SageMaker usage in the history that counts.",
    todo: "Look at --from, --to and --lookback, and at the accounts that are in the export.",
  },
  "bad-rate-card": {
    exit: 3,
    means: "A file of rates that cannot be used.",
    todo: "Give what `sageplan pull rates` or `sageplan pull price-list` writes, or a CSV with the named columns.",
  },
  "bad-plan-file": {
    exit: 3,
    means: "A file of owned plans that cannot be used.",
    todo: "Give what `sageplan pull plans` writes, or `aws savingsplans describe-savings-plans` prints, whole.",
  },
  "bad-aws-recommendation": {
    exit: 3,
    means: "A file for --compare-aws that cannot be used.",
    todo: "Give what `aws ce get-savings-plans-purchase-recommendation` prints.",
  },
  "bad-events": {
    exit: 3,
    means: "A file of events that cannot be used.",
    todo: "Correct the named entry; docs/events.md has the format.",
  },
  "bad-metrics": {
    exit: 3,
    means: "A file of metrics that cannot be used.",
    todo: "Give what `aws cloudwatch get-metric-data` prints; docs/headroom.md has the call.",
  },
  "bad-store": {
    exit: 3,
    means: "A store that this version cannot read.",
    todo: "Name another file with --store, or restore it from a copy.",
  },
  "cannot-write": {
    exit: 3,
    means: "An output file cannot be written; none was.",
    todo: "Choose another place.",
  },
  "store-busy": {
    exit: 4,
    means: "Another review holds the store.",
    todo: "Wait (--wait), or look at the process that is named.",
  },
  "engine-failure": {
    exit: 4,
    means: "DuckDB, Athena or Trino failed.",
    todo: "Read its own reason in the message; look at memory, table and workgroup.",
  },
  "aws-credentials": {
    exit: 4,
    means: "No credentials, or expired ones.",
    todo: "Log in, or name a profile with --profile.",
  },
  "aws-denied": {
    exit: 4,
    means: "AWS does not allow an action.",
    todo: "Ask for the named action; how-to/iam has the policies.",
  },
  "aws-failure": {
    exit: 4,
    means: "AWS does not answer, or not with what its API promises.",
    todo: "Call again: what was answered is kept.",
  },
  "solver-failure": {
    exit: 5,
    means: "The linear program could not be solved by any solver.",
    todo: "Allow fewer offerings or limits, and report it with the file that was left.",
  },
} as const satisfies Record<string, { exit: number; means: string; todo: string }>;

export type ErrorCode = keyof typeof ERRORS;

export class SageplanError extends Error {
  readonly code: ErrorCode;
  readonly exitCode: number;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SageplanError";
    this.code = code;
    this.exitCode = ERRORS[code].exit;
  }
}

/** Our own bugs: throws a plain Error, which the command line turns into exit code 70. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

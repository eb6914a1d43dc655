/** What goes to a thread of the pool, and what comes back. */
import type { ErrorCode } from "../domain/error.ts";
import type { Job } from "../portfolio/jobs.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

export interface Order {
  job: Job;
  problemId: number;
  /** Null: the thread has it. */
  problem: PurchaseProblem | null;
  rest: readonly unknown[];
}

export type JobAnswer =
  | { kind: "result"; result: unknown }
  | { kind: "failure"; code: ErrorCode; message: string; cause: unknown }
  | { kind: "crash"; error: unknown };

/** A thread of the pool: problems are sent to it once, jobs name them. */
import { parentPort } from "node:worker_threads";
import { SageplanError } from "../domain/error.ts";
import { doNamed } from "../portfolio/jobs.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import type { JobAnswer, Order } from "./messages.ts";

const problems = new Map<number, PurchaseProblem>();
const noPause = async (): Promise<void> => {};

async function answered({ job, problemId, problem, rest }: Order): Promise<JobAnswer> {
  if (problem !== null) problems.set(problemId, problem);
  try {
    return { kind: "result", result: await doNamed(job, problems.get(problemId)!, noPause, rest) };
  } catch (error) {
    if (!(error instanceof SageplanError)) return { kind: "crash", error };
    const { code, message, cause } = error;
    return { kind: "failure", code, message, cause };
  }
}

parentPort?.on("message", (order: Order) => {
  void answered(order).then((answer) => parentPort?.postMessage(answer));
});

/**
 * Threads that share the jobs of an answer. What a job gives does not depend on who does it, so the bytes of a result are
 * the same whatever their number; this thread works too. A pool starts its threads with the first problem that is worth
 * it: a thread takes a tenth of a second to begin, and a small problem less than that.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { SageplanError } from "../domain/error.ts";
import type { Effects } from "../domain/progress.ts";
import type { Pause } from "../portfolio/best-portfolio.ts";
import { doNamed, type Hands, type Job, type Working } from "../portfolio/jobs.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import type { JobAnswer, Order } from "./messages.ts";

/** An answer has hardly more jobs than this at a time. */
const MOST_THREADS = 8;

/** Hours of all scenarios from which on threads are worth their start. */
const WORTH_THREADS = 5_000;

interface Task {
  job: Job;
  problem: PurchaseProblem;
  pause: Pause;
  rest: readonly unknown[];
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

interface Thread {
  worker: Worker;
  /** What it is at; null: idle. */
  task: Task | null;
  /** Problems that it has. */
  known: Set<number>;
}

/** Only what is compiled runs in a thread: sources that a loader translates are run here. */
const WORKER = new URL("./worker.js", import.meta.url);
const isCompiled = import.meta.url.endsWith(".js");

/** `threads`: this one included; default: the machine's. */
export async function withHands<T>(
  threads: number | undefined,
  effects: Effects,
  use: (working: Working) => Promise<T>,
): Promise<T> {
  const most = isCompiled ? Math.min(threads ?? availableParallelism(), MOST_THREADS) : 1;
  const pool = poolOf(most - 1);
  const stop = (): void => pool.giveUp(effects.signal?.reason);
  effects.signal?.addEventListener("abort", stop, { once: true });
  try {
    return await use({ ...effects, hands: pool.hands });
  } finally {
    effects.signal?.removeEventListener("abort", stop);
    await pool.end();
  }
}

interface Pool {
  hands: Hands;
  giveUp: (reason: unknown) => void;
  end: () => Promise<void>;
}

function poolOf(others: number): Pool {
  const queue: Task[] = [];
  const threads: Thread[] = [];
  const ids = new Map<PurchaseProblem, number>();
  let isBusy = false;

  const send = (thread: Thread, task: Task): void => {
    const { job, problem, rest } = task;
    const problemId = ids.get(problem) ?? ids.size;
    ids.set(problem, problemId);
    const order: Order = { job, problemId, problem: thread.known.has(problemId) ? null : problem, rest };
    thread.known.add(problemId);
    thread.task = task;
    thread.worker.postMessage(order);
  };

  /** This thread's part: one job after another while there are any. */
  const work = async (): Promise<void> => {
    for (let task = queue.shift(); task; task = queue.shift()) {
      const { job, problem, pause, rest, resolve, reject } = task;
      await doNamed(job, problem, pause, rest).then(resolve, reject);
    }
    isBusy = false;
  };

  const handOut = (): void => {
    for (const thread of threads) {
      const task = thread.task === null ? queue.shift() : undefined;
      if (task) send(thread, task);
    }
    if (queue.length === 0 || isBusy) return;
    isBusy = true;
    setImmediate(() => void work());
  };

  return {
    hands: (job, problem, pause, ...rest) =>
      new Promise((resolve, reject) => {
        const { hourCount, probability } = problem.scenarios;
        const isWorth = hourCount * probability.length >= WORTH_THREADS;
        if (isWorth) while (threads.length < others) threads.push(hired(handOut));
        queue.push({ job, problem, pause, rest, resolve: resolve as Task["resolve"], reject });
        handOut();
      }),
    giveUp: (reason) => {
      for (const { reject } of queue.splice(0)) reject(reason);
      for (const { task } of threads) task?.reject(reason);
    },
    end: async () => {
      queue.length = 0;
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

/** `onIdle`: when it has ended a task. */
function hired(onIdle: () => void): Thread {
  const thread: Thread = { worker: new Worker(WORKER), task: null, known: new Set() };
  const release = (): Task | null => {
    const { task } = thread;
    thread.task = null;
    return task;
  };
  thread.worker.on("message", (answer: JobAnswer) => {
    const task = release();
    if (answer.kind === "result") task?.resolve(answer.result);
    else task?.reject(errorOf(answer));
    onIdle();
  });
  thread.worker.on("error", (error) => release()?.reject(error));
  return thread;
}

function errorOf(answer: Exclude<JobAnswer, { kind: "result" }>): unknown {
  if (answer.kind === "crash") return answer.error;
  const { code, message, cause } = answer;
  return new SageplanError(code, message, cause === undefined ? {} : { cause });
}

/**
 * The searches of an answer that need nothing of one another. Each takes and gives plain values, so that any thread can
 * do it: who does, `Hands` say (`threads`), and it makes no difference to what comes of it.
 */
import type { Effects } from "../domain/progress.ts";
import type { Portfolio } from "../domain/portfolio.ts";
import type { RiskMeasure } from "../domain/risk.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { answerAlone, waitingFor } from "./answer-alone.ts";
import { bestAmong, queueBehind, type Best, type Pause } from "./best-portfolio.ts";
import { purchasesElsewhere } from "./elsewhere.ts";
import { informationOf } from "./information.ts";
import { informationOverTime, overTime, simplerOverTime } from "./policy.ts";

const JOBS = {
  best: (
    problem: PurchaseProblem,
    pause: Pause,
    among: readonly number[],
    risk: RiskMeasure,
    starts: readonly Portfolio[],
    held?: Portfolio,
  ): Promise<Best> => bestAmong(problem, among, risk, starts, pause, held),
  queueBehind: (problem: PurchaseProblem, pause: Pause, offerings: readonly number[], now: Portfolio) =>
    queueBehind(problem, offerings, now, pause),
  alone: answerAlone,
  waiting: waitingFor,
  information: informationOf,
  overTime,
  informationOverTime,
  simplerOverTime,
  elsewhere: purchasesElsewhere,
};

type Jobs = typeof JOBS;
export type Job = keyof Jobs;
export type JobArguments<J extends Job> = Jobs[J] extends (
  problem: PurchaseProblem,
  pause: Pause,
  ...rest: infer Rest
) => unknown
  ? Rest
  : never;
export type JobResult<J extends Job> = Awaited<ReturnType<Jobs[J]>>;

/** Whoever does a job, now or when a thread is free. */
export type Hands = <J extends Job>(
  job: J,
  problem: PurchaseProblem,
  pause: Pause,
  ...rest: JobArguments<J>
) => Promise<JobResult<J>>;

/** The outside world of work that several threads may share. */
export interface Working extends Effects {
  hands: Hands;
}

/** Does a job by its name; `rest` as `JobArguments` of it. */
export const doNamed = (
  job: Job,
  problem: PurchaseProblem,
  pause: Pause,
  rest: readonly unknown[],
): Promise<unknown> => Reflect.apply(JOBS[job], null, [problem, pause, ...rest]);

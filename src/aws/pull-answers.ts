/** One question to AWS after the other: asked, kept, or failed with a reason. */
import { join } from "node:path";
import type { PullFinding } from "../domain/documents/finding.ts";
import type { PullAnswer, PullCall, PullResult } from "../domain/documents/pull.ts";
import { SageplanError } from "../domain/error.ts";
import type { Finding } from "../domain/documents/finding.ts";
import type { Effects } from "../domain/progress.ts";
import { ask, type Budget } from "./ask.ts";
import type { ApiCall } from "./calls.ts";
import { askerOf, type Asker } from "./clients.ts";
import { faultOf, isWithoutCredentials, isWithoutData, reasonOf } from "./faults.ts";
import { isAnswered, questionOf, writeAnswer } from "./kept.ts";
import { fetched, placeOf, regionFiles } from "./price-list.ts";
import type { PullOptions } from "./pull-options.ts";

export interface Work {
  options: PullOptions;
  effects: Effects;
  /** Of Cost Explorer; what is free has no end. */
  budget: Budget;
  findings: PullFinding[];
  isAlone: boolean;
  hash: (call: ApiCall) => string;
  isKept: (call: ApiCall) => boolean;
  asker: Asker | null;
}

export async function answered(work: Work, call: ApiCall): Promise<PullAnswer> {
  const { options, effects, findings, hash } = work;
  effects.signal?.throwIfAborted();
  if (work.isKept(call)) return { ...planned(call), status: "kept" };
  work.asker ??= await askerOf({ ...options, signal: effects.signal });
  const budget = call.usdPerRequest > 0 ? work.budget : { left: Infinity, sent: 0 };
  const before = budget.sent;
  const spent = () => ({ requests: budget.sent - before, usd: (budget.sent - before) * call.usdPerRequest });
  try {
    const { isWhole, resumedPages } = await ask(call, hash(call), work.asker, budget, (pages) =>
      effects.onProgress?.({ step: `Asking AWS: ${call.operation}`, done: pages, total: 0, unit: "pages" }),
    );
    if (!isWhole) findings.push(budgetEnded(call));
    return { ...call, ...spent(), status: isWhole ? "written" : "open", resumedPages };
  } catch (error) {
    effects.signal?.throwIfAborted();
    if (error instanceof SageplanError) throw error;
    if (call.daily && isWithoutData(error)) {
      findings.push(noHours(call, reasonOf(error)));
      const daily = await answered(work, call.daily);
      const { requests, usd } = spent();
      return { ...daily, requests, usd };
    }
    const fault = faultOf(error, call.operation);
    if (work.isAlone || isWithoutCredentials(error)) throw fault;
    findings.push({ code: fault.code, message: fault.message, usd: 0, source: call.file });
    return { ...call, ...spent(), status: "failed", resumedPages: 0 };
  }
}

export async function priceList(
  work: Work,
  place: ReturnType<typeof placeOf>,
  index: PullCall,
): Promise<PullAnswer[]> {
  const { options, effects, findings } = work;
  const { signal } = effects;
  const answers: PullAnswer[] = [];
  let call = index;
  try {
    const fileOf = (region: string): string => join(options.out, "price-list", `${region}.json`);
    const files = await regionFiles(place, options.regions, fileOf, signal);
    for (const [n, file] of files.entries()) {
      call = file;
      const question = questionOf(file.parameters);
      const isKept = !options.refresh && isAnswered(file.file, question);
      if (!isKept) writeAnswer(file.file, question, await fetched(String(file.parameters["url"]), signal));
      answers.push({ ...planned(file), status: isKept ? "kept" : "written", requests: isKept ? 0 : 1 });
      effects.onProgress?.({
        step: "Fetching the price list",
        done: n + 1,
        total: files.length,
        unit: "regions",
      });
    }
  } catch (error) {
    signal?.throwIfAborted();
    const isTheirs = error instanceof SageplanError && error.code === "aws-failure";
    if (work.isAlone || !isTheirs) throw error;
    findings.push({ code: error.code, message: error.message, usd: 0, source: call.file });
    answers.push({ ...planned(call), status: "failed" });
  }
  return answers;
}

export const planned = (call: PullCall): PullAnswer => {
  const { pull: asked, service, operation, parameters, file, usdPerRequest, command } = call;
  const shown = { pull: asked, service, operation, parameters, file, usdPerRequest, command };
  return { ...shown, status: "planned", requests: 0, usd: 0, resumedPages: 0 };
};

export const resultOf = (answers: readonly PullAnswer[], findings: PullFinding[]): PullResult => ({
  schema: "sageplan/pull/1",
  answers: answers.map((answer) => ({
    ...planned(answer),
    status: answer.status,
    requests: answer.requests,
    usd: cents(answer.usd),
    resumedPages: answer.resumedPages,
  })),
  requests: answers.reduce((sum, { requests }) => sum + requests, 0),
  usd: cents(answers.reduce((sum, { usd }) => sum + usd, 0)),
  isComplete: answers.every(({ status }) => status !== "failed" && status !== "open"),
  findings,
});

const cents = (usd: number): number => Math.round(usd * 100) / 100;

const budgetEnded = ({ file, operation }: ApiCall): Finding => ({
  code: "request-limit",
  message: `${operation} has more pages than --max-requests allowed. What was fetched is kept: the same command with a higher limit goes on from there.`,
  usd: 0,
  source: file,
});

const noHours = ({ file }: ApiCall, reason: string): Finding => ({
  code: "hourly-not-enabled",
  message: `Cost Explorer has no hours of this account (${reason}), so days were asked for: they bound what a commitment saves, they do not tell it. Hours are switched on in Cost Explorer's settings, and kept for 14 days; a billing export has them for good.`,
  usd: 0,
  source: file,
});

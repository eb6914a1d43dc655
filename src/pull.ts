/** Asks AWS, and writes what it answers as the files that the AWS CLI would print. The only verb that needs a network. */
import { join } from "node:path";
import { ask, hashOf, type Budget } from "./aws/ask.ts";
import { callsOf, type ApiCall } from "./aws/calls.ts";
import { askerOf, type Asker } from "./aws/clients.ts";
import { faultOf, isWithoutCredentials, isWithoutData, reasonOf } from "./aws/faults.ts";
import { isAnswered, questionOf, writeAnswer } from "./aws/kept.ts";
import { fetched, fileCall, placeOf, regionFiles } from "./aws/price-list.ts";
import type { Granularity } from "./aws/period.ts";
import { SageplanError } from "./domain/error.ts";
import type { Finding } from "./domain/finding.ts";
import type { Effects } from "./domain/progress.ts";
import type { Pull, PullAnswer, PullCall, PullResult } from "./domain/pull.ts";

export interface PullOptions {
  /** What to ask, in this order. */
  what: readonly Pull[];
  /** Folder of the answers. */
  out: string;
  profile?: string | undefined;
  /** Any region of the partition that is meant; default: the commercial one. */
  region?: string | undefined;
  /** `2026-07-01T00:00:00Z`: of usage, utilization and coverage. */
  from?: string | undefined;
  to?: string | undefined;
  /** Of usage; default `auto`: hours where Cost Explorer keeps them, else days. */
  granularity?: Granularity | "auto" | undefined;
  /** What usage is told by, beside its type; default `operation`, which finds rates best. */
  groupBy?: "operation" | "region" | undefined;
  /** Of the price list; default all. */
  regions?: readonly string[] | undefined;
  /** Where the price list lies, when not at AWS. */
  priceListUrl?: string | undefined;
  /** An answer that takes longer is asked for again; default 120. */
  timeoutSeconds?: number | undefined;
  /** Requests to Cost Explorer, at most; default 100, which cost $1. */
  maxRequests?: number | undefined;
  /** Ask again what was answered before. */
  refresh?: boolean | undefined;
  /** Tell the calls, and make none. */
  dryRun?: boolean | undefined;
}

const MOST_REQUESTS = 100;

/**
 * @throws SageplanError `aws-credentials` when nothing can be asked; `aws-denied` and `aws-failure` when the only question failed;
 *   of several, those are findings and the others go on. Interrupted, it keeps the pages that it has, and goes on from them.
 */
export async function pull(options: PullOptions, effects: Effects = {}): Promise<PullResult> {
  const nowMs = (effects.now ?? Date.now)();
  const { what, out, profile, region } = options;
  const fileOf = (_: Pull, name: string): string => join(out, name);
  const questions = {
    pulls: what,
    from: options.from,
    to: options.to,
    granularity: options.granularity ?? "auto",
    groupBy: options.groupBy ?? "operation",
    nowMs,
  };
  const calls = callsOf(questions, fileOf);
  const place = placeOf(region, options.priceListUrl);
  const index = fileCall(place.index, join(out, "price-list", "region_index.json"));
  if (options.dryRun) {
    return resultOf([...calls, ...(what.includes("price-list") ? [index] : [])].map(planned), []);
  }
  const hash = (call: ApiCall): string => hashOf(call, { profile: profile ?? null, region: region ?? null });
  const isKept = (call: ApiCall): boolean => !options.refresh && isAnswered(call.file, hash(call));
  const dear = calls.filter((call) => call.usdPerRequest > 0 && !isKept(call));
  if (dear.length > 0) {
    const usd = dear.reduce((sum, { usdPerRequest }) => sum + usdPerRequest, 0);
    effects.onNote?.(
      `asking Cost Explorer ${dear.length} questions, a request or more each: $${usd.toFixed(2)} or more, at most ${options.maxRequests ?? MOST_REQUESTS} requests`,
    );
  }
  const work: Work = {
    options,
    effects,
    budget: { left: options.maxRequests ?? MOST_REQUESTS, sent: 0 },
    findings: [],
    isAlone: what.length === 1,
    hash,
    isKept,
    asker: null,
  };
  try {
    const answers: PullAnswer[] = [];
    for (const each of what) {
      const own = calls.filter((call) => call.pull === each);
      for (const call of own) answers.push(await answered(work, call));
      if (each === "price-list") answers.push(...(await priceList(work, place, index)));
    }
    return resultOf(answers, work.findings);
  } finally {
    work.asker?.close();
  }
}

interface Work {
  options: PullOptions;
  effects: Effects;
  /** Of Cost Explorer; what is free has no end. */
  budget: Budget;
  findings: Finding[];
  isAlone: boolean;
  hash: (call: ApiCall) => string;
  isKept: (call: ApiCall) => boolean;
  asker: Asker | null;
}

async function answered(work: Work, call: ApiCall): Promise<PullAnswer> {
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

async function priceList(
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

const planned = (call: PullCall): PullAnswer => {
  const { pull: asked, service, operation, parameters, file, usdPerRequest, command } = call;
  const shown = { pull: asked, service, operation, parameters, file, usdPerRequest, command };
  return { ...shown, status: "planned", requests: 0, usd: 0, resumedPages: 0 };
};

const resultOf = (answers: readonly PullAnswer[], findings: Finding[]): PullResult => ({
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

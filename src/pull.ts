/**
 * Asks AWS, and writes what it answers as the files that the AWS CLI would print. The only verb that needs a network.
 */
import { join } from "node:path";
import { hashOf } from "./aws/ask.ts";
import { callsOf, type ApiCall } from "./aws/calls.ts";
import { isAnswered } from "./aws/kept.ts";
import { fileCall, placeOf } from "./aws/price-list.ts";
import { answered, planned, priceList, resultOf, type Work } from "./aws/pull-answers.ts";
import { MOST_REQUESTS, type PullOptions } from "./aws/pull-options.ts";
import type { Pull } from "./domain/pulls.ts";
import type { PullAnswer, PullResult } from "./domain/documents/pull.ts";
import type { Effects } from "./domain/progress.ts";

/**
 * @throws SageplanError `aws-credentials` when nothing can be asked; `aws-denied` and `aws-failure` when the only
 *   question failed; of several, those are findings and the others go on. Interrupted, it keeps the pages that it has,
 *   and goes on from them.
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

/** What can be asked of AWS, and what came of asking. */
import type { ErrorCode } from "../error.ts";
import type { FindingCode } from "../finding-codes.ts";
import type { Finding } from "../finding.ts";

/** In the order in which `all` asks them: what is free first. */
export const PULLS = [
  "rates",
  "plans",
  "price-list",
  "usage",
  "utilization",
  "coverage",
  "recommendation",
] as const;
export type Pull = (typeof PULLS)[number];

/** One question to AWS; its answer is one file. */
export interface PullCall {
  pull: Pull;
  /** As the AWS CLI names it; the price list is files over HTTPS. */
  service: "savingsplans" | "ce" | "price-list";
  /** `DescribeSavingsPlans`; of the price list `GET`. */
  operation: string;
  /** As the API takes them; of the price list `{ url }`. */
  parameters: Readonly<Record<string, unknown>>;
  /** Path of the answer. */
  file: string;
  /** What AWS charges for one request, in USD. */
  usdPerRequest: number;
  /** What a person would run to get the same, in a POSIX shell. */
  command: string;
}

/**
 * `planned`: a dry run, nothing was asked; `written`: asked and written; `kept`: the same question was answered before,
 * and its file is there; `failed`: a finding tells why; `open`: not asked to its end, because no more requests were
 * allowed.
 */
export type PullStatus = "planned" | "written" | "kept" | "failed" | "open";

export interface PullAnswer extends PullCall {
  status: PullStatus;
  /** Requests sent, those that AWS throttled or did not answer too. */
  requests: number;
  /** At most: AWS does not say which of the requests it charges. */
  usd: number;
  /** Pages that an earlier, interrupted pull had got already. */
  resumedPages: number;
}

/** Faults of one question that left the others to be asked are findings too. */
export type PullFinding = Finding<FindingCode | ErrorCode>;

export interface PullResult {
  schema: "sageplan/pull/1";
  answers: PullAnswer[];
  /** Of all answers. */
  requests: number;
  /** Of all answers, at most. */
  usd: number;
  /** Every question has its answer in place; of a dry run, that there is nothing against asking. */
  isComplete: boolean;
  findings: PullFinding[];
}

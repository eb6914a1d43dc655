import type { Pull } from "../domain/pulls.ts";
import type { Granularity } from "./period.ts";

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

export const MOST_REQUESTS = 100;

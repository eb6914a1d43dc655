import type { Hour } from "./hour.ts";
import type { Sku } from "./usage.ts";

/** What one resource used, or what an account used of one SKU. */
export interface ResourceUse {
  /** ARN of an endpoint, a notebook instance or a Studio app; empty: all of the account's use of the SKU. */
  resourceId: string;
  account: string;
  sku: Sku;
  /** Ascending; hours without use are left out. */
  hour: Int32Array;
  usageHours: Float64Array;
  onDemandUsd: Float64Array;
}

/** One endpoint's CloudWatch metrics by hour. Hours without a data point are absent. */
export interface EndpointMetrics {
  endpoint: string;
  /** Requests in the hour (Sum). */
  invocations: ReadonlyMap<Hour, number>;
  /** Percent, of all cores together: 100 times the vCPUs when all are busy (Average, over instances). */
  cpuPercent: ReadonlyMap<Hour, number>;
  /** Percent, of all GPUs together (Average, over instances). */
  gpuPercent: ReadonlyMap<Hour, number>;
  /** Mean time that the model took for a request. */
  latencyMicroseconds: ReadonlyMap<Hour, number>;
}

/** A declared event as a file of events spells it: `docs/events.md`. */
export interface ToldEvent {
  shutdown?: ToldMatch;
  migration?: ToldMatch & { to: string; spend_ratio: number };
  autoscaling?: ToldMatch & ({ minimum: number } | { week: number[] });
  from: string;
  probability: number;
}

export interface ToldMatch {
  match: string;
  account?: string;
  part?: string;
  share?: number;
}

/**
 * `none`: findings stay findings; `likely`: each happens in the share of the futures that its
 * probability says; `all`: each does.
 */
export const WORLDS = ["none", "likely", "all"] as const;
export type World = (typeof WORLDS)[number];

const ORDER = ["shutdown", "autoscaling", "migration"] as const;

/**
 * Findings with events, as these must stand in a file: what shrinks first, then what moves, so that
 * nothing moves away from its event.
 */
export const inOrder = <T extends { event: ToldEvent | null }>(findings: readonly T[]): T[] =>
  ORDER.flatMap((kind) => findings.filter(({ event }) => event !== null && kind in event));

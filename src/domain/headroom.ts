import type { Purchase } from "./commitment.ts";
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

export type HeadroomPattern =
  | "flat-fleet"
  | "serverless"
  | "scale-to-zero"
  | "always-on-notebook"
  | "no-spot"
  | "previous-generation"
  | "graviton";

/**
 * `measured`: by CloudWatch metrics; `inferred`: from what each resource was billed; `guess`: from sums over several.
 */
export type Confidence = "measured" | "inferred" | "guess";

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

/** Usage that could shrink or leave the usage that Savings Plans cover. USD at On-Demand rates. */
export interface HeadroomFinding {
  pattern: HeadroomPattern;
  /** ARN; empty: all of the account's use of the usage type. */
  resource: string;
  account: string;
  region: string;
  /** `*` stands for all sizes. */
  usageType: string;
  confidence: Confidence;
  /** What it costs now, in a month of 730 hours. */
  onDemandUsdPerMonth: number;
  /** What would be saved of it; null: no price is known for what would take its place, or the bill can't tell. */
  savesUsdPerMonth: number | null;
  /** By how much the mean usage that Savings Plans cover would fall, USD an hour. */
  effectUsdPerHour: number;
  /** Sentences: what was seen, what would do, and where no dollars stand, why. */
  what: string;
  /** The page of AWS that the advice is from, by its title. */
  page: string;
  /** What it becomes in sampled futures; null: nothing that plans cover changes. */
  event: ToldEvent | null;
}

/**
 * `none`: findings stay findings; `likely`: each happens in the share of the futures that its
 * probability says; `all`: each does.
 */
export const WORLDS = ["none", "likely", "all"] as const;
export type World = (typeof WORLDS)[number];

/** What to commit to in one of the worlds, and how the commitments fare there. USD over the horizon. */
export interface WorldAnswer {
  world: World;
  /** Mean eligible usage of its futures, On-Demand USD an hour after any negotiated discount. */
  eligibleUsdPerHour: number;
  /** The best there, sought among purchases that commit no more than that of `none`. */
  purchases: Purchase[];
  commitmentUsdPerHour: number;
  netSavingsUsd: number;
  probabilityOfLoss: number;
  /** What is bought when nothing is assumed, if this world comes. */
  unassumed: { netSavingsUsd: number; probabilityOfLoss: number };
  /** The safe-now commitment, if this world comes. */
  safeNow: { netSavingsUsd: number; probabilityOfLoss: number };
}

/** The commitment now against the commitment once the findings are done. */
export interface HeadroomWorlds {
  /** Which world the recommendation itself is of. */
  assumed: World;
  /** In the order of WORLDS. */
  worlds: WorldAnswer[];
  /** The most of the purchase of `none`, in its mix, whose probability of a loss keeps the bound in every world. */
  safeNow: { mostLossProbability: number; purchases: Purchase[]; commitmentUsdPerHour: number };
}

/** Savings that come before a commitment: what was found, and what it does to the answer. */
export interface Headroom {
  /** The hours that were looked at. ISO 8601, UTC. */
  window: { from: string; to: string; hours: number };
  /** `resource`: all of it by resource; `sku`: by account and usage type only; `none`: the export is not hourly. */
  detail: "resource" | "partly" | "sku" | "none";
  /** Endpoints whose metrics were given and matched; null: no metrics were given. */
  measuredEndpoints: number | null;
  /** Utilization at which measured fleets are sized. */
  targetUtilization: number;
  findings: HeadroomFinding[];
  /** Null where no finding changes what plans cover, or futures are not sampled. */
  worlds: HeadroomWorlds | null;
  /** Why there are no worlds, what could not be told, what was passed over. */
  notes: string[];
}

const ORDER = ["shutdown", "autoscaling", "migration"] as const;

/**
 * Findings with events, as these must stand in a file: what shrinks first, then what moves, so that
 * nothing moves away from its event.
 */
export const inOrder = (findings: readonly HeadroomFinding[]): HeadroomFinding[] =>
  ORDER.flatMap((kind) => findings.filter(({ event }) => event !== null && kind in event));

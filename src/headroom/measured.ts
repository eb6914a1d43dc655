/** Metrics laid beside the hours of an endpoint. */
import type { EndpointMetrics, ResourceUse } from "../domain/headroom.ts";
import type { Hour } from "../domain/hour.ts";
import { coresOf, gpusOf } from "./hardware.ts";
import { LEAST_LIFE_HOURS } from "./thresholds.ts";

/** `[hour of the use]` NaN: not known. */
export interface Measured {
  /** Of its cores or its GPUs, whichever is busier, 0 … 1. */
  utilization: Float64Array;
  invocations: Float64Array;
  /** Mean seconds that the model takes for a request; null: not told. */
  secondsPerRequest: number | null;
}

/** `endpoint/ranker-v3` of an ARN. */
export const nameOf = (resourceId: string): string => resourceId.split(":").slice(5).join(":") || resourceId;

const endpointOf = (resourceId: string): string =>
  /(?:^|:)endpoint\/(.+)$/.exec(resourceId)?.[1]?.toLowerCase() ?? "";

/**
 * The metrics of each endpoint by name, without case (an ARN has it in lower case). A name that several endpoints have,
 * in other Regions or accounts, can't be told apart in metrics, and is left out.
 */
export function metricsByUse(
  uses: readonly ResourceUse[],
  metrics: readonly EndpointMetrics[],
): { of: Map<ResourceUse, EndpointMetrics>; ambiguous: string[]; unmatched: string[] } {
  const byName = new Map(metrics.map((each) => [each.endpoint.toLowerCase(), each]));
  const arns = new Map<string, Set<string>>();
  for (const { resourceId } of uses) {
    const name = endpointOf(resourceId);
    if (name !== "") arns.set(name, (arns.get(name) ?? new Set()).add(resourceId));
  }
  const isOne = (name: string): boolean => arns.get(name)?.size === 1;
  const names = [...byName.keys()];
  return {
    of: new Map(
      uses.flatMap((use) => {
        const name = endpointOf(use.resourceId);
        const own = byName.get(name);
        return own && isOne(name) ? [[use, own] as const] : [];
      }),
    ),
    ambiguous: names.filter((name) => (arns.get(name)?.size ?? 0) > 1),
    unmatched: names.filter((name) => !arns.has(name)),
  };
}

export function measuredOf({ hour, sku }: ResourceUse, metrics: EndpointMetrics): Measured {
  const { invocations, cpuPercent, gpuPercent, latencyMicroseconds } = metrics;
  const [first, last] = spanOf([invocations, cpuPercent, gpuPercent]);
  const cores = coresOf(sku.instanceType);
  const gpus = gpusOf(sku.instanceType);
  const shareOf = (percent: number | undefined, units: number): number =>
    percent === undefined ? Number.NaN : percent / (100 * units);
  return {
    utilization: Float64Array.from(hour, (h) => {
      // Idle cores say nothing of accelerators.
      if (gpus === null || cores === null) return Number.NaN;
      const cpu = shareOf(cpuPercent.get(h), cores);
      if (gpus === 0) return cpu;
      const gpu = shareOf(gpuPercent.get(h), gpus);
      return Number.isNaN(cpu) ? gpu : Math.max(cpu, gpu);
    }),
    // CloudWatch has no data point where there was no request.
    invocations: Float64Array.from(hour, (h) =>
      invocations.size === 0 || h < first || h > last ? Number.NaN : (invocations.get(h) ?? 0),
    ),
    secondsPerRequest: meanLatency(invocations, latencyMicroseconds),
  };
}

function spanOf(maps: readonly ReadonlyMap<Hour, number>[]): [number, number] {
  let [first, last] = [Infinity, -Infinity];
  for (const map of maps) {
    for (const hour of map.keys()) {
      first = Math.min(first, hour);
      last = Math.max(last, hour);
    }
  }
  return [first, last];
}

/** Weighted by requests. */
function meanLatency(
  invocations: ReadonlyMap<Hour, number>,
  latencyMicroseconds: ReadonlyMap<Hour, number>,
): number | null {
  let [requests, seconds] = [0, 0];
  for (const [hour, latency] of latencyMicroseconds) {
    const count = invocations.get(hour) ?? 0;
    requests += count;
    seconds += (count * latency) / 1e6;
  }
  return requests > 0 ? seconds / requests : null;
}

/** Enough is known to speak of it. */
export const isKnown = (values: Float64Array): boolean =>
  values.filter((value) => !Number.isNaN(value)).length >= LEAST_LIFE_HOURS;

/** Share of the known hours without a request. */
export function idleShare(invocations: Float64Array): number {
  const known = invocations.filter((count) => !Number.isNaN(count));
  return known.filter((count) => count === 0).length / known.length;
}

/** The part of its known hours' dollars that a use keeps when hour n keeps `kept[n]`. */
export function keptShare({ onDemandUsd }: ResourceUse, kept: ArrayLike<number>): number {
  let [all, left] = [0, 0];
  for (let n = 0; n < onDemandUsd.length; n++) {
    if (Number.isNaN(kept[n]!)) continue;
    all += onDemandUsd[n]!;
    left += onDemandUsd[n]! * kept[n]!;
  }
  return all > 0 ? left / all : 1;
}

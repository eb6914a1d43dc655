/** Small demands, told hour by hour. */
import type { Demand, Sku } from "../../src/domain/usage.ts";

/** One item per list, each of its own SKU; hours of 0 have no entry. */
export function demandOf(...usage: readonly (readonly number[])[]): Demand {
  const hours = usage.map((usd) => [...usd.keys()].filter((h) => usd[h]! > 0));
  const start = [0];
  for (const own of hours) start.push(start.at(-1)! + own.length);
  return {
    hourCount: Math.max(...usage.map((usd) => usd.length)),
    items: usage.map((_, sku) => ({ account: "1", sku })),
    start: Int32Array.from(start),
    hour: Int32Array.from(hours.flat()),
    onDemandUsd: Float64Array.from(usage.flatMap((usd, n) => hours[n]!.map((h) => usd[h]!))),
  };
}

export const hours = (count: number, usdAt: (hour: number) => number): number[] =>
  Array.from({ length: count }, (_, h) => usdAt(h));

export const skuNamed = (usageType: string): Sku => ({
  usageType,
  operation: "RunInstance",
  region: "us-east-1",
  component: "Host",
  instanceType: /ml\..*$/.exec(usageType)?.[0] ?? "",
});

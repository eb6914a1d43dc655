import type { Demand } from "./usage.ts";

/** On-Demand dollars of each account. */
export function usdByAccount({ items, start, onDemandUsd }: Demand): Map<string, number> {
  const usd = new Map<string, number>();
  for (const [item, { account }] of items.entries()) {
    const spent = onDemandUsd.subarray(start[item], start[item + 1]);
    usd.set(
      account,
      spent.reduce((sum, each) => sum + each, usd.get(account) ?? 0),
    );
  }
  return usd;
}

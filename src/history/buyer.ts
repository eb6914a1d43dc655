import type { Demand } from "../domain/usage.ts";

/** Without sharing a plan serves its own account only: the account that spends the most is the one to buy for. */
export function largestAccount(demand: Demand): string {
  const usd = new Map<string, number>();
  for (const [item, { account }] of demand.items.entries()) {
    const spent = demand.onDemandUsd.subarray(demand.start[item], demand.start[item + 1]);
    usd.set(
      account,
      spent.reduce((sum, each) => sum + each, usd.get(account) ?? 0),
    );
  }
  return [...usd].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? "";
}

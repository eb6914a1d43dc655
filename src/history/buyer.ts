import { turnOf, type Sharing } from "../domain/sharing.ts";
import type { Demand } from "../domain/usage.ts";

/**
 * The account that should buy. Where plans reach all accounts in the end, the payer: it uses nothing itself, so no
 * account goes first. Else the one whose plans reach the most usage, and of those that reach the same the one that uses
 * the most.
 */
export function buyerOf(demand: Demand, sharing: Sharing, payer: string): string {
  if (sharing.mode === "open" || sharing.mode === "prioritized") return payer;
  const usd = new Map<string, number>();
  for (const [item, { account }] of demand.items.entries()) {
    const spent = demand.onDemandUsd.subarray(demand.start[item], demand.start[item + 1]);
    usd.set(
      account,
      spent.reduce((sum, each) => sum + each, usd.get(account) ?? 0),
    );
  }
  const reach = (owner: string): number =>
    [...usd].reduce(
      (sum, [account, each]) => (turnOf(sharing, owner, account) === null ? sum : sum + each),
      0,
    );
  const candidates = [...usd].map(([account, own]) => ({ account, own, reached: reach(account) }));
  candidates.sort((a, b) => b.reached - a.reached || b.own - a.own || (a.account < b.account ? -1 : 1));
  return candidates[0]?.account ?? "";
}

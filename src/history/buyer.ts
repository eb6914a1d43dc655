import { turnOf, type Sharing } from "../domain/sharing.ts";
import type { Demand } from "../domain/usage.ts";
import { usdByAccount } from "../domain/usd-by-account.ts";

/**
 * The account that should buy. Where plans reach all accounts in the end, the payer: it uses nothing itself, so no
 * account goes first. Else the one whose plans reach the most usage, and of those that reach the same the one that uses
 * the most.
 */
export function buyerOf(demand: Demand, sharing: Sharing, payer: string): string {
  if (sharing.mode === "open" || sharing.mode === "prioritized") return payer;
  const usd = usdByAccount(demand);
  const reach = (owner: string): number =>
    [...usd].reduce(
      (sum, [account, each]) => (turnOf(sharing, owner, account) === null ? sum : sum + each),
      0,
    );
  const candidates = [...usd].map(([account, own]) => ({ account, own, reached: reach(account) }));
  candidates.sort((a, b) => b.reached - a.reached || b.own - a.own || (a.account < b.account ? -1 : 1));
  return candidates[0]?.account ?? "";
}

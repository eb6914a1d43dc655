/** What a reader must know of rates, and of usage that a plan cannot reach. */
import type { Finding } from "../domain/documents/finding.ts";
import type { OfferingRates } from "../domain/rates.ts";
import { named, totalUsd, usdBySku } from "../history/totals.ts";
import { onDemandRates } from "../pricing/rate-table.ts";
import type { PurchaseInputs } from "../problem/inputs.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { RATE_CHANGE } from "./data.ts";

/** Without sharing a plan serves one account: the rest of the spend is out of its reach. */
export function sharingFindings({ sharing, buyer, pastDemand: demand }: PurchaseProblem): Finding[] {
  if (sharing) return [];
  const usd = demand.items.reduce((sum, { account }, item) => {
    const entries = demand.onDemandUsd.subarray(demand.start[item], demand.start[item + 1]);
    return account === buyer ? sum : entries.reduce((total, each) => total + each, sum);
  }, 0);
  return [
    {
      code: "sharing-is-off",
      message:
        `AWS's rows show that plans are not shared between accounts. The answer is for account ${buyer}, which spends the most, and must ` +
        "be bought in it; this much eligible spend lies in other accounts, out of its reach. Run sageplan on each account's own export.",
      usd,
      source: buyer,
    },
  ];
}

/** A card made at other On-Demand rates than the bill's skews every saving %. */
export function cardFindings(
  { spend, eligibility }: PurchaseInputs,
  { ratio, savingsPlanRateUsd, source }: OfferingRates,
): Finding[] {
  const billed = onDemandRates(spend);
  const differing = spend.skus.flatMap((_, n) => {
    const stated = savingsPlanRateUsd[n]! / ratio[n]!;
    const differs = Math.abs(stated - billed[n]!) > RATE_CHANGE * billed[n]!;
    return source[n] === "file" && eligibility[n]!.eligible === "yes" && differs ? [n] : [];
  });
  if (differing.length === 0) return [];
  const first = differing[0]!;
  return [
    {
      code: "on-demand-rates-differ",
      message:
        `The rate card's On-Demand rate differs from the bill's for ${named(spend, differing)} (first: ` +
        `$${(savingsPlanRateUsd[first]! / ratio[first]!).toFixed(4)} against $${billed[first]!.toFixed(4)} an hour); the card's was used. ` +
        "Get a current card, or leave its on_demand_rate_usd empty.",
      usd: totalUsd(usdBySku(spend), differing),
      source: spend.skus[first]!.usageType,
    },
  ];
}

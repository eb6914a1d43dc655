/** On-Demand prices of usage, wherever one is known. */
import type { SavingsPlansRate } from "../domain/rates.ts";
import type { HourlySpend, Sku } from "../domain/usage.ts";
import { rateKey } from "./eligibility.ts";
import { listPrices } from "./list-prices.ts";
import { onDemandRates } from "./rate-table.ts";

export const priceKey = ({ usageType, operation }: Sku): string => rateKey(usageType, operation);

/** On-Demand prices of any usage: the user's card, then the bill, then AWS's list price. */
export function pricesOf(
  bill: { currency: string },
  spend: HourlySpend,
  card: readonly SavingsPlansRate[] | null,
): (sku: Sku) => number | null {
  const list = listPrices(bill);
  const stated = new Map<string, number>();
  const billed = onDemandRates(spend);
  for (const [n, sku] of spend.skus.entries()) if (billed[n]! > 0) stated.set(priceKey(sku), billed[n]!);
  for (const { usageType, operation, onDemandRateUsd, fault } of card ?? []) {
    if (onDemandRateUsd !== null && fault === undefined)
      stated.set(rateKey(usageType, operation), onDemandRateUsd);
  }
  return (sku) => stated.get(priceKey(sku)) ?? list(sku);
}

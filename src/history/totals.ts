/** Sums of the history by SKU. */
import type { HourlySpend } from "../domain/usage.ts";

/** On-Demand dollars per SKU over the whole data. */
export function usdBySku(spend: HourlySpend): Float64Array {
  const usd = new Float64Array(spend.skus.length);
  for (let row = 0; row < spend.item.length; row++) {
    usd[spend.items[spend.item[row]!]!.sku]! += spend.onDemandUsd[row]!;
  }
  return usd;
}

export const totalUsd = (usd: Float64Array, skus: readonly number[]): number =>
  skus.reduce((sum, n) => sum + usd[n]!, 0);

/** `USE1-Host:ml.m5.xlarge and 3 more` */
export const named = ({ skus }: HourlySpend, indices: readonly number[]): string =>
  skus[indices[0]!]!.usageType + (indices.length > 1 ? ` and ${indices.length - 1} more` : "");

/**
 * Rates of SKUs whose On-Demand price was cut: the Savings Plans rate stays, so its ratio to the On-Demand rate rises.
 */
import { type CutSku, PRICE_CUT } from "../domain/assumed.ts";
import type { OfferingRates } from "../domain/rates.ts";
import type { RatesInUse } from "../domain/rate-table.ts";

export function withCutSkus(rates: RatesInUse, cut: readonly CutSku[]): RatesInUse {
  if (cut.length === 0) return rates;
  const extended = ({ ratio, savingsPlanRateUsd, source }: OfferingRates): OfferingRates => ({
    ratio: Float64Array.from([...ratio, ...cut.map(({ of }) => ratio[of]! / (1 - PRICE_CUT))]),
    savingsPlanRateUsd: Float64Array.from([
      ...savingsPlanRateUsd,
      ...cut.map(({ of }) => savingsPlanRateUsd[of]!),
    ]),
    source: [...source, ...cut.map(({ of }) => source[of]!)],
  });
  return {
    ...rates,
    byOffering: new Map([...rates.byOffering].map(([label, table]) => [label, extended(table)])),
    ofOwnedPlan: (plan) => extended(rates.ofOwnedPlan(plan)),
  };
}

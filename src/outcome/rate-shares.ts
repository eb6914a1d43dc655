import type { OfferingRates, RateSource } from "../domain/rates.ts";
import type { ProblemData } from "../problem/problem.ts";

/** Share of the eligible spend of the scenarios whose rate comes from each source. */
export function rateShares(
  { scenarios }: Pick<ProblemData, "scenarios">,
  { source }: OfferingRates,
): Record<RateSource, number> {
  const { base, baseHour, growth, probability, hourCount } = scenarios;
  const weight = new Float64Array(base.hourCount);
  for (let n = 0; n < baseHour.length; n++) {
    weight[baseHour[n]!]! += probability[Math.floor(n / hourCount)]! * growth[n]!;
  }
  const usd = { file: 0, bill: 0, illustrative: 0 };
  let total = 0;
  for (const [item, { sku }] of base.items.entries()) {
    const from = source[sku];
    for (let n = base.start[item]!; n < base.start[item + 1]!; n++) {
      const expected = base.onDemandUsd[n]! * weight[base.hour[n]!]!;
      total += expected;
      if (from) usd[from] += expected;
    }
  }
  const share = (part: number): number => (total > 0 ? part / total : 0);
  return { file: share(usd.file), bill: share(usd.bill), illustrative: share(usd.illustrative) };
}

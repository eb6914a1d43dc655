/**
 * The shipped card: a discount per kind of hardware and offering, so that a first run without a rate card shows
 * something. ILLUSTRATIVE. Only two SageMaker Savings Plans rates were at hand when it was made, both 1-year Partial
 * Upfront of October 2023: USE1-Train:ml.m4.16xlarge 2.60544 (32.2 % below 3.84) and
 * AFS1-Studio:KernelGateway-ml.r5.24xlarge 6.6768 (31.0 % below 9.677); the rest is spread around them, inside AWS's
 * advertised "up to 64 %". Every result that rests on it says so.
 */
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { OFFERINGS, offeringLabel } from "../domain/offering.ts";
import type { SavingsPlansRate } from "../domain/rates.ts";
import type { Sku } from "../domain/usage.ts";

/** Families with GPUs, Trainium or Inferentia: `ml.g5`, `ml.p4d`, `ml.trn1`, `ml.inf2`. */
const ACCELERATED = /^ml\.(?:g\d|p\d|trn|inf)/;

interface Discount {
  hardware: string;
  term: string;
  payment_option: string;
  discount: string;
}

/** Rates for these SKUs at their On-Demand rates (index = SKU index; NaN: unknown, no rate is made up). */
export function illustrativeRates(skus: readonly Sku[], onDemandRateUsd: Float64Array): SavingsPlansRate[] {
  const text = readFileSync(new URL("illustrative-discounts.csv", import.meta.url), "utf8");
  const discounts = new Map(
    parse<Discount>(text, { columns: true }).map((row) => [
      `${row.hardware} ${row.term} ${row.payment_option}`,
      Number(row.discount),
    ]),
  );
  return skus.flatMap((sku, n) => {
    const onDemand = onDemandRateUsd[n]!;
    if (!(onDemand > 0)) return [];
    const hardware = ACCELERATED.test(sku.instanceType) ? "accelerated" : "general";
    return OFFERINGS.map((offering) => ({
      ...offering,
      usageType: sku.usageType,
      operation: sku.operation,
      savingsPlanRateUsd: onDemand * (1 - discounts.get(`${hardware} ${offeringLabel(offering)}`)!),
      onDemandRateUsd: onDemand,
    }));
  });
}

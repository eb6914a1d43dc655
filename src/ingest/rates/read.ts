/**
 * Savings Plans rate cards in the three formats that people have: what `aws savingsplans
 * describe-savings-plans-offering-rates` prints, a region's file of AWS's public bulk price list, and a CSV.
 */
import { offeringLabel } from "../../domain/offering.ts";
import type { SavingsPlansRate } from "../../domain/rates.ts";
import { parseJson, readText } from "../files/text.ts";
import { badCard } from "./bad-card.ts";
import { csvRates } from "./csv.ts";

/** @throws SageplanError `bad-rate-card` naming file and place; `path-not-found` */
export async function readRateFiles(paths: readonly string[]): Promise<SavingsPlansRate[]> {
  const rates: SavingsPlansRate[] = [];
  for (const path of paths) {
    const text = await readText(path, "The rate card");
    const found = /^\s*[{[]/.test(text) ? await jsonRates(text, path) : csvRates(text, path);
    if (found.length === 0) {
      throw badCard(
        path,
        "it holds no rate of a SageMaker Savings Plan (rates of other plan types are passed over)",
      );
    }
    for (const rate of found) rates.push(rate);
    requireNoConflict(rates, path);
  }
  return rates;
}

/** Two rates for the same usage under the same offering: which one holds can't be told. */
function requireNoConflict(rates: readonly SavingsPlansRate[], path: string): void {
  const seen = new Map<string, SavingsPlansRate>();
  for (const rate of rates) {
    const key = `${rate.usageType}\n${rate.operation}\n${offeringLabel(rate)}`;
    const other = seen.get(key);
    const differs =
      other &&
      (other.savingsPlanRateUsd !== rate.savingsPlanRateUsd ||
        other.onDemandRateUsd !== rate.onDemandRateUsd);
    if (differs) {
      throw badCard(
        path,
        `${rate.usageType} ${rate.operation} has two ${offeringLabel(rate)} rates, ${other.savingsPlanRateUsd} and ` +
          `${rate.savingsPlanRateUsd} (or different On-Demand rates), in it or in another --rates file; keep the one that holds`,
      );
    }
    seen.set(key, rate);
  }
}

async function jsonRates(text: string, path: string): Promise<SavingsPlansRate[]> {
  const json = parseJson(text, (why) => badCard(path, `it is not valid JSON (${why})`));
  const { ratesOfJson } = await import("./json.ts");
  return ratesOfJson(json, path);
}

/**
 * Savings Plans rate cards in the three formats that people have: what `aws savingsplans
 * describe-savings-plans-offering-rates` prints, a region's file of AWS's public bulk price list, and a CSV.
 */
import type { SageplanError } from "../../domain/error.ts";
import { offeringLabel } from "../../domain/offering.ts";
import type { SavingsPlansRate } from "../../domain/rates.ts";
import { parseJson, readText } from "../files/text.ts";
import { badCard } from "./bad-card.ts";
import { csvRates } from "./csv.ts";
import type { RatePage } from "./json.ts";

/** @throws SageplanError `bad-rate-card` naming file and place; `path-not-found` */
export async function readRateFiles(paths: readonly string[]): Promise<SavingsPlansRate[]> {
  const rates: SavingsPlansRate[] = [];
  for (const [n, path] of paths.entries()) {
    const text = await readText(path, "The rate card (--rates)");
    const pages: RatePage[] = /^\s*[{[]/.test(text)
      ? await jsonRates(text, path)
      : [{ rates: csvRates(text, path), hasNext: false }];
    if (n === paths.length - 1 && pages.at(-1)?.hasNext) throw pageMissing(path);
    const found = pages.flatMap((page) => page.rates);
    if (found.length === 0) {
      throw badCard(
        path,
        "it holds no rate of a SageMaker Savings Plan (rates of other plan types are passed over)",
      );
    }
    for (const rate of found) rates.push(rate);
    requireNoConflict(rates, path);
    requireOneCurrencyOfCard(rates, path);
  }
  return rates;
}

/** A page with a token has one after it: in the same array, or in the file that is named next. */
const pageMissing = (path: string): SageplanError =>
  badCard(
    path,
    "its last page holds a nextToken, and no page after it is named: name all pages, in the order in which they came " +
      "(--rates page-1.json page-2.json, or one file of all: jq -s . page-*.json). The AWS CLI fetches one page at a time, `sageplan pull rates` all",
  );

/** Two rates for the same usage under the same offering: which one holds can't be told. */
function requireNoConflict(rates: readonly SavingsPlansRate[], path: string): void {
  const seen = new Map<string, SavingsPlansRate>();
  for (const rate of rates) {
    const key = `${rate.usageType}\n${rate.operation}\n${offeringLabel(rate)}`;
    const other = seen.get(key);
    const differs =
      other &&
      (rate.fault === undefined || other.fault === undefined) &&
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

function requireOneCurrencyOfCard(rates: readonly SavingsPlansRate[], path: string): void {
  const currencies = [...new Set(rates.flatMap(({ currency }) => currency ?? []))];
  if (currencies.length > 1) {
    throw badCard(
      path,
      `its rates, or those of another --rates file, are in ${currencies.join(" and ")}; keep those of the bill's currency`,
    );
  }
}

async function jsonRates(text: string, path: string): Promise<RatePage[]> {
  const json = parseJson(text, (why) => badCard(path, `it is not valid JSON (${why})`));
  const { ratesOfJson } = await import("./json.ts");
  return ratesOfJson(json, path);
}

/** What a reader must know of the data: pure functions from what was read to findings. */
import type { Billing } from "../domain/billing.ts";
import type { Eligibility } from "../domain/eligibility.ts";
import { currencySign } from "../domain/currency.ts";
import type { Finding } from "../domain/documents/finding.ts";
import { groupBy } from "../domain/group.ts";
import { sumPico, usdOf } from "../domain/money.ts";
import type { HourlySpend } from "../domain/usage.ts";
import { named, totalUsd, usdBySku } from "../history/totals.ts";
import { eligibilityByTable } from "../pricing/eligibility.ts";
import type { PurchaseInputs } from "../problem/inputs.ts";
import { belowListFindings, implausibleRateFindings, ratesPassedOver, RATE_CHANGE } from "./rates.ts";

/** Findings about the data itself, the same for every verb. */
export function dataFindings({
  billing,
  spend,
  eligibility,
  agreements,
  rates,
}: Pick<PurchaseInputs, "billing" | "spend" | "eligibility" | "agreements" | "rates">): Finding[] {
  return [
    ...implausibleRateFindings(spend, eligibility, rates),
    ...billing.findings,
    ...belowListFindings(billing, spend, eligibility),
    ...ratesPassedOver(rates),
    ...ambiguousFindings(spend, rates.ambiguousTypes),
    ...unconfirmedFindings(spend, eligibility),
    ...unknownPlanFindings(spend),
    ...privateRateFindings(billing),
    ...changedRateFindings(billing, spend),
    ...agreements
      .filter(({ passed }) => !passed)
      .map(({ check, differenceUsd, worstUsd, toleranceUsd }): Finding => ({
        code: "bill-disagrees",
        message:
          `AWS's rows do not agree: ${check}. Worst difference ${currencySign(billing)}${worstUsd.toFixed(6)}, more than ${currencySign(billing)}${toleranceUsd}. ` +
          "Restated rows, another sharing setting, or plans and rates that these exports do not show can be the cause.",
        usd: differenceUsd,
        source: "",
      })),
  ];
}

function ambiguousFindings(spend: HourlySpend, types: ReadonlySet<string>): Finding[] {
  const usd = usdBySku(spend);
  const open = spend.skus.flatMap(({ usageType, operation }, n) =>
    operation === "" && types.has(usageType) && usd[n]! > 0 ? [n] : [],
  );
  if (open.length === 0) return [];
  return [
    {
      code: "operation-decides-rate",
      message:
        `${named(spend, open)}: its operation is not known, and the rate card has different rates by operation, so none was used for it. ` +
        "Ask Cost Explorer for it grouped by USAGE_TYPE and OPERATION, or take out of the card what is not yours.",
      usd: totalUsd(usd, open),
      source: spend.skus[open[0]!]!.usageType,
    },
  ];
}

function unconfirmedFindings(spend: HourlySpend, eligibility: readonly Eligibility[]): Finding[] {
  const usd = usdBySku(spend);
  const open = spend.skus.flatMap((_, n) =>
    eligibility[n]!.eligible === "unconfirmed" && usd[n]! > 0 ? [n] : [],
  );
  return [...groupBy(open, (n) => eligibility[n]!.reason)].map(([reason, skus]) => ({
    code: "unconfirmed-eligibility",
    message:
      `Whether Savings Plans cover ${reason} is not confirmed by AWS's pages, so ${named(spend, skus)} was left out. ` +
      "A rate card that holds a row for it settles the question.",
    usd: totalUsd(usd, skus),
    source: spend.skus[skus[0]!]!.usageType,
  }));
}

function unknownPlanFindings(spend: HourlySpend): Finding[] {
  const usd = spend.coveredByUnknownUsd.reduce((sum, covered) => sum + covered, 0);
  if (usd === 0) return [];
  return [
    {
      code: "covered-by-unknown-plans",
      message:
        "Part of the usage is covered by Savings Plans whose commitment these exports do not show (the buying account's export " +
        "holds the fees). It is left to those plans: no new plan is sized for it. Pass --owned to name them.",
      usd,
      source: "",
    },
  ];
}

/** Usage billed below its public On-Demand cost by more than this share is at private rates. */
const PRIVATE_RATE = 0.01;

function privateRateFindings(billing: Billing): Finding[] {
  const usage = billing.charges.filter(
    ({ lineItemType, usageType }) =>
      lineItemType === "Usage" && eligibilityByTable(usageType).eligible !== "no",
  );
  const onDemandUsd = usdOf(sumPico(usage.map((line) => line.onDemandUsd)));
  const billedUsd = usdOf(sumPico(usage.map((line) => line.billedUsd)));
  if (billedUsd >= onDemandUsd * (1 - PRIVATE_RATE)) return [];
  return [
    {
      code: "private-rates",
      message:
        `PRIVATE RATES: usage is billed ${((1 - billedUsd / onDemandUsd) * 100).toFixed(1)} % below its public On-Demand cost, but every figure ` +
        "here is at public rates: savings are overstated, and a plan can lose money. Give the share with --negotiated-discount if it " +
        "lowers Savings Plans rates too; if it does not, give rates that hold for you with --rates.",
      usd: onDemandUsd - billedUsd,
      source: "",
    },
  ];
}

function changedRateFindings(billing: Billing, spend: HourlySpend): Finding[] {
  const lowest = new Float64Array(spend.skus.length).fill(Infinity);
  const highest = new Float64Array(spend.skus.length);
  for (let row = 0; row < spend.item.length; row++) {
    if (!(spend.usageHours[row]! > 0.01)) continue;
    const { sku } = spend.items[spend.item[row]!]!;
    const rate = spend.onDemandUsd[row]! / spend.usageHours[row]!;
    lowest[sku] = Math.min(lowest[sku]!, rate);
    highest[sku] = Math.max(highest[sku]!, rate);
  }
  const changed = spend.skus.flatMap(({ instanceType }, n) =>
    instanceType !== "" && highest[n]! > lowest[n]! * (1 + RATE_CHANGE) ? [n] : [],
  );
  if (changed.length === 0) return [];
  const first = changed[0]!;
  const sign = currencySign(billing);
  return [
    {
      code: "on-demand-rate-changed",
      message:
        `The On-Demand rate of ${named(spend, changed)} changed within this history (first: between ${sign}${lowest[first]!.toFixed(4)} and ` +
        `${sign}${highest[first]!.toFixed(4)} an hour); the average was used for its saving %. If the price was cut, look at the time ` +
        "after the cut only (--from).",
      usd: totalUsd(usdBySku(spend), changed),
      source: spend.skus[first]!.usageType,
    },
  ];
}

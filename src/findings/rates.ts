/** What a reader must know of rates, and of usage that a plan cannot reach. */
import { turnOf } from "../domain/sharing.ts";
import type { Billing } from "../domain/billing.ts";
import { currencySign } from "../domain/currency.ts";
import type { Finding } from "../domain/documents/finding.ts";
import type { Eligibility } from "../domain/eligibility.ts";
import { offeringLabel, OFFERINGS } from "../domain/offering.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import type { OfferingRates } from "../domain/rates.ts";
import { usdByAccount } from "../domain/usd-by-account.ts";
import type { HourlySpend } from "../domain/usage.ts";
import { named, totalUsd, usdBySku } from "../history/totals.ts";
import { MOST_DISCOUNT } from "../pricing/card-checks.ts";
import { listPrices } from "../pricing/list-prices.ts";
import { onDemandRates } from "../pricing/rate-table.ts";
import type { PurchaseInputs } from "../problem/inputs.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

/** A rate that moved by more than this share is a price change, not rounding. */
export const RATE_CHANGE = 0.005;

/** How far plans reach: limited, or taken to reach all accounts without anything that shows it. */
export function sharingFindings(
  { sharingSource }: PurchaseInputs,
  { sharing, buyer, pastDemand: demand }: PurchaseProblem,
): Finding[] {
  const usdOf = usdByAccount(demand);
  const usdWhere = (isMeant: (account: string) => boolean): number =>
    [...usdOf].reduce((sum, [account, usd]) => (isMeant(account) ? sum + usd : sum), 0);
  const out = usdWhere((account) => turnOf(sharing, buyer, account) === null);
  if (out > 0) {
    const how = sharing.mode === "off" ? "are not shared between accounts" : "are shared within groups alone";
    const message =
      `Plans ${how} (${sharingSource === "option" ? "--sharing says so" : "AWS's rows show it"}). The answer is for account ${buyer}, and must be ` +
      "bought in it; this much eligible spend lies in accounts that its plans do not reach. What to buy in those stands beside the answer " +
      "(elsewhere), without a limit; ask for one with --buyer.";
    return [{ code: "sharing-is-off", message, usd: out, source: buyer }];
  }
  const others = usdWhere((account) => account !== buyer);
  if (sharingSource !== "assumed" || usdOf.size < 2) return [];
  const message =
    "Plans are taken to be shared by all accounts of the organization, as AWS does unless told otherwise; nothing in the bill shows it. " +
    "This much eligible spend lies in other accounts than the buyer's. If sharing is off or within groups, say so with --sharing.";
  return [{ code: "sharing-assumed", message, usd: others, source: buyer }];
}

/** A card made at other On-Demand rates than the bill's: what the bill pays is what a plan saves. */
export function cardFindings(
  { billing, spend, eligibility, rates }: PurchaseInputs,
  { source }: OfferingRates,
): Finding[] {
  const billed = onDemandRates(spend);
  const stated = rates.cardOnDemandUsd;
  const differing = spend.skus.flatMap((_, n) => {
    const differs = Math.abs(stated[n]! - billed[n]!) > RATE_CHANGE * billed[n]!;
    return source[n] === "file" && eligibility[n]!.eligible === "yes" && differs ? [n] : [];
  });
  if (differing.length === 0) return [];
  const first = differing[0]!;
  const sign = currencySign(billing);
  return [
    {
      code: "on-demand-rates-differ",
      message:
        `The rate card's On-Demand rate differs from the bill's for ${named(spend, differing)} (first: ` +
        `${sign}${stated[first]!.toFixed(4)} against ${sign}${billed[first]!.toFixed(4)} an hour); the bill's was used, because AWS spends a commitment at ` +
        "hours × the Savings Plans rate, and what it saves are those hours at the rate that they are billed at. If the bill's is " +
        "the older price, look at the time after the change only (--from); if the card is older, get a current one.",
      usd: totalUsd(usdBySku(spend), differing),
      source: spend.skus[first]!.usageType,
    },
  ];
}

/**
 * A Savings Plans rate that saves nothing, or more than AWS ever gives: one of the two rates that it is made of is wrong.
 */
export function implausibleRateFindings(
  spend: HourlySpend,
  eligibility: readonly Eligibility[],
  rates: RatesInUse,
): Finding[] {
  const usd = usdBySku(spend);
  const worst = spend.skus.flatMap((_, n): Implausible[] => {
    if (eligibility[n]!.eligible !== "yes" || !(usd[n]! > 0)) return [];
    return OFFERINGS.flatMap((offering) => {
      const { ratio, savingsPlanRateUsd, source } = rates.byOffering.get(offeringLabel(offering))!;
      const isOdd = ratio[n]! >= 1 || 1 - ratio[n]! > MOST_DISCOUNT;
      return isOdd && source[n] !== "illustrative"
        ? [
            {
              n,
              ratio: ratio[n]!,
              savingsPlanRateUsd: savingsPlanRateUsd[n]!,
              label: offeringLabel(offering),
            },
          ]
        : [];
    }).slice(0, 1);
  });
  const [first] = worst;
  if (!first) return [];
  const skus = worst.map(({ n }) => n);
  const why =
    first.ratio >= 1
      ? "no plan can save there. Either what is charged is net of credits, refunds or SavingsPlanNegation (ask Cost Explorer for the " +
        "record types Usage and SavingsPlanCoveredUsage only), or it is at private rates below the card's, or the card is of another currency or usage"
      : "AWS's largest discount is 64 %. The covered rows state a wrong cost or a wrong On-Demand value, or the price was cut since";
  return [
    {
      code: "implausible-rates",
      message:
        `IMPLAUSIBLE RATES: ${named(spend, skus)} (first: ${first.label} at ${first.savingsPlanRateUsd.toFixed(5)} an hour against ` +
        `${(first.savingsPlanRateUsd / first.ratio).toFixed(5)} On-Demand as billed, a discount of ${((1 - first.ratio) * 100).toFixed(1)} %): ${why}. ` +
        "Decide nothing before this is understood.",
      usd: totalUsd(usd, skus),
      source: spend.skus[first.n]!.usageType,
    },
  ];
}

interface Implausible {
  n: number;
  ratio: number;
  savingsPlanRateUsd: number;
  label: string;
}

/** A bill's rate lower than AWS's list price by more than this share is no On-Demand rate. */
const BELOW_LIST = 0.1;

/** Usage that is charged far below AWS's list price: net of something, or at private rates. */
export function belowListFindings(
  billing: Billing,
  spend: HourlySpend,
  eligibility: readonly Eligibility[],
): Finding[] {
  const billed = onDemandRates(spend);
  const list = listPrices(billing);
  const below = spend.skus.flatMap((sku, n) =>
    eligibility[n]!.eligible === "yes" && billed[n]! < (1 - BELOW_LIST) * (list(sku) ?? 0) ? [n] : [],
  );
  const first = below[0];
  if (first === undefined) return [];
  const usd = usdBySku(spend);
  return [
    {
      code: "below-list-price",
      message:
        `${named(spend, below)}: charged below AWS's list price (first: $${billed[first]!.toFixed(5)} an hour against ` +
        `$${list(spend.skus[first]!)!.toFixed(5)}). Either these are private rates, or the amounts are net of credits, refunds or ` +
        "SavingsPlanNegation, and demand is hidden: then ask for unblended cost of the record types Usage and SavingsPlanCoveredUsage only.",
      usd: below.reduce((sum, n) => sum + usd[n]! * (list(spend.skus[n]!)! / billed[n]! - 1), 0),
      source: spend.skus[first]!.usageType,
    },
  ];
}

/** Rows of a card that can't be read and that are not of this bill. */
export const ratesPassedOver = ({ passedOver }: RatesInUse): Finding[] =>
  passedOver.length === 0
    ? []
    : [
        {
          code: "rates-passed-over",
          message:
            `${passedOver.length} ${passedOver.length === 1 ? "rate" : "rates"} of the card can't be read and ` +
            `${passedOver.length === 1 ? "was" : "were"} passed over, because the bill has no such usage. First: ${passedOver[0]!}.`,
          usd: 0,
          source: "--rates",
        },
      ];

/**
 * A card that can't be right for the bill is refused before any answer. AWS's largest discount of a SageMaker Savings
 * Plan is 64 %, so a rate far below is of another currency, unit or usage; and rates of two currencies don't compare.
 */
import type { Billing } from "../domain/billing.ts";
import { currencyOf, currencyTold } from "../domain/currency.ts";
import { SageplanError } from "../domain/error.ts";
import { offeringLabel } from "../domain/offering.ts";
import type { SavingsPlansRate } from "../domain/rates.ts";
import type { HourlySpend } from "../domain/usage.ts";
import { rateKey } from "./eligibility.ts";

/** AWS advertises 64 %; half a point is rounding. */
export const MOST_DISCOUNT = 0.645;

/** @throws SageplanError `bad-rate-card` */
export function requireSoundCard(
  bill: Pick<Billing, "currency">,
  spend: HourlySpend,
  card: readonly SavingsPlansRate[] | null,
): void {
  if (card === null) return;
  requireCurrency(card, bill);
  const lowest = lowestOnDemandRates(spend);
  for (const rate of card) {
    const billed =
      lowest.get(rateKey(rate.usageType, rate.operation)) ??
      (rate.operation === "" ? lowest.get(rateKey(rate.usageType, "*")) : undefined);
    if (billed !== undefined && rate.fault !== undefined) throw refused(rate, rate.fault);
    if (billed !== undefined) requirePlausible(rate, billed);
  }
}

function requireCurrency(card: readonly SavingsPlansRate[], bill: Pick<Billing, "currency">): void {
  const other = card.find(({ currency }) => currency !== undefined && currency !== currencyOf(bill));
  if (!other) return;
  throw refused(
    other,
    `the card is in ${other.currency} and the bill in ${currencyTold(bill)}, so no saving can be told. Get the card of the bill's own partition and currency`,
  );
}

/** `billed`: the lowest On-Demand rate that the bill shows for it; Infinity: it tells no hours. */
function requirePlausible(rate: SavingsPlansRate, billed: number): void {
  const { savingsPlanRateUsd, onDemandRateUsd } = rate;
  if (onDemandRateUsd !== null && savingsPlanRateUsd > onDemandRateUsd * 1.0005) {
    throw refused(
      rate,
      `its Savings Plans rate of ${savingsPlanRateUsd} is above its On-Demand rate of ${onDemandRateUsd}: the columns may be swapped`,
    );
  }
  const known = onDemandRateUsd ?? billed;
  if (known === Infinity || !(1 - savingsPlanRateUsd / known > MOST_DISCOUNT)) return;
  const against = onDemandRateUsd === null ? "the bill's" : "its";
  throw refused(
    rate,
    `${savingsPlanRateUsd} an hour against ${against} On-Demand rate of ${Number(known.toFixed(8))} is a discount of ` +
      `${((1 - savingsPlanRateUsd / known) * 100).toFixed(1)} %, and AWS's largest is 64 %. The card is of another currency, unit or usage, or ` +
      "the On-Demand rate is wrong; after a price cut, look at the time after it only (--from)",
  );
}

const refused = (rate: SavingsPlansRate, what: string): SageplanError =>
  new SageplanError(
    "bad-rate-card",
    `The rate of ${rate.usageType} ${rate.operation} under ${offeringLabel(rate)} in --rates can't be used: ${what}.`,
  );

/** By usage type and operation, and by usage type with any (`*`). A mean would hide a price cut. */
function lowestOnDemandRates(spend: HourlySpend): Map<string, number> {
  const { items, item, usageHours, onDemandUsd } = spend;
  const ofItem = new Float64Array(items.length).fill(Number.NaN);
  for (let row = 0; row < item.length; row++) {
    const isPriced = usageHours[row]! > 0.01 && onDemandUsd[row]! > 0;
    const rate = isPriced ? onDemandUsd[row]! / usageHours[row]! : Infinity;
    const known = ofItem[item[row]!]!;
    if (!(known <= rate)) ofItem[item[row]!] = rate;
  }
  const lowest = new Map<string, number>();
  for (const [n, rate] of ofItem.entries()) {
    if (Number.isNaN(rate)) continue;
    const { usageType, operation } = spend.skus[items[n]!.sku]!;
    for (const key of [rateKey(usageType, operation), rateKey(usageType, "*")])
      lowest.set(key, Math.min(lowest.get(key) ?? Infinity, rate));
  }
  return lowest;
}

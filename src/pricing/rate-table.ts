/**
 * Which Savings Plans rates a result rests on. With the user's card: the card, then what the bill shows. Without: what
 * the bill shows, then the shipped illustrative card for usage that is surely eligible. Owned plans keep the rates that
 * they were bought at (AWS's price lock), so for them the bill speaks first.
 */
import { offeringLabel, OFFERINGS, sameOffering, type Offering } from "../domain/offering.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import { roundRate, type OfferingRates, type RateSource, type SavingsPlansRate } from "../domain/rates.ts";
import type { HourlySpend, Sku } from "../domain/usage.ts";
import { eligibilityByTable, rateKey } from "./eligibility.ts";
import { illustrativeRates } from "./illustrative-rates.ts";
import { ambiguousTypes, ratesOfAnyOperation } from "./unknown-operation.ts";

/** On-Demand rates as the bill shows them: dollars ÷ usage, per SKU; NaN where there is no usage. */
export function onDemandRates(spend: HourlySpend): Float64Array {
  const usd = new Float64Array(spend.skus.length);
  const hours = new Float64Array(spend.skus.length);
  for (let row = 0; row < spend.item.length; row++) {
    const { sku } = spend.items[spend.item[row]!]!;
    usd[sku]! += spend.onDemandUsd[row]!;
    hours[sku]! += spend.usageHours[row]!;
  }
  return usd.map((total, sku) => (hours[sku]! > 0 ? roundRate(total / hours[sku]!) : Number.NaN));
}

/** `priceOf`: On-Demand rates of usage that the bill does not have; null where unknown. */
export function ratesInUse(
  spend: HourlySpend,
  observed: readonly SavingsPlansRate[],
  told: readonly SavingsPlansRate[] | null,
  priceOf: (sku: Sku) => number | null = () => null,
): RatesInUse {
  const { skus } = spend;
  const card = told && told.filter(({ fault }) => fault === undefined);
  const onDemandRateUsd = onDemandRates(spend).map((usd, n) =>
    Number.isNaN(usd) ? (priceOf(skus[n]!) ?? usd) : usd,
  );
  const surelyEligible = skus.filter(({ usageType }) => eligibilityByTable(usageType).eligible === "yes");
  const shipped = illustrativeRates(skus, onDemandRateUsd);
  const sure = new Set(surelyEligible.map(({ usageType, operation }) => rateKey(usageType, operation)));
  const layers: [RateSource, readonly SavingsPlansRate[]][] = [
    ["file", withUnknownOperations(skus, card ?? [])],
    ["bill", withUnknownOperations(skus, observed)],
    ["illustrative", shipped.filter((rate) => sure.has(rateKey(rate.usageType, rate.operation)))],
  ];
  const order: RateSource[] = card ? ["file", "bill"] : ["bill", "illustrative"];
  const rated = layers
    .filter(([source]) => order.includes(source))
    .flatMap(([, rates]) => rates.map((rate) => rateKey(rate.usageType, rate.operation)));
  const tableOf = (offering: Offering, sources: readonly RateSource[]): OfferingRates =>
    offeringRates(
      skus,
      onDemandRateUsd,
      sources.map((source) => [
        source,
        layers.find(([name]) => name === source)![1].filter((rate) => sameOffering(rate, offering)),
      ]),
    );
  return {
    ratedKeys: new Set([...rated, ...coveredKeys(spend)]),
    ambiguousTypes: ambiguousTypes(skus, [...(card ?? []), ...(card ? [] : observed)]),
    cardOnDemandUsd: cardOnDemandRates(skus, card ?? []),
    passedOver: (told ?? []).flatMap(({ fault }) => fault ?? []),
    byOffering: new Map(OFFERINGS.map((offering) => [offeringLabel(offering), tableOf(offering, order)])),
    ofOwnedPlan: (plan) => {
      const known = tableOf(plan, ["bill", "file"]);
      // A plan whose rates show nowhere can't be applied without some: better the shipped ones,
      // which say what they are.
      return known.source.some((source) => source !== null) ? known : tableOf(plan, ["illustrative"]);
    },
  };
}

/** An operation that a source states as nothing is one that it knows. */
const withUnknownOperations = (
  skus: readonly Sku[],
  rates: readonly SavingsPlansRate[],
): SavingsPlansRate[] => {
  const stated = new Set(rates.filter(({ operation }) => operation === "").map(({ usageType }) => usageType));
  return [...rates, ...ratesOfAnyOperation(skus, rates).filter(({ usageType }) => !stated.has(usageType))];
};

/** Usage that a plan covers is eligible, whatever a table says. */
function coveredKeys(spend: HourlySpend): Set<string> {
  const keys = new Set<string>();
  for (let row = 0; row < spend.item.length; row++) {
    if (!(spend.coveredOnDemandUsd[row]! > 0)) continue;
    const { usageType, operation } = spend.skus[spend.items[spend.item[row]!]!.sku]!;
    keys.add(rateKey(usageType, operation));
  }
  return keys;
}

function cardOnDemandRates(skus: readonly Sku[], card: readonly SavingsPlansRate[]): Float64Array {
  const stated = new Map(
    card.flatMap(({ usageType, operation, onDemandRateUsd }) =>
      onDemandRateUsd === null ? [] : [[rateKey(usageType, operation), onDemandRateUsd]],
    ),
  );
  return Float64Array.from(skus, (sku) => stated.get(rateKey(sku.usageType, sku.operation)) ?? Number.NaN);
}

/**
 * AWS spends a commitment at hours × the Savings Plans rate, and what it saves are those hours at the rate that they are
 * billed at, whatever a card says. An observed rate has its own, of the very hours.
 */
function onDemandOf({ onDemandRateUsd }: SavingsPlansRate, source: RateSource, billed: number): number {
  if (source === "file" && billed > 0) return billed;
  return onDemandRateUsd ?? billed;
}

/** For each SKU the rate of the first layer that has one. */
function offeringRates(
  skus: readonly Sku[],
  onDemandRateUsd: Float64Array,
  layers: readonly (readonly [RateSource, readonly SavingsPlansRate[]])[],
): OfferingRates {
  const tables = layers.map(
    ([source, rates]) =>
      [source, new Map(rates.map((rate) => [rateKey(rate.usageType, rate.operation), rate]))] as const,
  );
  const table: OfferingRates = {
    ratio: new Float64Array(skus.length).fill(Number.NaN),
    savingsPlanRateUsd: new Float64Array(skus.length).fill(Number.NaN),
    source: skus.map(() => null),
  };
  for (const [n, { usageType, operation }] of skus.entries()) {
    for (const [source, rates] of tables) {
      const rate = rates.get(rateKey(usageType, operation));
      if (!rate) continue;
      const onDemand = onDemandOf(rate, source, onDemandRateUsd[n]!);
      if (!(onDemand > 0)) continue;
      table.ratio[n] = rate.savingsPlanRateUsd / onDemand;
      table.savingsPlanRateUsd[n] = rate.savingsPlanRateUsd;
      table.source[n] = source;
      break;
    }
  }
  return table;
}

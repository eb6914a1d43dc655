import { z } from "zod";
import type { Offering } from "../../domain/offering.ts";
import type { SavingsPlansRate } from "../../domain/rates.ts";
import { parsePaymentOption, rateOfText, termOfSeconds, termOfText } from "./offering-text.ts";
import { badCard } from "./bad-card.ts";

/** DescribeSavingsPlansOfferingRates (Savings Plans API reference). */
const offeringRatesSchema = z.object({
  nextToken: z.string().nullish(),
  searchResults: z.array(
    z.object({
      savingsPlanOffering: z.object({
        paymentOption: z.string(),
        planType: z.string(),
        durationSeconds: z.number(),
        currency: z.string().optional(),
      }),
      rate: z.string(),
      unit: z.string().optional(),
      usageType: z.string(),
      operation: z.string(),
      productType: z.string().optional(),
    }),
  ),
});

/** A region's file of the bulk price list (AWS price list bulk API, Savings Plans offer file). */
const priceListSchema = z.object({
  products: z.array(
    z.object({
      sku: z.string(),
      productFamily: z.string().optional(),
      attributes: z.object({ purchaseOption: z.string(), purchaseTerm: z.string() }).loose(),
    }),
  ),
  terms: z.object({
    savingsPlan: z.array(
      z.object({
        sku: z.string(),
        rates: z.array(
          z.object({
            discountedUsageType: z.string(),
            discountedOperation: z.string(),
            unit: z.string().optional(),
            discountedRate: z.object({ price: z.string(), currency: z.string() }),
          }),
        ),
      }),
    ),
  }),
});

export interface RatePage {
  rates: SavingsPlansRate[];
  /** A page follows it. */
  hasNext: boolean;
}

/**
 * One answer, or an array of the pages of one (`jq -s`).
 * @throws SageplanError `bad-rate-card`
 */
export function ratesOfJson(json: unknown, path: string): RatePage[] {
  if (Array.isArray(json) && json.length > 0) return json.flatMap((page: unknown) => ratesOfJson(page, path));
  if (typeof json === "object" && json !== null && "searchResults" in json) return [apiRates(json, path)];
  if (typeof json === "object" && json !== null && "terms" in json)
    return [{ rates: priceListRates(json, path), hasNext: false }];
  throw badCard(path, "its JSON has neither searchResults nor terms at the top");
}

function apiRates(json: unknown, path: string): RatePage {
  const { searchResults, nextToken } = valid(offeringRatesSchema, json, path);
  const rates = searchResults.flatMap((result, n): SavingsPlansRate[] => {
    const { paymentOption, durationSeconds, currency, planType } = result.savingsPlanOffering;
    if (planType !== "SageMaker") return [];
    const place = `searchResults.${n}`;
    return [
      {
        usageType: result.usageType,
        operation: result.operation,
        ...offeringOf(termOfSeconds(durationSeconds), paymentOption, place, path),
        ...priced(result.rate, result.unit, currency, `${path}, ${place}`),
      },
    ];
  });
  return { rates, hasNext: Boolean(nextToken) };
}

function priceListRates(json: unknown, path: string): SavingsPlansRate[] {
  const { products, terms } = valid(priceListSchema, json, path);
  const productOfSku = new Map(products.map((product) => [product.sku, product]));
  const twin = products.find((product) => productOfSku.get(product.sku) !== product);
  if (twin)
    throw badCard(
      path,
      `products: two have the sku ${twin.sku}, and which of them its rates are of can't be told`,
    );
  return terms.savingsPlan.flatMap(({ sku, rates }, n) => {
    const product = productOfSku.get(sku);
    if (!product) throw badCard(path, `terms.savingsPlan.${n}: no product has the sku ${sku}`);
    if (product.productFamily && product.productFamily !== "SageMakerSavingsPlans") return [];
    const { purchaseTerm, purchaseOption } = product.attributes;
    const offering = offeringOf(termOfText(purchaseTerm), purchaseOption, `products ${sku}`, path);
    return rates.map((rate) => ({
      usageType: rate.discountedUsageType,
      operation: rate.discountedOperation,
      ...offering,
      ...priced(rate.discountedRate.price, rate.unit, rate.discountedRate.currency, `${path}, sku ${sku}`),
    }));
  });
}

function valid<T>(schema: z.ZodType<T>, json: unknown, path: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badCard(path, `at ${issue?.path.join(".") || "the top"}: ${issue?.message}`);
}

function offeringOf(term: Offering["term"] | null, payment: string, place: string, path: string): Offering {
  const paymentOption = parsePaymentOption(payment);
  if (!term || !paymentOption)
    throw badCard(path, `${place}: not a 1-year or 3-year No, Partial or All Upfront plan`);
  return { term, paymentOption };
}

/** What can't be read is kept with its reason: whether it matters, the bill decides. */
function priced(
  text: string,
  unit: string | undefined,
  currency: string | undefined,
  place: string,
): Omit<SavingsPlansRate, keyof Offering | "usageType" | "operation"> {
  const rate = rateOfText(text);
  const fault = Number.isNaN(rate)
    ? `${place}: found the rate "${text}", expected money an hour above 0`
    : unit !== undefined && !/^h(?:ou)?rs?$/i.test(unit)
      ? `${place}: found a rate per ${unit}, expected one per hour (Hrs)`
      : undefined;
  return {
    savingsPlanRateUsd: rate,
    onDemandRateUsd: null,
    ...(currency && { currency }),
    ...(fault !== undefined && { fault }),
  };
}

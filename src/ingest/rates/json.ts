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
            discountedRate: z.object({ price: z.string(), currency: z.string() }),
          }),
        ),
      }),
    ),
  }),
});

/** @throws SageplanError `bad-rate-card` */
export function ratesOfJson(json: unknown, path: string): SavingsPlansRate[] {
  if (typeof json === "object" && json !== null && "searchResults" in json) return apiRates(json, path);
  if (typeof json === "object" && json !== null && "terms" in json) return priceListRates(json, path);
  throw badCard(path, "its JSON has neither searchResults nor terms at the top");
}

function apiRates(json: unknown, path: string): SavingsPlansRate[] {
  const { searchResults, nextToken } = valid(offeringRatesSchema, json, path);
  if (nextToken) throw badCard(path, "it is one page of several (it holds a nextToken): save all pages");
  return searchResults
    .filter(({ savingsPlanOffering }) => savingsPlanOffering.planType === "SageMaker")
    .map((result, n) => {
      const { paymentOption, durationSeconds, currency } = result.savingsPlanOffering;
      const place = `searchResults.${n}`;
      return {
        usageType: result.usageType,
        operation: result.operation,
        ...offeringOf(termOfSeconds(durationSeconds), paymentOption, place, path),
        savingsPlanRateUsd: usd(result.rate, currency, place, path),
        onDemandRateUsd: null,
      };
    });
}

function priceListRates(json: unknown, path: string): SavingsPlansRate[] {
  const { products, terms } = valid(priceListSchema, json, path);
  const productOfSku = new Map(products.map((product) => [product.sku, product]));
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
      savingsPlanRateUsd: usd(rate.discountedRate.price, rate.discountedRate.currency, `sku ${sku}`, path),
      onDemandRateUsd: null,
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

function usd(text: string, currency: string | undefined, place: string, path: string): number {
  const rate = rateOfText(text);
  if (Number.isNaN(rate)) throw badCard(path, `${place}: rate "${text}" is not dollars an hour above 0`);
  if (currency && currency !== "USD")
    throw badCard(path, `${place}: rates in ${currency}; sageplan needs USD`);
  return rate;
}

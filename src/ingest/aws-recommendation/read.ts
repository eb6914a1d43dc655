import { createHash } from "node:crypto";
import { currencyOf, currencySign, currencyTold } from "../../domain/currency.ts";
import type { AwsRecommendationFile } from "../../domain/documents/comparison.ts";
import { inCommitmentSteps } from "../../domain/offering.ts";
import { SageplanError } from "../../domain/error.ts";
import { parseUtcMs } from "../../domain/hour.ts";
import { parseJson, readBytes, textOf } from "../files/text.ts";

/**
 * What `aws ce get-savings-plans-purchase-recommendation` prints. Amounts are strings.
 * @throws SageplanError `bad-aws-recommendation` naming file and place; `path-not-found`
 */
export async function readAwsRecommendation(path: string): Promise<AwsRecommendationFile> {
  const bytes = await readBytes(path, "AWS's recommendation (--compare-aws)");
  const json = parseJson(textOf(path, bytes), (why) => unusable(path, `it is not valid JSON (${why})`));
  const { awsRecommendationSchema } = await import("./schema.ts");
  const parsed = awsRecommendationSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw unusable(path, `at ${issue?.path.join(".") || "the top"}: ${issue?.message}`);
  }
  const { Metadata, NextPageToken, SavingsPlansPurchaseRecommendation: told } = parsed.data;
  const details = told.SavingsPlansPurchaseRecommendationDetails ?? [];
  const summary = told.SavingsPlansPurchaseRecommendationSummary;
  if (NextPageToken)
    throw unusable(path, "it is one page of several (it holds a NextPageToken): save all pages");
  if (told.SavingsPlansType !== "SAGEMAKER_SP") {
    throw unusable(path, `it is of ${told.SavingsPlansType}; ask with --savings-plans-type SAGEMAKER_SP`);
  }
  const currency = [...details, ...(summary ? [summary] : [])].find(
    (each) => each.CurrencyCode,
  )?.CurrencyCode;
  const commitments = details.map(({ HourlyCommitmentToPurchase }) => HourlyCommitmentToPurchase);
  const added = commitments.reduce((sum, each) => sum + Number(each), 0);
  const sign = currencySign({ currency: currency ?? "" });
  const stated = summary?.HourlyCommitmentToPurchase;
  const isApart = (one: number, other: number): boolean =>
    Math.abs(one - other) > 0.001 * (1 + details.length);
  if (details.length > 0 && stated && isApart(Number(stated), added)) {
    throw unusable(
      path,
      `its summary recommends ${sign}${stated}/h, its ${details.length} details add up to ${sign}${inCommitmentSteps(added)}/h: details are missing`,
    );
  }
  const [only] = details;
  const accountScope = told.AccountScope ?? "PAYER";
  return {
    recommendation: {
      term: told.TermInYears === "ONE_YEAR" ? "1yr" : "3yr",
      paymentOption: PAYMENT_OPTIONS[told.PaymentOption],
      lookbackDays: LOOKBACK_DAYS[told.LookbackPeriodInDays],
      accountScope,
      generatedMs: generated(Metadata?.GenerationTimestamp ?? null, path),
      commitmentUsdPerHour: inCommitmentSteps(details.length > 0 ? added : Number(stated ?? 0)),
      decimals: Math.max(...[...commitments, stated ?? "0"].map(decimalsOf)),
      monthlySavingsUsd: numberOf(
        summary?.EstimatedMonthlySavingsAmount ??
          (details.length === 1 ? only?.EstimatedMonthlySavingsAmount : null),
      ),
      averageOnDemandUsdPerHour:
        accountScope === "PAYER" ? numberOf(only?.CurrentAverageHourlyOnDemandSpend) : null,
    },
    currency: currency ?? "",
    input: { path, sha256: createHash("sha256").update(bytes).digest("hex"), rows: details.length },
  };
}

/** Amounts of two currencies can't be held against each other. @throws SageplanError `bad-aws-recommendation` */
export function requireSameCurrency(
  { currency, input }: AwsRecommendationFile,
  bill: { currency: string },
): void {
  if (currency === "" || currency === currencyOf(bill)) return;
  throw unusable(input.path, `its amounts are in ${currency}, and the bill is in ${currencyTold(bill)}`);
}

const PAYMENT_OPTIONS = {
  NO_UPFRONT: "no-upfront",
  PARTIAL_UPFRONT: "partial-upfront",
  ALL_UPFRONT: "all-upfront",
} as const;

const LOOKBACK_DAYS = { SEVEN_DAYS: 7, THIRTY_DAYS: 30, SIXTY_DAYS: 60 } as const;

const numberOf = (text: string | null | undefined): number | null => (text ? Number(text) : null);

const decimalsOf = (text: string): number => text.split(".")[1]?.length ?? 0;

function generated(text: string | null, path: string): number | null {
  if (text === null) return null;
  const ms = parseUtcMs(text);
  if (!Number.isNaN(ms)) return ms;
  throw unusable(
    path,
    `Metadata.GenerationTimestamp: found "${text}", expected a time such as 2026-10-30T06:51:40Z`,
  );
}

const unusable = (path: string, what: string): SageplanError =>
  new SageplanError(
    "bad-aws-recommendation",
    `${path} can't be used as AWS's recommendation: ${what}. Expected what \`aws ce get-savings-plans-purchase-recommendation ` +
      "--savings-plans-type SAGEMAKER_SP` prints.",
  );

/** AWS's own recommendation beside ours: the parts by hand, their sum, and files that can't be used. */
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { csvFiles, documentMarkdown, detailsText, recommend, SageplanError } from "../../src/index.ts";
import type { RecommendOptions } from "../../src/index.ts";
import { jsonSchemas } from "../../src/domain/documents/json-schemas.ts";
import type { Comparison } from "../../src/domain/documents/comparison.ts";
import { at, flatCase, planFile } from "../scenario/flat-futures.ts";
import { folderWith } from "../ingest/small-exports.ts";

const FIXTURE = "fixtures/ml-company/cost-explorer/recommendation/recommendation.json";

type Told = Record<string, unknown>;

/** What the AWS CLI prints, with one detail. */
const told = (commitment: string, change: Told = {}, detail: Told = {}, metadata: Told = {}): string =>
  JSON.stringify({
    Metadata: { RecommendationId: "r", GenerationTimestamp: at(0), ...metadata },
    SavingsPlansPurchaseRecommendation: {
      AccountScope: "PAYER",
      SavingsPlansType: "SAGEMAKER_SP",
      TermInYears: "ONE_YEAR",
      PaymentOption: "NO_UPFRONT",
      LookbackPeriodInDays: "SEVEN_DAYS",
      SavingsPlansPurchaseRecommendationDetails: [
        { AccountId: "111122223333", CurrencyCode: "USD", HourlyCommitmentToPurchase: commitment, ...detail },
      ],
      ...change,
    },
  });

const fileOf = (text: string): string => join(folderWith({ "aws.json": text }), "aws.json");

async function compared(text: string, options: RecommendOptions): Promise<Comparison> {
  const { recommendation } = await recommend({
    payment: "no-upfront",
    futures: "history",
    ...options,
    compareAws: fileOf(text),
  });
  return recommendation.comparison!;
}

const changes = ({ parts }: Comparison): Record<string, number> =>
  Object.fromEntries(
    parts.flatMap((part) => (part.changeUsdPerHour === 0 ? [] : [[part.kind, part.changeUsdPerHour]])),
  );

const NO_UPFRONT = { payment: "no-upfront" } as const;

describe("by hand: $40/h of usage at $0.70 for a dollar of it", () => {
  test("AWS's rule is ours, and there is nothing to explain", async () => {
    const c = await compared(told("28"), { ...flatCase([]), ...NO_UPFRONT });
    expect(changes(c)).toEqual({});
    expect(c).toMatchObject({
      awsCommitmentUsdPerHour: 28,
      ourCommitmentUsdPerHour: 28,
      differenceUsdPerHour: 0,
    });
    expect(c.sameLookback).toMatchObject({ from: at(-168), to: at(0), hours: 168, hoursWanted: 168 });
    expect(c.sameLookback.settledMonthlySavingsUsd).toBeCloseTo(12 * 730, 6);
    expect(c.sameLookback.averageOnDemandUsdPerHour).toBeCloseTo(40, 9);
  });

  test("what AWS's rule does not give is not hidden", async () => {
    const c = await compared(told("30.5"), { ...flatCase([]), ...NO_UPFRONT });
    expect(changes(c)).toEqual({ "not-explained": -2.5 });
    expect(c.sameLookback.settledMonthlySavingsUsd).toBeCloseTo(9.5 * 730, 6);
  });

  test("rounding: what AWS prints has three decimals", async () => {
    const c = await compared(told("23.333"), { ...flatCase([], { usdAt: () => 33.3333 }), ...NO_UPFRONT });
    expect(changes(c)).toEqual({ rounding: 0.00031 });
  });

  test("lookback: $10/h until 140 hours ago", async () => {
    const options = flatCase([], { usdAt: (hour) => (hour < 100 ? 10 : 40) });
    const c = await compared(told("28"), { ...options, ...NO_UPFRONT });
    expect(changes(c)).toEqual({ lookback: -21 });
    // The history that counts is ours to choose; AWS's days are AWS's.
    const recent = await compared(told("28"), { ...options, ...NO_UPFRONT, lookback: "7d" });
    expect(changes(recent)).toEqual({});
  });

  test("a plan that ended a day ago: AWS counts it in the days before, we do not any more", async () => {
    const options = flatCase([], {
      plan: planFile({ end: at(-24).replace(":00Z", ":00.000Z"), state: "retired" }),
    });
    const c = await compared(told("14"), { ...options, ...NO_UPFRONT });
    expect(changes(c)).toEqual({ plans: 14 });
  });

  test("limits", async () => {
    const c = await compared(told("28"), { ...flatCase([]), ...NO_UPFRONT, maxCommitment: 5 });
    expect(changes(c)).toEqual({ limits: -23 });
  });

  test("another offering: all upfront is deeper here", async () => {
    const c = await compared(told("28"), { ...flatCase([]), payment: "any" });
    expect(changes(c)).toEqual({ offerings: -2 });
    expect(c).toMatchObject({ term: "1yr", paymentOption: "no-upfront", ourCommitmentUsdPerHour: 26 });
    expect(c.ours.netSavingsUsd).toBeCloseTo(14 * 240, 6);
    expect(c.aws.netSavingsUsd).toBeCloseTo(12 * 240, 6);
  });

  test("AWS recommends nothing; AWS looked at more days than there are; single accounts add up", async () => {
    const nothing = told("0", {
      SavingsPlansPurchaseRecommendationDetails: [],
      LookbackPeriodInDays: "SIXTY_DAYS",
    });
    const c = await compared(nothing, { ...flatCase([]), ...NO_UPFRONT });
    expect(changes(c)).toEqual({ "not-explained": 28 });
    expect(c.sameLookback).toMatchObject({ hours: 240, hoursWanted: 1_440 });
    const linked = told("20", {
      AccountScope: "LINKED",
      SavingsPlansPurchaseRecommendationDetails: ["20", "8"].map((HourlyCommitmentToPurchase) => ({
        HourlyCommitmentToPurchase,
      })),
    });
    expect(await compared(linked, { ...flatCase([]), ...NO_UPFRONT })).toMatchObject({
      awsCommitmentUsdPerHour: 28,
    });
  });

  test("generated in the middle of the history: AWS's days end there", async () => {
    const c = await compared(told("28", {}, {}, { GenerationTimestamp: at(-40) }), {
      ...flatCase([]),
      ...NO_UPFRONT,
    });
    expect(c.sameLookback).toMatchObject({ from: at(-208), to: at(-40) });
  });
});

describe("on the made-up company", () => {
  const options: RecommendOptions = {
    exports: ["fixtures/ml-company/cur2-parquet"],
    compareAws: FIXTURE,
  };

  test.each<Partial<RecommendOptions>>([
    { term: "1yr" },
    { term: "1yr", minUtilization: 0.95, riskAversion: 0.5 },
    { term: "any" },
  ])("the parts add up to the difference: %o", async (more) => {
    const { recommendation } = await recommend({ ...options, scenarios: 10, ...more });
    const { parts, awsCommitmentUsdPerHour, ourCommitmentUsdPerHour, differenceUsdPerHour, ours } =
      recommendation.comparison!;
    const steps = (usd: number): number => Math.round(usd * 1e5);
    expect(parts.map(({ kind }) => kind)).toEqual([
      "not-explained",
      "rounding",
      "lookback",
      "plans",
      "futures",
      "expiries",
      "risk",
      "limits",
      "offerings",
    ]);
    expect(parts.reduce((sum, part) => sum + steps(part.changeUsdPerHour), 0)).toBe(
      steps(differenceUsdPerHour),
    );
    expect(steps(awsCommitmentUsdPerHour) + steps(differenceUsdPerHour)).toBe(steps(ourCommitmentUsdPerHour));
    expect(parts.at(-1)!.commitmentUsdPerHour).toBe(ourCommitmentUsdPerHour);
    const bought = recommendation.purchases.reduce((sum, each) => sum + each.commitmentUsdPerHour, 0);
    expect(steps(bought)).toBe(steps(ourCommitmentUsdPerHour));
    expect(ours.netSavingsUsd).toBeCloseTo(recommendation.expected.netSavingsUsd, 6);
    expect(recommendation.provenance.inputs.at(-1)!.path).toBe(FIXTURE);
  });

  test("every medium shows it, and the document is what the schema says", async () => {
    const { recommendation: r, hourlyUse } = await recommend({
      ...options,
      exports: ["fixtures/ml-company/cost-explorer/daily"],
      scenarios: 40,
      term: "1yr",
    });
    const validate = new Ajv2020({ allErrors: true, strict: true, strictTypes: false }).compile(
      jsonSchemas().recommendation,
    );
    validate(JSON.parse(JSON.stringify(r)));
    expect(validate.errors).toBeNull();
    await expect(detailsText(r, "all", { colour: false, width: 100 })).toMatchFileSnapshot(
      "../report/golden/cost-explorer-daily.txt",
    );
    await expect(documentMarkdown(r)).toMatchFileSnapshot("../report/golden/cost-explorer-daily.md");
    const csv = csvFiles(r, hourlyUse).find(({ name }) => name === "comparison.csv")!;
    await expect(csv.text.replaceAll("\r\n", "\n")).toMatchFileSnapshot("../report/golden/comparison.csv");
  });
});

test.each<[string, string, RegExp]>([
  ["cut", told("28").slice(0, -30), /not valid JSON/],
  ["of EC2", told("28", { SavingsPlansType: "COMPUTE_SP" }), /COMPUTE_SP.*SAGEMAKER_SP/],
  ["not a number", told("NaN"), /Details\.0\.HourlyCommitmentToPurchase/],
  ["below zero", told("-1"), /expected 0 or more/],
  ["a number that is no string", told("28").replace('"28"', "28"), /HourlyCommitmentToPurchase/],
  ["a payment option that is none", told("28", { PaymentOption: "HEAVY_UTILIZATION" }), /PaymentOption/],
  [
    "details that are missing",
    told("28", { SavingsPlansPurchaseRecommendationSummary: { HourlyCommitmentToPurchase: "40" } }),
    /details are missing/,
  ],
  ["one page", told("28").replace("{", '{"NextPageToken":"x",'), /NextPageToken/],
  ["no date", told("28", {}, {}, { GenerationTimestamp: "yesterday" }), /GenerationTimestamp/],
  ["rates", '{"searchResults":[]}', /SavingsPlansPurchaseRecommendation/],
])("a file that can't be used, before any work is done: %s", async (_, text, message) => {
  const error: unknown = await recommend({ exports: ["nowhere"], compareAws: fileOf(text) }).catch(
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(SageplanError);
  expect(error).toMatchObject({
    code: "bad-aws-recommendation",
    message: expect.stringMatching(message) as string,
  });
});

test("in another currency than the bill's", async () => {
  const text = told("28", {}, { CurrencyCode: "EUR" });
  await expect(compared(text, { ...flatCase([]), ...NO_UPFRONT })).rejects.toThrow(/EUR/);
});

test("generated before the exports begin", async () => {
  const text = told("28", {}, {}, { GenerationTimestamp: "2026-01-01T00:00:00Z" });
  await expect(compared(text, { ...flatCase([]), ...NO_UPFRONT })).rejects.toThrow(
    /before the exports' first hour/,
  );
});

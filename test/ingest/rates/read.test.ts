/** Rate cards in AWS's own formats, rates that show in the bill, and which of them a result rests on. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPlanFile } from "../../../src/ingest/plans/plan-file.ts";
import { readRateFiles } from "../../../src/ingest/rates/read.ts";
import { recommend } from "../../../src/index.ts";
import { csvOf, folderWith, hourOf, type CurRow } from "../small-exports.ts";

const file = (name: string, content: unknown): string =>
  join(folderWith({ [name]: typeof content === "string" ? content : JSON.stringify(content) }), name);

/** The two rates that AWS's price list of October 2023 is known by. */
const TRAIN = { usageType: "USE1-Train:ml.m4.16xlarge", operation: "RunInstance", rate: 2.60544 };
const STUDIO = {
  usageType: "AFS1-Studio:KernelGateway-ml.r5.24xlarge",
  operation: "RunInstance",
  rate: 6.6768,
};

const expected = [TRAIN, STUDIO].map(({ usageType, operation, rate }) => ({
  usageType,
  operation,
  term: "1yr",
  paymentOption: "partial-upfront",
  savingsPlanRateUsd: rate,
  onDemandRateUsd: null,
  currency: "USD",
}));

describe("rate cards", () => {
  test("what the AWS CLI prints for DescribeSavingsPlansOfferingRates; other plan types are passed over", async () => {
    const result = ({ usageType, operation, rate }: typeof TRAIN, planType: string) => ({
      savingsPlanOffering: {
        offeringId: "0f1e2d3c",
        paymentOption: "Partial Upfront",
        planType,
        durationSeconds: 31_536_000,
        currency: "USD",
        planDescription: "1 year Partial Upfront SageMaker Savings Plan",
      },
      rate: String(rate),
      unit: "Hrs",
      productType: "SageMaker",
      serviceCode: "AmazonSageMaker",
      usageType,
      operation,
      properties: [{ name: "region", value: "us-east-1" }],
    });
    const path = file("rates.json", {
      searchResults: [result(TRAIN, "SageMaker"), result(STUDIO, "SageMaker"), result(STUDIO, "Compute")],
    });
    expect(await readRateFiles([path])).toEqual(expected);
  });

  test("a region's file of the bulk price list", async () => {
    const sku = "3YPXFW2FJXS3D9VM";
    const rate = ({ usageType, operation, rate: price }: typeof TRAIN) => ({
      discountedSku: "25TC687A4JSSSY7E",
      discountedUsageType: usageType,
      discountedOperation: operation,
      discountedServiceCode: "AmazonSageMaker",
      rateCode: `${sku}.25TC687A4JSSSY7E`,
      unit: "Hrs",
      discountedRate: { price: String(price), currency: "USD" },
    });
    const path = file("index.json", {
      products: [
        {
          sku,
          productFamily: "SageMakerSavingsPlans",
          serviceCode: "MachineLearningSavingsPlans",
          usageType: "SageMakerSP:1yrPartialUpfront",
          operation: "",
          attributes: { purchaseOption: "Partial Upfront", granularity: "hourly", purchaseTerm: "1yr" },
        },
      ],
      terms: {
        savingsPlan: [{ sku, effectiveDate: "2023-10-27T16:00:53Z", rates: [rate(TRAIN), rate(STUDIO)] }],
      },
    });
    expect(await readRateFiles([path])).toEqual(expected);
  });

  test("the CSV, columns in any order, with and without an On-Demand rate", async () => {
    const path = file(
      "rates.csv",
      "operation,usage_type,payment_option,term,on_demand_rate_usd,savings_plan_rate_usd\n" +
        "RunInstance,USE1-Train:ml.m4.16xlarge,partial-upfront,1yr,3.84,2.60544\n" +
        "RunInstance,AFS1-Studio:KernelGateway-ml.r5.24xlarge,partial-upfront,1yr,,6.6768\n",
    );
    const untold = expected.map((rate) => ({ ...rate, currency: undefined }));
    expect(await readRateFiles([path])).toEqual([{ ...untold[0], onDemandRateUsd: 3.84 }, untold[1]]);
  });

  const offered = (change: Record<string, unknown> = {}, row: Record<string, unknown> = {}) => ({
    savingsPlanOffering: {
      paymentOption: "No Upfront",
      planType: "SageMaker",
      durationSeconds: 31_536_000,
      currency: "USD",
      ...change,
    },
    rate: "0.161",
    unit: "Hrs",
    usageType: "USE1-Host:ml.m5.xlarge",
    operation: "RunInstance",
    ...row,
  });
  const page = (results: unknown[], nextToken?: string) => ({ searchResults: results, nextToken });
  const g5 = offered({}, { usageType: "USE1-Host:ml.g5.xlarge", rate: "0.9" });

  test("a term that is not sold is refused", async () => {
    const path = file("rates.json", page([offered({ durationSeconds: 1 })]));
    await expect(readRateFiles([path])).rejects.toThrow(/not a 1-year or 3-year/);
  });

  test("pages as files or as one array; only a page without the one after it is refused", async () => {
    const [first, last] = [page([offered()], "AAAB"), page([g5])];
    const whole = await readRateFiles([file("rates.json", page([offered(), g5]))]);
    expect(await readRateFiles([file("p1.json", first), file("p2.json", last)])).toEqual(whole);
    expect(await readRateFiles([file("all.json", [first, last])])).toEqual(whole);
    await expect(readRateFiles([file("p2.json", last), file("p1.json", first)])).rejects.toThrow(
      /p1\.json .*no page after it is named.*sageplan pull rates/,
    );
    await expect(readRateFiles([file("all.json", [last, first])])).rejects.toThrow(
      /no page after it is named/,
    );
  });

  test("cards of two currencies", async () => {
    const paths = [
      file("us.json", page([offered()])),
      file("cn.json", page([offered({ currency: "CNY" }, { operation: "x" })])),
    ];
    await expect(readRateFiles(paths)).rejects.toThrow(/in USD and CNY/);
  });

  test("a CSV with a column twice, a price list with two products of one sku", async () => {
    const csv = file(
      "rates.csv",
      "usage_type,operation,term,payment_option,savings_plan_rate_usd,Savings_Plan_Rate_USD \n" +
        "USE1-Host:ml.m5.xlarge,RunInstance,1yr,no-upfront,0.161,0.08\n",
    );
    await expect(readRateFiles([csv])).rejects.toThrow(/column savings_plan_rate_usd twice/);
    const product = (purchaseTerm: string) => ({
      sku: "A",
      attributes: { purchaseOption: "No Upfront", purchaseTerm },
    });
    const list = {
      products: [product("1yr"), product("3yr")],
      terms: { savingsPlan: [{ sku: "A", rates: [] }] },
    };
    await expect(readRateFiles([file("index.json", list)])).rejects.toThrow(/two have the sku A/);
  });

  const bill = () => folderWith({ "a.csv": csvOf(Array.from({ length: 48 }, (_, n) => hourOf(n))) });
  const advised = (card: unknown, exports = bill()) =>
    recommend({
      futures: "history",
      exports: [exports],
      term: "1yr",
      payment: "no-upfront",
      rates: [file("rates.json", card)],
    });

  test.each([
    ["no number", { rate: "" }, /rate "", expected money/],
    ["another unit", { unit: "Lambda-GB-Second" }, /per Lambda-GB-Second, expected one per hour/],
  ])(
    "a rate with %s: refused if the bill has its usage, else passed over and told",
    async (_, change, message) => {
      await expect(advised(page([offered({}, change)]))).rejects.toThrow(message);
      const { recommendation } = await advised(page([offered(), { ...g5, ...change }]));
      expect(recommendation.purchases).toMatchObject([{ commitmentUsdPerHour: 0.161 }]);
      expect(recommendation.findings.find(({ code }) => code === "rates-passed-over")!.message).toMatch(
        message,
      );
    },
  );

  test.each([
    [
      "an AWS card beyond AWS's largest discount",
      page([offered({}, { rate: "0.02268" })]),
      /discount of 90\.1 %.*largest is 64 %/,
    ],
    [
      "a card of another currency",
      page([offered({ currency: "CNY" })]),
      /card is in CNY and the bill in USD/,
    ],
  ])("%s is refused", async (_, card, message) => {
    await expect(advised(card)).rejects.toThrow(message);
  });

  test("a CSV card whose rates are swapped", async () => {
    const header = "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n";
    const csv = `${header}USE1-Host:ml.m5.xlarge,RunInstance,1yr,no-upfront,0.23,0.161\n`;
    await expect(advised(csv)).rejects.toThrow(/0\.23 is above its On-Demand rate of 0\.161/);
  });

  test("a rate at or above what the bill charges: a loud finding, in a CUR and in Cost Explorer", async () => {
    const { recommendation } = await advised(page([offered({}, { rate: "0.23" })]));
    expect(recommendation.findings.find(({ code }) => code === "implausible-rates")!.usd).toBeCloseTo(
      48 * 0.23,
      9,
    );
    const answer = {
      GroupDefinitions: [{ Type: "DIMENSION", Key: "USAGE_TYPE" }],
      ResultsByTime: ["01", "02", "03"].map((day) => ({
        TimePeriod: { Start: `2026-10-${day}`, End: `2026-10-0${Number(day) + 1}` },
        Groups: [
          {
            Keys: ["USE1-Host:ml.m5.xlarge"],
            Metrics: {
              UnblendedCost: { Amount: "1.656", Unit: "USD" },
              UsageQuantity: { Amount: "24", Unit: "N/A" },
            },
          },
        ],
        Estimated: false,
      })),
    };
    const exports = folderWith({ "usage.json": JSON.stringify(answer) });
    const { findings } = (await advised(page([offered()]), exports)).recommendation;
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["implausible-rates", "below-list-price"]),
    );
    expect(findings.find(({ code }) => code === "implausible-rates")!.message).toMatch(/SavingsPlanNegation/);
  });

  test("money is hours × the Savings Plans rate against hours × the bill's rate, whatever the card's own", async () => {
    const header = "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n";
    const card = (onDemand: string) =>
      `${header}USE1-Host:ml.m5.xlarge,RunInstance,1yr,no-upfront,0.161,${onDemand}\n`;
    const blank = (await advised(card(""))).recommendation;
    const stated = (await advised(card("0.3"))).recommendation;
    expect(blank.purchases).toMatchObject([{ commitmentUsdPerHour: 0.161 }]);
    expect(stated.purchases).toEqual(blank.purchases);
    expect(stated.expected).toEqual(blank.expected);
    expect(stated.findings.map(({ code }) => code)).toContain("on-demand-rates-differ");
  });

  test("a bill and its card in CNY", async () => {
    const rows = Array.from({ length: 48 }, (_, n) => ({ ...hourOf(n), "lineItem/CurrencyCode": "CNY" }));
    const exports = folderWith({ "a.csv": csvOf(rows) });
    const { recommendation } = await advised(page([offered({ currency: "CNY" })]), exports);
    expect(recommendation.purchases).toMatchObject([{ commitmentUsdPerHour: 0.161 }]);
    expect(recommendation.currency).toBe("CNY");
    await expect(advised(page([offered()]), exports)).rejects.toThrow(/card is in USD and the bill in CNY/);
  });
});

test("owned plans from what the AWS CLI prints for DescribeSavingsPlans", async () => {
  const plan = {
    savingsPlanArn: "arn:aws:savingsplans::123456789012:savingsplan/abc",
    savingsPlanType: "SageMaker",
    state: "active",
    paymentOption: "All Upfront",
    termDurationInSeconds: 94_608_000,
    commitment: "6.5",
    start: "2026-03-01T00:00:00.000Z",
    end: "2029-02-28T00:00:00.000Z",
    upfrontPaymentAmount: "170820",
    recurringPaymentAmount: "0",
  };
  const path = file("plans.json", {
    savingsPlans: [
      plan,
      plan,
      { ...plan, savingsPlanArn: `${plan.savingsPlanArn}2`, savingsPlanType: "Compute" },
      { ...plan, savingsPlanArn: `${plan.savingsPlanArn}3`, state: "queued" },
      { ...plan, savingsPlanArn: `${plan.savingsPlanArn}4`, state: "returned" },
    ],
  });
  const held = {
    arn: plan.savingsPlanArn,
    ownerAccount: "123456789012",
    term: "3yr",
    paymentOption: "all-upfront",
    commitmentUsdPerHour: 6.5,
    start: Date.parse(plan.start) / 3_600_000,
    end: Date.parse(plan.end) / 3_600_000,
    isQueued: false,
  };
  expect(await readPlanFile(path)).toEqual([held, { ...held, arn: `${held.arn}3`, isQueued: true }]);
});

test("a plan that is named twice, differently", async () => {
  const plan = {
    savingsPlanArn: "arn:aws:savingsplans::123456789012:savingsplan/abc",
    savingsPlanType: "SageMaker",
    paymentOption: "No Upfront",
    termDurationInSeconds: 31_536_000,
    commitment: "6.5",
    start: "2026-03-01T00:00:00.000Z",
    end: "2027-02-28T23:59:59.000Z",
  };
  const path = file("plans.json", { savingsPlans: [plan, { ...plan, commitment: "7" }] });
  await expect(readPlanFile(path)).rejects.toThrow(/names the plan .*abc 2 times, differently/);
});

describe("which rates a result rests on", () => {
  const ARN = "arn:aws:savingsplans::444455556666:savingsplan/p";
  const covered: CurRow = {
    "lineItem/LineItemType": "SavingsPlanCoveredUsage",
    "savingsPlan/SavingsPlanARN": ARN,
    "savingsPlan/SavingsPlanRate": "0.15",
    "savingsPlan/SavingsPlanEffectiveCost": "0.15",
  };
  const negation: CurRow = {
    "lineItem/LineItemType": "SavingsPlanNegation",
    "lineItem/UnblendedCost": "-0.23",
    "pricing/publicOnDemandCost": "",
    "savingsPlan/SavingsPlanARN": ARN,
  };
  const fee: CurRow = {
    "lineItem/LineItemType": "SavingsPlanRecurringFee",
    "lineItem/ProductCode": "MachineLearningSavingsPlans",
    "lineItem/UsageType": "SageMakerSP:1yrNoUpfront",
    "lineItem/Operation": "None",
    "lineItem/UnblendedCost": "0.15",
    "pricing/publicOnDemandCost": "",
    "savingsPlan/SavingsPlanARN": ARN,
    "savingsPlan/OfferingType": "SageMakerSavingsPlans",
    "savingsPlan/PaymentOption": "No Upfront",
    "savingsPlan/PurchaseTerm": "1yr",
    "savingsPlan/TotalCommitmentToDate": "0.15",
    "savingsPlan/UsedCommitment": "0.15",
  };
  const bill = (): string =>
    folderWith({
      "a.csv": csvOf(
        Array.from({ length: 48 }, (_, n) => hourOf(n)).flatMap((hour) => [
          { ...hour, ...covered },
          { ...hour, ...negation },
          { ...hour, ...fee },
          hour,
        ]),
      ),
    });

  test("the bill's own covered rows, for their offering; the shipped card for the others, said loudly", async () => {
    const { recommendation } = await recommend({ futures: "history", exports: [bill()], term: "1yr" });
    const shares = (label: string) => recommendation.alternatives.find((a) => a.label === label)?.rateShares;
    expect(shares("1yr no-upfront")).toEqual({ file: 0, bill: 1, illustrative: 0 });
    expect(shares("3yr all-upfront")).toEqual({ file: 0, bill: 0, illustrative: 1 });
    expect(recommendation.purchases).toMatchObject([{ commitmentUsdPerHour: 0.15 }]);
    expect(recommendation.findings.map(({ code }) => code)).not.toContain("illustrative-rates");
    expect(recommendation.ownedPlans).toMatchObject([
      { arn: ARN, commitmentUsdPerHour: 0.15, utilization: 1 },
    ]);
  });

  test("the user's card before the bill, and nothing illustrative beside it", async () => {
    const card = file(
      "rates.csv",
      "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n" +
        "USE1-Host:ml.m5.xlarge,RunInstance,1yr,no-upfront,0.161,0.23\n",
    );
    const { recommendation } = await recommend({ futures: "history", exports: [bill()], rates: [card] });
    const shares = (label: string) => recommendation.alternatives.find((a) => a.label === label)?.rateShares;
    expect(shares("1yr no-upfront")).toEqual({ file: 1, bill: 0, illustrative: 0 });
    expect(shares("3yr no-upfront")).toEqual({ file: 0, bill: 0, illustrative: 0 });
    expect(recommendation.purchases).toMatchObject([{ term: "1yr", commitmentUsdPerHour: 0.161 }]);
  });

  test("a member's export: usage covered by plans whose fees it does not show is left to them", async () => {
    const rows = Array.from({ length: 48 }, (_, n) => ({ ...hourOf(n), ...covered }));
    const { recommendation } = await recommend({
      futures: "history",
      exports: [folderWith({ "a.csv": csvOf(rows) })],
    });
    expect(recommendation.purchases).toEqual([]);
    const finding = recommendation.findings.find(({ code }) => code === "covered-by-unknown-plans");
    expect(finding?.usd).toBeCloseTo(48 * 0.23, 9);
  });
});

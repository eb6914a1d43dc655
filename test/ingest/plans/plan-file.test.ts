/** Inventories of plans: what counts is read or refused, what does not matter is passed over before it is judged. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspect, recommend } from "../../../src/index.ts";
import { readPlanFile } from "../../../src/ingest/plans/plan-file.ts";
import { csvOf, folderWith, hourOf, type CurRow } from "../small-exports.ts";

const file = (content: unknown, name = "plans.json"): string =>
  join(folderWith({ [name]: JSON.stringify(content) }), name);
const ARN = "arn:aws:savingsplans::444455556666:savingsplan/5b1f0c3e-0000-4a4a-9b9b-0123456789ab";
const plan = {
  savingsPlanArn: ARN,
  savingsPlanType: "SageMaker",
  state: "active",
  paymentOption: "No Upfront",
  currency: "USD",
  termDurationInSeconds: 31_536_000,
  commitment: "0.161",
  start: "2026-03-01T00:00:00.000Z",
  end: "2027-02-28T23:59:59.000Z",
};
const other = { ...plan, savingsPlanArn: `${ARN.slice(0, -1)}c` };
const read = (...plans: unknown[]) => readPlanFile(file({ savingsPlans: plans }));

describe("what counts", () => {
  test("pages as one array or as several files", async () => {
    const pages = [{ savingsPlans: [plan], nextToken: "A" }, { savingsPlans: [other] }] as const;
    const whole = await read(plan, other);
    expect(whole.map(({ arn }) => arn)).toEqual([plan.savingsPlanArn, other.savingsPlanArn]);
    expect(await readPlanFile(file(pages))).toEqual(whole);
    expect(await readPlanFile([file(pages[0]), file(pages[1])])).toEqual(whole);
    await expect(readPlanFile(file(pages[0]))).rejects.toThrow(/one page of several.*sageplan pull plans/);
  });

  test("plans of other types and those that never were may lack anything", async () => {
    const bare = { savingsPlanType: "Compute" };
    const failed = { savingsPlanType: "SageMaker", state: "payment-failed" };
    expect(await read(bare, failed, plan, { savingsPlanType: "EC2Instance", commitment: 3 })).toHaveLength(1);
  });

  test("a state in capitals is a state", async () => {
    expect(await read({ ...plan, state: "Active" })).toHaveLength(1);
  });

  test.each([
    [
      "an unknown state",
      { state: "renewing" },
      /savingsPlans\.0\.state, found renewing, expected one of active/,
    ],
    [
      "an unknown type",
      { savingsPlanType: "MachineLearning" },
      /savingsPlanType, found MachineLearning, expected SageMaker/,
    ],
    ["no type", { savingsPlanType: undefined }, /savingsPlanType, found nothing/],
    [
      "an end before its start",
      { end: "2026-02-01T00:00:00Z" },
      /savingsPlans\.0\.end, expected a date after the start/,
    ],
    [
      "a commitment beyond AWS's",
      { commitment: "1000001" },
      /commitment, expected an hourly commitment from 0\.001 to 1000000/,
    ],
    [
      "a commitment of 400 digits",
      { commitment: "9".repeat(400) },
      /commitment, expected an hourly commitment/,
    ],
    ["no start", { start: undefined }, /savingsPlans\.0\.start/],
  ])("%s is refused", async (_, change, message) => {
    await expect(read({ ...plan, ...change })).rejects.toThrow(message);
  });
});

const planColumns: CurRow = {
  "savingsPlan/SavingsPlanARN": ARN,
  "savingsPlan/OfferingType": "SageMakerSavingsPlans",
  "savingsPlan/PaymentOption": "No Upfront",
  "savingsPlan/PurchaseTerm": "1yr",
  "savingsPlan/EndTime": "2027-02-28T23:59:59Z",
};
const covered: CurRow = {
  ...planColumns,
  "lineItem/LineItemType": "SavingsPlanCoveredUsage",
  "savingsPlan/SavingsPlanEffectiveCost": "0.161",
};
const fee: CurRow = {
  ...planColumns,
  "lineItem/LineItemType": "SavingsPlanRecurringFee",
  "lineItem/ProductCode": "MachineLearningSavingsPlans",
  "lineItem/UsageType": "SageMakerSP:1yrNoUpfront",
  "lineItem/UnblendedCost": "0.161",
  "pricing/publicOnDemandCost": "",
  "savingsPlan/TotalCommitmentToDate": "0.161",
  "savingsPlan/UsedCommitment": "0.161",
};
const hours = (count: number, rowsOf: (hour: number) => CurRow[]): CurRow[] =>
  Array.from({ length: count }, (_, hour) => rowsOf(hour).map((row) => ({ ...hourOf(hour), ...row }))).flat();
const refund = (hour: number, description: string, change: CurRow = {}): CurRow => ({
  ...hourOf(hour),
  "lineItem/LineItemType": "Refund",
  "lineItem/ProductCode": "MachineLearningSavingsPlans",
  "lineItem/UsageType": "SageMakerSP:1yrNoUpfront",
  "lineItem/UnblendedCost": "-1.61",
  "pricing/publicOnDemandCost": "",
  "lineItem/LineItemDescription": description,
  ...change,
});
const inspected = (rows: readonly CurRow[], owned?: string) =>
  inspect({ exports: [folderWith({ "a.csv": csvOf(rows) })], owned });

describe("against the bill", () => {
  test("a plan that the bill charges for and the inventory lacks is told, and not taken for owned", async () => {
    const rows = hours(48, () => [{}, covered, fee]);
    const { findings } = await inspected(rows, file({ savingsPlans: [other] }));
    expect(findings.map(({ code }) => code)).toContain("plan-not-in-inventory");
    const whole = await inspected(rows, file({ savingsPlans: [plan] }));
    expect(whole.findings.map(({ code }) => code)).not.toContain("plan-not-in-inventory");
  });

  test("a plan in another currency than the bill's is refused", async () => {
    const owned = file({ savingsPlans: [{ ...plan, currency: "CNY" }] });
    await expect(
      inspected(
        hours(48, () => [{}]),
        owned,
      ),
    ).rejects.toThrow(/commits in CNY, and the bill is in USD/);
  });

  test("AWS's recommendation in another currency is refused", async () => {
    const aws = {
      SavingsPlansPurchaseRecommendation: {
        SavingsPlansType: "SAGEMAKER_SP",
        TermInYears: "ONE_YEAR",
        PaymentOption: "NO_UPFRONT",
        LookbackPeriodInDays: "SEVEN_DAYS",
        SavingsPlansPurchaseRecommendationDetails: [
          { HourlyCommitmentToPurchase: "0.1", CurrencyCode: "CNY" },
        ],
      },
    };
    const options = {
      exports: [folderWith({ "a.csv": csvOf(hours(48, () => [{}])) })],
      futures: "history",
      compareAws: file(aws, "aws.json"),
    };
    await expect(recommend(options)).rejects.toThrow(/amounts are in CNY, and the bill is in USD/);
  });
});

describe("a plan that AWS refunded", () => {
  const returned = (gap: number): CurRow[] => [...hours(72, (hour) => (hour < gap ? [covered, fee] : [{}]))];

  test("by the id in the description: ended at its last row, without waiting a day, and told why", async () => {
    const rows = [
      ...returned(60),
      refund(61, `Refund for one-time fee for Savings Plan ID ${ARN.split("/")[1]}`),
    ];
    const { ownedPlans, findings } = await inspected(rows);
    expect(ownedPlans[0]).toMatchObject({ end: "2026-10-03T12:00:00Z", gone: "returned" });
    expect(findings.find(({ code }) => code === "owned-plan-ended")!.message).toMatch(
      /AWS refunded it: it was returned/,
    );
    expect(findings.map(({ code }) => code)).not.toContain("plan-refunded");
  });

  test("by its ARN", async () => {
    const rows = [...returned(60), refund(61, "", { "savingsPlan/SavingsPlanARN": ARN })];
    expect((await inspected(rows)).ownedPlans[0]!.end).toBe("2026-10-03T12:00:00Z");
  });

  test("no plan named, or rows that go on: told with the dollars", async () => {
    const nameless = await inspected([...hours(48, () => [{}, covered, fee]), refund(10, "Refund")]);
    const finding = nameless.findings.find(({ code }) => code === "plan-refunded")!;
    expect(finding).toMatchObject({ usd: 1.61 });
    expect(finding.message).toMatch(/which one, its row does not say.*buyer's export/);
    const named = await inspected([
      ...hours(48, () => [{}, covered, fee]),
      refund(10, `Savings Plan ${ARN.split("/")[1]}`),
    ]);
    expect(named.findings.find(({ code }) => code === "plan-refunded")!.message).toMatch(
      /its fee rows go on/,
    );
    expect(named.ownedPlans).toHaveLength(1);
  });

  test("with an inventory that no longer holds it, what it covered is uncovered from now on", async () => {
    const rows = hours(72, (hour) => (hour < 24 ? [covered, fee] : [{}]));
    const owned = file({ savingsPlans: [{ ...plan, state: "returned" }] });
    const { findings, ownedPlans } = await inspected(rows, owned);
    expect(ownedPlans).toEqual([]);
    expect(findings.map(({ code }) => code)).not.toContain("covered-by-unknown-plans");
  });
});

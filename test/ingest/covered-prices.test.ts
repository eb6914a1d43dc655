/** Covered usage that came without its On-Demand value, and usage that is billed at exactly $0. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspect, SageplanError } from "../../src/index.ts";
import { csvOf, folderWith, hourOf, type CurRow } from "./small-exports.ts";

const ARN = "arn:aws:savingsplans::444455556666:savingsplan/aaaaaaaa-0000-4000-8000-000000000001";
const HOURS = 48;
const each = (rowsOf: (hour: number) => CurRow[]): CurRow[] =>
  Array.from({ length: HOURS }, (_, hour) => rowsOf(hour).map((row) => ({ ...hourOf(hour), ...row }))).flat();

/** One covered hour of an instance at $0.161, its worth $0.23 on demand. */
const covered = (worth: string): CurRow => ({
  "lineItem/LineItemType": "SavingsPlanCoveredUsage",
  "lineItem/UnblendedCost": worth,
  "pricing/publicOnDemandCost": worth,
  "savingsPlan/SavingsPlanARN": ARN,
  "savingsPlan/SavingsPlanEffectiveCost": "0.161",
  "savingsPlan/OfferingType": "SageMakerSavingsPlans",
  "savingsPlan/PaymentOption": "No Upfront",
  "savingsPlan/PurchaseTerm": "1yr",
});
const fee: CurRow = {
  "lineItem/LineItemType": "SavingsPlanRecurringFee",
  "lineItem/ProductCode": "MachineLearningSavingsPlans",
  "lineItem/UsageType": "SageMakerSP:1yrNoUpfront",
  "lineItem/UnblendedCost": "0.161",
  "pricing/publicOnDemandCost": "",
  "savingsPlan/SavingsPlanARN": ARN,
  "savingsPlan/OfferingType": "SageMakerSavingsPlans",
  "savingsPlan/PaymentOption": "No Upfront",
  "savingsPlan/PurchaseTerm": "1yr",
  "savingsPlan/TotalCommitmentToDate": "0.161",
  "savingsPlan/UsedCommitment": "0.161",
};

const FOCUS_COLUMNS =
  "ChargeCategory,ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,SubAccountId,BillingAccountId,BilledCost,ListCost,EffectiveCost," +
  "BillingCurrency,RegionId,x_ServiceCode,SkuMeter,x_Operation,PricingQuantity,CommitmentDiscountId,CommitmentDiscountStatus,ChargeFrequency";
const focusOf = (rows: readonly (readonly string[])[]): string =>
  `${FOCUS_COLUMNS}\n${rows.map((row) => row.join(",")).join("\n")}\n`;

function focusHour(hour: number, change: Record<string, string>): string[] {
  const { "lineItem/UsageStartDate": start, "lineItem/UsageEndDate": end } = hourOf(hour);
  const row: Record<string, string> = {
    ChargeCategory: "Usage",
    ChargePeriodStart: start,
    ChargePeriodEnd: end,
    BillingPeriodStart: "2026-10-01T00:00:00Z",
    SubAccountId: "444455556666",
    BillingAccountId: "111122223333",
    BilledCost: "0.23",
    ListCost: "0.23",
    EffectiveCost: "0.23",
    BillingCurrency: "USD",
    RegionId: "us-east-1",
    x_ServiceCode: "AmazonSageMaker",
    SkuMeter: "USE1-Host:ml.m5.xlarge",
    x_Operation: "RunInstance",
    PricingQuantity: "1",
    ChargeFrequency: "Usage-Based",
    ...change,
  };
  return FOCUS_COLUMNS.split(",").map((column) => row[column] ?? "");
}
const focusCovered = (listCost: string, usageType = "USE1-Host:ml.m5.xlarge"): Record<string, string> => ({
  BilledCost: "0",
  ListCost: listCost,
  EffectiveCost: "0.161",
  SkuMeter: usageType,
  CommitmentDiscountId: ARN,
  CommitmentDiscountStatus: "Used",
});

const inspected = (name: string, text: string) =>
  inspect({ exports: [join(folderWith({ [name]: text }), name)] });
const codes = ({ findings }: { findings: readonly { code: string }[] }): string[] =>
  findings.map(({ code }) => code);

describe("covered usage without its On-Demand value", () => {
  const uncovered: CurRow = {};

  test("CUR: its hours at the rate of the same usage type, and the plan is used as AWS says", async () => {
    const told = await inspected("a.csv", csvOf(each(() => [uncovered, covered("0.23"), fee])));
    const untold = await inspected("a.csv", csvOf(each(() => [uncovered, covered("0"), fee])));
    const blank = await inspected(
      "a.csv",
      csvOf(each(() => [uncovered, { ...covered(""), "lineItem/UnblendedCost": "0" }, fee])),
    );
    expect(told.history!.eligibleUsd).toBeCloseTo(0.46 * HOURS, 9);
    for (const read of [untold, blank]) {
      expect(read.history).toEqual(told.history);
      expect(read.ownedPlans).toEqual(told.ownedPlans);
      expect(read.ownedPlans[0]!.utilization).toBeCloseTo(1, 9);
      const finding = read.findings.find(({ code }) => code === "covered-usage-priced");
      expect(finding!.usd).toBeCloseTo(0.23 * HOURS, 9);
      expect(read.reconciliation.checks.filter(({ passed }) => !passed)).toEqual([]);
    }
    expect(codes(told)).not.toContain("covered-usage-priced");
  });

  test("FOCUS without ListCost: AWS's list price where the bill shows no rate", async () => {
    const rows = Array.from({ length: HOURS }, (_, hour) => focusHour(hour, focusCovered("")));
    const { history, findings } = await inspected("focus.csv", focusOf(rows));
    expect(history!.eligibleUsd).toBeCloseTo(0.23 * HOURS, 9);
    expect(findings.find(({ code }) => code === "covered-usage-priced")!.message).toMatch(/AWS's list price/);
  });

  test("Cost Explorer", async () => {
    const days = ["2026-10-01", "2026-10-02", "2026-10-03"];
    const group = (recordType: string, amount: string) => ({
      Keys: ["USE1-Host:ml.m5.xlarge", recordType],
      Metrics: {
        UnblendedCost: { Amount: amount, Unit: "USD" },
        AmortizedCost: { Amount: "3.864", Unit: "USD" },
        UsageQuantity: { Amount: "24", Unit: "N/A" },
      },
    });
    const answer = {
      GroupDefinitions: [
        { Type: "DIMENSION", Key: "USAGE_TYPE" },
        { Type: "DIMENSION", Key: "RECORD_TYPE" },
      ],
      ResultsByTime: days.map((day, n) => ({
        TimePeriod: { Start: day, End: `2026-10-0${n + 2}` },
        Groups: [group("Usage", "5.52"), group("Savings Plan Covered Usage", "0")],
        Estimated: false,
      })),
    };
    const read = await inspected("usage.json", JSON.stringify(answer));
    expect(read.findings.find(({ code }) => code === "covered-usage-priced")!.usd).toBeCloseTo(3 * 5.52, 6);
    expect(read.history!.eligibleUsd).toBeCloseTo(6 * 5.52, 6);
  });

  test("no rate anywhere, or no hours: refused, with what is missing", async () => {
    const odd = "USE1-Host:ml.zz9.xlarge";
    const unknown = each(() => [{ ...covered("0"), "lineItem/UsageType": odd }, fee]);
    await expect(inspected("a.csv", csvOf(unknown))).rejects.toThrow(
      /a\.csv: 48 rows of USE1-Host:ml\.zz9\.xlarge.*state no On-Demand value/,
    );
    const rows = [focusHour(0, focusCovered("", odd))];
    await expect(inspected("f.csv", focusOf(rows))).rejects.toThrow(SageplanError);
    const noHours = each(() => [{ ...covered("0"), "lineItem/UsageAmount": "0" }, fee]);
    await expect(inspected("a.csv", csvOf(noHours))).rejects.toThrow(
      /row 2, column pricing\/publicOnDemandCost: found "0", expected the On-Demand value of usage that a plan covers/,
    );
    const table =
      "usage_hour,usage_type,operation,usage_hours,on_demand_usd,covered_on_demand_usd,covered_savings_plan_usd\n";
    await expect(
      inspected("t.csv", `${table}2026-10-01T00:00:00Z,USE1-Host:ml.m5.xlarge,RunInstance,1,0.23,0,0.161\n`),
    ).rejects.toThrow(/column covered_on_demand_usd: found "0"/);
  });

  test("FOCUS that names a plan and not whether it was used is not read as usage of $0", async () => {
    const rows = [focusHour(0, { ...focusCovered("0.23"), CommitmentDiscountStatus: "" })];
    await expect(inspected("f.csv", focusOf(rows))).rejects.toThrow(
      /column CommitmentDiscountStatus: found nothing/,
    );
  });
});

describe("usage billed at exactly $0", () => {
  const p5 = "USE1-Train:ml.p5.48xlarge";

  test("CUR: neither demand nor a source of a rate; its hours and public dollars are told", async () => {
    const free: CurRow = {
      "lineItem/UsageType": p5,
      "lineItem/UnblendedCost": "0",
      "pricing/publicOnDemandCost": "98.32",
    };
    const half: CurRow = { "lineItem/UnblendedCost": "0", "pricing/publicOnDemandCost": "" };
    const read = await inspected("a.csv", csvOf(each(() => [{}, free, half])));
    expect(read.history!.onDemandUsd).toBeCloseTo(0.23 * HOURS, 9);
    const finding = read.findings.find(({ code }) => code === "billed-at-zero")!;
    expect(finding.usd).toBeCloseTo(98.32 * HOURS, 6);
    expect(finding.message).toMatch(/^96\.0 hours of USE1-Train:ml\.p5\.48xlarge and 1 more/);
    expect(read.reconciliation.classes.find(({ reason }) => reason === "usage billed at $0")).toMatchObject({
      class: "ineligible",
      rows: 2 * HOURS,
      billedUsd: "0",
    });
    expect(codes(read)).not.toContain("private-rates");
  });

  test("FOCUS", async () => {
    const rows = Array.from({ length: HOURS }, (_, hour) => [
      focusHour(hour, {}),
      focusHour(hour, { SkuMeter: p5, BilledCost: "0", ListCost: "98.32", EffectiveCost: "0" }),
    ]).flat();
    const read = await inspected("focus.csv", focusOf(rows));
    expect(read.history!.onDemandUsd).toBeCloseTo(0.23 * HOURS, 9);
    expect(read.findings.find(({ code }) => code === "billed-at-zero")!.usd).toBeCloseTo(98.32 * HOURS, 6);
  });

  test("the normalized table: hours at $0 make no rate", async () => {
    const rows = Array.from({ length: HOURS }, (_, hour) => {
      const start = hourOf(hour)["lineItem/UsageStartDate"];
      return `${start},USE1-Host:ml.m5.xlarge,RunInstance,1,${hour < 24 ? "0.23" : "0"}\n`;
    });
    const text = `usage_hour,usage_type,operation,usage_hours,on_demand_usd\n${rows.join("")}`;
    const read = await inspected("t.csv", text);
    expect(codes(read)).toContain("billed-at-zero");
    expect(codes(read)).not.toContain("on-demand-rate-changed");
    expect(codes(read)).not.toContain("below-list-price");
    expect(read.history!.hours).toBe(HOURS);
  });
});

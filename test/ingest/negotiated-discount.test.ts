/** Discounts count for what they are of: CUR and FOCUS. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { simulate } from "../../src/index.ts";
import { BASE_ROW, csvOf, folderWith, hourOf, type CurRow } from "./small-exports.ts";

const HOURS = 48;
const each = (rowsOf: () => CurRow[]): CurRow[] =>
  Array.from({ length: HOURS }, (_, hour) => rowsOf().map((row) => ({ ...hourOf(hour), ...row }))).flat();
const out: CurRow = {
  "lineItem/UsageType": "USE1-Hst:Data-Bytes-Out",
  "lineItem/Operation": "Invoke-Endpoint",
  "lineItem/UsageAmount": "40",
  "lineItem/UnblendedCost": "2",
  "pricing/publicOnDemandCost": "2",
};
const discount = (type: string, usageType: string, usd: string): CurRow => ({
  "lineItem/LineItemType": type,
  "lineItem/UsageType": usageType,
  "lineItem/UnblendedCost": usd,
  "pricing/publicOnDemandCost": "",
});
const HOST = "USE1-Host:ml.m5.xlarge";
const shareOf = async (name: string, text: string): Promise<number> => {
  const { recommendation } = await simulate({
    exports: [join(folderWith({ [name]: text }), name)],
    futures: "history",
    commitments: [{ term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 0.1 }],
  });
  return recommendation.negotiatedDiscount.share;
};
const cur = (...rows: CurRow[]) => shareOf("a.csv", csvOf(each(() => [{}, out, ...rows])));

describe("CUR", () => {
  test("a bundled discount on data transfer is none on what plans cover", async () => {
    expect(await cur(discount("BundledDiscount", "USE1-Hst:Data-Bytes-Out", "-2"))).toBe(0);
    expect(await cur(discount("BundledDiscount", "", "-2"))).toBe(0);
  });

  test("one on all usage, row by row, is what it is", async () => {
    const rows = [
      discount("EdpDiscount", HOST, "-0.023"),
      discount("EdpDiscount", "USE1-Hst:Data-Bytes-Out", "-0.2"),
    ];
    expect(await cur(...rows)).toBeCloseTo(0.1, 6);
    expect(await cur(...rows, discount("BundledDiscount", "USE1-Hst:Data-Bytes-Out", "-1"))).toBeCloseTo(
      0.1,
      6,
    );
  });

  test("one that names no usage type is of all charges", async () => {
    expect(await cur(discount("EdpDiscount", "", "-0.223"))).toBeCloseTo(0.1, 6);
  });

  test("net costs of what no plan covers are none either", async () => {
    const net = (usd: string): CurRow => ({ "lineItem/NetUnblendedCost": usd }) as CurRow;
    const rows = each(() => [net("0.23"), { ...out, ...net("0") }]);
    const columns = [...Object.keys(BASE_ROW), "lineItem/NetUnblendedCost"];
    expect(await shareOf("a.csv", csvOf(rows, columns))).toBe(0);
  });
});

test("FOCUS: a credit called a discount, on data transfer alone", async () => {
  const columns =
    "ChargeCategory,ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,SubAccountId,BillingAccountId,BilledCost,ListCost,BillingCurrency," +
    "RegionId,x_ServiceCode,SkuMeter,x_Operation,PricingQuantity,ChargeDescription";
  const rows = Array.from({ length: HOURS }, (_, hour) => {
    const { "lineItem/UsageStartDate": start, "lineItem/UsageEndDate": end } = hourOf(hour);
    const row = (category: string, usd: string, type: string, description: string): string =>
      `${category},${start},${end},2026-10-01,444455556666,111122223333,${usd},${usd},USD,us-east-1,AmazonSageMaker,${type},RunInstance,1,${description}`;
    return [
      row("Usage", "0.23", HOST, ""),
      row("Usage", "2", "USE1-Hst:Data-Bytes-Out", ""),
      row("Credit", "-2", "USE1-Hst:Data-Bytes-Out", "Bundled Discount"),
    ].join("\n");
  });
  expect(await shareOf("focus.csv", `${columns}\n${rows.join("\n")}\n`)).toBe(0);
});

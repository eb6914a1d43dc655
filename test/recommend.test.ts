/** Cases with known answers, from a bill to the amount. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recommend, type RecommendOptions } from "../src/index.ts";
import { csvOf, folderWith, hourOf } from "./ingest/small-exports.ts";

const CARD = (savingsPlanRateUsd: number): string =>
  "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n" +
  ["1yr,no-upfront", "3yr,all-upfront"]
    .map((offering) => `USE1-Train:ml.p4d.24xlarge,RunInstance,${offering},${savingsPlanRateUsd},1\n`)
    .join("");

/** A week of one SKU at $1 an hour; `usdAt` says how many dollars run in each hour. Hours of 0 have no row at all. */
async function week(
  usdAt: (hour: number) => number,
  discount: number,
  options: Partial<RecommendOptions> = {},
) {
  const rows = Array.from({ length: 168 }, (_, n) => ({ n, usd: usdAt(n) }))
    .filter(({ usd }) => usd > 0)
    .map(({ n, usd }) => ({
      ...hourOf(n),
      "lineItem/UsageType": "USE1-Train:ml.p4d.24xlarge",
      "lineItem/UsageAmount": String(usd),
      "lineItem/UnblendedCost": String(usd),
      "pricing/publicOnDemandCost": String(usd),
    }));
  // Something always runs, so that idle hours of training are hours of the history.
  const storage = Array.from({ length: 168 }, (_, n) => ({
    ...hourOf(n),
    "lineItem/UsageType": "Notebk:VolumeUsage.gp2",
    "lineItem/UnblendedCost": "0.01",
    "pricing/publicOnDemandCost": "0.01",
  }));
  const folder = folderWith({ "bill.csv": csvOf([...rows, ...storage]), "rates.csv": CARD(1 - discount) });
  const { recommendation } = await recommend({
    futures: "history",
    exports: [join(folder, "bill.csv")],
    rates: [join(folder, "rates.csv")],
    term: "1yr",
    ...options,
  });
  return recommendation;
}

describe("what other tools get wrong", () => {
  test("training six hours a day at $90 and 45 % off: buy nothing, and say why", async () => {
    const { purchases, reason, expected } = await week((n) => (n % 24 < 6 ? 90 : 0), 0.45);
    expect(purchases).toEqual([]);
    expect(expected).toMatchObject({ netSavingsUsd: 0, hoursUnderused: 0 });
    expect(reason).toMatch(
      /used in more than 55\.0 % of the hours, and usage that it could cover is there in 25\.0 %/,
    );
  });

  test("a floor of $10 and ten hours a day at $100, 64 % off: $36.00/h, which saves $1,932.00 a week", async () => {
    const { purchases, expected, certificate } = await week((n) => (n % 24 < 10 ? 100 : 10), 0.64);
    expect(purchases).toMatchObject([{ term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 36 }]);
    expect(expected.netSavingsUsd).toBeCloseTo(1932, 8);
    expect(expected.utilization).toBeCloseTo(0.475, 12);
    expect(expected.hoursUnderused).toBe(98);
    expect(expected.breakEvenUtilization).toBeCloseTo(0.36, 12);
    expect(certificate.relativeGap).toBeLessThan(1e-8);
  });
});

test("all upfront: cash at the start, repaid in the month that the saving has earned it", async () => {
  const { purchases, expected } = await week(() => 10, 0.5, { term: "3yr", payment: "all-upfront" });
  expect(purchases).toMatchObject([{ commitmentUsdPerHour: 5, upfrontUsd: 5 * 26_280 }]);
  // $10/h is avoided, $5 × 26,280 is paid: 13,140 hours, 18 months of 730.
  expect(expected.breakEvenMonth).toBe(18);
});

test("a negotiated discount scales money and leaves the amount", async () => {
  const plain = await week((n) => (n % 24 < 10 ? 100 : 10), 0.64);
  const cheaper = await week((n) => (n % 24 < 10 ? 100 : 10), 0.64, { negotiatedDiscount: 0.1 });
  expect(cheaper.purchases).toEqual(plain.purchases);
  expect(cheaper.expected.netSavingsUsd).toBeCloseTo(0.9 * plain.expected.netSavingsUsd, 8);
  expect(cheaper.certificate.upperBound).toBeCloseTo(0.9 * plain.certificate.upperBound, 8);
});

describe("the history that counts", () => {
  const rising = (n: number): number => (n < 84 ? 10 : 20);

  test("--from and --to", async () => {
    const { history, purchases } = await week(rising, 0.5, {
      from: "2026-10-01T00:00:00Z",
      to: "2026-10-03",
    });
    expect(history).toMatchObject({ from: "2026-10-01T00:00:00Z", to: "2026-10-03T00:00:00Z", hours: 48 });
    expect(purchases).toMatchObject([{ commitmentUsdPerHour: 5 }]);
  });

  test("dates outside of the data are a wrong call", async () => {
    await expect(week(rising, 0.5, { from: "2027-01-01" })).rejects.toMatchObject({
      code: "wrong-call",
      message: expect.stringMatching(
        /^--from 2027-01-01T00:00:00Z lies beyond .* 2026-10-01T00:00:00Z to 2026-10-08T00:00:00Z/,
      ),
    });
  });

  test("--lookback 7d of a week is all of it", async () => {
    expect((await week(rising, 0.5, { lookback: "7d" })).history.hours).toBe(168);
  });
});

test("hours without any row count as hours without use", async () => {
  const rows = [0, 1, 5].map((n) => hourOf(n));
  const folder = folderWith({ "a.csv": csvOf(rows) });
  const { recommendation } = await recommend({ futures: "history", exports: [folder], term: "1yr" });
  expect(recommendation.history).toMatchObject({ hours: 6, missingHours: 3 });
  expect(recommendation.findings.map(({ code }) => code)).toContain("missing-hours");
  expect(recommendation.purchases).toEqual([]);
});

test("usage of two organisations is not pooled", async () => {
  const folder = folderWith({
    "a.csv": csvOf([hourOf(0)]),
    "b.csv": csvOf([
      { ...hourOf(0), "bill/PayerAccountId": "999988887777", "lineItem/UsageAccountId": "222233334444" },
    ]),
  });
  await expect(recommend({ futures: "history", exports: [folder] })).rejects.toThrow(
    /2 organisations \(payer accounts 111122223333, 999988887777\)/,
  );
});

test("a change of price within the history is told; a history after it has none", async () => {
  const cut = Array.from({ length: 96 }, (_, n) => ({
    ...hourOf(n),
    "lineItem/UnblendedCost": n < 48 ? "0.23" : "0.2",
    "pricing/publicOnDemandCost": n < 48 ? "0.23" : "0.2",
  }));
  const folder = folderWith({ "a.csv": csvOf(cut) });
  const codes = async (from?: string) =>
    (await recommend({ futures: "history", exports: [folder], from })).recommendation.findings.map(
      ({ code }) => code,
    );
  expect(await codes()).toContain("on-demand-rate-changed");
  expect(await codes("2026-10-03")).not.toContain("on-demand-rate-changed");
});

/** Usage and saving by month, from a bill to the document. */
import { expect, test } from "vitest";
import { recommend, simulate } from "../../src/index.ts";
import { flatCase, type Future } from "../scenario/flat-futures.ts";

/** $40/h, and as likely: $40/h for three months of 730 h, then $20/h. */
const HALVED: Future[] = [
  { probability: 0.5, usdAt: () => 40 },
  { probability: 0.5, usdAt: (hour) => (hour < 2_190 ? 40 : 20) },
];

test("by hand: a mean, a range, and what $28/h bring that cover $40/h, after the discount", async () => {
  const { recommendation } = await simulate({
    ...flatCase(HALVED),
    negotiatedDiscount: 0.1,
    commitments: [{ term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 28 }],
  });
  const { forecast, horizon } = recommendation;
  expect(forecast).toHaveLength(12);
  expect(forecast[0]!.from).toBe(horizon.from);
  expect(forecast[11]!.to).toBe(horizon.to);
  for (const [n, month] of forecast.entries()) {
    expect(month.onDemandUsdPerHour).toBeCloseTo(0.9 * (n < 3 ? 40 : 30), 9);
    expect(month.onDemandUsdPerHourP5).toBeCloseTo(0.9 * (n < 3 ? 40 : 20), 9);
    expect(month.onDemandUsdPerHourP95).toBeCloseTo(0.9 * 40, 9);
    expect(month.netSavingsUsdPerHour).toBeCloseTo(0.9 * (n < 3 ? 12 : 2), 9);
  }
});

test("the months of an answer without a queue add up to its net saving", async () => {
  const { recommendation } = await recommend({ ...flatCase(HALVED), term: "1yr", queue: false });
  const saved = recommendation.forecast.reduce((usd, month) => usd + 730 * month.netSavingsUsdPerHour, 0);
  expect(recommendation.purchases).not.toEqual([]);
  expect(saved).toBeCloseTo(recommendation.expected.netSavingsUsd, 2);
});

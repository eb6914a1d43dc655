/** Cash by month, from a bill to the document. */
import { describe, expect, test } from "vitest";
import { recommend, simulate, type RecommendOptions } from "../../src/index.ts";
import { at, flatCase, planFile, type Future } from "../scenario/flat-futures.ts";

/** $40/h, and as likely: $40/h for three months of 730 h, then $20/h. */
const HALVED: Future[] = [
  { probability: 0.5, usdAt: () => 40 },
  { probability: 0.5, usdAt: (hour) => (hour < 2_190 ? 40 : 20) },
];

/**
 * For the answer and each offering: how far avoided − paid of its months, their sum, and at 0 % the net present value are from the
 * net saving; `times`: terms of a year in the horizon. USD.
 */
async function differencesUsd(options: RecommendOptions, times = 1): Promise<number[]> {
  const { recommendation: r } = await recommend(options);
  const expected = [r.expected, ...r.alternatives.slice(-6).map((each) => each.expected)];
  return r.cashFlow.flatMap(({ months, undiscountedUsd, netPresentValueUsd, purchases }, n) => {
    const of = (name: "cashUsd" | "onDemandAvoidedUsd"): number =>
      months.reduce((usd, each) => usd + each[name], 0);
    const terms = times * (purchases[0]?.term === "3yr" ? 3 : 1);
    const savedUsd = expected[n]!.netSavingsUsd * terms;
    return [of("onDemandAvoidedUsd") - of("cashUsd"), undiscountedUsd, netPresentValueUsd].map((usd) =>
      Math.abs(usd - savedUsd),
    );
  });
}

const CENT = 0.005;

describe("by hand", () => {
  test("$28/h that cover $40/h, half of which go in half of the scenarios after three months", async () => {
    const { recommendation } = await simulate({
      ...flatCase(HALVED),
      commitments: [{ term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 28 }],
    });
    const [own] = recommendation.cashFlow;
    const usd = own!.months.map(({ cashUsd, onDemandAvoidedUsd }) => [cashUsd, onDemandAvoidedUsd]);
    for (const [n, [cash, avoided]] of usd.entries()) {
      expect(cash).toBeCloseTo(28 * 730, 6);
      expect(avoided).toBeCloseTo((n < 3 ? 40 : 30) * 730, 6);
    }
    expect(own).toMatchObject({ kind: "answer", cashAtStartUsd: 0, breakEvenMonth: 1 });
    // 3 · 730 · 12 + 9 · 730 · 2
    expect(own!.undiscountedUsd).toBeCloseTo(39_420, 6);
    expect(recommendation.expected.netSavingsUsd).toBeCloseTo(39_420, 6);
  });

  test("All Upfront: paid at the start, after the discount that is negotiated", async () => {
    const { recommendation } = await simulate({
      ...flatCase(HALVED),
      negotiatedDiscount: 0.1,
      commitments: [{ term: "1yr", paymentOption: "all-upfront", commitmentUsdPerHour: 13 }],
    });
    const [own] = recommendation.cashFlow;
    expect(own!.cashAtStartUsd).toBeCloseTo(13 * 8_760 * 0.9, 6);
    for (const { month, cashUsd, onDemandAvoidedUsd, hoursInFutures } of own!.months) {
      expect(cashUsd).toBeCloseTo(month === 1 ? 13 * 8_760 * 0.9 : 0, 6);
      expect(onDemandAvoidedUsd).toBeCloseTo(20 * 730 * 0.9, 6);
      expect(hoursInFutures).toBe(730);
    }
    // 113,880 ÷ 14,600 = 7.8
    expect(own!.breakEvenMonth).toBe(8);
    expect(own!.undiscountedUsd).toBeCloseTo(7 * 8_760 * 0.9, 6);
  });

  test("a shorter scenario: what follows it is like its mean hour, and says so", async () => {
    const { recommendation } = await simulate({
      ...flatCase([{ probability: 1, usdAt: (hour) => (hour < 500 ? 40 : 20) }], { hours: 1_000 }),
      commitments: [{ term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 28 }],
    });
    const [{ months, undiscountedUsd } = { months: [], undiscountedUsd: 0 }] = recommendation.cashFlow;
    expect(months.slice(0, 3).map(({ hoursInFutures }) => hoursInFutures)).toEqual([730, 270, 0]);
    expect(months[0]!.onDemandAvoidedUsd).toBeCloseTo(500 * 40 + 230 * 20, 6);
    expect(months[1]!.onDemandAvoidedUsd).toBeCloseTo(270 * 20 + 460 * 30, 6);
    expect(months[11]!.onDemandAvoidedUsd).toBeCloseTo(730 * 30, 6);
    expect(undiscountedUsd).toBeCloseTo(recommendation.expected.netSavingsUsd * 8.76, 6);
  });

  test("nothing bought: no months, no money", async () => {
    const { recommendation } = await recommend({ ...flatCase(HALVED), maxCommitment: 0 });
    expect(recommendation.cashFlow[0]).toMatchObject({
      purchases: [],
      months: [],
      undiscountedUsd: 0,
      netPresentValueUsd: 0,
      breakEvenMonth: null,
    });
  });
});

/** Days and nights. */
const wave = (hour: number): number => 30 + 20 * Math.sin((hour / 24) * 2 * Math.PI);

describe("avoided − paid is the net saving, to the cent", () => {
  test("over scenarios of one's own", async () => {
    const { recommendation: r } = await recommend({
      ...flatCase(HALVED, { plan: planFile({}) }),
      maxCommitment: 9,
    });
    for (const [n, { expected, purchases }] of r.alternatives.slice(-6).entries()) {
      if (purchases[0]?.term !== "1yr") continue;
      expect(Math.abs(r.cashFlow[n + 1]!.undiscountedUsd - expected.netSavingsUsd)).toBeLessThan(0.005);
    }
    expect(r.cashFlow[0]!.undiscountedUsd).toBeCloseTo(r.expected.netSavingsUsd, 3);
  });

  /** One that ends among the futures, and one that begins. */
  const TWO_PLANS = JSON.stringify({
    savingsPlans: [
      ...JSON.parse(planFile({})).savingsPlans,
      ...JSON.parse(
        planFile({
          savingsPlanArn: "arn:aws:savingsplans::444455556666:savingsplan/q",
          state: "queued",
          start: at(1_111),
          end: at(1_111 + 8_760),
        }),
      ).savingsPlans,
    ],
  });
  const aroundTwo = (): RecommendOptions => ({
    ...flatCase([], { plan: TWO_PLANS, usdAt: wave }),
    scenarios: 20,
    negotiatedDiscount: 0.05,
  });

  test("over sampled scenarios, around a plan that ends among them and one that begins", async () => {
    const differences = await differencesUsd({ ...aroundTwo(), queue: false });
    expect(differences).toHaveLength(21);
    expect(differences.filter((usd) => usd >= CENT)).toEqual([]);
  });

  test("what is queued lasts beyond the scenarios: their months are the net saving", async () => {
    const { recommendation: r } = await recommend({
      ...flatCase([], { plan: planFile({}), usdAt: wave }),
      scenarios: 20,
      negotiatedDiscount: 0.05,
      payment: "no-upfront",
    });
    expect(r.queued).not.toHaveLength(0);
    const within = r.cashFlow[0]!.months.slice(0, 12);
    const usd = within.reduce((sum, each) => sum + each.onDemandAvoidedUsd - each.cashUsd, 0);
    expect(Math.abs(usd - r.expected.netSavingsUsd)).toBeLessThan(CENT);
    expect(r.cashFlow[0]!.months.length).toBeGreaterThan(12);
  });

  test("over 36 months, a year of which a 1-year plan lasts, with sixty hours or more for all of them", async () => {
    const options = { ...flatCase([], { usdAt: wave }), scenarios: 20, horizon: "36mo" };
    const { recommendation: r } = await recommend({ ...options, discountRate: 0.08 });
    for (const [n, { expected }] of r.alternatives.slice(-6).entries()) {
      expect(Math.abs(r.cashFlow[n + 1]!.undiscountedUsd - expected.netSavingsUsd)).toBeLessThan(0.005);
    }
    expect(r.cashFlow[1]!.netPresentValueUsd).toBeLessThan(r.cashFlow[1]!.undiscountedUsd);
  });

  test("over a past that repeats: its mean hour, over the term", async () => {
    const options: RecommendOptions = { ...flatCase([], { usdAt: wave }), futures: "history" };
    const differences = await differencesUsd(options, 8_760 / 240);
    expect(differences.filter((usd) => usd >= CENT)).toEqual([]);
    const { recommendation: r } = await recommend(options);
    expect(r.cashFlow.slice(1).map((each) => each.breakEvenMonth)).toEqual(
      r.alternatives.slice(-6).map((each) => each.expected.breakEvenMonth),
    );
  });
});

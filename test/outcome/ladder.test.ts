/** The same bought in monthly tranches. $40/h of usage, $0.70 for a dollar of it: $28/h saves $12 in every hour. */
import { describe, expect, test } from "vitest";
import { recommend, simulate } from "../../src/index.ts";
import type { Ladder } from "../../src/domain/documents/ladder.ts";
import { at, flatCase, planFile, type Future } from "../scenario/flat-futures.ts";

const FLAT: Future[] = [{ probability: 1, usdAt: () => 40 }];
const NO_UPFRONT = { payment: "no-upfront" } as const;
/** What a dollar of commitment saves in an hour in which it is used. */
const SAVED = 1 / 0.7 - 1;

async function ladderOf(options: Parameters<typeof recommend>[0]): Promise<Ladder> {
  const { recommendation } = await recommend(options);
  return recommendation.ladder!;
}

describe("by hand", () => {
  test("three tranches: the second is there a month later, the third two", async () => {
    const { recommendation } = await recommend({ ...flatCase(FLAT), ...NO_UPFRONT, ladder: 3 });
    const ladder = recommendation.ladder!;
    expect(ladder.tranches).toEqual(
      [9.33334, 9.33333, 9.33333].map((commitmentUsdPerHour, n) => ({
        number: n + 1,
        term: "1yr",
        paymentOption: "no-upfront",
        commitmentUsdPerHour,
        upfrontUsd: 0,
        start: at(730 * n),
        end: at(730 * n + 8_760),
        afterPlan: null,
      })),
    );
    expect(ladder.atOnce).toMatchObject({
      netSavingsUsd: recommendation.expected.netSavingsUsd,
      cvarLossUsd: recommendation.risk.cvarLossUsd,
    });
    expect(ladder.priceUsd).toBeCloseTo((730 + 1_460) * 9.33333 * SAVED, 6);
    expect(ladder.asPlanned.netSavingsUsd).toBeCloseTo(12 * 8_760 - (730 + 1_460) * 9.33333 * SAVED, 6);
    expect(ladder.calledOff).toMatchObject({ probability: 0, netSavingsUsd: ladder.asPlanned.netSavingsUsd });
    const [first, second, third] = ladder.steps;
    expect(first).toMatchObject({ boundUsdPerHour: 9.33334, callableUsdPerHour: 18.66666, lockInMonths: 12 });
    expect(second).toMatchObject({ at: at(730), boundUsdPerHour: 18.66667, callableUsdPerHour: 9.33333 });
    // A tranche with 11 months to go and one with 12; at once all has 11.
    expect(second!.lockInMonths).toBeCloseTo(11.5, 6);
    expect(second!.lockInMonthsAtOnce).toBeCloseTo(11, 9);
    expect(second!.boundUsd).toBeCloseTo(9.33334 * 8_030 + 9.33333 * 8_760, 6);
    expect(third).toMatchObject({ boundUsdPerHour: 28, callableUsdPerHour: 0 });
    expect(third!.boundAtOnceUsd).toBeCloseTo(28 * 7_300, 6);
    expect(first!.ifLast.netSavingsUsd).toBeCloseTo(9.33334 * SAVED * 8_760, 6);
    expect(third!.ifLast).toEqual(ladder.asPlanned);
  });

  test("usage that collapses in the second month: the third tranche is called off there, and only there", async () => {
    const futures: Future[] = [
      { probability: 0.75, usdAt: () => 40 },
      { probability: 0.25, usdAt: (hour) => (hour < 730 ? 40 : 0) },
    ];
    const { recommendation } = await simulate({
      ...flatCase(futures),
      tail: 0.75,
      ladder: 3,
      commitments: [{ term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 28 }],
    });
    const { atOnce, asPlanned, calledOff } = recommendation.ladder!;
    const lost = (...hours: readonly number[]): number =>
      hours.reduce((sum, each) => sum + 9.33333 * each, 0);
    // At once: a month of $12 saved, then $28 lost in every hour.
    expect(atOnce.cvarLossUsd).toBeCloseTo(28 * 8_030 - 12 * 730, 6);
    const firstMonth = 9.33334 * SAVED * 730;
    expect(asPlanned.cvarLossUsd).toBeCloseTo(9.33334 * 8_030 + lost(8_030, 7_300) - firstMonth, 4);
    expect(calledOff.cvarLossUsd).toBeCloseTo(9.33334 * 8_030 + lost(8_030) - firstMonth, 4);
    expect(calledOff).toMatchObject({ probability: 0.25, below: 0.5, probabilityOfLoss: 0.25 });
    expect(calledOff.netSavingsUsd - asPlanned.netSavingsUsd).toBeCloseTo(0.25 * lost(7_300), 4);
  });

  test("a plan that ends in the second month is followed by the second tranche, hour upon hour", async () => {
    const plan = planFile({ end: at(1_000 - 1 / 3_600) });
    const ladder = await ladderOf({ ...flatCase(FLAT, { plan }), ...NO_UPFRONT, ladder: 2 });
    const [now, then] = ladder.tranches;
    expect(now).toMatchObject({ start: at(0), afterPlan: null });
    expect(then).toMatchObject({
      start: at(1_000),
      end: at(9_760),
      afterPlan: expect.stringMatching(/\/p$/),
    });
  });

  test("no tranche is below what AWS sells", async () => {
    const { recommendation } = await simulate({
      ...flatCase(FLAT),
      ladder: 5,
      commitments: [{ term: "1yr", paymentOption: "all-upfront", commitmentUsdPerHour: 0.0025 }],
    });
    const { asked, tranches } = recommendation.ladder!;
    expect([asked, ...tranches.map((each) => each.commitmentUsdPerHour)]).toEqual([5, 0.00125, 0.00125]);
  });
});

const wave = (hour: number): number => 30 + 20 * Math.sin((hour / 24) * 2 * Math.PI);

describe("over sampled scenarios", () => {
  test("a ladder of one is the purchase at once; with twelve the answer stays, and the amounts are all of it", async () => {
    const options = { ...flatCase([], { usdAt: wave, plan: planFile({}) }), scenarios: 20, queue: false };
    const { recommendation: without } = await recommend(options);
    expect(without.ladder).toBeNull();
    const { recommendation: one } = await recommend({ ...options, ladder: 1 });
    const { recommendation: twelve } = await recommend({ ...options, ladder: 12 });
    for (const r of [one, twelve]) {
      expect(r.purchases).toEqual(without.purchases);
      expect(r.expected).toEqual(without.expected);
      expect(r.ladder!.atOnce.netSavingsUsd).toBeCloseTo(r.expected.netSavingsUsd, 6);
      expect(r.ladder!.atOnce.cvarLossUsd).toBeCloseTo(r.risk.cvarLossUsd, 6);
      expect(r.ladder!.atOnce.probabilityOfLoss).toBe(r.risk.probabilityOfLoss);
    }
    expect(one.ladder!.asPlanned).toEqual(one.ladder!.atOnce);
    expect(one.ladder!.priceUsd).toBe(0);
    const { tranches, steps } = twelve.ladder!;
    const sum = tranches.reduce((total, each) => total + Math.round(each.commitmentUsdPerHour * 1e5), 0);
    expect(sum).toBe(
      Math.round(twelve.purchases.reduce((total, p) => total + p.commitmentUsdPerHour, 0) * 1e5),
    );
    expect(steps).toHaveLength(12);
    for (const { boundUsdPerHour, callableUsdPerHour } of steps) {
      expect(Math.round((boundUsdPerHour + callableUsdPerHour) * 1e5)).toBe(sum);
    }
  });

  test("use by day only has not collapsed by night: few hours of a month do not decide", async () => {
    const byDay = (hour: number): number => (hour % 24 < 12 ? 90 : 1);
    const options = { ...flatCase([], { usdAt: byDay }), scenarios: 20, horizon: "36mo", ladder: 6 };
    const commitments = [
      { term: "1yr" as const, paymentOption: "no-upfront" as const, commitmentUsdPerHour: 1 },
    ];
    const { recommendation } = await simulate({ ...options, commitments });
    expect(recommendation.ladder!.calledOff.probability).toBeLessThan(0.15);
  });

  test.each([
    [{ futures: "history" }, /no month follows another/],
    [{ horizon: "60d" }, /begins its last tranche 1460 hours from the start, and the scenarios span 1440/],
  ])("%o has no such months, and says so", async (options, message) => {
    await expect(recommend({ ...flatCase([]), ...options, ladder: 3 })).rejects.toMatchObject({
      code: "wrong-call",
      message: expect.stringMatching(message),
    });
  });
});

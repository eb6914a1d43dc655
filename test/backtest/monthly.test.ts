/** Plans bought month after month: the book, its settlement, hindsight, and what a decision may know. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Series } from "../../src/backtest/decide.ts";
import { bestBook } from "../../src/backtest/monthly/hindsight.ts";
import { heldIn, monthsOf, savedUsdOf } from "../../src/backtest/monthly/months.ts";
import { boughtByOurs } from "../../src/backtest/monthly/ours.ts";
import { MONTHLY_RULES } from "../../src/backtest/monthly/rules.ts";
import { decidedMonthly } from "../../src/backtest/monthly/walk.ts";
import { backtest } from "../../src/index.ts";
import { demandOf } from "../scenario/histories.ts";

const seriesOf = (usd: readonly number[], ratio = 0.7): Series => ({
  name: "one",
  family: "one",
  demand: demandOf(usd),
  ratioOf: Float64Array.of(ratio),
});

const flat = (hours: number, usd: number): number[] => Array.from({ length: hours }, () => usd);

/** Hour by hour, plan by plan. */
function slowSavedUsd(
  usd: readonly number[],
  ratio: number,
  monthHours: number,
  bought: ArrayLike<number>,
): number {
  let saved = 0;
  for (let hour = 3 * monthHours; hour < monthHours * bought.length; hour++) {
    const month = Math.floor(hour / monthHours);
    let held = 0;
    for (let n = 0; n < bought.length; n++) if (n <= month && month < n + 12) held += bought[n]!;
    saved += Math.min(usd[hour]!, held / ratio) - held;
  }
  return saved;
}

const usage = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 15 * 6, maxLength: 15 * 6 });
const book = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 15, maxLength: 15 });

describe("a book", () => {
  test("a plan lasts for twelve months, its own the first", () => {
    expect([...heldIn([0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0])]).toEqual([
      0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 1,
    ]);
  });

  test("is settled as a slow model does it", () => {
    fc.assert(
      fc.property(usage, book, fc.integer({ min: 30, max: 90 }), (usd, bought, percent) => {
        const months = monthsOf(seriesOf(usd, percent / 100), 6);
        const own = bought.map((each, month) => (month < months.first ? 0 : each));
        const saved = savedUsdOf(months, own).reduce((sum, each) => sum + each, 0);
        expect(saved).toBeCloseTo(slowSavedUsd(usd, percent / 100, 6, own), 6);
      }),
      { numRuns: 60, seed: 6 },
    );
  });

  test("in hindsight: no other saves more, and it saves what is told", async () => {
    await fc.assert(
      fc.asyncProperty(usage, fc.array(book, { minLength: 30, maxLength: 30 }), async (usd, others) => {
        const months = monthsOf(seriesOf(usd), 6);
        const { bought, savedUsd, boundUsd } = await bestBook(months);
        expect(savedUsd).toBeCloseTo(slowSavedUsd(usd, 0.7, 6, bought), 6);
        expect(boundUsd - savedUsd).toBeLessThanOrEqual(1e-6 * months.spendUsd + 1e-9);
        for (const other of others) {
          const own = other.map((each, month) => (month < months.first ? 0 : each));
          expect(slowSavedUsd(usd, 0.7, 6, own)).toBeLessThanOrEqual(boundUsd + 1e-6 * (1 + months.spendUsd));
        }
      }),
      { numRuns: 12, seed: 6 },
    );
  });
});

const DAY = 24;
const rule = (name: string) => MONTHLY_RULES.find((each) => each.name === name)!.buys;

describe("decided every month", () => {
  test("flat usage: all at once and again as it ends; a ladder in twelfths", async () => {
    const months = monthsOf(seriesOf(flat(30 * 7 * DAY, 10)), 7 * DAY);
    const toppedUp = await decidedMonthly(months, rule("aws-30d-top-up"));
    expect([...toppedUp.keys()].filter((month) => toppedUp[month]! > 1e-9)).toEqual([3, 15, 27]);
    expect(toppedUp[15]).toBeCloseTo(7, 9);
    const ladder = await decidedMonthly(months, rule("ladder-12"));
    expect(ladder[3]).toBeCloseTo(7 / 12, 9);
    expect(heldIn(ladder)[14]).toBeCloseTo(7, 9);
  });

  test("ours on flat usage: holds most of it, never more", async () => {
    const months = monthsOf(seriesOf(flat(16 * 7 * DAY, 10)), 7 * DAY);
    const options = {
      offering: { term: "1yr", paymentOption: "no-upfront" },
      scenarios: 60,
      seed: 1,
    } as const;
    const bought = await decidedMonthly(months, (known) => boughtByOurs(known, options, async () => {}));
    const held = heldIn(bought);
    expect(Math.min(...held.subarray(4))).toBeGreaterThan(0.65 * 7);
    expect(Math.max(...held)).toBeLessThan(1.05 * 7);
  });

  test("no decision sees an hour of its own month or later", async () => {
    const usd = Array.from({ length: 15 * 7 * DAY }, (_, hour) => 10 + 3 * Math.sin(hour / 9) + (hour % 5));
    const later = usd.map((each, hour) => (hour < 8 * 7 * DAY ? each : 40 - each));
    const options = {
      offering: { term: "1yr", paymentOption: "no-upfront" },
      scenarios: 6,
      seed: 1,
    } as const;
    const all = [
      ...MONTHLY_RULES.map(({ buys }) => buys),
      (known: Parameters<typeof boughtByOurs>[0]) => boughtByOurs(known, options, async () => {}),
    ];
    for (const buys of all) {
      const [one, other] = [usd, later].map((each) =>
        decidedMonthly(monthsOf(seriesOf(each), 7 * DAY), buys),
      );
      expect([...(await one!)].slice(0, 9)).toEqual([...(await other!)].slice(0, 9));
    }
  });

  test("in the document, beside what hindsight saves", async () => {
    const asked = { exports: ["fixtures/ml-company/cur2-csv"], scenarios: 5 };
    const { monthly } = await backtest({ ...asked, monthly: true });
    expect(monthly).toMatchObject({ monthHours: 46, months: 12 });
    expect(monthly!.notes).toHaveLength(1);
    expect(monthly!.policies.map((each) => each.rule)).toEqual([
      "sageplan",
      ...MONTHLY_RULES.map(({ name }) => name),
      "hindsight",
    ]);
    for (const { captured } of monthly!.policies) expect(captured).toBeLessThanOrEqual(1 + 1e-6);
    await expect(backtest({ ...asked, monthly: true, term: "3yr" })).rejects.toThrow(/Leave --term out/);
  });
});

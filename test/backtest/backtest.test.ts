import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideAt, type Forecast, type Series } from "../../src/backtest/decide.ts";
import { RULES } from "../../src/backtest/rules.ts";
import { coverageOf, lossBinsOf, lossFifthsOf, scoreOf } from "../../src/backtest/score.ts";
import { walkOf } from "../../src/backtest/walk.ts";
import { backtest } from "../../src/index.ts";
import { demandOf, hours } from "../scenario/histories.ts";

const FIXTURE = "fixtures/ml-company/cur2-csv";

test.each([
  [336, [168, 168], [168]],
  [743, [371, 372], [371]],
  [1_771, [720, 1_051], [720]],
  [4_320, [1_440, 1_440], [1_440, 1_776, 2_112, 2_448, 2_784]],
  [17_502, [1_440, 8_031], Array.from({ length: 24 }, (_, n) => 1_440 + 336 * n)],
])("a series of %d hours is walked by the protocol", (count, [history, horizon], at) => {
  const walk = walkOf(count, { stepHours: 336 });
  expect([walk.historyHours, walk.horizonHours]).toEqual([history, horizon]);
  expect(walk.at).toEqual(at);
  for (const hour of walk.at) expect(hour + walk.horizonHours).toBeLessThanOrEqual(count);
});

describe("the other rules, against a slow second model", () => {
  const savedBy = (usd: readonly number[], ratio: number, c: number): number =>
    usd.reduce((sum, each) => sum + Math.min(each, c / ratio) - c, 0);
  const bestOf = (usd: readonly number[], ratio: number): number =>
    [0, ...usd.map((each) => each * ratio)].reduce((best, c) =>
      savedBy(usd, ratio, c) > savedBy(usd, ratio, best) + 1e-9 ? c : best,
    );
  const named = (name: string) => RULES.find((rule) => rule.name === name)!;

  test("each on random histories of one SKU", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 24 * 9, maxLength: 24 * 9 }),
        fc.integer({ min: 30, max: 90 }),
        (usd, percent) => {
          const ratio = percent / 100;
          const history = demandOf(usd);
          const of = (name: string): number => named(name).commitmentOf(history, Float64Array.of(ratio));
          const value = (c: number, own: readonly number[]): number => savedBy(own, ratio, c);
          const week = usd.slice(-168);
          expect(value(of("aws-7d"), week)).toBeCloseTo(value(bestOf(week, ratio), week), 5);
          expect(value(of("aws-60d"), usd)).toBeCloseTo(value(bestOf(usd, ratio), usd), 5);
          expect(of("lower-1d-7d")).toBeLessThanOrEqual(of("aws-7d") + 1e-9);
          const sorted = usd.map((each) => each * ratio).sort((a, b) => a - b);
          expect(of("lowest-hour")).toBe(sorted[0]);
          expect(of("quantile-10")).toBe(sorted[Math.ceil(0.1 * sorted.length) - 1]);
          const c = of("utilization-95");
          const used = (at: number): number =>
            sorted.reduce((sum, each) => sum + Math.min(each, at), 0) / (sorted.length * at);
          // All of a flat history is used at any commitment up to its level.
          const more = c < sorted.at(-1)! ? used(c * 1.001 + 1e-12) : 0;
          expect(c === 0 || used(c) >= 0.95 - 1e-9).toBe(true);
          expect(more).toBeLessThan(0.95);
        },
      ),
      { numRuns: 40, seed: 4 },
    );
  });

  test("the grid looks at hours with usage only: training six hours a day ruins it", () => {
    const history = demandOf(hours(24 * 14, (h) => (h % 24 < 6 ? 90 : 0)));
    expect(named("grid-100").commitmentOf(history, Float64Array.of(0.55))).toBeCloseTo(49.5, 9);
  });
});

describe("a decision", () => {
  const usd = hours(24 * 60, (h) => 10 + (h % 24 < 12 ? 5 : 0));
  const series = (own: readonly number[]): Series => ({
    name: "s",
    family: "f",
    demand: demandOf(own),
    ratioOf: Float64Array.of(0.55),
  });
  const options = { riskAversions: [0, 0.5, 1], tail: 0.9, scenarios: 60, seed: 1 };
  const walk = walkOf(usd.length, { historyHours: 720, horizonHours: 720, stepHours: 336 });

  test("sees nothing of the hours that judge it", () => {
    const other = usd.map((each, h) => (h < 720 ? each : 3 * each + (h % 5)));
    const [one, two] = [usd, other].map((own) => decideAt(series(own), walk, 720, options));
    const bought = (decision: typeof one) =>
      [...decision!.ours, ...decision!.rules].map(({ commitmentUsdPerHour }) => commitmentUsdPerHour);
    expect(bought(two)).toEqual(bought(one));
    expect(two!.hindsight).not.toBe(one!.hindsight);
  });

  test("nobody beats hindsight; more risk aversion never buys more", () => {
    const { ours, rules, hindsight } = decideAt(series(usd), walk, 720, options);
    for (const { saved } of [...ours, ...rules]) expect(saved).toBeLessThanOrEqual(hindsight + 1e-9);
    const bought = ours.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour);
    expect(bought).toEqual(bought.toSorted((a, b) => b - a));
  });
});

describe("scores, by hand", () => {
  test("captured is the mean over families; the worst tenth is of all", () => {
    const outcomes = [
      ...Array.from({ length: 9 }, () => ({ family: "a", saved: 0.2, hindsight: 0.25 })),
      { family: "b", saved: -0.1, hindsight: 0.1 },
    ];
    const { captured, worstTenth, lossFrequency } = scoreOf(outcomes);
    expect(captured).toBeCloseTo((0.8 - 1) / 2, 12);
    expect([worstTenth, lossFrequency]).toEqual([-0.1, 0.1]);
  });

  const forecast = (saved: number, predictedProbabilityOfLoss: number): Forecast => ({
    commitmentUsdPerHour: 1,
    saved,
    p5: 0.05,
    p10: 0.1,
    p25: 0.25,
    p50: 0.5,
    p75: 0.75,
    p90: 0.9,
    p95: 0.95,
    predictedProbabilityOfLoss,
  });

  test("coverage: inside, below and above add up; a bound itself is inside", () => {
    const [half, most] = coverageOf([0.1, 0.3, 0.5, 0.92].map((saved) => forecast(saved, 0)));
    expect(half).toEqual({ nominal: 0.5, realised: 0.5, below: 0.25, above: 0.25 });
    expect(most).toEqual({ nominal: 0.8, realised: 0.75, below: 0, above: 0.25 });
  });

  test("bins of equal width, and of equal number", () => {
    const forecasts = [0, 0.1, 0.15, 0.5, 1].map((p, n) => forecast(n === 4 ? -1 : 1, p));
    expect(lossBinsOf(forecasts).map((bin) => [bin.forecasts, bin.realised])).toEqual([
      [3, 0],
      [0, null],
      [1, 0],
      [0, null],
      [1, 1],
    ]);
    expect(lossFifthsOf(forecasts).map((bin) => bin.predicted)).toEqual([0, 0.1, 0.15, 0.5, 1]);
  });
});

describe("on a bill", () => {
  test("one decision on a month; what was scaled and left out is said", async () => {
    const result = await backtest({ exports: [FIXTURE], scenarios: 10, riskAversion: 0.3 });
    expect(result.walk).toMatchObject({ historyHours: 351, horizonHours: 351, decisions: 1 });
    expect(result.walk.notes.join(" ")).toMatch(/judged by 351 hours, not by the 8760/);
    expect(result.walk.notes.join(" ")).toMatch(/Plans that are owned are left out/);
    expect(
      result.scores.filter(({ rule }) => rule === "sageplan").map(({ riskAversion }) => riskAversion),
    ).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1]);
    for (const { captured } of result.scores) expect(captured).toBeLessThanOrEqual(1 + 1e-9);
    expect(await backtest({ exports: [FIXTURE], scenarios: 10, riskAversion: 0.3 })).toEqual(result);
  });

  test("many short ones; too long ones are refused with what is there", async () => {
    const short = { exports: [FIXTURE], scenarios: 10, window: "7d", horizon: "7d", step: "2d" };
    expect((await backtest(short)).walk.decisions).toBeGreaterThan(5);
    await expect(backtest({ exports: [FIXTURE], window: "60d" })).rejects.toThrow(
      /The history has 702 hours, and one decision takes 1440 before it and 24 after it/,
    );
  });
});

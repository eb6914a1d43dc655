import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cvarUsd, meanUsd, quantileUsd } from "../../src/domain/risk.ts";
import { cvarErrorUsd, quantileErrorUsd, standardErrorUsd } from "../../src/domain/sampling-error.ts";

const SCENARIOS = 200;
const SAMPLES = 400;
const alike = new Float64Array(SCENARIOS).fill(1 / SCENARIOS);

/** Deterministic draws (R. Park and K. Miller, 1988). */
function drawsFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** A sample of savings: most near 100, the lower tail long or short. */
const sampleOf = (draw: () => number, skew: number): Float64Array =>
  Float64Array.from({ length: SCENARIOS }, () => 100 * (1 - skew * -Math.log(draw())) + 10 * draw());

const spread = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};

const loss = (saved: Float64Array): Float64Array => saved.map((usd) => -usd);

const FIGURES = {
  mean: [(saved) => meanUsd(saved, alike), standardErrorUsd],
  p5: [(saved) => quantileUsd(saved, alike, 0.05), (saved) => quantileErrorUsd(saved, 0.05)],
  "worst tenth": [
    (saved) => cvarUsd(loss(saved), alike, 0.9),
    (saved) => cvarErrorUsd(loss(saved), 0.9) ?? Number.NaN,
  ],
} satisfies Record<string, [(saved: Float64Array) => number, (saved: Float64Array) => number]>;

describe("the error stated from one sample is the spread over many", () => {
  for (const [name, [figure, error]] of Object.entries(FIGURES)) {
    test.each([0.1, 0.5, 1])(`${name}, skew %s`, (skew) => {
      const samples = Array.from({ length: SAMPLES }, (_, n) => sampleOf(drawsFrom(n * 7_919 + 1), skew));
      const stated = samples.reduce((sum, saved) => sum + error(saved), 0) / SAMPLES;
      const seen = spread(samples.map(figure));
      expect(stated / seen).toBeGreaterThan(0.85);
      expect(stated / seen).toBeLessThan(1.2);
    });
  }
});

const values = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 60 })
  .map((all) => Float64Array.from(all));

test("the worst of all scenarios is their mean, and its error the mean's", () => {
  fc.assert(
    fc.property(values, (lossUsd) => {
      expect(cvarErrorUsd(lossUsd, 0)).toBeCloseTo(standardErrorUsd(lossUsd), 4);
    }),
  );
});

test("errors are in dollars: they move with the scale and not with the place", () => {
  fc.assert(
    fc.property(
      values,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: -99, max: 99 }),
      (all, scale, place) => {
        const other = all.map((usd) => usd * scale + place);
        expect(quantileErrorUsd(other, 0.05)).toBeCloseTo(scale * quantileErrorUsd(all, 0.05), 3);
        expect(standardErrorUsd(other)).toBeCloseTo(scale * standardErrorUsd(all), 3);
      },
    ),
  );
});

test("a tail of fewer than two scenarios has no error that could be told", () => {
  expect(cvarErrorUsd(new Float64Array(SCENARIOS), 0.991)).toBeNull();
  expect(cvarErrorUsd(new Float64Array(SCENARIOS), 0.99)).toBe(0);
});

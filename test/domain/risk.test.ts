import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cvarUsd,
  meanUsd,
  probabilityBelow,
  quantileUsd,
  riskEnvelope,
  type RiskMeasure,
} from "../../src/domain/risk.ts";

const RUNS = { seed: 5, numRuns: 1_000 };
const NINE_DIGITS = 1e-9;

interface Outcomes {
  lossUsd: Float64Array;
  otherUsd: Float64Array;
  probability: Float64Array;
}

/** Ties on purpose, and scenarios that cannot happen. */
const usdArbitrary = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ min: -1_000, max: 1_000, noNaN: true }),
);

const outcomesArbitrary: fc.Arbitrary<Outcomes> = fc
  .array(fc.tuple(usdArbitrary, usdArbitrary, fc.integer({ min: 0, max: 9 })), {
    minLength: 1,
    maxLength: 12,
  })
  .filter((rows) => rows.some(([, , weight]) => weight > 0))
  .map((rows) => {
    const total = rows.reduce((sum, [, , weight]) => sum + weight, 0);
    return {
      lossUsd: Float64Array.from(rows, ([loss]) => loss),
      otherUsd: Float64Array.from(rows, ([, other]) => other),
      probability: Float64Array.from(rows, ([, , weight]) => weight / total),
    };
  });

const shareArbitrary = fc.oneof(
  fc.constantFrom(0, 0.05, 0.5, 0.95, 1),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const tailArbitrary = shareArbitrary.map((share) => Math.min(share, 0.999));
const measureArbitrary: fc.Arbitrary<RiskMeasure> = fc.record({
  aversion: shareArbitrary,
  tail: tailArbitrary,
});

/** Rockafellar and Uryasev: min over η of η + E[max(0, loss − η)] / (1 − α); the minimum is at one of the losses. */
function cvarByMinimum({ lossUsd, probability }: Outcomes, tail: number): number {
  const candidates = Array.from(
    lossUsd,
    (eta) =>
      eta + probability.reduce((sum, p, s) => sum + p * Math.max(0, lossUsd[s]! - eta), 0) / (1 - tail),
  );
  return Math.min(...candidates);
}

const measured = (lossUsd: Float64Array, probability: Float64Array, risk: RiskMeasure): number =>
  (1 - risk.aversion) * meanUsd(lossUsd, probability) +
  risk.aversion * cvarUsd(lossUsd, probability, risk.tail);

const worstOf = ({ lossUsd, probability }: Outcomes): number =>
  Math.max(...lossUsd.filter((_, s) => probability[s]! > 0));

const scaleOf = ({ lossUsd, otherUsd }: Outcomes): number =>
  1 + Math.max(...lossUsd.map(Math.abs), ...otherUsd.map(Math.abs));

describe("cvarUsd", () => {
  test("equals the minimum of Rockafellar and Uryasev", () => {
    fc.assert(
      fc.property(outcomesArbitrary, tailArbitrary, (outcomes, tail) => {
        const difference =
          cvarUsd(outcomes.lossUsd, outcomes.probability, tail) - cvarByMinimum(outcomes, tail);
        // 1/(1 − α) of that minimum magnifies its rounding.
        expect(Math.abs(difference)).toBeLessThanOrEqual((1e-12 * scaleOf(outcomes)) / (1 - tail) ** 2);
      }),
      RUNS,
    );
  });

  test("the mean at one end, the worst that can happen at the other", () => {
    fc.assert(
      fc.property(outcomesArbitrary, (outcomes) => {
        const { lossUsd, probability } = outcomes;
        const least = Math.min(...probability.filter((p) => p > 0));
        expect(cvarUsd(lossUsd, probability, 0)).toBeCloseTo(meanUsd(lossUsd, probability), 9);
        for (const tail of [1 - least, 1 - least / 2, 1 - 1e-15, 1]) {
          expect(cvarUsd(lossUsd, probability, tail)).toBeCloseTo(worstOf(outcomes), 7);
        }
      }),
      RUNS,
    );
  });

  test("splits the scenario on the edge", () => {
    // The worst 40 %: all of 30 (20 %) and half of 20 (40 %).
    expect(cvarUsd(Float64Array.of(10, 20, 30), Float64Array.of(0.4, 0.4, 0.2), 0.6)).toBeCloseTo(25, 12);
  });

  test("rises with the tail", () => {
    fc.assert(
      fc.property(outcomesArbitrary, tailArbitrary, tailArbitrary, (outcomes, a, b) => {
        const { lossUsd, probability } = outcomes;
        const near = cvarUsd(lossUsd, probability, Math.min(a, b));
        const far = cvarUsd(lossUsd, probability, Math.max(a, b));
        expect(near).toBeLessThanOrEqual(far + NINE_DIGITS * scaleOf(outcomes));
      }),
      RUNS,
    );
  });

  test("is coherent: translation, scale, monotone, subadditive; and so is its mixture with the mean", () => {
    fc.assert(
      fc.property(
        outcomesArbitrary,
        measureArbitrary,
        usdArbitrary,
        fc.double({ min: 0, max: 10, noNaN: true }),
        (outcomes, risk, shift, factor) => {
          const { lossUsd, otherUsd, probability } = outcomes;
          const rho = (loss: Float64Array): number => measured(loss, probability, risk);
          const dust = NINE_DIGITS * (scaleOf(outcomes) + Math.abs(shift)) * 10;
          const one = rho(lossUsd);
          expect(Math.abs(rho(lossUsd.map((loss) => loss + shift)) - (one + shift))).toBeLessThanOrEqual(
            dust,
          );
          expect(Math.abs(rho(lossUsd.map((loss) => factor * loss)) - factor * one)).toBeLessThanOrEqual(
            dust,
          );
          expect(rho(lossUsd.map((loss, s) => loss + Math.abs(otherUsd[s]!)))).toBeGreaterThanOrEqual(
            one - dust,
          );
          const both = rho(lossUsd.map((loss, s) => loss + otherUsd[s]!));
          expect(both).toBeLessThanOrEqual(one + rho(otherUsd) + dust);
        },
      ),
      RUNS,
    );
  });
});

describe("riskEnvelope", () => {
  test("its mean is (1−λ)·E + λ·CVaR, and no other weights of the envelope have a larger one", () => {
    fc.assert(
      fc.property(outcomesArbitrary, measureArbitrary, (outcomes, risk) => {
        const { lossUsd, otherUsd, probability } = outcomes;
        const dust = NINE_DIGITS * scaleOf(outcomes);
        const weights = riskEnvelope(lossUsd, probability, risk);
        const value = measured(lossUsd, probability, risk);
        expect(Math.abs(meanUsd(lossUsd, weights) - value)).toBeLessThanOrEqual(dust);
        // The maximiser for other losses lies in the same envelope.
        expect(meanUsd(lossUsd, riskEnvelope(otherUsd, probability, risk))).toBeLessThanOrEqual(value + dust);
        expect(Math.abs(weights.reduce((sum, q) => sum + q, 0) - 1)).toBeLessThanOrEqual(1e-12);
        for (const [s, q] of weights.entries()) {
          const p = probability[s]!;
          expect(q).toBeGreaterThanOrEqual((1 - risk.aversion) * p - 1e-15);
          const most = (1 - risk.aversion) * p + (risk.aversion * p) / (1 - risk.tail);
          expect(q).toBeLessThanOrEqual(most * (1 + NINE_DIGITS));
        }
      }),
      RUNS,
    );
  });

  test("λ = 0 is the probabilities; λ = 1 and α → 1 is the worst scenario, of equal ones the first", () => {
    const probability = Float64Array.of(0.2, 0.3, 0.3, 0.2, 0);
    const lossUsd = Float64Array.of(-5, 7, 7, 1, 99);
    expect(riskEnvelope(lossUsd, probability, { aversion: 0, tail: 0.9 })).toEqual(probability);
    for (const tail of [0.75, 0.999, 1 - 1e-16, 1]) {
      const weights = riskEnvelope(lossUsd, probability, { aversion: 1, tail });
      expect([...weights]).toEqual([0, 1, 0, 0, 0]);
    }
  });
});

describe("quantileUsd", () => {
  test("is the smallest value whose cumulative probability reaches q", () => {
    fc.assert(
      fc.property(outcomesArbitrary, shareArbitrary, (outcomes, q) => {
        const { lossUsd, probability } = outcomes;
        const value = quantileUsd(lossUsd, probability, q);
        const upTo = probability.reduce((sum, p, s) => sum + (lossUsd[s]! <= value ? p : 0), 0);
        expect(lossUsd.includes(value)).toBe(true);
        expect(upTo).toBeGreaterThanOrEqual(q - 1e-9);
        expect(q === 0 || probabilityBelow(lossUsd, probability, value) < q).toBe(true);
      }),
      RUNS,
    );
  });

  test("ten tenths add up to one, three of them to 0.3, whatever doubles say", () => {
    const valueUsd = Float64Array.from({ length: 10 }, (_, s) => 10 - s);
    const probability = new Float64Array(10).fill(0.1);
    const quantiles = [0, 0.1, 0.3, 0.31, 0.8, 1].map((q) => quantileUsd(valueUsd, probability, q));
    expect(quantiles).toEqual([1, 1, 3, 4, 8, 10]);
    expect(quantileUsd(Float64Array.of(5, -99, 6, 99), Float64Array.of(0.5, 0, 0.5, 0), 0)).toBe(5);
    expect(quantileUsd(Float64Array.of(5, -99, 6, 99), Float64Array.of(0.5, 0, 0.5, 0), 1)).toBe(6);
  });
});

test("probabilityBelow leaves out the value itself; of the loss and of the cost, the loss fears too little usage", () => {
  expect(probabilityBelow(Float64Array.of(-1, 0, 1), Float64Array.of(0.25, 0.5, 0.25), 0)).toBe(0.25);
  // The example of the file's head.
  const probability = Float64Array.of(0.5, 0.5);
  const risk = { aversion: 1, tail: 0.9 };
  expect([...riskEnvelope(Float64Array.of(40, 60), probability, risk)]).toEqual([0, 1]);
  expect([...riskEnvelope(Float64Array.of(40 - 50, 60 - 100), probability, risk)]).toEqual([1, 0]);
});

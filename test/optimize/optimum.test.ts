import { OPEN_SHARING } from "../../src/domain/sharing.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { netSavingsUsd, utilization } from "../../src/domain/kpi.ts";
import { valueAt, type PiecewiseLinear } from "../../src/domain/piecewise.ts";
import type { Demand } from "../../src/domain/usage.ts";
import { ascendingOrder } from "../../src/optimize/ascending.ts";
import { descentTo } from "../../src/optimize/descent.ts";
import { bestCommitment } from "../../src/optimize/optimum.ts";
import { settle } from "../../src/settlement/settle.ts";
import { avoidedOnDemand } from "../../src/settlement/sweep.ts";
import { settledTotals } from "../../src/settlement/totals.ts";
import { demandOf, instanceArbitrary, planOf, ratesOf, skuNamed, sum } from "../oracle/instance.ts";

const WEEK_HOURS = 168;
const OFFER_BY = { ownerAccount: "A" };
const SKUS = [skuNamed("Host:ml.g5.xlarge")];

/** One SKU over a week, its dollars by hour of the day. */
const week = (usdAt: (hourOfDay: number) => number): Demand =>
  demandOf([{ account: "A", sku: 0 }], [Array.from({ length: WEEK_HOURS }, (_, h) => usdAt(h % 24))]);

const optimumOf = (demand: Demand, ratio: number) => {
  const offer = { ...OFFER_BY, rates: ratesOf([ratio]) };
  const avoided = avoidedOnDemand(demand, SKUS, [], offer, { sharing: OPEN_SHARING });
  return { avoided, offer, ...bestCommitment(avoided, { hours: demand.hourCount, weight: 1 }) };
};

const totalsAt = (demand: Demand, ratio: number, commitment: number) => {
  const plans = [planOf({ demand, offer: { ...OFFER_BY, rates: ratesOf([ratio]) } }, commitment)];
  return settledTotals(demand, plans, settle(demand, SKUS, plans, { sharing: OPEN_SHARING }));
};

describe("what other tools get wrong", () => {
  test("training 6 h/day at $90, 45 % off: buy nothing; leaving out the idle hours loses $4,536 a week", () => {
    const demand = week((hour) => (hour < 6 ? 90 : 0));
    expect(optimumOf(demand, 0.55)).toMatchObject({ commitmentUsdPerHour: 0, netUsd: 0 });

    const idleDropped = demandOf([{ account: "A", sku: 0 }], [Array.from({ length: 42 }, () => 90)]);
    expect(optimumOf(idleDropped, 0.55).commitmentUsdPerHour).toBe(49.5);
    expect(netSavingsUsd(totalsAt(demand, 0.55, 49.5))).toBeCloseTo(-4_536, 8);
  });

  test("$10 by night, $100 in 10 hours of the day, 64 % off: exactly $36.00/h, $1,932.00 a week at 47.5 %", () => {
    const demand = week((hour) => (hour < 10 ? 100 : 10));
    const { commitmentUsdPerHour, netUsd } = optimumOf(demand, 0.36);
    expect(commitmentUsdPerHour).toBe(36);
    expect(netUsd).toBeCloseTo(1_932, 8);
    const totals = totalsAt(demand, 0.36, 36);
    expect(netSavingsUsd(totals)).toBeCloseTo(1_932, 8);
    expect(utilization(totals)).toBeCloseTo(0.475, 12);
  });

  test("…where the rule of 95 % utilization would stop at $3.94/h and save $1,084.12", () => {
    const demand = week((hour) => (hour < 10 ? 100 : 10));
    // 98 h × 3.6 + 70 h × C = 0.95 × 168 h × C
    const ruled = 352.8 / 89.6;
    expect(utilization(totalsAt(demand, 0.36, ruled))).toBeCloseTo(0.95, 12);
    expect(netSavingsUsd(totalsAt(demand, 0.36, ruled))).toBeCloseTo(1_084.125, 8);
  });

  test("the same floor as two items, 3.6 + 32.4: 36, and not 36.00001", () => {
    const items = [0, 1].map((sku) => ({ account: "A", sku }));
    const hours = Array.from({ length: WEEK_HOURS }, (_, h) => h % 24);
    const demand = demandOf(items, [hours.map(() => 10), hours.map((hour) => (hour < 10 ? 90 : 0))]);
    const skus = ["a", "b"].map(skuNamed);
    const offer = { ...OFFER_BY, rates: ratesOf([0.36, 0.36]) };
    const avoided = avoidedOnDemand(demand, skus, [], offer, { sharing: OPEN_SHARING });
    expect(bestCommitment(avoided, { hours: WEEK_HOURS, weight: 1 }).commitmentUsdPerHour).toBe(36);
  });
});

const onlyHinges = (slopeAt0: number, hinges: [at: number, change: number][]): PiecewiseLinear => ({
  valueAt0: 0,
  slopeAt0,
  at: Float64Array.from(hinges, ([at]) => at),
  slopeChange: Float64Array.from(hinges, ([, change]) => change),
});
const best = (avoided: PiecewiseLinear, weight = 1): number =>
  bestCommitment(avoided, { hours: 1, weight }).commitmentUsdPerHour;

describe("bestCommitment", () => {
  test("takes the smallest commitment of a plateau", () => {
    expect(
      best(
        onlyHinges(2, [
          [5, -1],
          [8, -1],
        ]),
      ),
    ).toBe(5);
    expect(best(onlyHinges(1, [[5, -1]]))).toBe(0);
    // A rise that only comes back to where it started.
    expect(
      best(
        onlyHinges(0, [
          [5, 2],
          [10, -2],
        ]),
      ),
    ).toBe(0);
  });

  test("sells what AWS sells: five decimals, 0.001 at least, 1,000,000 at most", () => {
    expect(best(onlyHinges(2, [[1.234562, -2]]))).toBe(1.23456);
    expect(best(onlyHinges(2, [[1.234567, -2]]))).toBe(1.23457);
    // Steep up, gently down: above the breakpoint although below is nearer.
    expect(best(onlyHinges(100, [[1.234562, -99.5]]))).toBe(1.23457);
    expect(best(onlyHinges(2, [[0.0008, -2]]))).toBe(0.001);
    expect(best(onlyHinges(2, [[0.0002, -2]]))).toBe(0);
    expect(best(onlyHinges(2, []))).toBe(1_000_000);
    expect(best(onlyHinges(0, [[10, 3]]))).toBe(1_000_000);
  });

  test("a committed dollar can weigh more", () => {
    const avoided = onlyHinges(3, [
      [5, -1],
      [8, -1],
      [9, -1],
    ]);
    expect([1, 1.5, 2.5, 3].map((weight) => best(avoided, weight))).toEqual([8, 8, 5, 0]);
  });

  test("looks past a valley", () => {
    expect(
      best(
        onlyHinges(2, [
          [1, -2],
          [2, 2],
          [9, -2],
        ]),
      ),
    ).toBe(9);
    expect(
      best(
        onlyHinges(2, [
          [1, -2],
          [2, 2],
          [2.5, -2],
        ]),
      ),
    ).toBe(1);
  });

  test("is never beaten by another commitment, settled", () => {
    const commitment = fc.oneof(
      fc.double({ min: 0.001, max: 60, noNaN: true }),
      fc.double({ min: 0.001, max: 2, noNaN: true }),
    );
    fc.assert(
      fc.property(
        instanceArbitrary({ maxPlans: 2 }),
        fc.array(commitment, { minLength: 1_000, maxLength: 1_000 }),
        fc.constantFrom(1, 1.2),
        (instance, commitments, weight) => {
          const { demand, skus, plans, offer, sharing } = instance;
          const avoided = avoidedOnDemand(demand, skus, plans, offer, { sharing });
          const optimum = bestCommitment(avoided, { hours: demand.hourCount, weight });
          const settledNet = (c: number): number => {
            const left = (all: typeof plans): number =>
              sum(settle(demand, skus, all, { sharing }).onDemandLeftUsd);
            return left(plans) - left([...plans, planOf(instance, c)]) - weight * demand.hourCount * c;
          };
          const bestNet = settledNet(optimum.commitmentUsdPerHour);
          expect(optimum.netUsd).toBeCloseTo(bestNet, 8);
          for (const c of commitments) {
            expect(settledNet(Math.round(c * 100_000) / 100_000)).toBeLessThanOrEqual(bestNet + 1e-8);
          }
        },
      ),
      { seed: 21, numRuns: 60 },
    );
  });

  test("is the best of the grid around every breakpoint", () => {
    fc.assert(
      fc.property(instanceArbitrary({ maxPlans: 2 }), ({ demand, skus, plans, offer, sharing }) => {
        const avoided = avoidedOnDemand(demand, skus, plans, offer, { sharing });
        const { commitmentUsdPerHour, netUsd } = bestCommitment(avoided, {
          hours: demand.hourCount,
          weight: 1,
        });
        expect(Math.round(commitmentUsdPerHour * 1e5) / 1e5).toBe(commitmentUsdPerHour);
        for (const at of avoided.at) {
          for (const c of [Math.floor(at * 1e5) / 1e5, Math.ceil(at * 1e5) / 1e5].filter(
            (near) => near >= 0.001,
          )) {
            expect(valueAt(avoided, c) - demand.hourCount * c).toBeLessThanOrEqual(netUsd + 1e-8);
          }
        }
      }),
      { seed: 22, numRuns: 500 },
    );
  });
});

describe("ascendingOrder sorts like a comparator", () => {
  const key = fc.oneof(
    fc.double({ min: 0, max: 1e9, noNaN: true }),
    fc.constantFrom(0, -0, 1, 36, 36.00000000000001, Number.MIN_VALUE, Number.MAX_VALUE),
  );
  const compared = (keys: readonly number[]): number[] =>
    [...keys.keys()].sort((a, b) => keys[a]! - keys[b]! || a - b);

  test("few keys, by their bytes", () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 200 }), (keys) => {
        expect([...ascendingOrder(Float64Array.from(keys))]).toEqual(compared(keys));
      }),
      { seed: 23 },
    );
  });

  test.each([8_191, 8_192, 20_000])("%i keys, where bytes give way to 16 bits", (count) => {
    const keys = fc.sample(key, { numRuns: count, seed: 23 });
    expect([...ascendingOrder(Float64Array.from(keys))]).toEqual(compared(keys));
  });
});

test("descentTo finds the crossing that a sorted walk finds", () => {
  const step = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 0, max: 300 }),
      (steps, slopeAt0, target) => {
        let slope = slopeAt0;
        let expected = slope <= target ? 0 : Infinity;
        for (const [at, drop] of steps.toSorted((a, b) => a[0] - b[0])) {
          slope -= drop;
          if (slope <= target) expected = Math.min(expected, at);
        }
        const at = Float64Array.from(steps, ([x]) => x);
        const change = Float64Array.from(steps, ([, drop]) => -drop);
        expect(descentTo(at, change, steps.length, slopeAt0, target)).toBe(expected);
      },
    ),
    { seed: 24, numRuns: 1_000 },
  );
});

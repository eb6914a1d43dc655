import { OPEN_SHARING } from "../../src/domain/sharing.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { certain } from "../../src/domain/scenario.ts";
import { polish } from "../../src/optimize/polish.ts";
import { prepareScenarioSettlement } from "../../src/settlement/prepare-scenarios.ts";
import { settleScenarios } from "../../src/settlement/scenarios.ts";
import { planOf, ratesOf, sum, wideInstance, type Instance } from "../oracle/instance.ts";

const RUNS = { seed: 3, numRuns: 200 };
const PLENTY = 100_000;

/** Sold by AWS: nothing, or 0.001 … 1,000,000 with at most five decimals. */
const isSold = (usdPerHour: number): boolean =>
  usdPerHour === 0 ||
  (usdPerHour >= 0.001 && usdPerHour <= 1_000_000 && usdPerHour === Number(usdPerHour.toFixed(5)));

const soldArbitrary = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 200 }).map((steps) => steps / 100_000) },
  { weight: 4, arbitrary: fc.integer({ min: 100, max: 8_000_000 }).map((steps) => steps / 100_000) },
);

/** Slope `down` up to the kink, `up` after it, and nothing lower anywhere else. */
interface Kink {
  at: number;
  down: number;
  up: number;
}

const kinkArbitrary: fc.Arbitrary<Kink> = fc.record({
  at: soldArbitrary,
  down: fc.double({ min: 0.5, max: 3, noNaN: true }),
  up: fc.double({ min: 0.5, max: 3, noNaN: true }),
});

const separable =
  (kinks: readonly Kink[]) =>
  (c: Float64Array): number =>
    sum(kinks.map(({ at, down, up }, k) => (c[k]! < at ? down * (at - c[k]!) : up * (c[k]! - at))));

const startsArbitrary = (planCount: number): fc.Arbitrary<Float64Array[]> =>
  fc.array(
    fc
      .array(soldArbitrary, { minLength: planCount, maxLength: planCount })
      .map((values) => Float64Array.from(values)),
    { minLength: 1, maxLength: 5 },
  );

const problemArbitrary = fc
  .array(kinkArbitrary, { minLength: 1, maxLength: 3 })
  .chain((kinks) => fc.record({ kinks: fc.constant(kinks), starts: startsArbitrary(kinks.length) }));

const scaleOf = (planCount: number, usd: number): Float64Array => new Float64Array(planCount).fill(usd);

describe("polish", () => {
  test("is exact on a convex piecewise-linear sum over plans, to the last step of the grid", () => {
    fc.assert(
      fc.property(
        problemArbitrary,
        fc.double({ min: 0.0001, max: 500, noNaN: true }),
        ({ kinks, starts }, scale) => {
          const found = polish(starts, separable(kinks), {
            scaleUsdPerHour: scaleOf(kinks.length, scale),
            maxEvaluations: PLENTY,
          });
          expect([...found.commitmentsUsdPerHour]).toEqual(kinks.map(({ at }) => at));
        },
      ),
      RUNS,
    );
  });

  test("what it returns is sold, costs what it says, and is not dearer than any start", () => {
    fc.assert(
      fc.property(problemArbitrary, fc.integer({ min: 0, max: 300 }), ({ kinks, starts }, maxEvaluations) => {
        let asked = 0;
        const seen = new Set<string>();
        // Neither convex nor continuous.
        const cost = (c: Float64Array): number => {
          asked++;
          seen.add(c.join());
          const waves = sum(c.map((usd, k) => Math.sin(usd * (k + 1)) + (usd > 0 ? 0.3 : 0)));
          return Math.abs(sum(c) - kinks[0]!.at) + waves;
        };
        const options = { scaleUsdPerHour: scaleOf(kinks.length, 10), maxEvaluations };
        const found = polish(starts, cost, options);
        expect(found.evaluations).toBe(asked);
        expect(seen.size).toBe(asked);
        expect(asked).toBeLessThanOrEqual(Math.max(starts.length, maxEvaluations));
        expect(found.commitmentsUsdPerHour.every(isSold)).toBe(true);
        expect(found.cost).toBe(cost(found.commitmentsUsdPerHour));
        const cheapest = Math.min(...starts.map(cost));
        expect(found.cost).toBeLessThanOrEqual(cheapest + 1e-12 * Math.abs(cheapest));
        expect(polish(starts, cost, options)).toEqual(found);
      }),
      RUNS,
    );
  });

  test("every point it asks about is sold", () => {
    fc.assert(
      fc.property(problemArbitrary, ({ kinks, starts }) => {
        const cost = (c: Float64Array): number => (c.every(isSold) ? separable(kinks)(c) : -1);
        const options = { scaleUsdPerHour: scaleOf(kinks.length, 0.01), maxEvaluations: 500 };
        expect(polish(starts, cost, options).cost).toBeGreaterThanOrEqual(0);
      }),
      RUNS,
    );
  });

  test("starts that are not sold are taken to the nearest that is", () => {
    const options = { scaleUsdPerHour: scaleOf(3, 1), maxEvaluations: 0 };
    const found = polish([Float64Array.of(0.36 * 100, 0.0006, 1.000004)], sum, options);
    expect([...found.commitmentsUsdPerHour]).toEqual([36, 0.001, 1]);
    const beyond = polish([Float64Array.of(-1, 2e6, 0.0004)], sum, options);
    expect([...beyond.commitmentsUsdPerHour]).toEqual([0, 1_000_000, 0]);
  });

  test("goes up to a limit and never over it", () => {
    fc.assert(
      fc.property(
        problemArbitrary,
        fc.integer({ min: 1_000, max: 20_000_000 }),
        ({ kinks, starts }, steps) => {
          const limit = steps / 100_000;
          const within = (c: Float64Array): boolean => sum(c) <= limit + 1e-9;
          const cost = (c: Float64Array): number => (within(c) ? separable(kinks)(c) : Infinity);
          const nothing = new Float64Array(kinks.length);
          const options = { scaleUsdPerHour: scaleOf(kinks.length, 20), maxEvaluations: PLENTY };
          const found = polish([...starts, nothing], cost, options);
          expect(within(found.commitmentsUsdPerHour)).toBe(true);
          // The most that pays: a continuous knapsack, steepest slope first.
          let left = limit;
          let wantedUsd = sum(kinks.map(({ at, down }) => at * down));
          for (const { at, down } of kinks.toSorted((a, b) => b.down - a.down)) {
            wantedUsd -= down * Math.min(at, left);
            left -= Math.min(at, left);
          }
          // Ends of the knapsack inside 0 … 0.001 are not sold.
          expect(found.cost).toBeLessThanOrEqual(wantedUsd + 0.01);
        },
      ),
      RUNS,
    );
  });

  test("nothing allowed: Infinity, and no money is asked for; a start that is not allowed may lead to one that is", () => {
    const options = { scaleUsdPerHour: scaleOf(2, 10), maxEvaluations: 400 };
    const never = polish([Float64Array.of(5, 5)], () => Infinity, options);
    expect(never.cost).toBe(Infinity);
    const found = polish([Float64Array.of(50, 50)], (c) => (sum(c) > 7 ? Infinity : -sum(c)), options);
    expect(found.cost).toBeCloseTo(-7, 9);
  });

  test("of equal costs the smaller total: a plateau is walked down to its edge", () => {
    const options = { scaleUsdPerHour: scaleOf(2, 10), maxEvaluations: PLENTY };
    const plateau = (c: Float64Array): number => Math.max(0, 3 - c[0]!) + Math.max(0, 4.00001 - c[1]!);
    const found = polish([Float64Array.of(20, 9)], plateau, options);
    expect([...found.commitmentsUsdPerHour]).toEqual([3, 4.00001]);
    const anything = polish([Float64Array.of(20, 9), Float64Array.of(0, 0.5)], () => 1, options);
    expect([...anything.commitmentsUsdPerHour]).toEqual([0, 0]);
  });

  test("follows a ridge on which moving any plan alone costs money", () => {
    const options = { scaleUsdPerHour: scaleOf(2, 50), maxEvaluations: PLENTY };
    // Together 40, and the more of plan 1 the better.
    const ridge = (c: Float64Array): number => 10 * Math.abs(c[0]! + c[1]! - 40) + c[0]!;
    const found = polish([Float64Array.of(40, 0)], ridge, options);
    expect([...found.commitmentsUsdPerHour]).toEqual([0, 40]);
    expect(found.evaluations).toBeLessThan(400);
  });

  test("leaves a valley for a deeper one of another start", () => {
    const options = { scaleUsdPerHour: scaleOf(1, 100), maxEvaluations: PLENTY };
    const valleys = (c: Float64Array): number => Math.min(Math.abs(c[0]! - 5) + 1, Math.abs(c[0]! - 80));
    const starts = [2, 10, 78].map((usd) => Float64Array.of(usd));
    expect([...polish(starts, valleys, options).commitmentsUsdPerHour]).toEqual([80]);
  });
});

/** Three new plans of different depth and price under AWS's rule, one certain past. */
function settledCost(instance: Instance): { cost: (c: Float64Array) => number; meanUsd: number } {
  const { demand, skus, plans } = instance;
  // The deeper, the dearer a committed dollar; and each has its own taste in SKUs.
  const weight = [1, 1.12, 1.25];
  const depth = [0.75, 0.66, 0.58];
  const offers = depth.map((ratio, k) => ({
    ...planOf(instance, 0),
    rates: ratesOf(
      Array.from(plans[k]!.rates.ratio, (taste) =>
        Number.isNaN(taste) ? ratio : ratio * (0.85 + 0.3 * taste),
      ),
    ),
  }));
  const prepared = prepareScenarioSettlement(certain(demand), skus, offers, {
    sharing: OPEN_SHARING,
    firstNew: 0,
  });
  const cost = (c: Float64Array): number =>
    sum(
      settleScenarios(prepared, c).map(
        ({ leftUsd, commitmentUsd }) => leftUsd + sum(commitmentUsd.map((usd, k) => usd * weight[k]!)),
      ),
    );
  return { cost, meanUsd: sum(demand.onDemandUsd) / demand.hourCount };
}

describe("polish of settled costs", () => {
  test("three plans, from the single ones: after 150 evaluations within 0.1 % of long searches from many starts", () => {
    for (let seed = 1; seed <= 4; seed++) {
      const { cost, meanUsd } = settledCost(wideInstance(seed));
      const scaleUsdPerHour = scaleOf(3, 0.5 * meanUsd);
      const singles = [0, 1, 2].map((k) =>
        Float64Array.from({ length: 3 }, (_, j) => (j === k ? 0.5 * meanUsd : 0)),
      );
      const quick = polish(singles, cost, { scaleUsdPerHour, maxEvaluations: 150 });
      const grid = [0, 0.2, 0.4].map((share) => share * meanUsd);
      const many = grid.flatMap((a) => grid.flatMap((b) => grid.map((c) => Float64Array.of(a, b, c))));
      const long = { scaleUsdPerHour, maxEvaluations: 300 };
      const searched = many.map((start) => polish([start], cost, long).cost);
      expect(quick.evaluations).toBeLessThanOrEqual(150);
      expect(quick.cost).toBeLessThanOrEqual(Math.min(...searched) * 1.001);
    }
  });
});

import { OPEN_SHARING } from "../../src/domain/sharing.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valueAt } from "../../src/domain/piecewise.ts";
import { settle } from "../../src/settlement/settle.ts";
import { avoidedOnDemand } from "../../src/settlement/sweep.ts";
import {
  demandOf,
  instanceArbitrary,
  planOf,
  ratesOf,
  skuNamed,
  sum,
  type Instance,
} from "../oracle/instance.ts";

const sweepOf = ({ demand, skus, plans, offer, sharing }: Instance) =>
  avoidedOnDemand(demand, skus, plans, offer, { sharing });

/** The same by settling twice. */
function settledDifference(instance: Instance, commitment: number): number {
  const { demand, skus, plans, sharing } = instance;
  const left = (all: typeof plans): number => sum(settle(demand, skus, all, { sharing }).onDemandLeftUsd);
  return left(plans) - left([...plans, planOf(instance, commitment)]);
}

describe("avoidedOnDemand", () => {
  test("equals the difference of two settlements: anywhere, and at and beside every breakpoint", () => {
    fc.assert(
      fc.property(
        instanceArbitrary({ maxPlans: 3 }),
        fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 1, maxLength: 5 }),
        (instance, commitments) => {
          const avoided = sweepOf(instance);
          const places = [...avoided.at].flatMap((at) => [at, at * (1 + 1e-6), at * (1 - 1e-6)]);
          for (const c of [0, ...commitments, ...places]) {
            const expected = settledDifference(instance, c);
            expect(Math.abs(valueAt(avoided, c) - expected)).toBeLessThanOrEqual(1e-9 * (1 + expected));
          }
        },
      ),
      { seed: 11, numRuns: 1_000 },
    );
  });

  test("has no more breakpoints between those it names: it is linear there", () => {
    fc.assert(
      fc.property(instanceArbitrary({ maxPlans: 3 }), (instance) => {
        const at = [0, ...sweepOf(instance).at].sort((a, b) => a - b);
        for (let n = 1; n < at.length; n++) {
          const [from, to] = [at[n - 1]!, at[n]!];
          const middle = settledDifference(instance, (from + to) / 2);
          const ends = (settledDifference(instance, from) + settledDifference(instance, to)) / 2;
          expect(Math.abs(middle - ends)).toBeLessThanOrEqual(1e-9 * (1 + middle));
        }
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  test("the worked example of sweep-hour.ts", () => {
    const demand = demandOf(
      [0, 1].map((sku) => ({ account: "A", sku })),
      [[10], [10]],
    );
    const owned = planOf({ demand, offer: { ownerAccount: "A", rates: ratesOf([0.5, 0.8]) } }, 4);
    const offer = { ownerAccount: "A", rates: ratesOf([0.4, Number.NaN]) };
    const skus = ["a", "b"].map(skuNamed);
    const avoided = avoidedOnDemand(demand, skus, [owned], offer, { sharing: OPEN_SHARING });
    expect(avoided.slopeAt0).toBe(2.5);
    expect([...avoided.at]).toEqual([0.8, 4]);
    expect([...avoided.slopeChange]).toEqual([1.5625 - 2.5, -1.5625]);
  });

  test("can bend upwards: the new plan first displaces an owned plan that has nothing else to cover", () => {
    const demand = demandOf(
      [0, 1].map((sku) => ({ account: "A", sku })),
      [[10], [10]],
    );
    const owned = planOf({ demand, offer: { ownerAccount: "A", rates: ratesOf([0.5, Number.NaN]) } }, 5);
    const offer = { ownerAccount: "A", rates: ratesOf([0.4, 0.5]) };
    const avoided = avoidedOnDemand(demand, ["a", "b"].map(skuNamed), [owned], offer, {
      sharing: OPEN_SHARING,
    });
    expect(avoided.slopeAt0).toBe(0);
    expect([...avoided.at]).toEqual([4, 9]);
    expect([...avoided.slopeChange]).toEqual([2, -2]);
  });
});

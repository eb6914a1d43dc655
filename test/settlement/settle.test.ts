import { OPEN_SHARING } from "../../src/domain/sharing.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settle, type Settlement } from "../../src/settlement/settle.ts";
import { settledTotals } from "../../src/settlement/totals.ts";
import { oracleSettle } from "../oracle/settle.ts";
import { demandOf, instanceArbitrary, planOf, sum, type Instance } from "../oracle/instance.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";

const RUNS = { seed: 7, numRuns: 1_000 };

const settled = ({ demand, skus, plans, sharing }: Instance): Settlement =>
  settle(demand, skus, plans, { sharing });

describe("settle", () => {
  test("equals the oracle, which was written from AWS's words", () => {
    fc.assert(
      fc.property(instanceArbitrary({ maxPlans: 4 }), (instance) => {
        const fast = settled(instance);
        const slow = oracleSettle(instance.demand, instance.skus, instance.plans, instance.sharing);
        for (const [h, hour] of slow.hours.entries()) {
          expect(fast.onDemandLeftUsd[h]).toBeCloseTo(hour.onDemandLeftUsd, 8);
          for (const k of instance.plans.keys()) {
            expect(fast.usedUsd[k]![h]).toBeCloseTo(hour.usedUsd[k]!, 8);
            expect(fast.coveredOnDemandUsd[k]![h]).toBeCloseTo(hour.coveredOnDemandUsd[k]!, 8);
          }
        }
        for (const [n, left] of slow.entryLeftUsd.entries())
          expect(fast.entryLeftUsd[n]).toBeCloseTo(left, 8);
      }),
      RUNS,
    );
  });

  test("used ≤ commitment, only in active hours; covered + left = usage", () => {
    fc.assert(
      fc.property(instanceArbitrary({ maxPlans: 3 }), (instance) => {
        const { demand, plans } = instance;
        const settlement = settled(instance);
        for (const [k, { commitmentUsdPerHour, activeFrom, activeTo }] of plans.entries()) {
          for (const [h, used] of settlement.usedUsd[k]!.entries()) {
            expect(used).toBeGreaterThanOrEqual(0);
            expect(used).toBeLessThanOrEqual(h >= activeFrom && h < activeTo ? commitmentUsdPerHour : 0);
          }
        }
        for (let h = 0; h < demand.hourCount; h++) {
          const usage = sum(demand.onDemandUsd.filter((_, n) => demand.hour[n] === h));
          const covered = sum(settlement.coveredOnDemandUsd.map((hours) => hours[h]!));
          expect(Math.abs(covered + settlement.onDemandLeftUsd[h]! - usage)).toBeLessThanOrEqual(
            1e-9 * usage,
          );
        }
        const totals = settledTotals(demand, plans, settlement);
        const unused = plans.map(({ commitmentUsdPerHour, activeFrom, activeTo }, k) =>
          sum(
            settlement.usedUsd[k]!.map((used, h) =>
              h >= activeFrom && h < activeTo ? commitmentUsdPerHour - used : 0,
            ),
          ),
        );
        expect(totals.usedUsd + sum(unused)).toBeCloseTo(totals.commitmentUsd, 8);
        expect(totals.coveredOnDemandUsd + sum(settlement.onDemandLeftUsd)).toBeCloseTo(
          totals.onDemandUsd,
          8,
        );
      }),
      RUNS,
    );
  });

  test("more commitment never covers less, of any entry", () => {
    fc.assert(
      fc.property(
        instanceArbitrary({ maxPlans: 3 }),
        fc.double({ min: 0, max: 80, noNaN: true }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (instance, commitment, more) => {
          const before = settled({ ...instance, plans: [...instance.plans, planOf(instance, commitment)] });
          const after = settled({
            ...instance,
            plans: [...instance.plans, planOf(instance, commitment + more)],
          });
          for (const [n, left] of after.entryLeftUsd.entries()) {
            expect(left).toBeLessThanOrEqual(before.entryLeftUsd[n]! + 1e-9);
          }
        },
      ),
      RUNS,
    );
  });

  test("the order of the demand's items does not matter", () => {
    fc.assert(
      fc.property(instanceArbitrary({ maxPlans: 3 }), (instance) => {
        const reversed = demandOf(instance.items.toReversed(), instance.usage.toReversed());
        const one = settled(instance);
        const other = settled({ ...instance, demand: reversed });
        for (const [h, left] of one.onDemandLeftUsd.entries())
          expect(other.onDemandLeftUsd[h]).toBeCloseTo(left, 9);
        for (const [k, used] of one.usedUsd.entries()) {
          for (const [h, usd] of used.entries()) expect(other.usedUsd[k]![h]).toBeCloseTo(usd, 9);
        }
      }),
      RUNS,
    );
  });

  test("the order of the plans does not matter, unless two offer the same saving on the same SKU", () => {
    fc.assert(
      fc.property(instanceArbitrary({ maxPlans: 4 }), (instance) => {
        const { plans, skus } = instance;
        const tied = skus.some((_, sku) => {
          const ratios = plans.map(({ rates }) => rates.ratio[sku]!).filter((ratio) => !Number.isNaN(ratio));
          return new Set(ratios.map((ratio) => Math.round(ratio * 1e9))).size < ratios.length;
        });
        fc.pre(!tied);
        const one = settled(instance);
        const other = settled({ ...instance, plans: plans.toReversed() });
        for (const [k, used] of one.usedUsd.entries()) {
          for (const [h, usd] of used.entries())
            expect(other.usedUsd[plans.length - 1 - k]![h]).toBeCloseTo(usd, 9);
        }
        for (const [n, left] of one.entryLeftUsd.entries())
          expect(other.entryLeftUsd[n]).toBeCloseTo(left, 9);
      }),
      { ...RUNS, numRuns: 300 },
    );
  });

  test("totals of some of the plans", () => {
    const demand = demandOf([{ account: "A", sku: 0 }], [[10, 10]]);
    const plan = planOf(
      {
        demand,
        offer: {
          ownerAccount: "A",
          rates: { ratio: Float64Array.of(0.5), savingsPlanRateUsd: Float64Array.of(0.5), source: ["file"] },
        },
      },
      2,
    );
    const plans = [plan, { ...plan, activeFrom: 1, commitmentUsdPerHour: asCommitmentUsd(4) }];
    const skus = [{ usageType: "a", operation: "", region: "", component: "", instanceType: "" }];
    const settlement = settle(demand, skus, plans, { sharing: OPEN_SHARING });
    expect(settledTotals(demand, plans, settlement, [1])).toEqual({
      hours: 2,
      onDemandUsd: 20,
      coveredOnDemandUsd: 6,
      usedUsd: 3,
      commitmentUsd: 4,
    });
  });
});

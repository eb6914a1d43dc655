import { OPEN_SHARING } from "../../src/domain/sharing.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlanTerms } from "../../src/domain/commitment.ts";
import { certain, everyHour, type ScenarioSet } from "../../src/domain/scenario.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";
import {
  prepareScenarioSettlement,
  type ScenarioSettlement,
} from "../../src/settlement/prepare-scenarios.ts";
import { settleHourly, settleScenarios } from "../../src/settlement/scenarios.ts";
import { settle } from "../../src/settlement/settle.ts";
import { settledTotals } from "../../src/settlement/totals.ts";
import { demandOf, instanceArbitrary, planOf, sum, wideInstance, type Instance } from "../oracle/instance.ts";
import { oracleSettle, type OracleSettlement } from "../oracle/settle.ts";

const RUNS = { seed: 11, numRuns: 1_000 };

interface Case {
  instance: Instance;
  /** Owned plans and then new ones. */
  plans: PlanTerms[];
  firstNew: number;
  set: ScenarioSet;
}

const growthArbitrary = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.constant(1) },
  { weight: 3, arbitrary: fc.double({ min: 0.01, max: 4, noNaN: true }) },
);

/** Base hours repeat, or stay unused; so both ways of settling an hour, and both in turn, are drawn. */
const caseArbitrary: fc.Arbitrary<Case> = fc
  .record({
    instance: instanceArbitrary({ maxPlans: 4 }),
    horizon: fc.integer({ min: 1, max: 8 }),
    weights: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }),
    offered: fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { maxLength: 1 }),
  })
  .chain(({ instance, horizon, weights, offered }) => {
    const visits = horizon * weights.length;
    // A millionth of a dollar drowns in the oracle's rounding.
    const plans = [...instance.plans, ...offered.map((usd) => planOf(instance, usd))].filter(
      ({ commitmentUsdPerHour: usd }) => usd === 0 || usd > 1e-6,
    );
    return fc
      .record({
        firstNew: fc.integer({ min: 0, max: plans.length }),
        baseHour: fc.array(fc.integer({ min: 0, max: instance.demand.hourCount - 1 }), exactly(visits)),
        growth: fc.array(growthArbitrary, exactly(visits)),
      })
      .map(({ firstNew, baseHour, growth }) => ({
        instance,
        plans,
        firstNew,
        set: {
          hourCount: horizon,
          startHour: everyHour(horizon),
          base: instance.demand,
          probability: Float64Array.from(weights, (weight) => (weight + 1) / sum(weights.map((w) => w + 1))),
          baseHour: Int32Array.from(baseHour),
          growth: Float64Array.from(growth),
        },
      }));
  });

const exactly = (length: number): { minLength: number; maxLength: number } => ({
  minLength: length,
  maxLength: length,
});

/** The oracle on the demand of every scenario, written out. */
function oracleOf({ instance, plans, set }: Case): OracleSettlement[] {
  return Array.from(set.probability.keys(), (s) => {
    const usage = instance.usage.map((hours) =>
      Array.from({ length: set.hourCount }, (_, t) => {
        const n = s * set.hourCount + t;
        return hours[set.baseHour[n]!]! * set.growth[n]!;
      }),
    );
    return oracleSettle(demandOf(instance.items, usage), instance.skus, plans, instance.sharing);
  });
}

const commitmentsOf = (plans: readonly PlanTerms[]): Float64Array =>
  Float64Array.from(plans, (plan) => plan.commitmentUsdPerHour);

/** The plans' own commitments are not what is settled: they are prepared with others. */
function prepare({ instance, plans, firstNew, set }: Case): ScenarioSettlement {
  const others = plans.map((plan, k) => ({ ...plan, commitmentUsdPerHour: asCommitmentUsd(17 * k) }));
  return prepareScenarioSettlement(set, instance.skus, others, { sharing: instance.sharing, firstNew });
}

const isActive = ({ activeFrom, activeTo }: PlanTerms, t: number): boolean => t >= activeFrom && t < activeTo;

/** A difference as a share of the money at stake. */
const offBy = (actual: number, wanted: number, stakeUsd: number): number =>
  actual === wanted ? 0 : Math.abs(actual - wanted) / stakeUsd;

const NINE_DIGITS = 1e-9;

/** The largest difference from the oracle in any total of any scenario; a miscounted hour is a difference of 1. */
function worstDifference(drawn: Case): number {
  const { plans, firstNew, set } = drawn;
  const prepared = prepare(drawn);
  const totals = settleScenarios(prepared, commitmentsOf(plans));
  const differences = oracleOf(drawn).flatMap(({ hours }, s) => {
    const total = totals[s]!;
    const usageUsd = sum(hours.map((hour) => hour.onDemandLeftUsd + sum(hour.coveredOnDemandUsd)));
    const underused = hours.filter(({ usedUsd }, t) => {
      const committed = sum(
        plans.slice(firstNew).map((plan) => (isActive(plan, t) ? plan.commitmentUsdPerHour : 0)),
      );
      return committed > 0 && sum(usedUsd.slice(firstNew)) < committed * (1 - 1e-9);
    });
    return [
      offBy(total.onDemandUsd, usageUsd, usageUsd),
      offBy(total.leftUsd, sum(hours.map((hour) => hour.onDemandLeftUsd)), usageUsd),
      offBy(total.hoursUnderused, underused.length, 1),
      ...plans.flatMap((_, k) => {
        const paidUsd = (n: number): number =>
          hours.filter((__, t) => isActive(plans[n]!, t)).length * plans[n]!.commitmentUsdPerHour;
        // Used and covered dollars of a pool stand at its first plan.
        const members = [...plans.keys()].filter((n) => prepared.poolOf[n] === k);
        const ofMembers = (of: (n: number) => number): number => sum(members.map(of));
        const commitmentUsd = ofMembers(paidUsd);
        const used = ofMembers((n) => sum(hours.map((hour) => hour.usedUsd[n]!)));
        const covered = ofMembers((n) => sum(hours.map((hour) => hour.coveredOnDemandUsd[n]!)));
        return [
          offBy(total.commitmentUsd[k]!, paidUsd(k), paidUsd(k)),
          offBy(total.usedUsd[k]!, used, commitmentUsd + usageUsd),
          offBy(total.coveredOnDemandUsd[k]!, covered, usageUsd),
          Math.max(0, total.usedUsd[k]! / commitmentUsd - 1) || 0,
        ];
      }),
    ];
  });
  return Math.max(...differences, Math.abs(totals.length - set.probability.length));
}

describe("settleScenarios", () => {
  test("equals the oracle on every scenario's demand", () => {
    fc.assert(
      fc.property(caseArbitrary, (drawn) => {
        expect(worstDifference(drawn)).toBeLessThanOrEqual(NINE_DIGITS);
      }),
      RUNS,
    );
  });

  test("equals the oracle where four plans run out one after the other, in hours that few or many visit", () => {
    for (let seed = 1; seed <= 6; seed++) {
      const instance = wideInstance(seed);
      const { hourCount } = instance.demand;
      for (const repeated of [1, 3, 5]) {
        const visits = 4 * hourCount;
        const difference = worstDifference({
          instance,
          plans: [...instance.plans, { ...planOf(instance, 60), activeTo: 15 }],
          firstNew: 3,
          set: {
            hourCount,
            startHour: everyHour(hourCount),
            base: instance.demand,
            probability: Float64Array.of(0.25, 0.25, 0.25, 0.25),
            // Some hours are visited many times more than others.
            baseHour: Int32Array.from(
              { length: visits },
              (_, n) => (n % hourCount) % (n % 2 ? 3 * repeated : hourCount),
            ),
            growth: Float64Array.from({ length: visits }, (_, n) => ((n * 37) % 101) / 50),
          },
        });
        expect(difference).toBeLessThanOrEqual(NINE_DIGITS);
      }
    }
  });

  test("a certain demand is the settlement of that demand", () => {
    fc.assert(
      fc.property(instanceArbitrary({ maxPlans: 4 }), ({ demand, skus, plans, sharing }) => {
        const settlement = settle(demand, skus, plans, { sharing });
        const prepared = prepareScenarioSettlement(certain(demand), skus, plans, { sharing, firstNew: 0 });
        const [total] = settleScenarios(prepared, commitmentsOf(plans));
        for (const k of plans.keys()) {
          const one = settledTotals(demand, plans, settlement, [k]);
          expect(offBy(total!.usedUsd[k]!, one.usedUsd, one.commitmentUsd)).toBeLessThanOrEqual(NINE_DIGITS);
          expect(
            offBy(total!.coveredOnDemandUsd[k]!, one.coveredOnDemandUsd, one.onDemandUsd),
          ).toBeLessThanOrEqual(NINE_DIGITS);
          expect(offBy(total!.commitmentUsd[k]!, one.commitmentUsd, one.commitmentUsd)).toBeLessThanOrEqual(
            NINE_DIGITS,
          );
        }
        const usageUsd = sum(demand.onDemandUsd);
        expect(offBy(total!.onDemandUsd, usageUsd, usageUsd)).toBeLessThanOrEqual(NINE_DIGITS);
        expect(offBy(total!.leftUsd, sum(settlement.onDemandLeftUsd), usageUsd)).toBeLessThanOrEqual(
          NINE_DIGITS,
        );
      }),
      RUNS,
    );
  });

  test("usage grown by g under C is g times the usage under C/g; and calls leave no trace", () => {
    fc.assert(
      fc.property(caseArbitrary, fc.double({ min: 0.1, max: 10, noNaN: true }), (drawn, g) => {
        const prepared = prepare(drawn);
        const commitments = commitmentsOf(drawn.plans);
        const before = settleScenarios(prepared, commitments);
        const grown = { ...drawn.set, growth: drawn.set.growth.map((growth) => growth * g) };
        const scaled = settleScenarios(
          prepare({ ...drawn, set: grown }),
          commitments.map((c) => c * g),
        );
        for (const [s, total] of before.entries()) {
          expect(offBy(scaled[s]!.leftUsd, g * total.leftUsd, g * total.onDemandUsd)).toBeLessThanOrEqual(
            NINE_DIGITS,
          );
        }
        settleScenarios(
          prepared,
          commitments.map((c) => 3 * c + 1),
        );
        expect(settleScenarios(prepared, commitments)).toEqual(before);
      }),
      { ...RUNS, numRuns: 300 },
    );
  });

  test("the worked example of the file's head", () => {
    const rates = (ratio: number[]): PlanTerms["rates"] => ({
      ratio: Float64Array.from(ratio),
      savingsPlanRateUsd: Float64Array.from(ratio),
      source: ["file", "file"],
    });
    const instance = wideInstance(1);
    const items = [0, 1].map((sku) => ({ account: "A", sku }));
    const plan = { ownerAccount: "A", commitmentUsdPerHour: asCommitmentUsd(0), activeFrom: 0, activeTo: 2 };
    const set: ScenarioSet = {
      hourCount: 2,
      startHour: everyHour(2),
      base: demandOf(items, [[10], [10]]),
      probability: Float64Array.of(1),
      baseHour: Int32Array.of(0, 0),
      growth: Float64Array.of(1, 0.25),
    };
    const plans = [
      { ...plan, rates: rates([0.4, 0.5]) },
      { ...plan, rates: rates([0.6, 0.8]) },
    ];
    const prepared = prepareScenarioSettlement(set, instance.skus, plans, {
      sharing: OPEN_SHARING,
      firstNew: 1,
    });
    const { usedUsd, coveredOnDemandUsd } = settleHourly(prepared, Float64Array.of(3, 9));
    expect(usedUsd.map((hours) => [...hours])).toEqual([
      [3, 2.25],
      [9, 0],
    ]);
    expect(coveredOnDemandUsd.map((hours) => [...hours])).toEqual([
      [7.5, 5],
      [11.875, 0],
    ]);
    expect(settleScenarios(prepared, Float64Array.of(3, 9))[0]).toMatchObject({
      leftUsd: 0.625,
      hoursUnderused: 1,
    });
  });
});

describe("settleHourly", () => {
  test("is the mean of the oracle's hours", () => {
    fc.assert(
      fc.property(caseArbitrary, (drawn) => {
        const { plans, set } = drawn;
        const expected = settleHourly(prepare(drawn), commitmentsOf(plans));
        const scenarios = oracleOf(drawn);
        const mean = (of: (hour: OracleSettlement["hours"][number]) => number, t: number): number =>
          sum(scenarios.map(({ hours }, s) => set.probability[s]! * of(hours[t]!)));
        for (let t = 0; t < set.hourCount; t++) {
          const usageUsd = mean((hour) => hour.onDemandLeftUsd + sum(hour.coveredOnDemandUsd), t);
          expect(offBy(expected.onDemandUsd[t]!, usageUsd, usageUsd)).toBeLessThanOrEqual(NINE_DIGITS);
          expect(
            offBy(
              expected.leftUsd[t]!,
              mean((hour) => hour.onDemandLeftUsd, t),
              usageUsd,
            ),
          ).toBeLessThanOrEqual(NINE_DIGITS);
          for (const [k, plan] of plans.entries()) {
            const used = mean((hour) => hour.usedUsd[k]!, t);
            expect(
              offBy(expected.usedUsd[k]![t]!, used, plan.commitmentUsdPerHour + usageUsd),
            ).toBeLessThanOrEqual(NINE_DIGITS);
            expect(
              offBy(
                expected.coveredOnDemandUsd[k]![t]!,
                mean((hour) => hour.coveredOnDemandUsd[k]!, t),
                usageUsd,
              ),
            ).toBeLessThanOrEqual(NINE_DIGITS);
          }
        }
      }),
      RUNS,
    );
  });
});

test("plans of one owner and one rate vector, taken together, leave and use what they do one by one", () => {
  let pooled = 0;
  const commitmentsArbitrary = fc.array(fc.double({ min: 0.01, max: 20, noNaN: true }), { maxLength: 4 });
  fc.assert(
    fc.property(caseArbitrary, commitmentsArbitrary, fc.boolean(), (drawn, more, areNew) => {
      const [first] = drawn.plans;
      if (first === undefined || more.length === 0) return;
      const horizon = drawn.set.hourCount;
      const copies = more.map((commitmentUsdPerHour, n) => ({
        ...first,
        commitmentUsdPerHour: asCommitmentUsd(commitmentUsdPerHour),
        activeFrom: n % 2,
        activeTo: horizon - (n % 3 === 2 ? 1 : 0),
      }));
      const plans = [...copies, ...drawn.plans];
      const options = { sharing: OPEN_SHARING, firstNew: areNew ? 0 : copies.length };
      const together = prepareScenarioSettlement(drawn.set, drawn.instance.skus, plans, options);
      const { poolOf } = together;
      if (new Set(poolOf).size < plans.length) pooled++;
      const commitments = Float64Array.from(plans, (plan) => plan.commitmentUsdPerHour);
      const apart = settleScenarios({ ...together, poolOf: Int32Array.from(plans.keys()) }, commitments);
      for (const [s, each] of settleScenarios(together, commitments).entries()) {
        const single = apart[s]!;
        const digits = 1e-9 * (1 + each.onDemandUsd);
        expect(Math.abs(each.leftUsd - single.leftUsd)).toBeLessThanOrEqual(digits);
        for (const k of new Set(poolOf)) {
          const used = sum(single.usedUsd.filter((_, n) => poolOf[n] === k));
          const covered = sum(single.coveredOnDemandUsd.filter((_, n) => poolOf[n] === k));
          expect(Math.abs(each.usedUsd[k]! - used)).toBeLessThanOrEqual(digits);
          expect(Math.abs(each.coveredOnDemandUsd[k]! - covered)).toBeLessThanOrEqual(digits);
        }
        expect(each.hoursUnderused).toBe(single.hoursUnderused);
      }
    }),
    { seed: 12, numRuns: 1_000 },
  );
  expect(pooled).toBeGreaterThan(200);
});

/** Hours that stand for many, and plans that begin and end among them. */
import { OPEN_SHARING } from "../../src/domain/sharing.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlanTerms } from "../../src/domain/commitment.ts";
import { activeIn, everyHour, type ScenarioSet } from "../../src/domain/scenario.ts";
import type { Offer } from "../../src/domain/offer.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";
import { prepareRecourse } from "../../src/optimize/prepare-recourse.ts";
import { evaluate } from "../../src/optimize/recourse.ts";
import { sampleBreaks } from "../../src/scenario/sample-breaks.ts";
import { sharesOf } from "../../src/scenario/sample.ts";
import { prepareScenarioSettlement } from "../../src/settlement/prepare-scenarios.ts";
import { settleScenarios } from "../../src/settlement/scenarios.ts";
import { demandOf, skuNamed } from "./histories.ts";

const YEAR = 8_760;
const rates = {
  ratio: Float64Array.of(0.6, 0.7),
  savingsPlanRateUsd: Float64Array.of(0.6, 0.7),
  source: [null, null],
};
const planOf = (activeFrom: number, activeTo: number, commitmentUsdPerHour = 2): PlanTerms => ({
  ownerAccount: "1",
  rates,
  commitmentUsdPerHour: asCommitmentUsd(commitmentUsdPerHour),
  activeFrom,
  activeTo,
});

const setOf = (startHour: Float64Array) => ({ startHour, hourCount: startHour.length - 1 });

describe("where the sample breaks", () => {
  test("without plans a year's sixty hours are as they were: five to each month of 730 h", () => {
    const bounds = sharesOf(YEAR, 60, sampleBreaks([], YEAR, 60));
    expect(bounds).toEqual(Float64Array.from({ length: 61 }, (_, n) => n * 146));
  });

  test("a plan that ends in month five: rounded it lost 62 of its 3,128 hours, 2 % of its cost; now none", () => {
    const plan = planOf(0, 3_128);
    const rounded = activeIn(setOf(sharesOf(YEAR, 60, [])), plan).hours;
    expect([rounded, 1 - rounded / 3_128]).toEqual([3_066, expect.closeTo(0.0198, 4)]);
    const breaks = sampleBreaks([plan], YEAR, 60);
    expect(activeIn(setOf(sharesOf(YEAR, 60, breaks)), plan).hours).toBe(3_128);
  });

  test("whatever begins and ends: within a thousandth of every plan's hours", () => {
    const plan = fc.tuple(fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 1, max: 9_000 }));
    fc.assert(
      fc.property(
        fc.array(plan, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(60, 97, 150),
        fc.constantFrom(YEAR, 1_440, 5_001),
        (spans, hours, horizon) => {
          const plans = spans.map(([from, length]) =>
            planOf(Math.min(from, horizon), Math.min(from + length, horizon)),
          );
          const set = setOf(sharesOf(horizon, hours, sampleBreaks(plans, horizon, hours)));
          expect(set.startHour[0]).toBe(0);
          expect(set.startHour.at(-1)).toBe(horizon);
          for (const { activeFrom, activeTo } of plans) {
            const counted = activeIn(set, { activeFrom, activeTo }).hours;
            // Two ends of a thousandth each; a bound an hour from another gives way.
            expect(Math.abs(counted - (activeTo - activeFrom))).toBeLessThanOrEqual(
              0.002 * (activeTo - activeFrom) + 2,
            );
          }
        },
      ),
      { seed: 4 },
    );
  });
});

describe("uneven hours", () => {
  const skus = ["m5", "g5"].map((family) => skuNamed(`USE1-Host:ml.${family}.xlarge`));
  /** Base hours 0 … 3 of two scenarios stand for 1, 3, 2, 4 hours; the same, written out hour by hour. */
  const WIDTHS = [1, 3, 2, 4];

  test("settle, and bound, as if every hour that they stand for were there", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 }), {
          minLength: 2,
          maxLength: 2,
        }),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 8, maxLength: 8 }),
        fc.constantFrom([0, 10], [1, 6], [4, 10], [0, 4]),
        fc.constantFrom(1, 4, 6, 10),
        fc.integer({ min: 0, max: 8 }),
        (usage, growths, [from, to], activeHours, usdPerHour) => {
          const base = demandOf(...usage);
          const probability = Float64Array.of(0.5, 0.5);
          const short: ScenarioSet = {
            hourCount: 4,
            startHour: Float64Array.of(0, 1, 4, 6, 10),
            base,
            probability,
            baseHour: Int32Array.from({ length: 8 }, (_, n) => n),
            growth: Float64Array.from(growths),
          };
          const visits = [0, 1].flatMap((s) =>
            WIDTHS.flatMap((width, t) => Array.from({ length: width }, () => 4 * s + t)),
          );
          const long: ScenarioSet = {
            hourCount: 10,
            startHour: everyHour(10),
            base,
            probability,
            baseHour: Int32Array.from(visits),
            growth: Float64Array.from(visits, (n) => growths[n]!),
          };
          const owned = planOf(from!, to!);
          const offer: Offer = {
            ownerAccount: "1",
            rates,
            activeFrom: 0,
            activeHours,
            weight: 1.1,
            upfrontUsd: 0,
          };
          const [one, other] = [short, long].map((scenarios) => {
            const plans = [owned, planOf(0, activeHours, 0)];
            const settlement = prepareScenarioSettlement(scenarios, skus, plans, {
              sharing: OPEN_SHARING,
              firstNew: 1,
            });
            const settled = settleScenarios(settlement, Float64Array.of(2, usdPerHour));
            const { lowerUsd, upperUsd, slope } = evaluate(
              prepareRecourse({
                scenarios,
                owned: [owned],
                offers: [offer],
                sharing: OPEN_SHARING,
                risk: { aversion: 0, tail: 0 },
                limits: { minUtilization: 0, maxCommitmentUsdPerHour: Infinity, maxUpfrontUsd: Infinity },
                baselineUsd: settlement.onDemandUsd,
              }),
              [usdPerHour + 0.123],
            );
            return [
              ...settled.flatMap((each) => [
                each.onDemandUsd,
                each.leftUsd,
                each.hoursUnderused,
                ...each.coveredOnDemandUsd,
                ...each.usedUsd,
                ...each.commitmentUsd,
              ]),
              ...lowerUsd,
              ...upperUsd,
              ...slope,
            ];
          });
          for (const [n, usd] of one!.entries()) expect(usd).toBeCloseTo(other![n]!, 8);
        },
      ),
      { seed: 5 },
    );
  });
});

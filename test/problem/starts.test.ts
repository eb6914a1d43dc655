import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlanTerms } from "../../src/domain/commitment.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";
import { startsOf } from "../../src/problem/starts.ts";
import { ratesOf } from "../oracle/instance.ts";

const YEAR = 8_760;

const planUntil = (activeTo: number, usdPerHour = 1): PlanTerms => ({
  ownerAccount: "1",
  rates: ratesOf([0.6]),
  commitmentUsdPerHour: asCommitmentUsd(usdPerHour),
  activeFrom: 0,
  activeTo,
});

const hoursOf = (plans: readonly PlanTerms[], horizonHours: number): number[] =>
  startsOf(plans, horizonHours).map(({ hour }) => hour);

describe("when purchases may start", () => {
  test("now, and where plans end within the horizon; not where they end with it, or after", () => {
    const plans = [planUntil(3_000), planUntil(YEAR), planUntil(9_999), planUntil(500)];
    expect(startsOf(plans, YEAR)).toEqual([
      { hour: 0, ends: [] },
      { hour: 500, ends: [3] },
      { hour: 3_000, ends: [0] },
    ]);
  });

  test("over three years, a year and two after each as well", () => {
    expect(hoursOf([], 3 * YEAR)).toEqual([0, YEAR, 2 * YEAR]);
    expect(hoursOf([planUntil(3_000)], 3 * YEAR)).toEqual([
      0,
      3_000,
      YEAR,
      3_000 + YEAR,
      2 * YEAR,
      3_000 + 2 * YEAR,
    ]);
  });

  test("twelve plans of one year are twelve starts; of many the nearest are one, at their mean by commitment", () => {
    const monthly = Array.from({ length: 12 }, (_, n) => planUntil(700 * (n + 1)));
    expect(hoursOf(monthly, YEAR)).toEqual([0, ...monthly.map(({ activeTo }) => activeTo)]);
    const another = [...monthly, planUntil(720, 3)];
    expect(startsOf(another, YEAR)[1]).toEqual({ hour: 715, ends: [0, 12] });
  });

  test("every plan that ends within the horizon is followed by one start, and there are few", () => {
    const end = fc.integer({ min: 1, max: 4 * YEAR });
    fc.assert(
      fc.property(fc.array(end, { maxLength: 60 }), fc.constantFrom(1, 2, 3), (ends, years) => {
        const starts = startsOf(
          ends.map((each) => planUntil(each)),
          years * YEAR,
        );
        const followed = starts.flatMap(({ ends: plans }) => plans).toSorted((a, b) => a - b);
        expect(followed).toEqual([...ends.keys()].filter((n) => ends[n]! < years * YEAR));
        expect(starts[0]).toEqual({ hour: 0, ends: [] });
        expect(starts.length).toBeLessThanOrEqual(24);
        const hours = starts.map(({ hour }) => hour);
        expect(hours).toEqual([...new Set(hours)].toSorted((a, b) => a - b));
        expect(hours.every((hour) => hour < years * YEAR)).toBe(true);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

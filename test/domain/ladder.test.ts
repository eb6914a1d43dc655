import * as fc from "fast-check";
import { expect, test } from "vitest";
import { equalParts } from "../../src/domain/ladder.ts";

const steps = (usdPerHour: number): number => Math.round(usdPerHour * 1e5);

test("by hand: 5.33553 in thirds, and in halves", () => {
  expect(equalParts(5.33553, 3)).toEqual([1.77851, 1.77851, 1.77851]);
  expect(equalParts(5.33553, 2)).toEqual([2.66777, 2.66776]);
});

test("parts are amounts that AWS takes, differ by one step at most, and are exactly the whole", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1_200, max: 100_000_000_000 }),
      fc.integer({ min: 1, max: 12 }),
      (whole, parts) => {
        const amounts = equalParts(whole / 1e5, parts);
        expect(amounts).toHaveLength(parts);
        expect(amounts.reduce((sum, usd) => sum + steps(usd), 0)).toBe(whole);
        for (const usd of amounts) {
          expect(Number(usd.toFixed(5))).toBe(usd);
          expect(steps(amounts[0]!) - steps(usd)).toBeLessThanOrEqual(1);
          expect(steps(usd)).toBeGreaterThanOrEqual(100);
        }
      },
    ),
    { seed: 3 },
  );
});

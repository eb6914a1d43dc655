import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bootstrap } from "../../src/scenario/bootstrap.ts";
import { usageByMonth } from "../../src/scenario/monthly.ts";
import { sampledHours } from "../../src/scenario/sample.ts";
import { demandOf } from "./histories.ts";

test("the mean hour of each month of each scenario is that of its hours written out; beyond the horizon 0", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 50, maxLength: 50 }), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.constantFrom(7, 24, 50),
      fc.integer({ min: 20, max: 400 }),
      fc.constantFrom(31, 73, 100),
      (usage, historyHours, horizonHours, monthHours) => {
        const history = demandOf(...usage.map((usd) => usd.slice(0, historyHours)));
        const { paths } = bootstrap(history, { horizonHours, scenarios: 10, seed: 1, growth: null });
        const { base } = sampledHours(paths, horizonHours);
        const hourUsd = new Float64Array(base.hourCount);
        for (const [n, hour] of base.hour.entries()) hourUsd[hour]! += base.onDemandUsd[n]!;
        const months = 6;
        const means = usageByMonth(paths, monthHours, months);
        for (let s = 0; s < 10; s++) {
          for (let month = 0; month < months; month++) {
            const [from, to] = [month, month + 1].map((n) => Math.min(n * monthHours, horizonHours));
            const hours = hourUsd.subarray(s * horizonHours + from!, s * horizonHours + to!);
            const mean = hours.reduce((sum, usd) => sum + usd, 0) / Math.max(1, hours.length);
            expect(means[s * months + month]).toBeCloseTo(mean, 6);
          }
        }
      },
    ),
    { seed: 6, numRuns: 40 },
  );
});

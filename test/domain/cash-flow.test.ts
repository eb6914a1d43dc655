import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cashFlowOf, type MonthlyFlow } from "../../src/domain/cash-flow.ts";

/** $1/h for a year avoids $1.25/h of On-Demand. */
const year = (upfrontShare: number): [number, MonthlyFlow[]] => [
  8_760 * upfrontShare,
  Array.from({ length: 12 }, () => ({
    recurringUsd: 730 * (1 - upfrontShare),
    onDemandAvoidedUsd: 912.5,
    hoursInFutures: 730,
  })),
];

describe("by hand: $1/h for a year avoids $1.25/h", () => {
  test("No Upfront pays and avoids each month", () => {
    const flow = cashFlowOf(...year(0), 0);
    expect(flow.months).toHaveLength(12);
    expect(flow.months[0]).toMatchObject({ cashUsd: 730, netUsd: 182.5, cumulativeUsd: 182.5 });
    expect(flow.months[11]).toMatchObject({ month: 12, cashUsd: 730, netUsd: 182.5, cumulativeUsd: 2_190 });
    expect(flow).toMatchObject({ cashAtStartUsd: 0, undiscountedUsd: 2_190, breakEvenMonth: 1 });
  });

  test("Partial Upfront pays half at the start", () => {
    const flow = cashFlowOf(...year(0.5), 0);
    expect(flow.months[0]).toMatchObject({ cashUsd: 4_380 + 365, cumulativeUsd: 912.5 - 4_745 });
    // −4,380 + n · 547.50 ≥ 0 from n = 8.
    expect(flow).toMatchObject({ undiscountedUsd: 2_190, breakEvenMonth: 8 });
    expect(flow.months[7]!.cumulativeUsd).toBe(0);
  });

  test("All Upfront pays at the start and is repaid in month 10", () => {
    const flow = cashFlowOf(...year(1), 0);
    expect(flow.months[0]).toMatchObject({ cashUsd: 8_760, netUsd: -7_847.5 });
    expect(flow.months[1]).toMatchObject({ cashUsd: 0, netUsd: 912.5 });
    expect(flow).toMatchObject({ cashAtStartUsd: 8_760, undiscountedUsd: 2_190, breakEvenMonth: 10 });
  });

  test("at 8 % a year", () => {
    // (1 − 1/1.08) ÷ ln 1.08 = 0.962…: what a dollar paid evenly over the year is worth at its start.
    const evenly = (1 - 1 / 1.08) / Math.log(1.08);
    expect(cashFlowOf(...year(0), 0.08).netPresentValueUsd).toBeCloseTo(2_190 * evenly, 8);
    expect(cashFlowOf(...year(1), 0.08).netPresentValueUsd).toBeCloseTo(-8_760 + 10_950 * evenly, 8);
    expect(2_190 * evenly).toBeCloseTo(2_107.85, 2);
    expect(-8_760 + 10_950 * evenly).toBeCloseTo(1_779.24, 2);
  });

  test("what never pays is never repaid, even if it was ahead for a while", () => {
    const flows: MonthlyFlow[] = [30, 0, 0].map((onDemandAvoidedUsd) => ({
      recurringUsd: 20,
      onDemandAvoidedUsd,
      hoursInFutures: 730,
    }));
    expect(cashFlowOf(0, flows, 0)).toMatchObject({ undiscountedUsd: -30, breakEvenMonth: null });
    expect(cashFlowOf(0, [], 0.08)).toMatchObject({
      months: [],
      undiscountedUsd: 0,
      netPresentValueUsd: 0,
      breakEvenMonth: null,
    });
  });
});

const usd = fc.double({ min: 0, max: 1e6, noNaN: true });
const anyFlows = fc.array(
  fc.record({ recurringUsd: usd, onDemandAvoidedUsd: usd, hoursInFutures: fc.constant(730) }),
  { minLength: 1, maxLength: 36 },
);

describe("whatever flows", () => {
  test("net, cumulative and sum are the same money; at 0 % the present value is the sum", () => {
    fc.assert(
      fc.property(usd, anyFlows, (atStart, flows) => {
        const flow = cashFlowOf(atStart, flows, 0);
        let sum = 0;
        for (const { cashUsd, onDemandAvoidedUsd, netUsd, cumulativeUsd } of flow.months) {
          expect(netUsd).toBe(onDemandAvoidedUsd - cashUsd);
          sum += netUsd;
          expect(cumulativeUsd).toBeCloseTo(sum, 6);
        }
        const paid = flow.months.reduce((all, { cashUsd }) => all + cashUsd, 0);
        expect(paid).toBeCloseTo(atStart + flows.reduce((all, each) => all + each.recurringUsd, 0), 5);
        expect(flow.undiscountedUsd).toBeCloseTo(sum, 6);
        expect(flow.netPresentValueUsd).toBe(flow.undiscountedUsd);
        // The limit from above is the sum, too.
        expect(cashFlowOf(atStart, flows, 1e-9).netPresentValueUsd).toBeCloseTo(sum, -1);
      }),
      { seed: 1 },
    );
  });

  test("the same plan paid earlier is worth as much at 0 %, and the less the higher the rate", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.array(usd, { minLength: 12, maxLength: 12 }),
        fc.tuple(
          fc.double({ min: 0.01, max: 0.5, noNaN: true }),
          fc.double({ min: 0.01, max: 0.4, noNaN: true }),
        ),
        (usdPerHour, avoided, [rate, more]) => {
          const value = (upfrontShare: number, yearlyRate: number): number =>
            cashFlowOf(
              usdPerHour * 8_760 * upfrontShare,
              avoided.map((onDemandAvoidedUsd) => ({
                recurringUsd: usdPerHour * 730 * (1 - upfrontShare),
                onDemandAvoidedUsd,
                hoursInFutures: 730,
              })),
              yearlyRate,
            ).netPresentValueUsd;
          const behind = (yearlyRate: number): number => value(0, yearlyRate) - value(1, yearlyRate);
          expect(behind(0)).toBeCloseTo(0, 4);
          expect(behind(rate)).toBeGreaterThan(0);
          expect(behind(rate + more)).toBeGreaterThan(behind(rate));
          expect(value(0.5, rate)).toBeCloseTo((value(0, rate) + value(1, rate)) / 2, 4);
        },
      ),
      { seed: 2 },
    );
  });
});

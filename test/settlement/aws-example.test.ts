import { OPEN_SHARING } from "../../src/domain/sharing.ts";
import { describe, expect, test } from "vitest";
import type { PlanTerms } from "../../src/domain/commitment.ts";
import { costUsd } from "../../src/domain/kpi.ts";
import type { OfferingRates } from "../../src/domain/rates.ts";
import type { Demand } from "../../src/domain/usage.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";
import { settle } from "../../src/settlement/settle.ts";
import { settledTotals } from "../../src/settlement/totals.ts";
import { oracleSettle } from "../oracle/settle.ts";
import { demandOf, ratesOf, skuNamed } from "../oracle/instance.ts";

/** The worked hour of AWS's Savings Plans user guide. */
const LINES = [
  { name: "r5.4xlarge", units: 4, onDemand: 1, savingsPlan: 0.7 },
  { name: "fargate vCPU", units: 400, onDemand: 0.04, savingsPlan: 0.03 },
  { name: "fargate GB", units: 1_600, onDemand: 0.004, savingsPlan: 0.003 },
  { name: "m5.24xlarge Windows", units: 1, onDemand: 10, savingsPlan: 8.2 },
  { name: "lambda GB-s", units: 1_500_000, onDemand: 0.000015, savingsPlan: 0.00001275 },
  { name: "lambda requests", units: 1, onDemand: 0.2, savingsPlan: 0.2 },
];
const SKUS = LINES.map(({ name }) => skuNamed(name));
const RATES = {
  ratio: Float64Array.from(LINES, ({ savingsPlan, onDemand }) => savingsPlan / onDemand),
  savingsPlanRateUsd: Float64Array.from(LINES, ({ savingsPlan }) => savingsPlan),
  source: LINES.map(() => "file" as const),
};
const SHARING = { sharing: OPEN_SHARING };

const hourWith = (r5Units: number): Demand =>
  demandOf(
    LINES.map((_, sku) => ({ account: "A", sku })),
    LINES.map(({ units, onDemand, name }) => [(name === "r5.4xlarge" ? r5Units : units) * onDemand]),
  );

const plan = (commitmentUsdPerHour: number, rates: OfferingRates = RATES): PlanTerms => ({
  ownerAccount: "A",
  commitmentUsdPerHour: asCommitmentUsd(commitmentUsdPerHour),
  activeFrom: 0,
  activeTo: 1,
  rates,
});

function settleExample(r5Units: number, plans: PlanTerms[]) {
  const demand = hourWith(r5Units);
  const settlement = settle(demand, SKUS, plans, SHARING);
  const oracle = oracleSettle(demand, SKUS, plans, OPEN_SHARING);
  expect(settlement.onDemandLeftUsd[0]).toBeCloseTo(oracle.hours[0]!.onDemandLeftUsd, 9);
  return {
    left: settlement.onDemandLeftUsd[0]!,
    used: settlement.usedUsd.map((hours) => hours[0]!),
    entryLeft: settlement.entryLeftUsd,
    totals: settledTotals(demand, plans, settlement),
  };
}

describe("AWS's worked example", () => {
  test("no commitment: everything On-Demand, 59.10", () => {
    const { left, used } = settleExample(4, [plan(0)]);
    expect(left).toBeCloseTo(59.1, 10);
    expect(used).toEqual([0]);
  });

  test("50.00: all covered for 47.125, and 2.875 unused is still charged", () => {
    const { left, used, totals } = settleExample(4, [plan(50)]);
    expect(left).toBe(0);
    expect(used[0]).toBeCloseTo(47.125, 10);
    expect(totals.commitmentUsd - totals.usedUsd).toBeCloseTo(2.875, 10);
    expect(costUsd(totals)).toBeCloseTo(50, 10);
  });

  test("2.00: a fraction of the r5 is covered", () => {
    const { left, used, entryLeft } = settleExample(4, [plan(2)]);
    expect(used).toEqual([2]);
    expect(4 - entryLeft[0]!).toBeCloseTo(2.857142857142857, 12);
    expect(left).toBeCloseTo(56.24285714285714, 10);
  });

  test("19.60: the 25 % tie goes to the lower rate, and 19.60 is used exactly", () => {
    const { left, used } = settleExample(4, [plan(19.6)]);
    expect(used).toEqual([19.6]);
    expect(left).toBeCloseTo(32.7, 10);
    // One cent less is missing from the vCPU, which come last, and not from the GB.
    const { entryLeft } = settleExample(4, [plan(19.59)]);
    expect(entryLeft[1]).toBeCloseTo(0.01 / 0.75, 10);
    expect(entryLeft[2]).toBe(0);
  });

  test("18.20 with two of the r5 reserved: used exactly", () => {
    const { left, used } = settleExample(2, [plan(18.2)]);
    expect(used).toEqual([18.2]);
    expect(left).toBeCloseTo(32.7, 10);
  });

  test("a second plan for the r5 alone goes first where it saves more, and wastes the rest", () => {
    const r5Only = ratesOf([0.6, ...LINES.slice(1).map(() => Number.NaN)]);
    const { left, used } = settleExample(4, [plan(16.8), plan(3, r5Only)]);
    expect(used[0]).toBe(16.8);
    expect(used[1]).toBeCloseTo(2.4, 12);
    expect(left).toBeCloseTo(32.7, 10);
  });
});

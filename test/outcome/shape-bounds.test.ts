/** Where only the sums of days are known: by hand, and against histories whose hours are known and then forgotten. */
import { OPEN_SHARING } from "../../src/domain/sharing.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recommend, simulate } from "../../src/index.ts";
import type { PlanTerms } from "../../src/domain/commitment.ts";
import { OFFERINGS } from "../../src/domain/offering.ts";
import { portfolioAmong, type Portfolio } from "../../src/domain/portfolio.ts";
import type { ShapeBounds } from "../../src/domain/documents/shape-bounds.ts";
import { certain } from "../../src/domain/scenario.ts";
import type { Demand, Sku } from "../../src/domain/usage.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";
import { commitmentsOfAll, type EvaluatedProblem } from "../../src/problem/evaluation.ts";
import { prepareScenarioSettlement } from "../../src/settlement/prepare-scenarios.ts";
import { settleScenarios } from "../../src/settlement/scenarios.ts";
import { boundsOver } from "../../src/outcome/shape-bounds.ts";
import { oracleSettle } from "../oracle/settle.ts";
import { csvOf, folderWith, type CurRow } from "../ingest/small-exports.ts";

const DAY = 24;

/** `usage[item][hour]` → a demand of one account. */
function demandOf(usage: readonly (readonly number[])[], accounts: readonly string[] = []): Demand {
  const hourCount = usage[0]!.length;
  return {
    hourCount,
    items: usage.map((_, sku) => ({ account: accounts[sku] ?? "a", sku })),
    start: Int32Array.from([...usage.keys(), usage.length], (item) => item * hourCount),
    hour: Int32Array.from(usage.flatMap((hours) => hours.map((_, h) => h))),
    onDemandUsd: Float64Array.from(usage.flat()),
  };
}

/** Each day's sum spread over its hours. */
const forgotten = (hours: readonly number[]): number[] =>
  hours.map((_, h) => {
    const first = h - (h % DAY);
    return hours.slice(first, first + DAY).reduce((sum, usd) => sum + usd, 0) / DAY;
  });

const skuOf = (n: number): Sku => ({
  usageType: `type-${n}`,
  operation: "RunInstance",
  region: "",
  component: "",
  instanceType: "",
});

const planOf = (ratios: readonly number[], commitmentUsdPerHour: number, hours: number): PlanTerms => ({
  ownerAccount: "a",
  commitmentUsdPerHour: asCommitmentUsd(commitmentUsdPerHour),
  activeFrom: 0,
  activeTo: hours,
  rates: {
    ratio: Float64Array.from(ratios),
    savingsPlanRateUsd: Float64Array.from(ratios),
    source: ratios.map(() => "file" as const),
  },
});

/** One new plan beside one that may be owned, over hours that are certain. */
function problemOf(
  usage: readonly (readonly number[])[],
  ratios: readonly number[],
  owned: readonly PlanTerms[],
  accounts: readonly string[] = [],
): EvaluatedProblem {
  const scenarios = certain(demandOf(usage, accounts));
  const offered = planOf(ratios, 0, scenarios.hourCount);
  return {
    scenarios,
    pastRepeats: true,
    isSampled: false,
    negotiatedDiscount: 0,
    owned,
    objective: { tail: 0.9, discountRate: 0 },
    offers: OFFERINGS.map((offering) => ({
      offering,
      weight: 1,
      activeFrom: 0,
      activeHours: scenarios.hourCount,
    })),
    settlement: prepareScenarioSettlement(
      scenarios,
      ratios.map((_, n) => skuOf(n)),
      [...owned, ...OFFERINGS.map(() => offered)],
      {
        sharing: OPEN_SHARING,
        firstNew: owned.length,
      },
    ),
    baselineUsd: new Float64Array(1),
    baselineLeftUsd: new Float64Array(scenarios.hourCount),
  };
}

const alone = (usdPerHour: number): Portfolio => portfolioAmong([0], [usdPerHour]);

function savedBy(problem: EvaluatedProblem, usdPerHour: number): number {
  const { settlement, offers } = problem;
  const left = (commitment: number): number =>
    settleScenarios(settlement, commitmentsOfAll(problem, alone(commitment)))[0]!.leftUsd;
  return left(0) - left(usdPerHour) - usdPerHour * offers[0]!.activeHours;
}

describe("by hand: $24 a day at $0.50 for a dollar of it, $0.50/h bought", () => {
  const bounds = boundsOver(problemOf([Array<number>(24).fill(1)], [0.5], []), alone(0.5), DAY);

  test("evenly it saves half; in one hour it covers one dollar of 24", () => {
    expect(bounds.upperNetSavingsUsd).toBeCloseTo(12, 9);
    expect(bounds.lowerNetSavingsUsd).toBeCloseTo(1 - 12, 9);
  });

  test("in k hours it covers k dollars for $12: 12 hours are enough", () => {
    expect(bounds.concentrated.map(({ hours }) => hours)).toEqual([24, 12, 8, 4, 1]);
    for (const { hours, netSavingsUsd } of bounds.concentrated)
      expect(netSavingsUsd).toBeCloseTo(hours - 12, 9);
    expect(bounds.breakEvenHours).toBe(12);
  });
});

/** Whole days whose hours are known; some hours without use, some busy. */
const caseArbitrary = fc
  .record({
    days: fc.integer({ min: 1, max: 3 }),
    ratios: fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 }),
    commitment: fc.double({ min: 0.01, max: 40, noNaN: true }),
    owned: fc.double({ min: 0, max: 20, noNaN: true }),
  })
  .chain((drawn) =>
    fc
      .array(
        fc.array(fc.oneof(fc.constant(0), fc.constant(5), fc.double({ min: 0, max: 30, noNaN: true })), {
          minLength: drawn.days * DAY,
          maxLength: drawn.days * DAY,
        }),
        { minLength: drawn.ratios.length, maxLength: drawn.ratios.length },
      )
      .map((usage) => ({ ...drawn, usage })),
  );

const RUNS = { seed: 7, numRuns: 400 };

/** The bounds, with room for the dust of sums, which grows with `usdPerHour`: what is committed in all. */
function dusty(bounds: ShapeBounds, saved: number, usdPerHour: number): [least: number, most: number] {
  const dust = 1e-7 * (1 + Math.abs(saved) + usdPerHour * 72);
  return [bounds.lowerNetSavingsUsd - dust, bounds.upperNetSavingsUsd + dust];
}

describe("a history whose hours are forgotten", () => {
  test("what is saved at any commitment lies within the bounds", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ usage, ratios, commitment }) => {
        const saved = savedBy(problemOf(usage, ratios, []), commitment);
        const bounds = boundsOver(problemOf(usage.map(forgotten), ratios, []), alone(commitment), DAY);
        const [least, most] = dusty(bounds, saved, commitment);
        expect(saved).toBeGreaterThanOrEqual(least);
        expect(saved).toBeLessThanOrEqual(most);
      }),
      RUNS,
    );
  });

  test("beside a plan that is owned too", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ usage, ratios, commitment, owned }) => {
        const held = [
          planOf(
            ratios.map((ratio) => Math.min(1, ratio * 1.05)),
            owned,
            usage[0]!.length,
          ),
        ];
        const saved = savedBy(problemOf(usage, ratios, held), commitment);
        const bounds = boundsOver(problemOf(usage.map(forgotten), ratios, held), alone(commitment), DAY);
        const [least, most] = dusty(bounds, saved, commitment + owned);
        expect(saved).toBeGreaterThanOrEqual(least);
        expect(saved).toBeLessThanOrEqual(most);
      }),
      RUNS,
    );
  });

  test("where the buying account's usage is served first, whatever it saves; by the slow oracle, beside any plan", () => {
    const mixed = caseArbitrary.chain((drawn) =>
      fc
        .record({
          accounts: fc.array(fc.constantFrom("a", "b"), { minLength: 3, maxLength: 3 }),
          heldRatios: fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
          isHeld: fc.boolean(),
          buyer: fc.constantFrom("a", "b"),
        })
        .map((more) => ({ ...drawn, ...more })),
    );
    fc.assert(
      fc.property(mixed, ({ usage, ratios, commitment, owned, accounts, heldRatios, isHeld, buyer }) => {
        const hours = usage[0]!.length;
        const heldPlan = { ...planOf(heldRatios.slice(0, ratios.length), owned, hours), ownerAccount: buyer };
        const held = isHeld ? [heldPlan] : [];
        const demand = demandOf(usage, accounts);
        const skus = ratios.map((_, n) => skuOf(n));
        const leftOf = (plans: readonly PlanTerms[]): number =>
          oracleSettle(demand, skus, plans, OPEN_SHARING).hours.reduce(
            (sum, hour) => sum + hour.onDemandLeftUsd,
            0,
          );
        const saved =
          leftOf(held) - leftOf([...held, planOf(ratios, commitment, hours)]) - commitment * hours;
        const bounds = boundsOver(
          problemOf(usage.map(forgotten), ratios, held, accounts),
          alone(commitment),
          DAY,
        );
        const [least, most] = dusty(bounds, saved, commitment + owned);
        expect(saved).toBeGreaterThanOrEqual(least);
        expect(saved).toBeLessThanOrEqual(most);
      }),
      RUNS,
    );
  });

  test("a busy hour of the owner's leaves commitment to others in the rest: even days save less", () => {
    // $1 of the owner's at 0.9 an hour, and $1 of another account's at 0.4, for $0.9/h.
    const usage = [
      Array.from({ length: DAY }, (_, h) => (h === 0 ? 24 : 0)),
      Array.from({ length: DAY }, () => 1),
    ];
    const accounts = ["a", "b"];
    const even = boundsOver(problemOf(usage.map(forgotten), [0.9, 0.4], [], accounts), alone(0.9), DAY);
    const saved = savedBy(problemOf(usage, [0.9, 0.4], [], accounts), 0.9);
    expect(even.concentrated[0]!.netSavingsUsd).toBeCloseTo(24 * (1 - 0.9), 9);
    expect(saved).toBeCloseTo(1 + 23 - 24 * 0.9, 9);
    expect(even.upperNetSavingsUsd).toBeGreaterThanOrEqual(saved);
    expect(even.assumed).toMatch(/even use is not the best case/);
  });

  test("where no hour holds more of a usage type than the k-th part of its day, k even hours save no more", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ usage, ratios, commitment }) => {
        const flat = usage.map(forgotten);
        const share = usage.flatMap((hours, i) =>
          hours.map((usd, h) => (flat[i]![h]! > 0 ? usd / (DAY * flat[i]![h]!) : 0)),
        );
        const k = Math.floor(1 / Math.max(1 / DAY, ...share) + 1e-9);
        const saved = savedBy(problemOf(usage, ratios, []), commitment);
        // The use of k hours, at DAY/k times the flat hour's: what `concentrated` tells.
        const dense = flat.map((hours) => hours.map((usd, h) => (h % DAY < k ? (usd * DAY) / k : 0)));
        expect(saved).toBeGreaterThanOrEqual(
          savedBy(problemOf(dense, ratios, []), commitment) - 1e-7 * (1 + commitment * 72),
        );
      }),
      RUNS,
    );
  });
});

describe("in a result", () => {
  const days = (count: number): CurRow[] =>
    Array.from({ length: count }, (_, n) => ({
      "lineItem/UsageStartDate": new Date(Date.UTC(2026, 9, 1 + n)).toISOString(),
      "lineItem/UsageEndDate": new Date(Date.UTC(2026, 9, 2 + n)).toISOString(),
      "lineItem/UsageAmount": "24",
      "lineItem/UnblendedCost": "24",
      "pricing/publicOnDemandCost": "24",
    }));

  test("the flat days are the upper bound, and both stand beside the answer", async () => {
    const exports = [folderWith({ "a.csv": csvOf(days(10)) })];
    const { recommendation } = await recommend({ exports, term: "1yr" });
    const { bounds, expected, findings } = recommendation;
    expect(bounds!.upperNetSavingsUsd).toBeCloseTo(expected.netSavingsUsd, 6);
    expect(bounds!.lowerNetSavingsUsd).toBeLessThan(0);
    const finding = findings.find(({ code }) => code === "hours-not-known")!;
    expect(finding.usd).toBeCloseTo(bounds!.upperNetSavingsUsd - bounds!.lowerNetSavingsUsd, 6);
    const simulated = await simulate({
      exports,
      term: "1yr",
      futures: "history",
      commitments: [{ term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 0.5 }],
    });
    expect(simulated.recommendation.bounds!.concentrated.at(-1)!.hours).toBe(1);
  });

  test("hourly data has none", async () => {
    const { recommendation } = await recommend({
      exports: ["fixtures/ml-company/cost-explorer/hourly"],
      term: "1yr",
      futures: "history",
    });
    expect(recommendation.bounds).toBeNull();
  });
});

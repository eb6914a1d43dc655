/** The pieces of a review, on cases that can be worked by hand. */
import { OPEN_SHARING } from "../../src/domain/sharing.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OwnedPlan, PlanTerms } from "../../src/domain/commitment.ts";
import type { Purchase } from "../../src/domain/documents/purchase.ts";
import type { Sku } from "../../src/domain/usage.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";
import { driftOf, windowsOf } from "../../src/review/drift.ts";
import { expiriesOf, expiresSoon } from "../../src/review/expiries.ts";
import { hourOfMs, isoHour } from "../../src/domain/hour.ts";
import { adviceChangeOf } from "../../src/review/advice-change.ts";
import { calibrationOf } from "../../src/review/calibration.ts";
import { actualOf, boughtSince, followed, predictedOf } from "../../src/review/hindsight.ts";
import { monthFigures, planFigures } from "../../src/review/months.ts";
import { hoursOfPlans, type HourOfPlan } from "../../src/review/plan-hours.ts";
import { planReviews } from "../../src/review/plans.ts";
import { returnableOf } from "../../src/review/returnable.ts";
import { sampleRecommendation } from "../report/sample.ts";
import { demandOf, hours, skuNamed } from "../scenario/histories.ts";

const HOUR_MS = 3_600_000;
const hourAt = (iso: string): number => Date.parse(iso) / HOUR_MS;

const plan = (parts: Partial<OwnedPlan> = {}): OwnedPlan => ({
  arn: "arn:aws:savingsplans::111122223333:savingsplan/a",
  ownerAccount: "1",
  term: "1yr",
  paymentOption: "no-upfront",
  commitmentUsdPerHour: 5,
  start: hourAt("2026-01-10T08:00:00Z"),
  end: hourAt("2027-01-10T08:00:00Z"),
  isQueued: false,
  ...parts,
});

/** Every SKU at this Savings Plans rate ÷ On-Demand rate. */
const terms = (commitmentUsdPerHour: number, ratio: number, skus: number, activeTo: number): PlanTerms => ({
  ownerAccount: "1",
  commitmentUsdPerHour: asCommitmentUsd(commitmentUsdPerHour),
  activeFrom: 0,
  activeTo,
  rates: {
    ratio: new Float64Array(skus).fill(ratio),
    savingsPlanRateUsd: new Float64Array(skus).fill(ratio),
    source: Array.from({ length: skus }, () => "file" as const),
  },
});

const SKUS: Sku[] = [
  skuNamed("USE1-Host:ml.c5.xlarge"),
  { ...skuNamed("USW2-Host:ml.inf1.xlarge"), region: "us-west-2" },
];

describe("months", () => {
  /** 28 February, 22:00, to 1 March, 02:00: two hours of each month at $10; a plan of $5 at half the rate, used 4 and 5. */
  const from = hourAt("2026-02-28T22:00:00Z");
  const demand = demandOf(hours(4, () => 10));
  const planHours = [4, 4, 5, 5].map((usedUsd, n): HourOfPlan => ({
    arn: "a",
    hour: from + n,
    commitmentUsd: 5,
    usedUsd,
    coveredOnDemandUsd: 2 * usedUsd,
  }));

  test("are calendar months in UTC, and say when they are not complete", () => {
    const [february, march] = monthFigures(demand, from, planHours, 1);
    expect(february).toEqual({
      month: "2026-02",
      hours: 2,
      isComplete: false,
      onDemandUsd: 20,
      uncoveredOnDemandUsd: 4,
      commitmentUsd: 10,
      usedUsd: 8,
      unusedUsd: 2,
      coveredOnDemandUsd: 16,
      netSavingsUsd: 6,
      utilization: 0.8,
      coverage: 0.8,
      // 20 of usage cost 4 On-Demand and 10 of commitment.
      effectiveSavingsRate: 0.3,
    });
    expect(march).toMatchObject({ month: "2026-03", utilization: 1, coverage: 1, effectiveSavingsRate: 0.5 });
    const whole = monthFigures(demandOf(hours(28 * 24, () => 1)), hourAt("2026-02-01T00:00:00Z"), [], 1);
    expect(whole).toMatchObject([{ month: "2026-02", isComplete: true, utilization: null, coverage: 0 }]);
  });

  test("a negotiated discount takes its share off every dollar and off no share", () => {
    const [full] = monthFigures(demand, from, planHours, 1);
    const [less] = monthFigures(demand, from, planHours, 0.9);
    expect(less!.netSavingsUsd).toBeCloseTo(0.9 * full!.netSavingsUsd, 12);
    expect(less!.effectiveSavingsRate).toBeCloseTo(full!.effectiveSavingsRate, 12);
    expect(less!.utilization).toBe(full!.utilization);
  });

  test("add up to what their hours add up to, whatever the hours are", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 480_000, max: 500_000 }),
        fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: 1, maxLength: 2_000 }),
        (start, usage) => {
          const months = monthFigures(demandOf(usage), start, [], 1);
          expect(months.reduce((sum, each) => sum + each.hours, 0)).toBe(usage.length);
          const total = usage.reduce((sum, usd) => sum + usd, 0);
          expect(months.reduce((sum, each) => sum + each.onDemandUsd, 0)).toBeCloseTo(total, 6);
        },
      ),
      { numRuns: 50, seed: 7 },
    );
  });
});

describe("what plans did", () => {
  const demand = demandOf([10, 10, 2, 0]);
  const inUse = {
    arns: ["billed", "settled"],
    terms: [terms(3, 0.5, 1, 4), terms(2, 0.5, 1, 4)],
    demand,
    from: 100,
    skus: [SKUS[0]!],
    sharing: OPEN_SHARING,
  };
  const billed = [0, 1, 2, 3].map((n): HourOfPlan => ({
    arn: "billed",
    hour: 100 + n,
    commitmentUsd: 3,
    usedUsd: 1,
    coveredOnDemandUsd: 2,
  }));

  test("comes from the bill's rows where it has them, else from settling", () => {
    const { hours: found, isBilled } = hoursOfPlans(inUse, billed);
    expect([...isBilled]).toEqual(["billed"]);
    expect(
      planFigures(
        found.filter(({ arn }) => arn === "billed"),
        1,
      ),
    ).toMatchObject({ usedUsd: 4, coveredOnDemandUsd: 8 });
    const settled = found.filter(({ arn }) => arn === "settled");
    // The two plans need 5 of $10 and 1 of $2 at half the rate; the first takes 3 of 5, and all of 1.
    expect(settled.map(({ usedUsd }) => usedUsd)).toEqual([2, 2, 0, 0]);
    expect(planFigures(settled, 1)).toMatchObject({ commitmentUsd: 8, unusedUsd: 4, utilization: 0.5 });
  });

  test("covered rows without a fee are another account's plan: its commitment is not in the bill", () => {
    const { isBilled } = hoursOfPlans(
      inUse,
      billed.map((each) => ({ ...each, commitmentUsd: 0 })),
    );
    expect(isBilled.size).toBe(0);
  });

  test("what moved from one family and region to another keeps the plan used", () => {
    const arn = plan().arn;
    const served = (usd: readonly [number, number]) =>
      SKUS.map((sku, n) => ({ arn, sku, usedUsd: usd[n]! })).filter(({ usedUsd }) => usedUsd > 0);
    const own = Array.from({ length: 20 }, (_, n): HourOfPlan => ({
      arn,
      hour: n,
      commitmentUsd: 5,
      usedUsd: 5,
      coveredOnDemandUsd: 7,
    }));
    const [told] = planReviews(
      [plan({ start: 0, end: 1_000 })],
      own,
      new Set([arn]),
      { hours: 10, before: 0, now: 10, servedBefore: served([50, 0]), servedNow: served([0, 50]) },
      20,
      1,
    );
    expect(told).toMatchObject({
      state: "active",
      utilizationBefore: 1,
      utilizationNow: 1,
      served: [
        { group: { family: "ml.c5", region: "us-east-1" }, usedUsdPerHourBefore: 5, usedUsdPerHour: 0 },
        { group: { family: "ml.inf1", region: "us-west-2" }, usedUsdPerHourBefore: 0, usedUsdPerHour: 5 },
      ],
    });
  });
});

describe("drift", () => {
  /** c5 at $4 for 100 hours, then inf1 at $3 for 50. */
  const demand = demandOf(
    hours(150, (h) => (h < 100 ? 4 : 0)),
    hours(150, (h) => (h < 100 ? 0 : 3)),
  );

  test("windows are as long as both sides allow, four weeks at most", () => {
    expect(windowsOf(0, 150, 100)).toEqual({ hours: 50, before: 50, now: 100 });
    expect(windowsOf(0, 5_000, 4_000)).toEqual({ hours: 672, before: 3_328, now: 4_328 });
    expect(windowsOf(0, 150, null)).toBeNull();
    expect(windowsOf(0, 150, 150)).toBeNull();
    expect(windowsOf(0, 150, 0)).toBeNull();
  });

  test("the biggest movers first; named and other changes add up to the whole", () => {
    const drift = driftOf(demand, SKUS, 1_000, 1_100, 1)!;
    expect(drift.groups.map(({ family, changeUsdPerHour }) => [family, changeUsdPerHour])).toEqual([
      ["ml.c5", -4],
      ["ml.inf1", 3],
    ]);
    const named = drift.groups.reduce((sum, each) => sum + each.changeUsdPerHour, 0);
    expect(named + drift.otherChangeUsdPerHour).toBeCloseTo(
      drift.onDemandUsdPerHour - drift.onDemandUsdPerHourBefore,
      12,
    );
    expect(drift).toMatchObject({ onDemandUsdPerHourBefore: 4, onDemandUsdPerHour: 3 });
  });
});

const SINCE = { from: 0, to: 730 };

describe("hindsight", () => {
  const advised: Purchase = {
    term: "1yr",
    paymentOption: "no-upfront",
    commitmentUsdPerHour: 4,
    upfrontUsd: 0,
    start: "2026-01-01T00:00:00Z",
    account: "111122223333",
  };
  const bought = (commitmentUsdPerHour: number, term: "1yr" | "3yr" = "1yr") => ({
    term,
    paymentOption: "no-upfront" as const,
    arn: "a",
    commitmentUsdPerHour: asCommitmentUsd(commitmentUsdPerHour),
    start: "2026-01-05T00:00:00Z",
  });

  test("what the advice would have brought beside the plans owned then", () => {
    // $10 an hour: the owned plan covers 4, the advised one 6 of 8 that it could; it saves 6 and costs 4.
    const actual = actualOf(
      demandOf(hours(10, () => 10)),
      [SKUS[0]!],
      [terms(2, 0.5, 1, 10)],
      [terms(4, 0.5, 1, 10)],
      {
        sharing: OPEN_SHARING,
        kept: 1,
      },
    );
    expect(actual).toEqual({ onDemandUsdPerHour: 10, netSavingsUsdPerHour: 2, utilization: 0.75 });
  });

  test("advice to buy nothing saves nothing and is used by no share", () => {
    const actual = actualOf(demandOf([10, 10]), [SKUS[0]!], [], [], { sharing: OPEN_SHARING, kept: 0.9 });
    expect(actual).toEqual({ onDemandUsdPerHour: 9, netSavingsUsdPerHour: 0, utilization: null });
    const { netSavingsUsdPerHour, utilization } = predictedOf(
      { ...sampleRecommendation(), purchases: [] },
      SINCE,
    );
    expect({ netSavingsUsdPerHour, utilization }).toEqual({ netSavingsUsdPerHour: 0, utilization: null });
  });

  test("a saving is told by the hour that the purchases last, not by the horizon", () => {
    const r = sampleRecommendation();
    const told = predictedOf(
      {
        purchases: [advised],
        horizon: { ...r.horizon, hours: 26_280 },
        expected: { ...r.expected, netSavingsUsd: 8_760, onDemandUsd: 26_280 },
      },
      SINCE,
    );
    expect(told.onDemandUsdPerHourP5).toBeNull();
    expect(told).toMatchObject({ netSavingsUsdPerHour: 1, onDemandUsdPerHour: 1 });
  });

  test("what was foreseen is that of the months that came, each by its hours", () => {
    const month = (from: number, hourCount: number, usd: number) => ({
      from: isoHour(from),
      to: isoHour(from + hourCount),
      onDemandUsdPerHour: usd,
      onDemandUsdPerHourP5: usd / 2,
      onDemandUsdPerHourP95: 2 * usd,
      netSavingsUsdPerHour: usd / 10,
    });
    const from = hourOfMs(Date.UTC(2026, 0, 1));
    const forecast = [month(from, 730, 10), month(from + 730, 730, 20), month(from + 1_460, 730, 90)];
    const told = predictedOf({ ...sampleRecommendation(), forecast }, { from, to: from + 1_095 });
    // 730 hours at 10 and 365 at 20.
    expect(told.onDemandUsdPerHour).toBeCloseTo(40 / 3, 12);
    expect(told.onDemandUsdPerHourP5).toBeCloseTo(20 / 3, 12);
    expect(told.onDemandUsdPerHourP95).toBeCloseTo(80 / 3, 12);
    expect(told.netSavingsUsdPerHour).toBeCloseTo(4 / 3, 12);
  });

  test("how often usage came within the range, and how far off the mean was", () => {
    const held = (foreseen: number, came: number, known = true) => ({
      predicted: {
        onDemandUsdPerHour: foreseen,
        netSavingsUsdPerHour: 0,
        utilization: null,
        onDemandUsdPerHourP5: known ? foreseen - 1 : null,
        onDemandUsdPerHourP95: known ? foreseen + 1 : null,
      },
      actual: { onDemandUsdPerHour: came, netSavingsUsdPerHour: 0, utilization: null },
    });
    expect(calibrationOf([])).toBeNull();
    expect(calibrationOf([held(10, 10, false)])).toBeNull();
    const told = calibrationOf([held(10, 9), held(10, 12), held(10, 99, false)])!;
    expect(told).toMatchObject({ reviews: 2, within: 1 });
    expect(told.meanErrorShare).toBeCloseTo((-0.1 + 0.2) / 2, 12);
  });

  test("why the advice changed, in parts that add up", () => {
    const basis = (pastUsdPerHour: number, levelUsdPerHour: number) => ({
      term: "1yr" as const,
      paymentOption: "no-upfront" as const,
      pastUsdPerHour,
      levelUsdPerHour,
    });
    const until = hourOfMs(Date.UTC(2026, 1, 1));
    const before = {
      usageUntil: hourOfMs(Date.UTC(2026, 0, 1)),
      told: {
        asOf: "2026-01-01T00:00:00Z",
        recommendation: { ...sampleRecommendation(), purchases: [advised] },
        basis: basis(10, 8),
      },
    };
    const begun = { ...advised, arn: "b", ownerAccount: "a", start: until - 24, end: null, isQueued: false };
    const ended = { ...begun, arn: "e", commitmentUsdPerHour: 1.5, start: null, end: until - 48 };
    const change = adviceChangeOf(
      before,
      {
        basis: basis(13, 12.5),
        purchases: [{ ...advised, commitmentUsdPerHour: 3 }],
        plans: [begun, ended],
        until,
      },
      11,
    )!;
    const parts = Object.fromEntries(change.parts.map((each) => [each.kind, each.changeUsdPerHour]));
    // AWS's rule: 10, at today's rates 11, on newer days 13. The futures took off 2, now 0.5. 4 bought, 1.5 ended.
    expect(parts).toEqual({ rates: 1, usage: 2, futures: 1.5, plans: -2.5, time: -3 });
    expect(change).toMatchObject({ beforeUsdPerHour: 4, nowUsdPerHour: 3 });
    const same = { basis: basis(13, 12.5), purchases: [advised], plans: [], until };
    expect(adviceChangeOf(before, same, 11)).toBeNull();
  });

  test("whether it was followed", () => {
    expect(followed([], [])).toBe("nothing-advised");
    expect(followed([advised], [])).toBe("not");
    expect(followed([advised], [bought(4.1)])).toBe("as-advised");
    expect(followed([advised], [bought(2), bought(2)])).toBe("as-advised");
    expect(followed([advised], [bought(2)])).toBe("in-part");
    expect(followed([advised], [bought(8)])).toBe("otherwise");
    expect(followed([advised], [bought(4, "3yr")])).toBe("otherwise");
    expect(followed([], [bought(4)])).toBe("otherwise");
  });

  test("bought since: began at or after the end of the usage that it saw", () => {
    const plans = [
      plan({ arn: "before", start: 99 }),
      plan({ arn: "at", start: 100 }),
      plan({ arn: "later", start: 200 }),
    ];
    expect(
      boughtSince([...plans, plan({ arn: "unknown", start: null })], 100, 200).map(({ arn }) => arn),
    ).toEqual(["at"]);
  });
});

describe("expiries", () => {
  test("soon is within 90 days", () => {
    const end = 10_000;
    expect(expiresSoon(plan({ end }), end - 90 * 24)).toBe(true);
    expect(expiresSoon(plan({ end }), end - 90 * 24 - 1)).toBe(false);
    expect(expiresSoon(plan({ end }), end)).toBe(false);
    expect(expiresSoon(plan({ end: null }), end)).toBe(false);
  });

  test("what a plan leaves uncovered is what no other plan takes over", () => {
    // $10 an hour at half the rate: plans of 4 and 3 use 4 and 1. Without the first the second uses 3: 4 On-Demand are left.
    const demand = demandOf(hours(5, () => 10));
    const plans = [plan({ arn: "first", end: 500 }), plan({ arn: "second", end: 90_000 })];
    const [expiry, ...others] = expiriesOf(
      plans,
      [terms(4, 0.5, 1, 5), terms(3, 0.5, 1, 5)],
      demand,
      [SKUS[0]!],
      452,
      {
        sharing: OPEN_SHARING,
        kept: 1,
      },
    );
    expect(others).toEqual([]);
    expect(expiry).toMatchObject({ arn: "first", daysLeft: 2, uncoveredUsdPerHour: 4 });
  });
});

describe("returnable (Savings Plans user guide: 7 days, the same calendar month, at most $100 an hour)", () => {
  const until = (start: string, asOf: string, commitmentUsdPerHour = 5): string | null =>
    returnableOf(
      { currency: "USD", ownedPlans: [plan({ start: hourAt(start), commitmentUsdPerHour })] },
      [],
      Date.parse(asOf),
    )[0]?.returnableUntil ?? null;

  test.each([
    ["2026-03-02T10:00:00Z", "2026-03-05T00:00:00Z", 5, "2026-03-09T09:59:59Z"],
    ["2026-03-02T10:00:00Z", "2026-03-09T09:59:59Z", 5, "2026-03-09T09:59:59Z"],
    ["2026-03-02T10:00:00Z", "2026-03-09T10:00:00Z", 5, null],
    ["2026-02-26T13:00:00Z", "2026-02-27T00:00:00Z", 5, "2026-02-28T23:59:59Z"],
    ["2026-02-26T13:00:00Z", "2026-03-01T00:00:00Z", 5, null],
    ["2026-12-30T13:00:00Z", "2026-12-31T23:00:00Z", 5, "2026-12-31T23:59:59Z"],
    ["2026-03-02T10:00:00Z", "2026-03-05T00:00:00Z", 100, "2026-03-09T09:59:59Z"],
    ["2026-03-02T10:00:00Z", "2026-03-05T00:00:00Z", 100.00001, null],
    ["2026-03-02T10:00:00Z", "2026-03-01T00:00:00Z", 5, null],
  ])("bought %s, looked at %s, $%d/h: %s", (start, asOf, usdPerHour, expected) => {
    expect(until(start, asOf, usdPerHour)).toBe(expected);
  });
});

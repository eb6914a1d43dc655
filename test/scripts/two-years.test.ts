/** The story of two years: each delivery can be handed over alone, and is the maker's own account; so are all together. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inspect } from "../../src/index.ts";

const STORY = "fixtures/two-years";

interface Month {
  rows: number;
  onDemandUsd: Record<string, string>;
  billedUsd: Record<string, string>;
  plans: { arn: string; commitmentUsd: string; usedUsd: string; refundUsd: string }[];
}
const truth: { months: Record<string, Month>; restated: Record<string, Month> } = JSON.parse(
  readFileSync(join(STORY, "truth.json"), "utf8"),
);

type Inspected = Awaited<ReturnType<typeof inspect>>;

/** Exact sums of decimal texts, as units of 10⁻¹². */
const pico = (texts: readonly string[]): bigint =>
  texts.reduce((total, text) => {
    const [whole = "", fraction = ""] = text.replace("-", "").split(".");
    const units = BigInt(whole + fraction.padEnd(12, "0"));
    return total + (text.startsWith("-") ? -units : units);
  }, 0n);

const CLASSES = {
  "eligible-covered": "eligibleCovered",
  "eligible-uncovered": "eligibleUncovered",
  unconfirmed: "unconfirmed",
  ineligible: "ineligible",
} as const;

function expectTruth(
  { reconciliation, findings }: Inspected,
  months: readonly Month[],
  { isInventory = false } = {},
): void {
  const { classes, checks, exportTotalUsd, classesTotalUsd } = reconciliation;
  expect(pico([exportTotalUsd])).toBe(pico(months.map(({ billedUsd }) => billedUsd.total!)));
  expect(classesTotalUsd).toBe(exportTotalUsd);
  for (const [name, key] of Object.entries(CLASSES)) {
    const found = classes.filter((each) => each.class === name).map(({ onDemandUsd }) => onDemandUsd);
    expect([name, pico(found)]).toEqual([name, pico(months.map(({ onDemandUsd }) => onDemandUsd[key]!))]);
  }
  const refunds = classes.filter((each) => each.class === "refund").map(({ billedUsd }) => billedUsd);
  expect(pico(refunds)).toBe(pico(months.map(({ billedUsd }) => billedUsd.refunds!)));
  expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  // What was returned states its end as it was: its fee rows stop. An inventory says so itself.
  const returned = months.some(({ billedUsd }) => billedUsd.refunds !== "0");
  expect(findings.map(({ code }) => code)).toEqual([
    ...(returned && !isInventory ? ["owned-plan-ended"] : []),
    "unconfirmed-eligibility",
  ]);
}

function expectPlans({ ownedPlans }: Inspected, { plans }: Month): void {
  expect(ownedPlans.map(({ arn }) => arn).sort()).toEqual(plans.map(({ arn }) => arn).sort());
  for (const { arn, commitmentUsd, usedUsd } of plans) {
    const used = Number(commitmentUsd) === 0 ? 0 : Number(usedUsd) / Number(commitmentUsd);
    expect(ownedPlans.find((plan) => plan.arn === arn)!.utilization).toBeCloseTo(used, 6);
  }
}

// Before any plan; a purchase with an upfront fee; a return; the migration; an expiry; a purchase late in the month.
test.each(["2024-11", "2025-06", "2025-09", "2025-11", "2026-01", "2026-02"])("%s", async (month) => {
  const found = await inspect({ exports: [join(STORY, "deliveries", month)] });
  expect(found.deliveries[0]).toMatchObject({
    format: "CUR 2.0",
    billingPeriod: month,
    rows: truth.months[month]!.rows,
  });
  expectTruth(found, [truth.months[month]!]);
  expectPlans(found, truth.months[month]!);
});

test("2025-08, restated, is more than it was, and newer", async () => {
  const first = await inspect({ exports: [join(STORY, "deliveries/2025-08")] });
  const again = await inspect({ exports: [join(STORY, "restated/2025-08")] });
  expectTruth(again, [truth.restated["2025-08"]!]);
  expectPlans(again, truth.restated["2025-08"]!);
  expect(again.history!.eligibleUsd).toBeGreaterThan(first.history!.eligibleUsd);
  expect(again.deliveries[0]!.version > first.deliveries[0]!.version).toBe(true);
});

test("all deliveries together", async () => {
  const found = await inspect({ exports: [join(STORY, "deliveries")] });
  expect(found.history).toMatchObject({ hours: 17_520, missingHours: 0 });
  expectTruth(found, Object.values(truth.months));
});

test("at each month's end the inventory tells the plans of the bill, save for the one that was returned", async () => {
  const months = Object.keys(truth.months);
  expect(readdirSync(join(STORY, "plans")).sort()).toEqual(months.map((month) => `${month}.json`));
  for (const month of ["2025-09", "2026-01"]) {
    const found = await inspect({
      exports: [join(STORY, "deliveries", month)],
      owned: join(STORY, "plans", `${month}.json`),
      rates: [join(STORY, "rates.csv")],
    });
    expectTruth(found, [truth.months[month]!], { isInventory: true });
    const kept = truth.months[month]!.plans.filter(({ refundUsd }) => refundUsd === "0");
    expect(found.ownedPlans.map(({ arn }) => arn).sort()).toEqual(kept.map(({ arn }) => arn).sort());
    expect(found.rateGaps).toEqual([]);
  }
});

/** Plans that are owned already: what begins, ends, is returned, is not shared, or lacks rates. $40/h flat, 30 % off. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspect, recommend, simulate, type RecommendOptions } from "../../src/index.ts";
import { at as flatAt, flatCase, planFile as flatPlan } from "../scenario/flat-futures.ts";
import { BASE_ROW, csvOf, folderWith, hourOf, type CurRow } from "../ingest/small-exports.ts";

const HOURS = 240;
const OWNER = "444455556666";
const CARD =
  "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n" +
  "USE1-Host:ml.m5.xlarge,RunInstance,1yr,no-upfront,0.7,1\n";

const usage = (usd: number, row: CurRow = {}): CurRow => ({
  "lineItem/UsageAmount": String(usd),
  "lineItem/UnblendedCost": String(usd),
  "pricing/publicOnDemandCost": String(usd),
  ...row,
});

const flat = (row: CurRow = {}): CurRow[] =>
  Array.from({ length: HOURS }, (_, n) => ({ ...hourOf(n), ...usage(40, row) }));

/** `used` $/h cover used ÷ 0.7 of the usage of one hour; the rest is On-Demand. */
function coveredHour(
  n: number,
  plan: string,
  used: number,
  spend: number,
  end = "",
  commitment = used,
): CurRow[] {
  const arn = `arn:aws:savingsplans::${OWNER}:savingsplan/${plan}`;
  const covered = used / 0.7;
  const account = { "lineItem/UsageAccountId": OWNER, "savingsPlan/SavingsPlanARN": arn };
  return [
    {
      ...hourOf(n),
      ...usage(covered, account),
      "lineItem/LineItemType": "SavingsPlanCoveredUsage",
      "savingsPlan/SavingsPlanEffectiveCost": String(used),
    },
    {
      ...hourOf(n),
      ...usage(covered, account),
      "lineItem/LineItemType": "SavingsPlanNegation",
      "lineItem/UnblendedCost": String(-covered),
      "pricing/publicOnDemandCost": "",
    },
    ...(spend > covered
      ? [{ ...hourOf(n), ...usage(spend - covered, { "lineItem/UsageAccountId": OWNER }) }]
      : []),
    {
      ...hourOf(n),
      ...account,
      "lineItem/LineItemType": "SavingsPlanRecurringFee",
      "lineItem/ProductCode": "MachineLearningSavingsPlans",
      "lineItem/UsageType": "SageMakerSP:1yrNoUpfront",
      "lineItem/UnblendedCost": String(commitment),
      "pricing/publicOnDemandCost": "",
      "savingsPlan/TotalCommitmentToDate": String(commitment),
      "savingsPlan/UsedCommitment": String(used),
      "savingsPlan/EndTime": end,
    },
  ];
}

async function answer(rows: readonly CurRow[], options: Partial<RecommendOptions> = {}, plans?: unknown) {
  const folder = folderWith({
    "a.csv": csvOf(rows),
    "rates.csv": CARD,
    "plans.json": JSON.stringify(plans ?? {}),
  });
  const { recommendation } = await recommend({
    futures: "history",
    exports: [join(folder, "a.csv")],
    rates: [join(folder, "rates.csv")],
    term: "1yr",
    ...(plans ? { owned: join(folder, "plans.json") } : {}),
    ...options,
  });
  return { ...recommendation, codes: recommendation.findings.map(({ code }) => code) };
}

const planFile = (change: Record<string, unknown>) => ({
  savingsPlans: [
    {
      savingsPlanArn: `arn:aws:savingsplans::${OWNER}:savingsplan/p`,
      savingsPlanType: "SageMaker",
      state: "active",
      paymentOption: "No Upfront",
      termDurationInSeconds: 31_536_000,
      commitment: "28",
      start: "2026-03-01T00:00:00.000Z",
      end: "2027-02-28T23:59:59.000Z",
      ...change,
    },
  ],
});

describe("what is owned when the new plan would start", () => {
  test("a plan that covers all leaves nothing to buy", async () => {
    const { purchases, ownedPlans } = await answer(flat(), {}, planFile({}));
    expect(purchases).toEqual([]);
    expect(ownedPlans).toMatchObject([{ utilization: 1, end: "2027-03-01T00:00:00Z" }]);
  });

  test("a plan that ended within the history is left out, and told", async () => {
    const { purchases, codes } = await answer(
      flat(),
      {},
      planFile({ end: "2026-10-05T23:59:59.000Z", state: "retired" }),
    );
    expect(purchases).toMatchObject([{ commitmentUsdPerHour: 28 }]);
    expect(codes).toContain("owned-plan-ended");
  });

  test.each(["2026-10-09T12:00:00.000Z", "2026-11-01T00:00:00.000Z"])(
    "a plan bought on %s covers from now on",
    async (start) => {
      const { purchases, codes } = await answer(
        flat(),
        {},
        planFile({ start, end: "2027-10-30T23:59:59.000Z" }),
      );
      expect(purchases).toEqual([]);
      expect(codes).toContain("owned-plan-started");
    },
  );

  test("a returned plan is not owned", async () => {
    const { purchases, ownedPlans } = await answer(flat(), {}, planFile({ state: "returned" }));
    expect(ownedPlans).toEqual([]);
    expect(purchases).toMatchObject([{ commitmentUsdPerHour: 28 }]);
  });

  test("a plan without rates rests on illustrative ones, and says so", async () => {
    const plan = planFile({
      paymentOption: "All Upfront",
      termDurationInSeconds: 94_608_000,
      commitment: "18",
    });
    const { purchases, codes, ownedPlans } = await answer(flat(), {}, plan);
    // The shipped card: 55 % off a general-purpose family, so $18 covers $40.
    expect(ownedPlans).toMatchObject([{ utilization: 1 }]);
    expect(purchases).toEqual([]);
    expect(codes).toContain("owned-plan-rates-illustrative");
  });
});

describe("the states of AWS's API", () => {
  test.each([
    ["active", true],
    ["retired", true],
    ["pending-return", true],
    ["payment-pending", true],
    ["queued", true],
    ["payment-failed", false],
    ["queued-deleted", false],
    ["returned", false],
  ])("a plan that began in March and is %s: owned is %s", async (state, isOwned) => {
    const { purchases, ownedPlans } = await answer(flat(), {}, planFile({ state }));
    expect(ownedPlans).toHaveLength(isOwned ? 1 : 0);
    expect(purchases).toHaveLength(isOwned ? 0 : 1);
  });

  test.each(["queued", "payment-pending"])(
    "a past that repeats has no day on which a plan that is %s begins: left out, with its $/h",
    async (state) => {
      const plan = planFile({ state, start: "2026-11-01T00:00:00.000Z", end: "2027-10-31T23:59:59.000Z" });
      const { purchases, findings, ownedPlans } = await answer(flat(), {}, plan);
      expect(purchases).toMatchObject([{ commitmentUsdPerHour: 28 }]);
      expect(ownedPlans).toMatchObject([{ isQueued: true, utilization: 0, start: "2026-11-01T00:00:00Z" }]);
      const finding = findings.find(({ code }) => code === "queued-plan-left-out");
      expect(finding?.message).toMatch(
        /^The plan arn:.*\/p of \$28\/h is queued.*so \$28\/h of commitment to come is left out/,
      );
    },
  );

  test.each(["payment-failed", "queued-deleted", "returned"])(
    "what is %s never covers, whatever its dates",
    async (state) => {
      const plan = planFile({ state, start: "2026-11-01T00:00:00.000Z", end: "2027-10-31T23:59:59.000Z" });
      const { purchases, ownedPlans, codes } = await answer(flat(), {}, plan);
      expect([purchases.length, ownedPlans.length]).toEqual([1, 0]);
      expect(codes.filter((code) => code.startsWith("queued"))).toEqual([]);
    },
  );
});

describe("a plan that is queued, where hours have dates: $14/h that cover half of $40/h", () => {
  const told = [{ probability: 1, usdAt: () => 40 }];
  const planned = (change: Record<string, unknown>) => flatPlan({ state: "queued", ...change });

  test("in scenarios of one's own it costs and covers from its hour on, and before that nothing", async () => {
    const plan = planned({ start: flatAt(2_190), end: flatAt(2_190 + 8_760) });
    const { recommendation: r } = await simulate({
      ...flatCase(told, { plan }),
      commitments: [{ term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 28 }],
    });
    // All is covered, by $28/h at first, then by $14/h of it beside the queued plan's.
    const before = 40 * 8_760 - (20 - 14) * 6_570;
    expect(r.expected.costUsd + r.expected.netSavingsUsd).toBeCloseTo(before, 6);
    expect(r.expected.costUsd).toBeCloseTo(28 * 8_760 + 14 * 6_570, 6);
    expect(r.expected.utilization).toBeCloseTo((28 * 2_190 + 14 * 6_570) / (28 * 8_760), 9);
    expect(r.findings.map(({ code }) => code)).toContain("queued-plan-counted");
  });

  test("in sampled scenarios too, at any hour, to a thousandth", async () => {
    const flatOptions = (start: number) => ({
      ...flatCase([], { plan: planned({ start: flatAt(start), end: flatAt(start + 8_760) }) }),
      scenarios: 100,
      commitments: [
        { term: "1yr" as const, paymentOption: "no-upfront" as const, commitmentUsdPerHour: 0.001 },
      ],
    });
    const costBefore = async (start: number): Promise<[number, number]> => {
      const { recommendation: r } = await simulate(flatOptions(start));
      return [r.expected.costUsd + r.expected.netSavingsUsd, r.expected.onDemandUsd];
    };
    // Most hours hold $20/h and more, so that each saves 20 − 14, and none more.
    for (const start of [0, 700, 1_111, 5_000]) {
      const [usd, onDemandUsd] = await costBefore(start);
      expect(onDemandUsd - usd).toBeGreaterThan(5 * (8_760 - start));
      expect(onDemandUsd - usd).toBeLessThanOrEqual(1.001 * 6 * (8_760 - start));
    }
    const { recommendation: late } = await simulate(flatOptions(9_000));
    expect(late.expected.costUsd + late.expected.netSavingsUsd).toBeCloseTo(late.expected.onDemandUsd, 6);
    expect(late.findings.find(({ code }) => code === "queued-plan-left-out")?.message).toMatch(
      /after the scenarios end/,
    );
  });

  test("a plan that ends among sampled hours is paid for to the hour", async () => {
    const plan = flatPlan({ commitment: "1000", end: flatAt(3_128 - 1 / 3_600) });
    const { recommendation: r } = await simulate({
      ...flatCase([], { plan }),
      scenarios: 20,
      commitments: [{ term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 0.001 }],
    });
    // It covers all while it lasts; what is left On-Demand is that of the other hours.
    const paid = r.expected.costUsd - 0.001 * 8_760 - r.expected.onDemandUsd * (1 - r.expected.coverage);
    expect(paid).toBeCloseTo(3_128_000, 2);
  });
});

describe("plans in the bill", () => {
  test("the last second of a term is the end of its last hour: the replay agrees to the end", async () => {
    const rows = Array.from({ length: HOURS }, (_, n) =>
      n < 120
        ? coveredHour(n, "p", 28, 40, "2026-10-05T23:59:59Z")
        : [{ ...hourOf(n), ...usage(40, { "lineItem/UsageAccountId": OWNER }) }],
    ).flat();
    const folder = folderWith({ "a.csv": csvOf(rows) });
    const { ownedPlans, reconciliation } = await inspect({ exports: [folder] });
    expect(ownedPlans).toMatchObject([{ end: "2026-10-06T00:00:00Z", utilization: 1 }]);
    expect(reconciliation.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect((await answer(rows)).purchases).toMatchObject([{ commitmentUsdPerHour: 28 }]);
  });

  test("rows that say nothing of the end: a plan whose rows stop has ended", async () => {
    const rows = Array.from({ length: HOURS }, (_, n) =>
      n < 120
        ? coveredHour(n, "p", 28, 40)
        : [{ ...hourOf(n), ...usage(40, { "lineItem/UsageAccountId": OWNER }) }],
    ).flat();
    const { purchases, codes } = await answer(rows);
    expect(purchases).toMatchObject([{ commitmentUsdPerHour: 28 }]);
    expect(codes).toContain("owned-plan-ended");
  });

  test("sharing off: the account that spends the most, named, and what is out of reach", async () => {
    const rows = Array.from({ length: HOURS }, (_, n) => [
      ...coveredHour(n, "p", 21, 30, "", 35),
      { ...hourOf(n), ...usage(200, { "lineItem/UsageAccountId": "777788889999" }) },
    ]).flat();
    const { purchases, findings } = await answer(rows);
    expect(purchases).toMatchObject([{ commitmentUsdPerHour: 140 }]);
    const finding = findings.find(({ code }) => code === "sharing-is-off");
    expect(finding).toMatchObject({ source: "777788889999", usd: expect.closeTo(30 * HOURS, 6) });
  });
});

test("the normalized table with --owned: its covered part is those plans', once", async () => {
  const header =
    "usage_hour,usage_type,operation,usage_hours,on_demand_usd,covered_on_demand_usd,covered_savings_plan_usd\n";
  const rows = Array.from(
    { length: HOURS },
    (_, n) => `${hourOf(n)["lineItem/UsageStartDate"]},USE1-Host:ml.m5.xlarge,RunInstance,80,80,40,28\n`,
  );
  const folder = folderWith({
    "table.csv": header + rows.join(""),
    "rates.csv": CARD,
    "plans.json": JSON.stringify(planFile({})),
  });
  const options = {
    exports: [join(folder, "table.csv")],
    rates: [join(folder, "rates.csv")],
    term: "1yr" as const,
  };
  for (const owned of [undefined, join(folder, "plans.json")]) {
    const { recommendation } = await recommend({ futures: "history", ...options, owned });
    expect(recommendation.purchases).toMatchObject([{ commitmentUsdPerHour: 28 }]);
  }
});

describe("the window cuts lines of any length", () => {
  test("a monthly line in an hourly export", async () => {
    const month = {
      ...usage(7.44, { "lineItem/UsageType": "Notebk:VolumeUsage.gp2" }),
      "lineItem/UsageStartDate": "2026-10-01T00:00:00Z",
      "lineItem/UsageEndDate": "2026-11-01T00:00:00Z",
    };
    const rows = [...flat(), month];
    for (const [options, days] of [
      [{ to: "2026-10-06" }, 5],
      [{ from: "2026-10-06" }, 5],
      [{ from: "2026-10-03", to: "2026-10-05" }, 2],
    ] as const) {
      const { history, purchases } = await answer(rows, options);
      expect(history.hours).toBe(days * 24);
      expect(history.eligibleUsd).toBeCloseTo(days * 24 * 40, 6);
      expect(purchases).toMatchObject([{ commitmentUsdPerHour: 28 }]);
    }
  });

  test("a daily export cut within a day", async () => {
    const days = Array.from({ length: 10 }, (_, day) => ({
      ...usage(960),
      "lineItem/UsageStartDate": hourOf(24 * day)["lineItem/UsageStartDate"],
      "lineItem/UsageEndDate": hourOf(24 * day + 24)["lineItem/UsageStartDate"],
    }));
    const { history } = await answer(days, { from: "2026-10-03T12:00:00Z", to: "2026-10-11" });
    expect(history).toMatchObject({ hours: 180, eligibleUsd: expect.closeTo(180 * 40, 6) });
  });
});

test("days without end dates are not taken for hours", async () => {
  const days = Array.from({ length: 5 }, (_, day) => ({ ...hourOf(24 * day), ...usage(960) }));
  const columns = Object.keys(BASE_ROW).filter((name) => name !== "lineItem/UsageEndDate");
  const folder = folderWith({ "a.csv": csvOf(days, columns) });
  await expect(recommend({ exports: [folder] })).rejects.toThrow(
    /a\.csv .* lacks the column line_item_usage_end_date/,
  );
});

test("usage that an unseen plan covers is eligible, whatever the table says", async () => {
  const rows = Array.from({ length: 24 }, (_, n) => coveredHour(n, "p", 7, 10).slice(0, 1))
    .flat()
    .map((row) => ({ ...row, "lineItem/UsageType": "USE1-AsyncInf:ml.g6.xlarge" }));
  const { history, findings } = await inspect({ exports: [folderWith({ "a.csv": csvOf(rows) })] });
  expect(history).toMatchObject({ eligibleUsd: expect.closeTo(240, 6), unconfirmedUsd: 0 });
  expect(findings.map(({ code }) => code)).not.toContain("unconfirmed-eligibility");
});

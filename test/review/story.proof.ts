/** Two years of a company, reviewed month after month by the built program: `fixtures/two-years`. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Review } from "../../src/index.ts";
import { sageplan, type Call } from "../cli/sageplan.ts";
import { tablesOf } from "../store/tables.ts";

const STORY = "fixtures/two-years";
const months = readdirSync(join(STORY, "deliveries")).sort();
const schema = (name: string): object =>
  JSON.parse(readFileSync(`dist/report/schema/${name}.schema.json`, "utf8")) as object;
const validate = new Ajv2020({ allErrors: true, schemas: [schema("recommendation")] }).compile(
  schema("review"),
);

interface Truth {
  months: Record<
    string,
    {
      onDemandUsd: { eligible: string };
      plans: { arn: string; commitmentUsd: string; usedUsd: string; coveredOnDemandUsd: string }[];
    }
  >;
}

const folder = mkdtempSync(join(tmpdir(), "sageplan-story-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const store = join(folder, "story.duckdb");

/** The third of the month that follows. */
function dayOfReview(month: string): string {
  const [year, of] = month.split("-").map(Number) as [number, number];
  return `${of === 12 ? year + 1 : year}-${String((of % 12) + 1).padStart(2, "0")}-03`;
}

const reviewed = (parts: {
  exports?: string;
  month: string;
  asOf?: string;
  store?: string;
  more?: string[];
}): Promise<Call> =>
  sageplan([
    "review",
    ...(parts.exports === undefined ? [] : [parts.exports]),
    "--owned",
    join(STORY, "plans", `${parts.month}.json`),
    "--rates",
    join(STORY, "rates.csv"),
    "--store",
    parts.store ?? store,
    "--as-of",
    parts.asOf ?? dayOfReview(parts.month),
    "--term",
    "1yr",
    "--scenarios",
    "20",
    "--json",
    ...(parts.more ?? []),
  ]);

const reviews = new Map<string, Review>();
const markdown = new Map<string, string>();
const codes = new Map<string, number | null>();
const notes = new Map<string, string>();

beforeAll(async () => {
  for (const month of months) {
    const file = join(folder, `${month}.md`);
    const { code, stdout, stderr } = await reviewed({
      exports: join(STORY, "deliveries", month),
      month,
      more: ["--markdown", file],
    });
    notes.set(month, stderr.replace(folder, "FOLDER"));
    reviews.set(month, JSON.parse(stdout) as Review);
    markdown.set(month, readFileSync(file, "utf8"));
    codes.set(month, code);
  }
}, 600_000);

describe("24 reviews in sequence", () => {
  test.each(months)("%s", async (month) => {
    const told = reviews.get(month)!;
    validate(told);
    expect(validate.errors).toBeNull();
    expect(codes.get(month)).toBe(told.decisionDue ? 10 : 0);
    expect(notes.get(month)).toBe(`Wrote FOLDER/${month}.md\n`);
    await expect(markdown.get(month)).toMatchFileSnapshot(`golden/${month}.md`);
  });

  test("what the plans did is what the fixture's maker says that they did, to the cent", () => {
    const truth = JSON.parse(readFileSync(join(STORY, "truth.json"), "utf8")) as Truth;
    let compared = 0;
    for (const month of months) {
      expect(reviews.get(month)!.months.at(-1)!.onDemandUsd).toBeCloseTo(
        Number(truth.months[month]!.onDemandUsd.eligible),
        2,
      );
      for (const plan of reviews.get(month)!.plans) {
        const own = plan.months.find((each) => each.month === month);
        const told = truth.months[month]!.plans.find(({ arn }) => arn === plan.arn);
        if (!own || !told) continue;
        compared++;
        expect(own.commitmentUsd).toBeCloseTo(Number(told.commitmentUsd), 2);
        expect(own.usedUsd).toBeCloseTo(Number(told.usedUsd), 2);
        expect(own.coveredOnDemandUsd).toBeCloseTo(Number(told.coveredOnDemandUsd), 2);
      }
    }
    expect(compared).toBeGreaterThan(35);
  });

  test("a family migrates to another region, the plan stays used, and the review shows it", () => {
    const { plans, drift } = reviews.get("2025-11")!;
    const { served, utilizationBefore, utilizationNow } = plans.find(
      ({ commitmentUsdPerHour }) => commitmentUsdPerHour === 4.75,
    )!;
    expect(utilizationBefore).toBeGreaterThan(0.99);
    expect(utilizationNow).toBeGreaterThan(0.99);
    const of = (family: string) => served.find(({ group }) => group.family === family)!;
    expect(of("ml.c5").usedUsdPerHour).toBeLessThan(of("ml.c5").usedUsdPerHourBefore);
    expect(of("ml.inf1")).toMatchObject({ group: { region: "us-west-2" }, usedUsdPerHourBefore: 0 });
    expect(of("ml.inf1").usedUsdPerHour).toBeGreaterThan(1);
    expect(drift!.groups.slice(0, 2).map(({ family }) => family)).toEqual(["ml.c5", "ml.inf1"]);
    expect(markdown.get("2025-11")).toMatch(
      /serves less of Host ml\.c5 us-east-2 .* and more of Host ml\.inf1 us-west-2/,
    );
  });

  test("a plan that expires is told 90 days ahead; what to renew stands beside it", () => {
    const { expiries, steps } = reviews.get("2025-11")!;
    expect(expiries).toMatchObject([{ commitmentUsdPerHour: 4.75, daysLeft: 58 }]);
    expect(expiries[0]!.uncoveredUsdPerHour).toBeGreaterThan(5);
    expect(steps.map(({ kind }) => kind)).toContain("renew");
    expect(reviews.get("2026-01")!.expiries).toEqual([]);
  });

  test("what was bought since the last review is held against what was advised", () => {
    expect(reviews.get("2026-02")!.lastReview).toMatchObject({
      // $4.41197/h was advised.
      followed: "otherwise",
      bought: [{ commitmentUsdPerHour: 4.9 }],
    });
    expect(reviews.get("2024-11")!.lastReview).toBeNull();
  });
});

describe("again", () => {
  test.each(["2024-11", "2025-11", "2026-10"])("%s: nothing changes", async (month) => {
    const before = await tablesOf(store);
    const { stdout } = await reviewed({ exports: join(STORY, "deliveries", month), month });
    const { deliveries, ...again } = JSON.parse(stdout) as Review;
    const { deliveries: _, ...first } = reviews.get(month)!;
    expect(again).toEqual({ ...first, provenance: again.provenance });
    expect(deliveries).toMatchObject([{ billingPeriod: month, state: "known" }]);
    expect(await tablesOf(store)).toEqual(before);
  });

  test("without any export: the review is of what the store has", async () => {
    const { code, stdout } = await reviewed({ month: "2026-10" });
    expect(code).toBe(codes.get("2026-10"));
    const { deliveries, months: told } = JSON.parse(stdout) as Review;
    expect(deliveries).toEqual([]);
    expect(told).toEqual(reviews.get("2026-10")!.months);
  });
});

describe("a month that is restated", () => {
  const copy = join(folder, "restated.duckdb");
  let restated: Review;

  beforeAll(async () => {
    copyFileSync(store, copy);
    const { stdout } = await reviewed({
      exports: join(STORY, "restated", "2025-08"),
      month: "2025-08",
      store: copy,
    });
    restated = JSON.parse(stdout) as Review;
  });

  test("changes its own month, and no month before it", () => {
    const first = reviews.get("2025-08")!;
    expect(restated.deliveries).toMatchObject([{ billingPeriod: "2025-08", state: "restated" }]);
    expect(restated.months.slice(0, -1)).toEqual(first.months.slice(0, -1));
    const [now, before] = [restated.months.at(-1)!, first.months.at(-1)!];
    expect(now.onDemandUsd).toBeGreaterThan(before.onDemandUsd);
    const { onDemandUsd, onDemandUsdBefore } = restated.deliveries[0]!;
    expect(now.onDemandUsd - before.onDemandUsd).toBeCloseTo(onDemandUsd - onDemandUsdBefore!, 2);
  });

  test("changes in the store its own lines, the delivery, its review, and nothing else", async () => {
    const hourOf = (iso: string): number => Date.parse(iso) / 3_600_000;
    const others = {
      line: "billing_period <> '2025-08'",
      delivery: "billing_period <> '2025-08'",
      review: `usage_until <> ${hourOf("2025-09-01T00:00:00Z")}`,
      // What came of July's advice is told anew.
      decision: `usage_until <> ${hourOf("2025-08-01T00:00:00Z")}`,
    };
    expect(await tablesOf(copy, others)).toEqual(await tablesOf(store, others));
    const [was, is] = [await tablesOf(store), await tablesOf(copy)];
    expect(is["line"]!.sha256).not.toBe(was["line"]!.sha256);
    expect(is["delivery"]!.rows).toBe(was["delivery"]!.rows);
  });

  test("stays restated when the older delivery is handed over again", async () => {
    const before = await tablesOf(copy);
    const { stdout } = await reviewed({
      exports: join(STORY, "deliveries", "2025-08"),
      month: "2025-08",
      store: copy,
    });
    expect((JSON.parse(stdout) as Review).deliveries).toMatchObject([
      { billingPeriod: "2025-08", state: "older" },
    ]);
    expect(await tablesOf(copy)).toEqual(before);
  });
});

test("a plan that was just bought is flagged while AWS takes it back, with the exit code of a decision", async () => {
  const copy = join(folder, "returnable.duckdb");
  copyFileSync(store, copy);
  const february = join(STORY, "deliveries", "2026-02");
  const at = { month: "2026-02", asOf: "2026-02-27T15:00:00Z", store: copy };
  // The delivery of a closed month is brought as one of a month that runs; later lines are not looked at.
  const { code, stdout } = await reviewed({ exports: february, ...at });
  const { returnable, steps, usage } = JSON.parse(stdout) as Review;
  expect(code).toBe(10);
  expect(usage.to).toBe("2026-02-27T15:00:00Z");
  expect(returnable).toMatchObject([{ commitmentUsdPerHour: 4.9, returnableUntil: "2026-02-28T23:59:59Z" }]);
  expect(steps[0]).toMatchObject({ kind: "return-or-keep", until: "2026-02-28T23:59:59Z" });
  expect(steps[0]!.commands[0]).toMatch(
    /^aws savingsplans return-savings-plan --savings-plan-id [0-9a-f-]{36}$/,
  );
});

test("a decision that a person told stays with the review that it was about", async () => {
  const copy = join(folder, "decision.duckdb");
  copyFileSync(store, copy);
  const words = "waits for the budget of January";
  const { stdout } = await reviewed({ month: "2025-10", store: copy, more: ["--decision", words] });
  expect((JSON.parse(stdout) as Review).lastReview!.decision).toBe(words);
  const again = await reviewed({ month: "2025-10", store: copy });
  expect((JSON.parse(again.stdout) as Review).lastReview!.decision).toBe(words);
});

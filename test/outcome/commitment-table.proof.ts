/** The workbook's table along one commitment, against settling each commitment. */
import { expect, test } from "vitest";
import { simulate, type CommitmentTable, type RecommendOptions } from "../../src/index.ts";
import { someOf } from "../share.ts";

const EXPORT = "fixtures/ml-company/cur2-parquet";
const own = { term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 3 } as const;
const other = { term: "3yr", paymentOption: "no-upfront", commitmentUsdPerHour: 1.5 } as const;
const same = { term: "1yr", paymentOption: "all-upfront", commitmentUsdPerHour: 1.5 } as const;

const CASES: [string, RecommendOptions, (typeof other | typeof same)[]][] = [
  ["a past that repeats", { futures: "history" }, []],
  ["a past that repeats, beside another purchase", { futures: "history" }, [other]],
  ["sampled scenarios", { scenarios: 20, term: "1yr" }, []],
  ["sampled scenarios, beside another purchase", { scenarios: 20, term: "1yr" }, [same]],
  ["sampled scenarios of three years, in which the plan ends", { scenarios: 10 }, [other]],
].map(([name, options, held]) => [
  name as string,
  { ...(options as object), exports: [EXPORT], payment: "any" },
  held as (typeof other)[],
]);

/** What the table says at x: straight lines between its rows. */
function lineAt({ levels }: CommitmentTable, x: number) {
  const { commitmentUsdPerHour: at, avoidedUsd, newUsedUsd, monthAvoidedUsd, errorUsd } = levels[0]!.table;
  const n = at.findLastIndex((each) => each <= x);
  const share = n + 1 < at.length ? (x - at[n]!) / (at[n + 1]! - at[n]!) : 0;
  const line = (of: Float64Array): number => of[n]! + share * ((of[n + 1] ?? of[n]!) - of[n]!);
  return {
    avoidedUsd: line(avoidedUsd),
    usedUsd: line(newUsedUsd),
    monthsUsd: monthAvoidedUsd.map(line),
    errorUsd: errorUsd[n]!,
  };
}

test.each(someOf(CASES))("%s", async (_, options, held) => {
  const first = await simulate({ ...options, commitments: [own, ...held] });
  const commitmentTable = first.commitmentTable();
  const settled = lineAt(commitmentTable, own.commitmentUsdPerHour);
  for (const commitmentUsdPerHour of [own.commitmentUsdPerHour, 0.7, 2.713, 4.4321, 12, 80]) {
    const { recommendation: r } = await simulate({
      ...options,
      commitments: [{ ...own, commitmentUsdPerHour }, ...held],
    });
    const line = lineAt(commitmentTable, commitmentUsdPerHour);
    const kept = 1 - r.negotiatedDiscount.share;
    const paid = commitmentTable.plans.reduce(
      (usd, each, k) => usd + (k === 0 ? commitmentUsdPerHour : each.commitmentUsdPerHour) * each.activeHours,
      0,
    );
    const within = line.errorUsd + 1e-6;
    expect(Math.abs((line.avoidedUsd - paid) * kept - r.expected.netSavingsUsd)).toBeLessThan(within);
    expect(Math.abs(line.usedUsd - r.expected.utilization * paid)).toBeLessThan(within);
    expect(commitmentTable.levels[0]!.onDemandUsd * kept).toBeCloseTo(r.expected.onDemandUsd, 6);
    const isNear = commitmentUsdPerHour >= 1.5 && commitmentUsdPerHour <= 4.5;
    expect(line.errorUsd).toBeLessThan(isNear ? 0.005 : Infinity);
    for (const [n, usd] of line.monthsUsd.entries()) {
      const month = r.cashFlow[0]!.months[n];
      if (month?.hoursInFutures !== 730) continue;
      expect(Math.abs(usd * kept - month.onDemandAvoidedUsd)).toBeLessThan(within);
    }
  }
  // What was settled, and every point of the curve where one offering is bought, is a row.
  const r = first.recommendation;
  const kept = 1 - r.negotiatedDiscount.share;
  const paid = commitmentTable.plans.reduce(
    (usd, each) => usd + each.commitmentUsdPerHour * each.activeHours,
    0,
  );
  expect((settled.avoidedUsd - paid) * kept).toBeCloseTo(r.expected.netSavingsUsd, 6);
  if (held.length > 0) return;
  for (const point of r.curve) {
    const { avoidedUsd } = lineAt(commitmentTable, point.commitmentUsdPerHour);
    const usd = (avoidedUsd - point.commitmentUsdPerHour * commitmentTable.plans[0]!.activeHours) * kept;
    expect(usd).toBeCloseTo(point.netSavingsUsd, 6);
  }
});

/** The workbook's table along one commitment, against settling each commitment. */
import { expect, test } from "vitest";
import { simulate, type RecommendOptions } from "../src/index.ts";

const EXPORT = "fixtures/ml-company/cur2-parquet";

test.each<[string, RecommendOptions]>([
  ["history", { exports: [EXPORT], futures: "history", payment: "any" }],
  ["bootstrap", { exports: [EXPORT], scenarios: 20, term: "1yr" }],
])("%s", async (_, options) => {
  const own = { term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 3 } as const;
  const held = { term: "3yr", paymentOption: "no-upfront", commitmentUsdPerHour: 1.5 } as const;
  for (const others of [[], [held]]) {
    const { along: alongOf } = await simulate({ ...options, commitments: [own, ...others] });
    const along = alongOf();
    const { table, onDemandUsd } = along.levels[0]!;
    console.log(
      others.length,
      along.isCashFlowExact,
      table.commitmentUsdPerHour.length,
      Math.max(...table.errorUsd),
      table.commitmentUsdPerHour.at(-1),
    );
    for (const commitmentUsdPerHour of [3, 2.71828, 6.54321, 12]) {
      const { recommendation: r } = await simulate({
        ...options,
        commitments: [{ ...own, commitmentUsdPerHour }, ...others],
      });
      const n = table.commitmentUsdPerHour.findLastIndex((x) => x <= commitmentUsdPerHour);
      const share = Math.min(
        1,
        (commitmentUsdPerHour - table.commitmentUsdPerHour[n]!) /
          ((table.commitmentUsdPerHour[n + 1] ?? Infinity) - table.commitmentUsdPerHour[n]!),
      );
      const at = (values: Float64Array): number =>
        values[n]! + share * ((values[n + 1] ?? values[n]!) - values[n]!);
      const kept = 1 - r.negotiatedDiscount.share;
      const paid = along.plans.reduce(
        (usd, each, k) =>
          usd + (k === 0 ? commitmentUsdPerHour : each.commitmentUsdPerHour) * each.activeHours,
        0,
      );
      console.log(
        commitmentUsdPerHour,
        (at(table.avoidedUsd) - paid) * kept - r.expected.netSavingsUsd,
        at(table.newUsedUsd) / paid - r.expected.utilization,
        onDemandUsd * kept - r.expected.onDemandUsd,
      );
      expect((at(table.avoidedUsd) - paid) * kept).toBeCloseTo(r.expected.netSavingsUsd, 2);
      expect(at(table.newUsedUsd) / paid).toBeCloseTo(r.expected.utilization, 6);
    }
  }
});

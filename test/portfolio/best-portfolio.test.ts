/** Whole recommendations on small bills, where a cheaper purchase once hid behind a deeper one. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { OFFERINGS, recommend, simulate, type RecommendOptions } from "../../src/index.ts";
import { folderWith } from "../ingest/small-exports.ts";

const G5 = "USE1-Host:ml.g5.xlarge";
const M5 = "USE1-Host:ml.m5.xlarge";

/** `[hour, usage type, On-Demand dollars]`, at $1 an hour. */
function table(rows: readonly (readonly [number, string, number])[], more = ""): string {
  const columns = more === "" ? "" : ",scenario,probability";
  return [
    `usage_hour,account_id,region,component,instance_type,usage_type,operation,usage_hours,on_demand_usd,covered_on_demand_usd,covered_savings_plan_usd${columns}`,
    ...rows.map(([hour, usageType, usd]) => {
      const at = new Date(Date.UTC(2026, 9, 1, hour)).toISOString().replace(".000Z", "Z");
      return `${at},222222222222,us-east-1,Host,,${usageType},RunInstance,${usd},${usd},0,0${more}`;
    }),
    "",
  ].join("\n");
}

/** The same ratio for every payment option of a term. */
function card(ratios: Record<string, { "1yr": number; "3yr": number }>): string {
  const rows = Object.entries(ratios).flatMap(([usageType, ratio]) =>
    OFFERINGS.map(
      ({ term, paymentOption }) => `${usageType},RunInstance,${term},${paymentOption},${ratio[term]},1`,
    ),
  );
  return [
    "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd",
    ...rows,
    "",
  ].join("\n");
}

function bill(
  files: Record<string, string>,
): Pick<RecommendOptions, "exports" | "rates"> & { folder: string } {
  const folder = folderWith(files);
  return { folder, exports: [join(folder, "hours.csv")], rates: [join(folder, "rates.csv")] };
}

const hours = (count: number): number[] => Array.from({ length: count }, (_, hour) => hour);

test("under a utilization limit a lower rate is no advantage on every SKU: it uses less of a commitment", async () => {
  const { exports, rates } = bill({
    "hours.csv": table(hours(100).map((hour) => [hour, hour % 10 === 0 ? G5 : M5, 10] as const)),
    "rates.csv": card({ [G5]: { "1yr": 0.7, "3yr": 0.5 }, [M5]: { "1yr": 0.7, "3yr": 0.7 } }),
  });
  const { recommendation } = await recommend({ futures: "history", exports, rates, minUtilization: 1 });
  expect(recommendation.purchases).toMatchObject([{ term: "1yr", commitmentUsdPerHour: 7 }]);
  expect(recommendation.certificate).toMatchObject({ upperBound: 700 });
  expect(recommendation.certificate.relativeGap).toBeLessThan(1e-6);
});

test("beside an owned plan the shallower offering can be the better one: AWS serves the deeper first", async () => {
  const { exports, rates, folder } = bill({
    "hours.csv": table(
      hours(100).flatMap((hour) => [
        [hour, M5, 100],
        [hour, G5, 100],
      ]),
    ),
    "rates.csv": card({ [M5]: { "1yr": 0.7, "3yr": 0.55 }, [G5]: { "1yr": 0.72, "3yr": 0.6 } }).replaceAll(
      /(1yr,all-upfront),0\.7(2?),1/g,
      (_, offering: string, two: string) => `${offering},${two === "" ? 0.65 : 0.98},1`,
    ),
    "owned.json": JSON.stringify({
      savingsPlans: [
        {
          savingsPlanArn: "arn:aws:savingsplans::111111111111:savingsplan/one",
          start: "2026-01-01T00:00:00.000Z",
          end: "2027-01-01T00:00:00.000Z",
          state: "active",
          savingsPlanType: "SageMaker",
          paymentOption: "All Upfront",
          currency: "USD",
          commitment: "65",
          termDurationInSeconds: 31_536_000,
        },
      ],
    }),
  });
  const { recommendation } = await recommend({
    futures: "history",
    exports,
    rates,
    owned: join(folder, "owned.json"),
  });
  expect(recommendation.purchases).toMatchObject([{ term: "1yr", commitmentUsdPerHour: 72 }]);
  const allowed = recommendation.alternatives.filter((each) => each.kind === "offering" && each.allowed);
  const best = Math.max(...allowed.map(({ expected }) => expected.netSavingsUsd));
  expect(recommendation.expected.netSavingsUsd).toBeGreaterThanOrEqual(best);
});

test("who breaks a limit in simulate is held against purchases without it", async () => {
  const { exports, rates } = bill({
    "hours.csv": table(hours(200).map((hour) => [hour, M5, 10] as const)),
    "rates.csv": card({ [M5]: { "1yr": 0.8, "3yr": 0.8 } }),
  });
  const { recommendation } = await simulate({
    futures: "history",
    exports,
    rates,
    maxCommitment: 1,
    commitments: [{ term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 6 }],
  });
  // 8 $/h covers all of it and costs 1,600; 6 $/h costs 1,700.
  expect(recommendation.certificate.upperBound).toBeCloseTo(1_700, 6);
  expect(recommendation.certificate.lowerBound).toBeCloseTo(1_600, 3);
});

test("a price cut in the scenarios is told", async () => {
  const { exports, rates, folder } = bill({
    "hours.csv": table(hours(100).map((hour) => [hour, M5, 10] as const)),
    "rates.csv": card({ [M5]: { "1yr": 0.8, "3yr": 0.8 } }),
    // Ten hours of use for five dollars.
    "futures.csv": table(
      hours(100).map((hour) => [hour, M5, 10] as const),
      ",cut,1",
    ).replaceAll("RunInstance,10,10,", "RunInstance,10,5,"),
  });
  const { recommendation } = await recommend({ exports, rates, futures: join(folder, "futures.csv") });
  expect(recommendation.findings.find(({ code }) => code === "futures-on-demand-rates-differ")).toMatchObject(
    {
      usd: 500,
    },
  );
});

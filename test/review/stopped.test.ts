/** SageMaker is used no more while the export goes on: a review sees hours of zero, not an end of the data. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { review } from "../../src/index.ts";
import { folderWith } from "../ingest/small-exports.ts";
import { RATES_CSV, spelled, type Format, type MadeBill } from "../ingest/made-bill.ts";

const PLAN: MadeBill["plan"] = { payment: "No", commitment: 4.25, start: -200, rowsEnd: null };

/** September in use; in October nothing but other services. */
const billOf = (plan: MadeBill["plan"]): MadeBill => ({
  months: 2,
  instances: Array.from({ length: 720 + 744 }, (_, hour) => (hour < 720 ? 4 : 0)),
  begins: 0,
  others: true,
  delay: 24,
  plan,
  discount: 0.1,
});

/** A review of September as October begins, then one of October, each given its own month's delivery. */
async function reviews(bill: MadeBill, format: Format) {
  const files = Object.entries(spelled(bill, format));
  const month = (name: string): string =>
    /2026-?09-?01?-?2|PERIOD=2026-09|20260901/.test(name) ? "09" : "10";
  const folder = folderWith({
    "rates.csv": RATES_CSV,
    ...Object.fromEntries(files.map(([name, content]) => [`${month(name)}/${name}`, content])),
  });
  const of = (which: string, asOf: string) =>
    review({
      exports: [join(folder, which)],
      rates: [join(folder, "rates.csv")],
      store: join(folder, "store.duckdb"),
      asOf,
      term: "1yr",
      scenarios: 10,
    });
  return [await of("09", "2026-10-04T00:00:00Z"), await of("10", "2026-11-04T00:00:00Z")] as const;
}

test.each(["legacy CUR", "CUR 2.0", "FOCUS"] as readonly Format[])("%s", async (format) => {
  for (const plan of [null, PLAN]) {
    const [before, after] = await reviews(billOf(plan), format);
    expect(before.usage).toMatchObject({ to: "2026-10-01T00:00:00Z", missingHours: 0 });
    expect(before.recommendation.purchases.length).toBe(1);
    expect(after.usage).toMatchObject({
      from: "2026-09-01T00:00:00Z",
      to: "2026-11-01T00:00:00Z",
      missingHours: 744,
    });
    expect(after.deliveries.map(({ billingPeriod, state }) => [billingPeriod, state])).toEqual([
      ["2026-10", "new"],
    ]);
    expect(after.recommendation.purchases).toEqual([]);
    expect(after.steps.map(({ kind }) => kind)).not.toContain("buy");
    expect(after.months.at(-1)).toMatchObject({ month: "2026-10", onDemandUsd: 0 });
    expect(after.plans.map(({ months }) => months.at(-1)?.utilization)).toEqual(plan === null ? [] : [0]);
  }
});

/** Lines that are not delivered yet are no collapse; a collapse is no late line. */
import { describe, expect, test } from "vitest";
import { join } from "node:path";
import { inspect, recommend } from "../../../src/index.ts";
import { lateHours } from "../../../src/ingest/exports/late-hours.ts";
import type { HourlySpend } from "../../../src/domain/usage.ts";
import { skuNamed } from "../../scenario/histories.ts";
import { folderWith } from "../small-exports.ts";
import { isoOf, RATES_CSV, spelled, type Format, type MadeBill } from "../made-bill.ts";

const NAMES = ["USE1-Host:ml.m5.xlarge", "USE1-Host:ml.g5.xlarge", "USE1-Train:ml.p4d.24xlarge"];
const DAYS = 42;
const COUNT = 24 * DAYS;

/** `usd(sku, hour)` of three SKUs over six weeks. */
function spendOf(usd: (sku: number, hour: number) => number, count = COUNT): HourlySpend {
  const rows = NAMES.flatMap((_, sku) => Array.from({ length: count }, (__, hour) => ({ sku, hour })));
  const none = new Float64Array(rows.length);
  return {
    from: 0,
    hourCount: count,
    granularityHours: 1,
    skus: NAMES.map(skuNamed),
    items: NAMES.map((_, sku) => ({ account: "1", sku })),
    hour: Int32Array.from(rows, ({ hour }) => hour),
    item: Int32Array.from(rows, ({ sku }) => sku),
    usageHours: none,
    onDemandUsd: Float64Array.from(rows, ({ sku, hour }) => usd(sku, hour)),
    coveredOnDemandUsd: none,
    coveredSavingsPlanUsd: none,
    coveredByUnknownUsd: none,
  };
}

/** Weekdays, a day and a night, a little unrest that is the same each run. */
const usual = (sku: number, hour: number): number =>
  (sku + 3) *
  (Math.floor(hour / 24) % 7 < 5 ? 1 : 0.3) *
  (1 + 0.2 * Math.sin(hour / 3.82)) *
  (1 + 0.03 * Math.sin(hour * 7.13 + sku));
const newest = (hours: number, share: number) => (sku: number, hour: number) =>
  usual(sku, hour) * (hour >= COUNT - hours ? share : 1);

describe("which of the newest hours are late", () => {
  test.each([1, 6, 13, 24])("%i hours at a fifth, whatever the share", (hours) => {
    for (const share of [0, 0.2, 0.6])
      expect(lateHours(spendOf(newest(hours, share)), COUNT, null)).toBe(hours);
  });

  test("none: as usual; at the weekend; low for longer than a day; in one SKU of three", () => {
    expect(lateHours(spendOf(usual), COUNT, null)).toBe(0);
    for (let end = COUNT - 24 * 7; end <= COUNT; end += 12) {
      expect(lateHours(spendOf(usual, end), end, null)).toBe(0);
    }
    expect(lateHours(spendOf(newest(30, 0.2)), COUNT, null)).toBe(0);
    const oneStops = (sku: number, hour: number): number =>
      sku === 2 && hour >= COUNT - 8 ? 0 : usual(sku, hour);
    expect(lateHours(spendOf(oneStops), COUNT, null)).toBe(0);
  });

  test("hours that were delivered long after they ended are complete", () => {
    const spend = spendOf(newest(6, 0.2));
    expect(lateHours(spend, COUNT, COUNT + 12)).toBe(6);
    expect(lateHours(spend, COUNT, COUNT + 48)).toBe(0);
  });

  test("in a history without weeks less than half of the days before is late, a weekend is not", () => {
    const steady = (sku: number, hour: number): number => (sku + 3) * (1 + 0.2 * Math.sin(hour / 3.82));
    const lateAt = (days: number, share: number): number => {
      const spend = spendOf(
        (sku, hour) => steady(sku, hour) * (hour >= 24 * days - 6 ? share : 1),
        24 * days,
      );
      return lateHours(spend, 24 * days, null);
    };
    for (const days of [6, 8, 10]) expect([days, lateAt(days, 0.2), lateAt(days, 0.7)]).toEqual([days, 6, 0]);
  });

  test("use that comes and goes by itself tells nothing; nor do a few days alone", () => {
    const bursts = (sku: number, hour: number): number => ((hour * (sku + 7)) % 53 < 9 ? 20 : 0);
    expect(lateHours(spendOf(bursts), COUNT, null)).toBe(0);
    expect(
      lateHours(
        spendOf((_, hour) => (hour >= 66 ? 0.1 : 3), 72),
        72,
        null,
      ),
    ).toBe(0);
  });
});

const bill: MadeBill = {
  months: 2,
  instances: Array.from({ length: 1_100 }, (_, hour) => (hour >= 1_093 ? 1 : 4 + (hour % 2))),
  begins: 0,
  others: true,
  delay: 8,
  plan: null,
  discount: 0,
};

test.each(["legacy CUR", "CUR 2.0", "FOCUS", "normalized", "Cost Explorer"] as readonly Format[])(
  "%s: told with their number, left out of the answer, counted by --to",
  async (format) => {
    const files = Object.entries(spelled(bill, format)).map(([name, content]) => [`in/${name}`, content]);
    const folder = folderWith({ "rates.csv": RATES_CSV, ...(Object.fromEntries(files) as object) });
    const options = {
      exports: [join(folder, "in")],
      rates: [join(folder, "rates.csv")],
      term: "1yr" as const,
    };
    const { history, findings } = await inspect(options);
    expect(history?.hours).toBe(1_100);
    expect(findings.find(({ code }) => code === "newest-hours-left-out")?.message).toMatch(
      /7 hours from 2026-10-16T13:00:00Z on/,
    );
    const ask = async (to?: string) =>
      (await recommend({ ...options, payment: "no-upfront", scenarios: 20, to })).recommendation;
    const without = await ask();
    expect(without.history.to).toBe(isoOf(bill, 1_093));
    // Near what is used, as far as twenty scenarios tell.
    expect(without.purchases[0]!.commitmentUsdPerHour).toBeGreaterThan(4);
    const counted = await ask(isoOf(bill, 1_100));
    expect(counted.history.hours).toBe(1_100);
    expect(counted.findings.map(({ code }) => code)).not.toContain("newest-hours-left-out");
    expect(counted.purchases[0]!.commitmentUsdPerHour).toBeLessThan(
      without.purchases[0]!.commitmentUsdPerHour,
    );
  },
);

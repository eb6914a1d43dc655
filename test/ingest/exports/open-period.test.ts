/** A day that may be half over is not taken for a day of less usage. */
import { expect, test } from "vitest";
import { headroom, inspect, recommend } from "../../../src/index.ts";
import { csvOf, folderWith, hourOf, type CurRow } from "../small-exports.ts";

const day = (n: number, hours = 24): CurRow => ({
  "lineItem/UsageStartDate": hourOf(24 * n)["lineItem/UsageStartDate"],
  "lineItem/UsageEndDate": hourOf(24 * n + 24)["lineItem/UsageStartDate"],
  "lineItem/UsageAmount": String(hours),
  "lineItem/UnblendedCost": String(0.23 * hours),
  "pricing/publicOnDemandCost": String(0.23 * hours),
});

/** All days but the newest are whole. */
const daysOf = (days: number): CurRow[] =>
  Array.from({ length: days }, (_, n) => day(n, n === days - 1 ? 6 : 24));

async function historyOf(days: number, to?: string) {
  const { recommendation } = await recommend({
    futures: "history",
    exports: [folderWith({ "a.csv": csvOf(daysOf(days)) })],
    term: "1yr",
    to,
  });
  const found = recommendation.findings.find(({ code }) => code === "newest-day-left-out");
  return { hours: recommendation.history.hours, found };
}

test("the newest day of a daily export is left out, and told with its dollars and with what counts it", async () => {
  const { hours, found } = await historyOf(10);
  expect(hours).toBe(9 * 24);
  expect(found?.usd).toBeCloseTo(6 * 0.23, 9);
  expect(found?.message).toMatch(
    /history ends before it, on 2026-10-10\. If it is whole, count it there with --to 2026-10-11\.$/,
  );
  expect(found?.source).toMatch(/a\.csv$/);
});

test("named with --to it counts, and is not told as left out", async () => {
  expect(await historyOf(10, "2026-10-11")).toEqual({ hours: 10 * 24, found: undefined });
});

test("inspect shows all that was read, and tells what a decision leaves out", async () => {
  const { history, findings } = await inspect({ exports: [folderWith({ "a.csv": csvOf(daysOf(10)) })] });
  expect(history?.hours).toBe(10 * 24);
  expect(findings.map(({ code }) => code)).toContain("newest-day-left-out");
});

test("headroom looks at whole days, as the decision does", async () => {
  const { window } = await headroom({ exports: [folderWith({ "a.csv": csvOf(daysOf(10)) })] });
  expect(window).toEqual({ from: "2026-10-01T00:00:00Z", to: "2026-10-10T00:00:00Z", hours: 9 * 24 });
});

test("days followed by hours: the newest lines are of hours, which are whole", async () => {
  const hours = Array.from({ length: 14 }, (_, n) => hourOf(24 * 9 + n));
  const exports = [folderWith({ "a.csv": csvOf([...daysOf(10).slice(0, 9), ...hours]) })];
  const { recommendation } = await recommend({ exports, futures: "history", term: "1yr" });
  expect(recommendation.history.to).toBe("2026-10-10T14:00:00Z");
  expect(recommendation.findings.map(({ code }) => code)).not.toContain("newest-day-left-out");
});

test("its file is of the newest month, whatever the order of the folders", async () => {
  const october = daysOf(10);
  const september = daysOf(29).map((row) =>
    Object.fromEntries(
      Object.entries({ "bill/BillingPeriodStartDate": "2026-10-01T00:00:00Z", ...row }).map(
        ([name, cell]) => [name, cell.replace("2026-10", "2026-09")],
      ),
    ),
  );
  const folder = folderWith({
    "a/BILLING_PERIOD=2026-10/a.csv": csvOf(october),
    "b/BILLING_PERIOD=2026-09/a.csv": csvOf(september),
  });
  const { findings } = await inspect({ exports: [folder] });
  expect(findings.find(({ code }) => code === "newest-day-left-out")?.source).toMatch(/2026-10/);
});

test("the last day of a month counts: the export of a month that is over ends there", async () => {
  expect(await historyOf(31)).toEqual({ hours: 31 * 24, found: undefined });
});

test("an only day counts", async () => {
  expect(await historyOf(1)).toEqual({ hours: 24, found: undefined });
});

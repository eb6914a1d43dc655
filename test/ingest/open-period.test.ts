/** A day that may be half over is not taken for a day of less usage. */
import { expect, test } from "vitest";
import { recommend } from "../../src/recommend.ts";
import { csvOf, folderWith, hourOf, type CurRow } from "./exports.ts";

const day = (n: number, hours = 24): CurRow => ({
  "lineItem/UsageStartDate": hourOf(24 * n)["lineItem/UsageStartDate"],
  "lineItem/UsageEndDate": hourOf(24 * n + 24)["lineItem/UsageStartDate"],
  "lineItem/UsageAmount": String(hours),
  "lineItem/UnblendedCost": String(0.23 * hours),
  "pricing/publicOnDemandCost": String(0.23 * hours),
});

/** All days but the newest are whole. */
async function historyOf(days: number, to?: string) {
  const rows = Array.from({ length: days }, (_, n) => day(n, n === days - 1 ? 6 : 24));
  const { recommendation } = await recommend({
    futures: "history",
    exports: [folderWith({ "a.csv": csvOf(rows) })],
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
    /ends before it, on 2026-10-10\. If it is whole, count it with --to 2026-10-11\.$/,
  );
  expect(found?.source).toMatch(/a\.csv$/);
});

test("named with --to it counts", async () => {
  expect((await historyOf(10, "2026-10-11")).hours).toBe(10 * 24);
});

test("the last day of a month counts: the export of a month that is over ends there", async () => {
  expect(await historyOf(31)).toEqual({ hours: 31 * 24, found: undefined });
});

test("an only day counts", async () => {
  expect(await historyOf(1)).toEqual({ hours: 24, found: undefined });
});

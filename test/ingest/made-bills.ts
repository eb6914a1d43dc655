/** A made bill, read by the whole program and held against what it was made of. */
import { join } from "node:path";
import { expect } from "vitest";
import { inspect, recommend } from "../../src/index.ts";
import { folderWith } from "./small-exports.ts";
import { isoOf, known, RATES_CSV, spelled, type Format, type MadeBill } from "./made-bill.ts";

export const FORMATS: readonly Format[] = ["legacy CUR", "CUR 2.0", "FOCUS", "Cost Explorer", "normalized"];

export async function expectMade(bill: MadeBill, format: Format): Promise<void> {
  const folder = folderWith({ "rates.csv": RATES_CSV, ...prefixed(spelled(bill, format)) });
  const exports = [join(folder, "in")];
  const rates = [join(folder, "rates.csv")];
  const told = known(bill, format);
  const { history, reconciliation, ownedPlans } = await inspect({ exports, rates });
  expect(history).toMatchObject({
    from: isoOf(bill, told.from),
    to: isoOf(bill, told.to),
    hours: told.to - told.from,
    missingHours: told.missingHours,
  });
  expect(Number(reconciliation.exportTotalUsd)).toBeCloseTo(told.billedUsd, 5);
  expect(reconciliation.checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(ownedPlans.map(({ end, utilization }) => ({ end, utilization }))).toEqual(
    told.plan === null
      ? []
      : [
          {
            end: told.plan.end === null ? null : isoOf(bill, told.plan.end),
            utilization: expect.closeTo(told.plan.utilization, 8),
          },
        ],
  );
  // As a whole: what hours a decision leaves out as not delivered yet has tests of its own.
  const { recommendation } = await recommend({
    exports,
    rates,
    futures: "history",
    term: "1yr",
    riskAversion: 0,
    to: isoOf(bill, told.to),
  });
  expect(recommendation.negotiatedDiscount.share).toBeCloseTo(told.discount, 6);
  expect(recommendation.history.hours).toBe(told.to - told.from);
  // A commitment has five decimals.
  expect(Math.abs(recommendation.expected.netSavingsUsd - told.bestSavingUsd)).toBeLessThan(0.02);
}

const prefixed = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`in/${name}`, content]));

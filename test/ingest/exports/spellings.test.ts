/** One month, five spellings: the same hours, the same money, the same answer; and all of it the maker's own account. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspect, normalize, recommend } from "../../../src/index.ts";
import { scratchFolder } from "../small-exports.ts";

const MONTH = "fixtures/ml-company";
const SPELLINGS = ["legacy-cur", "cur2-csv", "cur2-parquet", "focus-1.0", "focus-1.2"];
const truth = JSON.parse(readFileSync(join(MONTH, "truth.json"), "utf8"));

/** Once for each spelling, whoever asks. */
function once<T>(work: (spelling: string) => Promise<T>): (spelling: string) => Promise<T> {
  const done = new Map<string, Promise<T>>();
  return (spelling) => {
    const result = done.get(spelling) ?? work(spelling);
    done.set(spelling, result);
    return result;
  };
}

const normalizedText = once(async (spelling) => {
  const out = join(scratchFolder(), "table.csv");
  await normalize({ exports: [join(MONTH, spelling)], out });
  return readFileSync(out, "utf8");
});

const inspected = once((spelling) => inspect({ exports: [join(MONTH, spelling)] }));

const answer = once(async (spelling) => {
  const { recommendation } = await recommend({ futures: "history", exports: [join(MONTH, spelling)] });
  const { purchases, expected, risk, certificate, curve, alternatives, history } = recommendation;
  return { purchases, expected, risk, certificate, curve, alternatives, history };
});

describe.each(SPELLINGS)("%s", (spelling) => {
  test("gives the same hourly spend as the legacy report, to the last digit", async () => {
    expect(await normalizedText(spelling)).toBe(await normalizedText("legacy-cur"));
  });

  test("gives the same recommendation", async () => {
    expect(await answer(spelling)).toEqual(await answer("legacy-cur"));
  });

  test("reconciles to the maker's own account", async () => {
    const { history, reconciliation, ownedPlans, granularity } = await inspected(spelling);
    expect(granularity).toBe("hourly");
    expect(history).toMatchObject({
      from: truth.hours.from,
      to: truth.hours.to,
      hours: truth.hours.count,
      missingHours: 0,
    });
    const onDemand = (...classes: string[]) =>
      sumDecimal(reconciliation.classes.filter((c) => classes.includes(c.class)).map((c) => c.onDemandUsd));
    expect(onDemand("eligible-covered")).toBe(truth.onDemandUsd.eligibleCovered);
    expect(onDemand("eligible-uncovered")).toBe(truth.onDemandUsd.eligibleUncovered);
    expect(onDemand("unconfirmed")).toBe(truth.onDemandUsd.unconfirmed);
    expect(onDemand("ineligible")).toBe(truth.onDemandUsd.ineligible);

    const billed = (fits: (c: (typeof reconciliation.classes)[number]) => boolean) =>
      sumDecimal(reconciliation.classes.filter(fits).map((c) => c.billedUsd));
    const prefilled = (reason: string) => reason.includes("hours to come");
    expect(billed((c) => c.class === "fee" && !prefilled(c.reason))).toBe(truth.billedUsd.fees);
    expect(billed((c) => c.class === "fee" && prefilled(c.reason))).toBe(truth.billedUsd.droppedFees);
    expect(billed((c) => c.class === "discount" && !prefilled(c.reason))).toBe(truth.billedUsd.discounts);
    expect(billed((c) => c.class === "discount" && prefilled(c.reason))).toBe(
      truth.billedUsd.droppedDiscounts,
    );
    expect(billed((c) => c.class === "credit")).toBe(truth.billedUsd.credits);
    expect(billed((c) => c.class === "refund")).toBe(truth.billedUsd.refunds);
    expect(billed((c) => c.class === "tax")).toBe(truth.billedUsd.tax);
    expect(billed((c) => c.class === "eligible-covered")).toBe("0");
    const spelledTotal = spelling.startsWith("focus")
      ? truth.billedUsd.focus
      : truth.billedUsd.costAndUsageReport;
    const { droppedFees, droppedDiscounts } = truth.billedUsd;
    expect(reconciliation.exportTotalUsd).toBe(sumDecimal([spelledTotal, droppedFees, droppedDiscounts]));
    expect(reconciliation.classesTotalUsd).toBe(reconciliation.exportTotalUsd);

    expect(ownedPlans).toHaveLength(1);
    expect(ownedPlans[0]).toMatchObject({
      arn: truth.ownedPlans[0].arn,
      commitmentUsdPerHour: Number(truth.ownedPlans[0].commitmentUsdPerHour),
    });
    const used = Number(truth.ownedPlans[0].usedUsd) / Number(truth.ownedPlans[0].commitmentUsd);
    expect(ownedPlans[0]!.utilization).toBeCloseTo(used, 6);
  });

  test("the owned plan, replayed, covers what AWS's rows say in every hour", async () => {
    const { reconciliation } = await inspected(spelling);
    const replayed = reconciliation.checks.find(({ check }) => check.includes("replayed"));
    expect(replayed).toMatchObject({ comparisons: truth.ownedPlans[0].hours, passed: true });
    expect(replayed!.worstUsd).toBeLessThan(0.0001);
    expect(reconciliation.checks.every(({ passed }) => passed)).toBe(true);
  });
});

test("the older delivery is left out and told", async () => {
  const { deliveries, findings } = await inspect({ exports: [join(MONTH, "legacy-cur")] });
  expect(deliveries).toMatchObject([{ supersedes: 1, files: 2, rows: truth.rows["legacy-cur"] }]);
  expect(findings.map(({ code }) => code)).toContain("older-deliveries-left-out");
});

test("the normalized table as input gives itself back, and the same history", async () => {
  const folder = scratchFolder();
  const first = join(folder, "first.parquet");
  await normalize({ exports: [join(MONTH, "cur2-csv")], out: first });
  const second = join(folder, "second.csv");
  await normalize({ exports: [first], out: second });
  expect(readFileSync(second, "utf8")).toBe(await normalizedText("cur2-csv"));
  const [fromTable, fromExport] = await Promise.all(
    [second, join(MONTH, "cur2-csv")].map((path) => inspect({ exports: [path] })),
  );
  expect(fromTable!.history).toEqual(fromExport!.history);
});

test("all five at once are the same bill five times, and refused", async () => {
  await expect(
    inspect({ exports: SPELLINGS.map((spelling) => join(MONTH, spelling)) }),
  ).rejects.toMatchObject({
    code: "duplicate-delivery",
    exitCode: 3,
  });
});

/** Exact sum of decimal strings. */
function sumDecimal(texts: readonly string[]): string {
  const scale = 12;
  const pico = texts.reduce((sum, text) => {
    const [whole, fraction = ""] = text.replace("-", "").split(".");
    const value = BigInt(whole! + fraction.padEnd(scale, "0"));
    return sum + (text.startsWith("-") ? -value : value);
  }, 0n);
  const abs = (pico < 0n ? -pico : pico).toString().padStart(scale + 1, "0");
  const fraction = abs.slice(-scale).replace(/0+$/, "");
  return `${pico < 0n ? "-" : ""}${abs.slice(0, -scale)}${fraction && `.${fraction}`}`;
}

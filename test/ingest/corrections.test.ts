/** Usage rows below zero, by which AWS takes back usage that it had billed. */
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { inspect } from "../../src/index.ts";
import { corrected } from "./corrected-rows.ts";
import { spelled, type MadeBill } from "./made-bill.ts";
import { csvOf, folderWith, hourOf, type CurRow } from "./small-exports.ts";

const BILL: MadeBill = {
  months: 2,
  instances: Array.from({ length: 768 }, (_, hour) => 1 + (hour % 24 < 9 ? 3 : 0)),
  begins: 0,
  others: true,
  delay: 10,
  plan: { payment: "No", commitment: 2.1, start: -100, rowsEnd: null },
  discount: 0,
};

const read = async (files: Record<string, string>) => inspect({ exports: [folderWith(files)] });
type Read = Awaited<ReturnType<typeof read>>;
const findingOf = ({ findings }: Read, code: string) => findings.find((finding) => finding.code === code);
const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => `"${cell}"`).join(",")).join("\n");

/** All that must not change; rows are one more each. */
const answerOf = ({ history, ownedPlans, usageTypes, accounts, regions, reconciliation }: Read) => ({
  history,
  ownedPlans,
  usageTypes,
  accounts,
  regions,
  total: reconciliation.exportTotalUsd,
  checks: reconciliation.checks,
  classes: reconciliation.classes.map((each) => ({ ...each, rows: 0 })),
});

describe("usage and its correction in one hour are the net", () => {
  test.each(["legacy CUR", "CUR 2.0", "FOCUS", "normalized"] as const)("%s", async (format) => {
    const plain = spelled(BILL, format);
    const split = Object.fromEntries(
      Object.entries(plain).map(([name, text]) => [
        name,
        csv(corrected(parse(text) as string[][], (row) => [0, 1, 0, 2, 3][row % 5]!)),
      ]),
    );
    const [expected, found] = [await read(plain), await read(split)];
    expect(answerOf(found)).toEqual(answerOf(expected));
    const finding = findingOf(found, "usage-corrected")!;
    expect(finding.message).toMatch(/^\d+ usage rows are below zero.* in 2026-09 \(.*\.csv.*\), 2026-10 \(/);
    expect(finding.usd).toBeGreaterThan(500);
    expect(findingOf(found, "overcorrected-hours")).toBeUndefined();
    expect(findingOf(expected, "usage-corrected")).toBeUndefined();
  });

  test("Cost Explorer, grouped by record type; without, it may be negation and is refused", async () => {
    const keys = (type: string, region: string): string[] => ["USE1-Host:ml.m5.xlarge", type, region];
    const answer = (groups: [string[], string, string][]) => ({
      "usage.json": JSON.stringify({
        GroupDefinitions: ["USAGE_TYPE", "RECORD_TYPE", "REGION"].map((Key) => ({ Type: "DIMENSION", Key })),
        ResultsByTime: [0, 1, 2].map((hour) => ({
          TimePeriod: { Start: `2026-10-01T0${hour}:00:00Z`, End: `2026-10-01T0${hour + 1}:00:00Z` },
          Total: {},
          Groups: groups.map(([Keys, cost, quantity]) => ({
            Keys,
            Metrics: {
              UnblendedCost: { Amount: cost, Unit: "USD" },
              UsageQuantity: { Amount: quantity, Unit: "Hrs" },
            },
          })),
          Estimated: false,
        })),
      }),
    });
    const used = keys("Usage", "us-east-1");
    const found = await read(
      answer([
        [used, "5", "5"],
        [keys("Usage", "eu-west-1"), "-2", "-2"],
      ]),
    );
    expect(found.history!.eligibleUsd).toBe(15);
    expect(found.reconciliation.exportTotalUsd).toBe("9");
    expect(findingOf(found, "overcorrected-hours")!.usd).toBe(6);
    await expect(read(answer([[keys("", "us-east-1"), "-2", "-2"]]))).rejects.toThrow(/is below zero/);
    await expect(read(answer([[used, "-2", "2"]]))).rejects.toThrow(/is below zero/);
  });
});

const usage = (hour: number, hours: number, change: CurRow = {}): CurRow => ({
  ...hourOf(hour),
  "lineItem/UsageAmount": String(hours),
  "lineItem/UnblendedCost": String(hours * 2),
  "pricing/publicOnDemandCost": String(hours * 2),
  ...change,
});
const of = (rows: readonly CurRow[]) => read({ "a.csv": csvOf(rows) });

describe("what is taken back beyond the usage of its hour", () => {
  const day = Array.from({ length: 24 }, (_, hour) => usage(hour, 3));

  test("the hour is unused, the rest stands apart, and every dollar is in one of both", async () => {
    const found = await of([
      ...day,
      usage(4, -5),
      usage(30, -1, { "lineItem/UsageAccountId": "999988887777" }),
    ]);
    expect(found.history!.eligibleUsd).toBe(23 * 6);
    expect(found.history!.to).toBe("2026-10-02T00:00:00Z");
    const { exportTotalUsd, classesTotalUsd, classes } = found.reconciliation;
    expect([exportTotalUsd, classesTotalUsd]).toEqual(["132", "132"]);
    expect(classes.map((each) => [each.class, each.billedUsd, each.rows])).toEqual([
      ["eligible-uncovered", "138", 23],
      ["refund", "-6", 3],
    ]);
    const finding = findingOf(found, "overcorrected-hours")!;
    expect(finding.usd).toBe(6);
    expect(finding.message).toMatch(
      /^In 2 hours of USE1-Host:ml\.m5\.xlarge, 2026-10-01T04:00:00Z to 2026-10-02T07:00:00Z, more usage is taken back/,
    );
    expect(findingOf(found, "usage-corrected")!.message).toMatch(
      /^2 usage rows are below zero.*\$12\.00 of usage/,
    );
  });

  test("another account, region or SKU is not taken from", async () => {
    const other: CurRow = { "lineItem/UsageAccountId": "999988887777" };
    const found = await of([
      ...day,
      usage(4, -2, other),
      usage(5, -2, { "product/regionCode": "eu-west-1" }),
    ]);
    expect(found.history!.eligibleUsd).toBe(24 * 6);
    expect(findingOf(found, "overcorrected-hours")!.usd).toBe(8);
  });

  test("the next period's bill takes back usage of this one's hours", async () => {
    const later: CurRow = { "bill/BillingPeriodStartDate": "2026-11-01T00:00:00Z" };
    const found = await read({
      "cur/20261001-20261101/aaa/cur-1.csv": csvOf(day),
      "cur/20261101-20261201/bbb/cur-1.csv": csvOf([usage(4, -1, later)]),
    });
    expect(found.history!.eligibleUsd).toBe(24 * 6 - 2);
    expect(findingOf(found, "usage-corrected")!.message).toMatch(/1 usage row is below zero.* in 2026-11 \(/);
    expect(findingOf(found, "overcorrected-hours")).toBeUndefined();
  });

  test("dollars taken back without hours, and last digits that differ", async () => {
    const half = usage(4, 0, { "lineItem/UnblendedCost": "-1", "pricing/publicOnDemandCost": "" });
    expect((await of([...day, half])).history!.eligibleUsd).toBe(24 * 6 - 1);
    const nearly = usage(4, -3, {
      "lineItem/UnblendedCost": "-6.0000000001",
      "pricing/publicOnDemandCost": "",
    });
    const found = await of([...day, nearly]);
    expect(found.history!.eligibleUsd).toBe(23 * 6);
    expect(findingOf(found, "overcorrected-hours")).toBeUndefined();
  });

  test("a row of both signs is no correction", async () => {
    const path =
      /a\.csv, row 26, column lineItem\/UnblendedCost: found "-6", expected a number that is not negative/;
    await expect(of([...day, usage(4, 3, { "lineItem/UnblendedCost": "-6" })])).rejects.toThrow(path);
    await expect(of([...day, usage(4, -3, { "lineItem/UnblendedCost": "6" })])).rejects.toThrow(
      /UsageAmount/,
    );
  });
});

describe("covered usage that is taken back", () => {
  const ARN = "arn:aws:savingsplans::444455556666:savingsplan/aaaaaaaa-0000-4000-8000-00000000000";
  const covered = (hour: number, hours: number, plan: number, worth = 2 * hours): CurRow =>
    usage(hour, hours, {
      "lineItem/LineItemType": "SavingsPlanCoveredUsage",
      "lineItem/UnblendedCost": String(worth),
      "pricing/publicOnDemandCost": String(worth),
      "savingsPlan/SavingsPlanARN": `${ARN}${plan}`,
      "savingsPlan/SavingsPlanEffectiveCost": String(hours * 1.5),
    });
  const day = Array.from({ length: 24 }, (_, hour) => [
    usage(hour, 1),
    covered(hour, 2, 1),
    covered(hour, 4, 2),
  ]).flat();
  const coveredUsdOf = (some: Read): number => findingOf(some, "covered-by-unknown-plans")!.usd;

  test("is taken from what the same plan covered, and from nothing else", async () => {
    const plain = await of(day);
    const netted = await of([...day, covered(5, -1, 1)]);
    expect(coveredUsdOf(netted)).toBe(coveredUsdOf(plain) - 2);
    const beyond = await of([...day, covered(5, -3, 1)]);
    expect(coveredUsdOf(beyond)).toBe(coveredUsdOf(plain) - 4);
    expect(beyond.history!.eligibleUsd).toBe(plain.history!.eligibleUsd - 4);
    expect(findingOf(beyond, "overcorrected-hours")!.usd).toBe(2);
  });

  test("without its On-Demand value it is priced as what it is taken from", async () => {
    const told = await of([...day, covered(5, 2, 1), covered(5, -3, 1)]);
    const untold = await of([...day, covered(5, 2, 1, 0), covered(5, -3, 1, 0)]);
    expect(untold.history).toEqual(told.history);
    expect(findingOf(untold, "covered-usage-priced")).toBeDefined();
  });

  test("in the normalized table", async () => {
    const header =
      "usage_hour,usage_type,operation,usage_hours,on_demand_usd,covered_on_demand_usd,covered_savings_plan_usd";
    const row = (...amounts: number[]): string =>
      ["2026-10-01T00:00:00Z", "USE1-Host:ml.m5.xlarge", "RunInstance", ...amounts].join(",");
    const table = (...rows: string[]) => read({ "a.csv": [header, ...rows].join("\n") });
    const found = await table(row(10, 20, 8, 6), row(-4, -8, -8, -6));
    expect(found.history).toEqual((await table(row(6, 12, 0, 0))).history);
    expect(findingOf(found, "usage-corrected")!.message).toMatch(
      /^1 usage row is below zero.*\$8\.00 of usage/,
    );
    await expect(table(row(10, 20, 8, 6), row(-4, -8, -9, -6))).rejects.toThrow(
      /covered_on_demand_usd: found "-9"/,
    );
  });
});

test("FOCUS: a correction of an earlier bill is netted with its hours, money given back without them is none", async () => {
  const [name, text] = Object.entries(
    spelled({ ...BILL, months: 1, instances: BILL.instances.slice(0, 48) }, "FOCUS"),
  )[0]!;
  const [header, ...rows] = parse(text) as string[][];
  const at = (column: string): number => header!.indexOf(column);
  const used = rows.find(
    (row) => row[at("ChargeCategory")] === "Usage" && row[at("CommitmentDiscountStatus")] === "",
  )!;
  const back = (quantity: string): string[] =>
    used
      .with(at("ChargeClass"), "Correction")
      .with(at("PricingQuantity"), quantity)
      .with(at("BilledCost"), "-1")
      .with(at("ListCost"), quantity === "" ? "0" : "-1");
  const plain = await read({ [name]: text });
  const netted = await read({ [name]: csv([header!, ...rows, back("-0.5")]) });
  const given = await read({ [name]: csv([header!, ...rows, back("")]) });
  expect(netted.history!.eligibleUsd).toBeCloseTo(plain.history!.eligibleUsd - 1, 6);
  expect(findingOf(netted, "usage-corrected")!.usd).toBe(1);
  expect(given.history!.eligibleUsd).toBe(plain.history!.eligibleUsd);
  expect(given.reconciliation.classes.find((each) => each.class === "refund")!.billedUsd).toBe("-1");
});

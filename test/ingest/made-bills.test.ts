/** Some made bills in every format; the proof beside it reads many. */
import { expect, test } from "vitest";
import { backtest, headroom, inspect, recommend, simulate } from "../../src/index.ts";
import { join } from "node:path";
import { someOf } from "../share.ts";
import { folderWith } from "./small-exports.ts";
import { expectMade, FORMATS } from "./made-bills.ts";
import { isoOf, RATES_CSV, spelled, type Format, type MadeBill } from "./made-bill.ts";

const october = (instances: number[], made: Partial<MadeBill> = {}): MadeBill => ({
  months: 1,
  instances,
  begins: 0,
  others: true,
  delay: 24,
  plan: null,
  discount: 0,
  ...made,
});
const hours = (count: number, of: (hour: number) => number): number[] =>
  Array.from({ length: count }, (_, hour) => of(hour));

/** One burst in a month that was delivered whole: 13 % use, at a break-even of 70 %. */
const burst = october(hours(744, (hour) => (hour >= 216 && hour < 316 ? 45 : 0)));
/** Used fully until the 20th, and nothing since; the plan goes on. */
const stopped = october(
  hours(744, (hour) => (hour < 480 ? 3 : 0)),
  { plan: { payment: "No", commitment: 4.25, start: -200, rowsEnd: null }, discount: 0.1 },
);
const returned = october(
  hours(744, (hour) => (hour % 24 < 12 ? 4 : 3)),
  { plan: { payment: "Partial", commitment: 4.25, start: 60, rowsEnd: 200 }, discount: 0.1 },
);
const upfront = october(
  hours(500, (hour) => 3 + (hour % 2)),
  { plan: { payment: "All", commitment: 1.5, start: 226, rowsEnd: null }, discount: 0.1, delay: 9 },
);

const MADE = Object.entries({ burst, stopped, returned, upfront }).flatMap(([name, bill]) =>
  FORMATS.map((format) => [format, name, bill] as const),
);

test.each(someOf(MADE))("%s: %s", async (format, _, bill) => {
  await expect(expectMade(bill, format)).resolves.toBeUndefined();
});

const EXPORTS: readonly Format[] = ["legacy CUR", "CUR 2.0", "FOCUS"];

function asked(bill: MadeBill, format: Format): { exports: string[]; rates: string[]; term: "1yr" } {
  const folder = folderWith({
    "rates.csv": RATES_CSV,
    ...Object.fromEntries(
      Object.entries(spelled(bill, format)).map(([name, content]) => [`in/${name}`, content]),
    ),
  });
  return { exports: [join(folder, "in")], rates: [join(folder, "rates.csv")], term: "1yr" };
}

test.each([...EXPORTS, "Cost Explorer" as const])(
  "%s: nothing is bought for one burst a month",
  async (format) => {
    const { recommendation } = await recommend({ ...asked(burst, format), scenarios: 10 });
    expect(recommendation.purchases).toEqual([]);
    expect(recommendation.history).toMatchObject({ hours: 744, missingHours: 644 });
  },
);

test("what such a plan would do is told over all hours of the month", async () => {
  const told = asked(burst, "CUR 2.0");
  const { recommendation } = await simulate({
    ...told,
    futures: "history",
    commitments: [{ term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 14 }],
  });
  expect(recommendation.expected.netSavingsUsd).toBeCloseTo(20 * 100 - 14 * 744, 6);
  const { window } = await headroom(told);
  expect(window.to).toBe("2026-11-01T00:00:00Z");
  const { walk } = await backtest({ ...told, window: "10d", step: "10d", horizon: "10d", scenarios: 10 });
  expect(walk).toMatchObject({ from: "2026-10-01T00:00:00Z", to: "2026-11-01T00:00:00Z", decisions: 2 });
});

test.each(EXPORTS)("%s: a plan that was returned leaves the answer as it is without it", async (format) => {
  const options = { scenarios: 10, payment: "no-upfront" as const };
  const { recommendation } = await recommend({ ...asked(returned, format), ...options });
  const without = await recommend({ ...asked({ ...returned, plan: null }, format), ...options });
  expect(recommendation.purchases).toEqual(without.recommendation.purchases);
  const found = recommendation.findings.find(({ code }) => code === "owned-plan-ended");
  expect(found?.usd).toBeCloseTo(4.25 * (744 - 200), 9);
  expect(found?.message).toMatch(/returned, or its buyer's export is missing/);
});

test.each(EXPORTS)(
  "%s: an upfront fee that states the term as its period decides nothing",
  async (format) => {
    const { recommendation } = await recommend({ ...asked(upfront, format), futures: "history" });
    const codes = recommendation.findings.map(({ code }) => code);
    expect(codes).not.toContain("sharing-is-off");
    expect(codes).not.toContain("bill-disagrees");
  },
);

test("--from and --to beyond what was delivered are refused; within it they count", async () => {
  const told = asked(burst, "CUR 2.0");
  const ask = (from: string, to: string) => recommend({ ...told, futures: "history", from, to });
  for (const [from, to, option] of [
    ["2026-09-30", "2026-11-01", "--from 2026-09-30"],
    ["2026-10-01", "2026-11-02", "--to 2026-11-02"],
  ] as const) {
    await expect(ask(from, to)).rejects.toMatchObject({
      code: "wrong-call",
      message: expect.stringMatching(new RegExp(`^${option}.*2026-10-01T00:00:00Z to 2026-11-01T00:00:00Z`)),
    });
  }
  expect((await ask("2026-10-09", "2026-10-16")).recommendation.history).toMatchObject({
    hours: 168,
    missingHours: 68,
  });
});

test("the normalized table's own span counts, is told as such, and may be widened", async () => {
  const told = asked(burst, "normalized");
  const narrow = await recommend({ ...told, futures: "history" });
  expect(narrow.recommendation.history.hours).toBe(100);
  expect(narrow.recommendation.findings.map(({ code }) => code)).toContain("history-span-assumed");
  const wide = await recommend({ ...told, futures: "history", from: "2026-10-01", to: "2026-11-01" });
  expect(wide.recommendation.history).toMatchObject({ hours: 744, missingHours: 644 });
  expect(wide.recommendation.purchases).toEqual([]);
  expect(wide.recommendation.findings.map(({ code }) => code)).not.toContain("history-span-assumed");
});

test("an export of SageMaker's lines alone: the delivery ends a running month, the period begins it", async () => {
  const bill = october(
    hours(400, (hour) => (hour >= 30 && hour < 300 ? 3 : 0)),
    { others: false, delay: 10 },
  );
  const delivered = await recommend({ ...asked(bill, "CUR 2.0"), futures: "history" });
  expect(delivered.recommendation.history).toMatchObject({ from: isoOf(bill, 0), to: isoOf(bill, 410) });
  // Nothing tells when a legacy report was delivered.
  const legacy = await recommend({ ...asked(bill, "legacy CUR"), futures: "history" });
  expect(legacy.recommendation.history).toMatchObject({ from: isoOf(bill, 0), to: isoOf(bill, 300) });
  const found = legacy.recommendation.findings.find(({ code }) => code === "history-span-assumed");
  expect(found?.message).toMatch(/SageMaker's lines alone.*30 hours.*Nothing tells until when.*--to/s);
});

test("a month that was not delivered between two is told, and the history begins after it", async () => {
  const row = { months: 1 as const, others: false, begins: 0, delay: 24, plan: null, discount: 0 };
  const files = spelled({ ...row, instances: hours(744, () => 2) }, "CUR 2.0");
  const [name, content] = Object.entries(files)[0]!;
  const exports = [
    folderWith({
      [name]: content,
      [name.replaceAll("2026-10", "2026-08").replaceAll("2026-11", "2026-09")]: content
        .replaceAll("2026-10-", "2026-08-")
        .replaceAll("2026-11-", "2026-09-"),
    }),
  ];
  const ask = async (from?: string) =>
    (await recommend({ exports, futures: "history", term: "1yr", from })).recommendation;
  const recommendation = await ask();
  expect(recommendation.history).toMatchObject({ from: "2026-10-01T00:00:00Z", hours: 744, missingHours: 0 });
  expect((await ask("2026-08-01")).history).toMatchObject({ hours: 92 * 24, missingHours: 720 });
  expect(recommendation.findings.find(({ code }) => code === "period-not-delivered")?.message).toMatch(
    /2026-09/,
  );
});

test.each(EXPORTS)("%s: a month in which nothing was used of a plan that was paid for", async (format) => {
  const bill = october(
    hours(744, () => 0),
    { plan: { payment: "No", commitment: 4.25, start: -200, rowsEnd: null }, discount: 0.1 },
  );
  const { history, ownedPlans, reconciliation } = await inspect(asked(bill, format));
  expect(history).toMatchObject({
    from: "2026-10-01T00:00:00Z",
    hours: 744,
    missingHours: 744,
    onDemandUsd: 0,
  });
  expect(ownedPlans.map(({ utilization }) => utilization)).toEqual([0]);
  expect(reconciliation.classes.filter(({ reason }) => reason.includes("hours to come"))).toEqual([]);
  const { recommendation } = await recommend({ ...asked(bill, format), scenarios: 10 });
  expect(recommendation.purchases).toEqual([]);
  expect(recommendation.negotiatedDiscount.share).toBeCloseTo(0.1, 6);
  // Without a plan there is nothing to say.
  await expect(inspect(asked({ ...bill, plan: null }, format))).resolves.toMatchObject({ history: null });
  await expect(recommend(asked({ ...bill, plan: null }, format))).rejects.toMatchObject({
    code: "no-sagemaker-usage",
  });
});

test("months of exports and of a table, one after the other, both count", async () => {
  const first = spelled(october(hours(744, () => 8)), "CUR 2.0");
  const table = spelled(october(hours(720, () => 2)), "normalized")["table.csv"]!.replaceAll(
    "2026-10-",
    "2026-11-",
  );
  const folder = folderWith({ ...first, "table.csv": table, "rates.csv": RATES_CSV });
  const { recommendation } = await recommend({
    exports: [join(folder, "data"), join(folder, "table.csv")],
    rates: [join(folder, "rates.csv")],
    term: "1yr",
    futures: "history",
  });
  expect(recommendation.history).toMatchObject({ hours: 744 + 720, missingHours: 0 });
  expect(recommendation.purchases.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour)).toEqual([2.8]);
});

test.each([1, 24, 744])(
  "discounts of %i hours: the negotiated share is what it is on any day",
  async (span) => {
    const cases = [54, 126, 500].flatMap((collected) => EXPORTS.map((format) => ({ collected, format })));
    for (const { collected, format } of someOf(cases)) {
      const bill = october(
        hours(collected, (hour) => 3 + (hour % 2)),
        {
          plan: { payment: "No", commitment: 1.5, start: -200, rowsEnd: null },
          discount: 0.1,
          discountHours: span,
          delay: 9,
        },
      );
      const { recommendation } = await recommend({ ...asked(bill, format), futures: "history" });
      expect(recommendation.negotiatedDiscount.share).toBeCloseTo(0.1, 6);
    }
  },
);

test.each(EXPORTS)("%s: one row of a damaged billing period adds no month to the history", async (format) => {
  const [[, content] = ["", ""]] = Object.entries(spelled(october(hours(200, () => 2)), format));
  const text = String(content);
  const row = text.split("\n").findIndex((line) => line.includes("AmazonEC2"));
  const damaged = (period: string): string =>
    text
      .split("\n")
      .map((line, at) => (at === row ? line.replace("2026-10-01T00:00:00Z", period) : line))
      .join("\n");
  const plain = await inspect({ exports: [join(folderWith({ "in.csv": text }), "in.csv")] });
  for (const period of ["2031-05-01T00:00:00Z", "1999-12-01T00:00:00Z", "9999-12-01T00:00:00Z"]) {
    const { history, findings } = await inspect({
      exports: [join(folderWith({ "in.csv": damaged(period) }), "in.csv")],
    });
    expect(history?.hours).toBe(plain.history?.hours);
    expect(findings.map(({ code }) => code).includes("billing-period-astray")).toBe(period.startsWith("20"));
  }
});

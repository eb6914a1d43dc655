import stringWidth from "string-width";
import { expect, test } from "vitest";
import { FINDINGS, type FindingCode } from "../../../src/domain/finding-codes.ts";
import { detailsText } from "../../../src/report/terminal/details.ts";
import { documentPage } from "../../../src/report/document/document-page.ts";
import { summaryText } from "../../../src/report/terminal/summary.ts";
import { sampleFutures, sampleOverTime, sampleSimulation, worth } from "../sample-futures.ts";
import { sampleBuyNothing, sampleInspection, sampleRecommendation } from "../sample.ts";

const plain = (width: number) => ({ colour: false, width });

const longTerm = () => {
  const r = sampleRecommendation();
  const answer = r.alternatives.find(({ kind, label }) => kind === "offering" && label === "3yr no-upfront")!;
  answer.allowed = true;
  return {
    ...r,
    terms: { term: "any" as const, paymentOption: "no-upfront" as const },
    purchases: answer.purchases,
    expected: answer.expected,
    risk: answer.risk,
  };
};

test.each([80, 120])("what a user sees at %i columns", async (width) => {
  const seen: [string, string][] = [
    ["recommendation", detailsText(sampleRecommendation(), "all", plain(width))],
    ["buy-nothing", detailsText(sampleBuyNothing(), "all", plain(width))],
    ["inspection", detailsText(sampleInspection(), "all", plain(width))],
    ["futures", detailsText(sampleFutures(), "all", plain(width))],
    ["simulation", detailsText(sampleSimulation(), "all", plain(width))],
    ["over-time", detailsText(sampleOverTime(), "all", plain(width))],
  ];
  for (const [name, text] of seen) await expect(text).toMatchFileSnapshot(`../golden/${name}-${width}.txt`);
});

const SUMMARIES = [
  ["recommendation", sampleRecommendation()],
  ["buy-nothing", sampleBuyNothing()],
  ["futures", sampleFutures()],
  ["simulation", sampleSimulation()],
  ["over-time", sampleOverTime()],
] as const;

test("the summaries at 80 columns: at most thirty lines", async () => {
  for (const [name, r] of SUMMARIES) {
    const text = summaryText(r, plain(80));
    const lines = text.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(30);
    expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
    await expect(text).toMatchFileSnapshot(`../golden/summary-${name}.txt`);
  }
});

test("with more warnings than there is room for, the summary counts the rest", () => {
  const r = sampleRecommendation();
  const codes = Object.keys(FINDINGS) as FindingCode[];
  r.findings = codes.map((code, n) => ({ code, message: "m", usd: n, source: "" }));
  const lines = summaryText(r, plain(80)).trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(30);
  expect(lines.join("\n")).toMatch(/\d+ warnings more, \d+ notes: --details=findings/);
});

test("nothing is called advice that rests on illustrative rates", () => {
  const r = sampleRecommendation();
  expect(summaryText(r, plain(80))).toMatch(/^Estimate only: 1-year No Upfront/);
  for (const alternative of r.alternatives) alternative.rateShares = { file: 1, bill: 0, illustrative: 0 };
  expect(summaryText(r, plain(80))).toMatch(/^Buy now: 1-year No Upfront/);
});

test("colours, as the terminal gets them", async () => {
  const text = detailsText(sampleRecommendation(), "all", { colour: true, width: 100 });
  await expect(text.replaceAll("\u001b", "␛")).toMatchFileSnapshot("../golden/recommendation-colour.txt");
});

test.each([60, 80, 100, 120])("no line is wider than %i columns, commands apart", (width) => {
  const texts = [
    detailsText(sampleRecommendation(), "all", plain(width)),
    detailsText(longTerm(), "all", plain(width)),
    detailsText(sampleInspection(), "all", plain(width)),
    detailsText(sampleFutures(), "all", plain(width)),
    detailsText(sampleSimulation(), "all", plain(width)),
    detailsText(sampleOverTime(), "all", plain(width)),
  ];
  const command = /^ +(aws |--|#)/;
  const lines = texts.flatMap((text) => text.split("\n")).filter((line) => !command.test(line));
  expect(lines.filter((line) => [...line].length > Math.max(width, 80))).toEqual([]);
});

test("the answer's weaknesses stand beside the answer", () => {
  const top = detailsText(sampleRecommendation(), "all", plain(100)).split("\n\n").slice(0, 3).join(" ");
  expect(top).toContain("ILLUSTRATIVE RATES: 58.1% of the eligible spend");
  expect(top).toContain("the past repeats exactly (AWS's assumption)");
});

test("without illustrative rates nobody is warned of them", () => {
  const r = sampleRecommendation();
  for (const alternative of r.alternatives) alternative.rateShares = { file: 1, bill: 0, illustrative: 0 };
  expect(detailsText(r, "all", plain(100))).not.toMatch(/illustrative/i);
});

test("buying nothing on illustrative rates is warned of too", () => {
  const r = sampleBuyNothing();
  for (const alternative of r.alternatives) alternative.rateShares = { file: 0, bill: 0, illustrative: 0.4 };
  expect(detailsText(r, "all", plain(100))).toContain("ILLUSTRATIVE RATES: 40.0%");
});

test("a 3-year answer names how little past it rests on, and the best 1-year plan", () => {
  const text = detailsText(longTerm(), "all", plain(120)).replace(/\s+/g, " ");
  expect(text).toContain(
    "It is right only if this usage lasts 36 months, and the past seen here is 3 months.",
  );
  expect(text).toContain("The best for one year: 1-year No Upfront, $8.7195/h, saving $5,864.62.");
});

test("the purchase command is exact, and is not there when nothing is to be bought", () => {
  const text = detailsText(sampleRecommendation(), "all", plain(100));
  expect(text).toContain('--payment-options "No Upfront" --durations 31536000');
  expect(text).toMatch(/--savings-plan-offering-id OFFERING_ID \\\n +--commitment 8\.7195\n/);
  expect(detailsText(sampleBuyNothing(), "all", plain(100))).not.toContain("create-savings-plan");
});

/** On one line, to look for sentences in. */
const sentences = (text: string): string => text.replace(/\s+/g, " ");

test("the sample of many scenarios is what a pocket calculator says", () => {
  const { purchases, expected, risk } = sampleFutures();
  expect(purchases.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour)).toEqual([1.52, 3]);
  // Usage of 4 … 6.5 $/h is covered as far as it goes (31.5 in six futures), 7 $/h in the other 34; 4.52 $/h is paid.
  expect(expected.netSavingsUsd).toBeCloseTo(((31.5 + 34 * 7) / 40 - 4.52) * 8_760, 6);
  expect(risk.cvarLossUsd).toBeCloseTo(-((4 + 4.5 + 5 + 5.5) / 4 - 4.52) * 8_760, 6);
  expect(risk.probabilityOfLoss).toBe(2 / 40);
  for (const cents of [-1, 1]) {
    const other = purchases.map((p, n) => (n === 0 ? { ...p, commitmentUsdPerHour: 1.52 + cents / 100 } : p));
    expect(worth(other, 0.1)).toBeLessThan(worth(purchases, 0.1));
  }
});

test("several purchases: each, then the total", () => {
  expect(documentPage(sampleFutures()).headline).toEqual([
    "Buy a 1-year No Upfront SageMaker AI Savings Plan of $1.520/h",
    "Buy a 1-year All Upfront SageMaker AI Savings Plan of $3.000/h",
    "In all: $4.520/h, $26,280.00 upfront",
  ]);
});

test("one scenario: no column, section or line about risk that is not there", () => {
  const text = detailsText(sampleRecommendation(), "all", plain(120));
  expect(text).not.toMatch(/worst tenth|P\(loss\)|risk aversion|expected value of perfect|scenarios is/i);
  expect(text).not.toContain("paying early");
});

test("that no other amount saves more is said only where it was shown", () => {
  const exact = "No other amount of this offering saves more under AWS's rule.";
  const said = (change: (r: ReturnType<typeof sampleRecommendation>) => unknown): boolean => {
    const r = sampleRecommendation();
    change(r);
    return sentences(detailsText(r, "all", plain(100))).includes(exact);
  };
  expect(said(() => {})).toBe(true);
  expect(said((r) => (r.horizon.scenarios = 2))).toBe(false);
  expect(said((r) => (r.objective.maxCommitmentUsdPerHour = 100))).toBe(false);
  expect(said((r) => (r.objective.maxUpfrontUsd = 0))).toBe(false);
  expect(said((r) => (r.objective.minUtilization = 0.5))).toBe(false);
  expect(said((r) => (r.expected.capitalCostUsd = 1))).toBe(false);
  expect(said((r) => (r.purchases = [{ ...r.purchases[0]!, commitmentUsdPerHour: 8 }]))).toBe(false);
  expect(said((r) => (r.purchases = []))).toBe(false);
  expect(said((r) => (r.schema = "sageplan/simulation/2"))).toBe(false);
});

test("limits, risk aversion and the cost of capital are said beside the answer", () => {
  const r = sampleFutures();
  Object.assign(r.objective, { minUtilization: 0.9, maxCommitmentUsdPerHour: 12.5 });
  const text = sentences(detailsText(r, "all", plain(100)));
  expect(text).toContain(
    "Within your limits: at least 90% of the new commitment used, on average (--min-utilization), " +
      "at most $12.500/h in all (--max-commitment), at most $26,280.00 upfront (--max-upfront).",
  );
  expect(text).toContain("Money paid early costs 8% a year (--discount-rate 0.08).");
  expect(text).toContain("the mean of the worst tenth of the scenarios for 10%");
  r.objective.riskAversion = 0;
  expect(sentences(detailsText(r, "all", plain(100)))).toContain(
    "Risk aversion 0: only the mean saving counts.",
  );
});

test.each([
  [0.95, "Worst 5%"],
  [0.8, "Worst fifth"],
  [0.5, "Worse half"],
  [0, "Worst 100%"],
])("a tail of %d is called %s", (tail, name) => {
  const r = sampleFutures();
  r.risk.tail = r.objective.tail = tail;
  expect(detailsText(r, "all", plain(100))).toContain(`${name}: the mean net saving in the`);
});

test("a frontier that is one purchase is one line", () => {
  const r = sampleFutures();
  for (const point of r.frontier) point.purchases = r.purchases;
  expect(sentences(detailsText(r, "all", plain(100)))).toContain(
    "The same purchase is the best at every risk aversion from 0 to 1.",
  );
});

test("a loss is called a loss", () => {
  const r = sampleFutures();
  r.risk.cvarLossUsd = 5_000;
  r.expected.netSavingsUsd = -1_000;
  const text = sentences(detailsText(r, "all", plain(100)));
  expect(text).toContain("Together they lose $1,000.00 on average");
  expect(text).toContain("the mean loss in the worst tenth of the scenarios is $5,000.00.");
});

test("a simulation says how far it is from the best, either way", () => {
  const r = sampleSimulation();
  const text = sentences(detailsText(r, "all", plain(100)));
  expect(documentPage(r).headline).toEqual([
    "Your commitments: 1-year No Upfront $6.840/h + 3-year No Upfront $1.200/h",
  ]);
  expect(text).toContain(
    "it saves $4,993.20 more on average, and $30,835.20 more in the worst tenth of the scenarios.",
  );
  expect(text).toContain("At most 6.184% is left on the table, against any purchase");
  r.purchases = r.alternatives.find(({ kind }) => kind === "answer")!.purchases;
  expect(sentences(detailsText(r, "all", plain(100)))).toContain(
    "No better purchase was found: recommend says the same.",
  );
});

test("a simulation of nothing, and one over the past", () => {
  const none = { ...sampleBuyNothing(), schema: "sageplan/simulation/2" as const, reason: "" };
  expect(detailsText(none, "all", plain(100))).toMatch(/^\nIn detail\n\n {2}Eligible SageMaker usage cost/);
  const past = { ...sampleRecommendation(), schema: "sageplan/simulation/2" as const };
  expect(detailsText(past, "all", plain(100))).toContain("They would have saved $5,864.62 over 2,160 hours");
});

test("sums that do not reconcile are shouted about", () => {
  const i = sampleInspection();
  i.reconciliation.classesTotalUsd = "45123.401283947111";
  const text = detailsText(i, "all", plain(100));
  expect(text).toContain("DOES NOT RECONCILE");
  expect(text).toContain("NOT the export total: classes 45123.401283947111 USD");
});

test("a path longer than a line is broken after slashes and not changed", () => {
  const r = sampleRecommendation();
  const source = `exports/${"BILLING_PERIOD=2026-10/".repeat(8)}${"x".repeat(130)}.parquet`;
  r.findings = [{ code: "short-history", message: "m", usd: 0, source }];
  const text = detailsText(r, "all", plain(80));
  const lines = text.slice(text.indexOf("    at ")).trimEnd().split("\n");
  expect(lines.map((line) => line.replace(/^ +(at )?/, "")).join("")).toBe(source);
  expect(lines.every((line) => line.length <= 80)).toBe(true);
  expect(lines[0]).toMatch(/^ {4}at exports\/.*\/$/);
});

test("terminal escapes from a billing file never reach the terminal", () => {
  const hostile: string = "\u001b]52;c;cm0gLXJm\u0007\u001b[2J\u009b31m\u202Eevil\r\nnext\u0000";
  const r = sampleRecommendation();
  r.reason = hostile;
  r.findings = [{ code: hostile as FindingCode, message: hostile, usd: 1, source: hostile }];
  r.ownedPlans[0]!.arn = hostile;
  r.ownedPlans[0]!.ownerAccount = hostile;
  const i = sampleInspection();
  i.deliveries[0] = { ...i.deliveries[0]!, format: hostile, billingPeriod: hostile, version: hostile };
  i.accounts[0]!.account = hostile;
  i.regions[0]!.region = hostile;
  i.payerAccounts = [hostile];
  i.currency = hostile;
  i.reconciliation.classes[0]!.reason = hostile;
  i.reconciliation.checks[0]!.check = hostile;
  i.rateGaps[0]!.offering = hostile;
  for (const text of [detailsText(r, "all", plain(100)), detailsText(i, "all", plain(100))]) {
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).toContain("<1b>]52;c;");
    expect(text).toContain("<202e>evil next<0>");
  }
});

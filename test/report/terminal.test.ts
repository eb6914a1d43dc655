import { expect, test } from "vitest";
import { inspectionText } from "../../src/report/terminal-inspection.ts";
import { recommendationText } from "../../src/report/terminal-recommendation.ts";
import { sampleBuyNothing, sampleInspection, sampleRecommendation } from "./sample.ts";

const plain = (width: number) => ({ colour: false, width });

const longTerm = () => {
  const r = sampleRecommendation();
  const answer = r.alternatives.find(({ label }) => label === "3yr no-upfront")!;
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
    ["recommendation", recommendationText(sampleRecommendation(), plain(width))],
    ["buy-nothing", recommendationText(sampleBuyNothing(), plain(width))],
    ["inspection", inspectionText(sampleInspection(), plain(width))],
  ];
  for (const [name, text] of seen) await expect(text).toMatchFileSnapshot(`golden/${name}-${width}.txt`);
});

test("colours, as the terminal gets them", async () => {
  const text = recommendationText(sampleRecommendation(), { colour: true, width: 100 });
  await expect(text.replaceAll("\u001b", "␛")).toMatchFileSnapshot("golden/recommendation-colour.txt");
});

test.each([60, 80, 100, 120])("no line is wider than %i columns, commands apart", (width) => {
  const texts = [
    recommendationText(sampleRecommendation(), plain(width)),
    recommendationText(longTerm(), plain(width)),
    inspectionText(sampleInspection(), plain(width)),
  ];
  const command = /^ +(aws |--|#)/;
  const lines = texts.flatMap((text) => text.split("\n")).filter((line) => !command.test(line));
  expect(lines.filter((line) => [...line].length > Math.max(width, 80))).toEqual([]);
});

test("the answer's weaknesses stand beside the answer", () => {
  const top = recommendationText(sampleRecommendation(), plain(100)).split("\n\n").slice(0, 3).join(" ");
  expect(top).toContain("Buy a 1-year No Upfront SageMaker AI Savings Plan of $8.7195/h");
  expect(top).toContain("ILLUSTRATIVE RATES: 58.1% of the eligible spend");
  expect(top).toContain("the past repeats exactly (AWS's assumption)");
});

test("without illustrative rates nobody is warned of them", () => {
  const r = sampleRecommendation();
  for (const alternative of r.alternatives) alternative.rateShares = { file: 1, bill: 0, illustrative: 0 };
  expect(recommendationText(r, plain(100))).not.toMatch(/illustrative/i);
});

test("buying nothing on illustrative rates is warned of too", () => {
  const r = sampleBuyNothing();
  for (const alternative of r.alternatives) alternative.rateShares = { file: 0, bill: 0, illustrative: 0.4 };
  expect(recommendationText(r, plain(100))).toContain("ILLUSTRATIVE RATES: 40.0%");
});

test("a 3-year answer names how little past it rests on, and the best 1-year plan", () => {
  const text = recommendationText(longTerm(), plain(120)).replace(/\s+/g, " ");
  expect(text).toContain(
    "It is right only if this usage lasts 36 months, and the past seen here is 3 months.",
  );
  expect(text).toContain("The best for one year: 1-year No Upfront, $8.7195/h, saving $5,864.62.");
});

test("the purchase command is exact, and is not there when nothing is to be bought", () => {
  const text = recommendationText(sampleRecommendation(), plain(100));
  expect(text).toContain('--payment-options "No Upfront" --durations 31536000');
  expect(text).toMatch(/--savings-plan-offering-id OFFERING_ID \\\n +--commitment 8\.7195\n/);
  expect(recommendationText(sampleBuyNothing(), plain(100))).not.toContain("create-savings-plan");
});

test("sums that do not reconcile are shouted about", () => {
  const i = sampleInspection();
  i.reconciliation.classesTotalUsd = "45123.401283947111";
  const text = inspectionText(i, plain(100));
  expect(text).toContain("DOES NOT RECONCILE");
  expect(text).toContain("NOT the export total: classes 45123.401283947111 USD");
});

test("a path longer than a line is broken after slashes and not changed", () => {
  const r = sampleRecommendation();
  const source = `exports/${"BILLING_PERIOD=2026-10/".repeat(8)}${"x".repeat(130)}.parquet`;
  r.findings = [{ code: "c", message: "m", usd: 0, source }];
  const text = recommendationText(r, plain(80));
  const lines = text.slice(text.indexOf("    at ")).trimEnd().split("\n");
  expect(lines.map((line) => line.replace(/^ +(at )?/, "")).join("")).toBe(source);
  expect(lines.every((line) => line.length <= 80)).toBe(true);
  expect(lines[0]).toMatch(/^ {4}at exports\/.*\/$/);
});

test("terminal escapes from a billing file never reach the terminal", () => {
  const hostile = "\u001b]52;c;cm0gLXJm\u0007\u001b[2J\u009b31m\u202Eevil\r\nnext\u0000";
  const r = sampleRecommendation();
  r.reason = hostile;
  r.findings = [{ code: hostile, message: hostile, usd: 1, source: hostile }];
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
  for (const text of [recommendationText(r, plain(100)), inspectionText(i, plain(100))]) {
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).toContain("<1b>]52;c;");
    expect(text).toContain("<202e>evil next<0>");
  }
});

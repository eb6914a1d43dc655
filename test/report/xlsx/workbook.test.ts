/** The workbook without an office suite: its cached values, its bytes, hostile text, another reader. */
import { describe, expect, test } from "vitest";
import { readSheet } from "read-excel-file/node";
import type { FindingCode } from "../../../src/domain/finding-codes.ts";
import { simulate } from "../../../src/index.ts";
import type { Recommendation } from "../../../src/domain/documents/recommendation.ts";
import { workbookOf } from "../../../src/report/xlsx/workbook.ts";
import type { WorkbookModel } from "../../../src/report/xlsx/model.ts";
import { xlsxBytes } from "../../../src/report/xlsx/write.ts";
import { sampleCommitmentTable } from "../sample-commitment-table.ts";
import { sampleRecommendation } from "../sample.ts";

const sheetOf = (model: WorkbookModel, name: string) => model.sheets.find((sheet) => sheet.name === name)!;

/** A named cell's cached value. */
function named(model: WorkbookModel, name: string): unknown {
  const [, sheet, column, row] = /^'?([^'!]+)'?!\$([A-Z]+)\$(\d+)/.exec(model.names[name]!)!;
  return sheetOf(model, sheet!).rows[Number(row) - 1]![column!.charCodeAt(0) - 65]!.value;
}

let simulated: ReturnType<typeof simulate> | undefined;
/** Once for all tests. */
const settled = () =>
  (simulated ??= simulate({
    exports: ["fixtures/ml-company/cur2-parquet"],
    term: "1yr",
    payment: "any",
    scenarios: 10,
    discountRate: 0.08,
    negotiatedDiscount: 0.06,
    commitments: [
      { term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 4 },
      { term: "1yr", paymentOption: "all-upfront", commitmentUsdPerHour: 1.25 },
    ],
  }));

describe("the figures are those of --json", () => {
  test("every figure of Summary", async () => {
    const { recommendation: r, commitmentTable } = await settled();
    const model = workbookOf(r, commitmentTable());
    const { expected, risk } = r;
    const flow = r.cashFlow[0]!;
    const wanted: Record<string, unknown> = {
      TotalCommitment: 5.25,
      UpfrontUsd: r.purchases[1]!.upfrontUsd,
      OnDemandCost: expected.onDemandUsd,
      Cost: expected.costUsd,
      NetSavings: expected.netSavingsUsd,
      SavingsRate: expected.savingsRate,
      EffectiveSavingsRate: expected.effectiveSavingsRate,
      Utilization: expected.utilization,
      Coverage: expected.coverage,
      BreakEvenUtilization: expected.breakEvenUtilization,
      BreakEvenMonth: expected.breakEvenMonth ?? "never",
      CapitalCost: expected.capitalCostUsd,
      SavedInTerm: flow.undiscountedUsd,
      NetPresentValue: flow.netPresentValueUsd,
      HoursUnderused: expected.hoursUnderused,
      NetSavingsWorst: 0 - risk.cvarLossUsd,
      ProbabilityOfLoss: risk.probabilityOfLoss,
      NetSavingsP5: risk.netSavingsUsdP5,
      NetSavingsP50: risk.netSavingsUsdP50,
      NetSavingsP95: risk.netSavingsUsdP95,
    };
    for (const [name, value] of Object.entries(wanted))
      expect([name, named(model, name)]).toEqual([name, value]);
    // What the formulas look up is what was settled.
    const kept = 0.94;
    const saved = (Number(named(model, "AvoidedUsd")) - Number(named(model, "PaidUsd"))) * kept;
    expect(saved).toBeCloseTo(expected.netSavingsUsd, 4);
    expect(Number(named(model, "NewUsedUsd")) / Number(named(model, "PaidUsd"))).toBeCloseTo(
      expected.utilization,
      9,
    );
    expect(Number(named(model, "OnDemandUsd")) * kept).toBeCloseTo(expected.onDemandUsd, 4);
    expect(Number(named(model, "CashAtStart"))).toBeCloseTo(flow.cashAtStartUsd, 6);
  });

  test("cash by month, and its totals", async () => {
    const { recommendation: r, commitmentTable } = await settled();
    const rows = sheetOf(workbookOf(r, commitmentTable()), "Cash flow").rows.slice(4, 16);
    expect(rows.map((row) => row.slice(0, 6).map(({ value }) => value))).toEqual(
      r.cashFlow[0]!.months.map((each) => [
        each.month,
        each.hoursInFutures,
        each.cashUsd,
        each.onDemandAvoidedUsd,
        each.netUsd,
        each.cumulativeUsd,
      ]),
    );
    const presentValue = rows.reduce((usd, row) => usd + Number(row[9]!.value), 0);
    expect(presentValue).toBeCloseTo(r.cashFlow[0]!.netPresentValueUsd, 6);
    const amortized = rows.reduce((usd, row) => usd + Number(row[6]!.value), 0);
    expect(amortized).toBeCloseTo(5.25 * 8_760 * 0.94, 6);
    expect(Number(rows[11]![7]!.value)).toBeCloseTo(0, 6);
  });

  test("the curve, where one offering is bought, and the six offerings", () => {
    const r = sampleRecommendation();
    const model = workbookOf(r, sampleCommitmentTable());
    const curve = sheetOf(model, "Curve").rows.slice(4);
    expect(curve.map((row) => row.slice(0, 5).map(({ value }) => value))).toEqual(
      r.curve.map((each) => [
        each.commitmentUsdPerHour,
        each.netSavingsUsd,
        each.utilization,
        each.coverage,
        0 - each.cvarLossUsd,
      ]),
    );
    const offerings = sheetOf(model, "Offerings").rows.slice(4, 10);
    expect(offerings.map((row) => row[6]!.value)).toEqual(
      r.alternatives.slice(-6).map(({ expected }) => expected.netSavingsUsd),
    );
  });
});

test("only what is live looks editable: four cells, each with a rule for what it takes", () => {
  const { sheets } = workbookOf(sampleRecommendation(), sampleCommitmentTable());
  const inputs = sheets.flatMap(({ name, rows }) =>
    rows.flatMap((row, r) =>
      row.flatMap(({ look }, c) =>
        look === "input" ? [`${name} ${String.fromCharCode(65 + c)}${r + 1}`] : [],
      ),
    ),
  );
  expect(inputs).toEqual(["Assumptions B5", "Assumptions B6", "Assumptions B7", "Assumptions B8"]);
  expect(sheets[1]!.inputs!.map(({ cell }) => `Assumptions ${cell}`)).toEqual(inputs);
});

test("every name that a formula uses stands for something, and every name is used or is a figure", () => {
  const { sheets, names } = workbookOf(sampleRecommendation(), sampleCommitmentTable());
  const formulas = sheets.flatMap(({ rows }) => rows.flat().flatMap(({ formula }) => formula ?? []));
  const used = new Set(formulas.flatMap((formula) => formula.match(/\b[A-Z][a-z]+[A-Za-z]*\b(?!!)/g) ?? []));
  expect([...used].filter((name) => !(name in names) && name !== "Breakpoints")).toEqual([]);
});

test("the same inputs give the same bytes, on another day too", async () => {
  const bytes = () => xlsxBytes(workbookOf(sampleRecommendation(), sampleCommitmentTable()));
  const first = await bytes();
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  expect(Buffer.compare(first, await bytes())).toBe(0);
});

const HOSTILE = [
  '=HYPERLINK("http://x","y")',
  "+1+1",
  "-2+3|cmd",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  " =1+1",
  "\uff1d1",
  "<script>&\u0000\u001b[31m\u202e",
];

test("text from bills is never a formula, and never breaks the file", async () => {
  const r: Recommendation = structuredClone(sampleRecommendation());
  r.findings = HOSTILE.map((source) => ({ code: source as FindingCode, message: source, usd: 1, source }));
  r.ownedPlans[0]!.arn = HOSTILE[0]!;
  r.provenance.inputs[0]!.path = HOSTILE[1]!;
  r.alternatives[0]!.label = HOSTILE[3]!;
  const bytes = Buffer.from(await xlsxBytes(workbookOf(r, sampleCommitmentTable())));
  const rows = await readSheet(bytes, "Findings");
  const shown = rows.slice(-HOSTILE.length).flatMap((row) => [row[0], row[1], row[3]].map(String));
  expect(shown).toHaveLength(3 * HOSTILE.length);
  for (const text of shown) expect(text).not.toMatch(/^[\s]*[=+\-@\uff1d]/);
  expect(shown.at(-1)).toBe("<script>&<0><1b>[31m<202e>");
  expect(String((await readSheet(bytes, "Owned plans"))[4]![0])).toMatch(/^'=HYPERLINK/);
});

test("another reader sees the cached values of every sheet", async () => {
  const model = workbookOf(sampleRecommendation(), sampleCommitmentTable());
  const bytes = Buffer.from(await xlsxBytes(model));
  for (const sheet of model.sheets) {
    const read = await readSheet(bytes, sheet.name);
    let numbers = 0;
    for (const [r, row] of sheet.rows.entries()) {
      for (const [c, { value, formula }] of row.entries()) {
        if (typeof value !== "number" && formula === undefined) continue;
        numbers++;
        expect([sheet.name, r, c, read[r]?.[c] ?? null]).toEqual([sheet.name, r, c, value === 0 ? 0 : value]);
      }
    }
    const isFull = ["Summary", "Assumptions", "Curve", "Cash flow", "Breakpoints"].includes(sheet.name);
    expect(numbers).toBeGreaterThanOrEqual(isFull ? 10 : 0);
  }
});

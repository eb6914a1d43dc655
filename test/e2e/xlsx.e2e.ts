/** The workbook, recalculated by LibreOffice before and after an assumption is changed, against the tool. */
import { describe, expect, test } from "vitest";
import { recommend, simulate, type RecommendOptions } from "../../src/index.ts";
import type { SimulateOptions } from "../../src/index.ts";
import { workbookOf } from "../../src/report/xlsx/workbook.ts";
import type { WorkbookModel } from "../../src/report/xlsx/model.ts";
import { xlsxBytes } from "../../src/report/xlsx/write.ts";
import { flatCase, type Future } from "../scenario/flat-futures.ts";
import { recalculated, type Value } from "./libreoffice.ts";

const EXPORT = "fixtures/ml-company/cur2-parquet";

const CENT = 0.005;

async function modelOf(options: SimulateOptions): Promise<WorkbookModel> {
  const { recommendation, commitmentTable } = await simulate(options);
  return workbookOf(recommendation, commitmentTable());
}

/** The same workbook with other values in input cells: every cached value is then of yesterday. */
function changed(model: WorkbookModel, inputs: Record<string, number>): WorkbookModel {
  const sheets = model.sheets.map((sheet) => ({ ...sheet, rows: sheet.rows.map((row) => [...row]) }));
  for (const [name, value] of Object.entries(inputs)) {
    const [, sheetName, column, row] = /^'?([^'!]+)'?!\$([A-Z]+)\$(\d+)$/.exec(model.names[name]!)!;
    const rows = sheets.find((sheet) => sheet.name === sheetName)!.rows;
    const cell = rows[Number(row) - 1]![column!.charCodeAt(0) - 65]!;
    expect(cell.look).toBe("input");
    rows[Number(row) - 1]![column!.charCodeAt(0) - 65] = { ...cell, value };
  }
  return { ...model, sheets };
}

/** Formula cells that differ, of these sheets; `expected` is a workbook of the tool at what was typed in. */
function differences(
  calculated: Map<string, Value[][]>,
  expected: WorkbookModel,
  sheets: readonly string[],
  tolerance = CENT,
): { compared: number; wrong: string[] } {
  let compared = 0;
  const wrong: string[] = [];
  for (const sheet of expected.sheets.filter(({ name }) => sheets.includes(name))) {
    const found = calculated.get(sheet.name)!;
    for (const [r, row] of sheet.rows.entries()) {
      for (const [c, { formula, value, format }] of row.entries()) {
        if (formula === undefined) continue;
        compared++;
        const got = found[r]?.[c] ?? null;
        const near = format === "percent" || format === "factor" || format === "perHour" ? 1e-6 : tolerance;
        const same =
          typeof value === "number" && typeof got === "number" ? Math.abs(got - value) < near : got === value;
        if (!same)
          wrong.push(
            `${sheet.name} row ${r + 1} column ${c + 1}: ${String(got)}, not ${String(value)} = ${formula}`,
          );
      }
    }
  }
  return { compared, wrong };
}

const ALL = ["Summary", "Assumptions", "Curve", "Cash flow"];
/** Of another commitment: its own curve, table and column of what was settled. */
const FOLLOWING = ["Cash flow"];

/** Summary's column "Now", by name of the figure. */
function nowOf(sheet: readonly (readonly (Value | { value: Value })[])[]): Map<string, Value> {
  const plain = (cell: Value | { value: Value } | undefined): Value =>
    cell !== null && typeof cell === "object" ? cell.value : (cell ?? null);
  return new Map(sheet.map((row) => [String(plain(row[0])), plain(row[1])]));
}

const LIVE = 15;

function expectSummary(calculated: Map<string, Value[][]>, expected: WorkbookModel, tolerance = CENT): void {
  const got = nowOf(calculated.get("Summary")!);
  const wanted = [...nowOf(expected.sheets[0]!.rows)];
  const from = wanted.findIndex(([label]) => label === "Commitment in all, $/h");
  const wrong = wanted.slice(from, from + LIVE).flatMap(([label, value]) => {
    const now = got.get(label);
    const same =
      typeof value === "number" && typeof now === "number"
        ? Math.abs(now - value) < tolerance
        : now === value;
    return same ? [] : [`${label}: ${String(now)}, not ${String(value)}`];
  });
  expect(wrong).toEqual([]);
}

const own = { term: "1yr", paymentOption: "no-upfront" } as const;
const early = { term: "1yr", paymentOption: "all-upfront" } as const;

interface Case {
  options: RecommendOptions;
  commitments: SimulateOptions["commitments"];
  /** What is typed in for the first of them. */
  others: number[];
}

const CASES: Record<string, Case> = {
  "sampled scenarios beside owned plans": {
    options: { exports: [EXPORT], term: "1yr", scenarios: 40 },
    commitments: [{ ...own, commitmentUsdPerHour: 5.19051 }],
    others: [0, 2.7, 4.12345, 6.66667, 7.7],
  },
  "three years of sampled scenarios, two terms": {
    options: { exports: [EXPORT], payment: "any", scenarios: 12, discountRate: 0.06 },
    commitments: [
      { term: "3yr", paymentOption: "partial-upfront", commitmentUsdPerHour: 3 },
      { ...own, commitmentUsdPerHour: 2 },
    ],
    others: [4.44444, 2.2],
  },
  "a past that repeats, two offerings, cost of capital": {
    options: { exports: [EXPORT], term: "1yr", payment: "any", futures: "history", discountRate: 0.08 },
    commitments: [
      { ...own, commitmentUsdPerHour: 4 },
      { ...early, commitmentUsdPerHour: 1.5 },
    ],
    others: [0.5, 3.33333, 9],
  },
};

describe.each(Object.entries(CASES))("%s", (_, { options, commitments, others }) => {
  test("as settled: every formula cell is the tool's figure", async () => {
    const model = await modelOf({ ...options, commitments });
    const { compared, wrong } = differences(await recalculated(await xlsxBytes(model)), model, ALL);
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(200);
  });

  test("another commitment, discount and discount rate: what simulate says there, to the cent", async () => {
    const model = await modelOf({ ...options, commitments });
    for (const [n, commitmentUsdPerHour] of others.entries()) {
      const terms = n % 2 === 0 ? {} : { negotiatedDiscount: 0.07, discountRate: 0.05 };
      const book = changed(model, {
        Commitment: commitmentUsdPerHour,
        ...(n % 2 === 1 && { NegotiatedDiscount: 0.07, DiscountRate: 0.05 }),
      });
      const calculated = await recalculated(await xlsxBytes(book));
      const expected = await modelOf({
        ...options,
        ...terms,
        commitments: [{ ...commitments[0]!, commitmentUsdPerHour }, ...commitments.slice(1)],
      });
      expectSummary(calculated, expected);
      const { wrong } = differences(calculated, expected, FOLLOWING);
      expect(wrong).toEqual([]);
    }
  });
});

test("plans of several terms that outlast a past that repeats: what cannot follow says so", async () => {
  const options = { exports: [EXPORT], payment: "any", futures: "history" } as const;
  const held = { term: "3yr", paymentOption: "partial-upfront", commitmentUsdPerHour: 1 } as const;
  const model = await modelOf({ ...options, commitments: [{ ...own, commitmentUsdPerHour: 4 }, held] });
  const { wrong } = differences(await recalculated(await xlsxBytes(model)), model, ALL);
  expect(wrong).toEqual([]);
  const calculated = await recalculated(await xlsxBytes(changed(model, { Commitment: 3 })));
  const { recommendation } = await simulate({
    ...options,
    commitments: [{ ...own, commitmentUsdPerHour: 3 }, held],
  });
  const now = nowOf(calculated.get("Summary")!);
  expect(Math.abs(Number(now.get("Net savings")) - recommendation.expected.netSavingsUsd)).toBeLessThan(CENT);
  for (const label of ["Break-even month", "Saved in the whole term", "Net present value of the term"])
    expect(now.get(label)).toBe("run simulate");
  expect(now.get("Hours underused")).toBe("run simulate");
});

test("nothing bought, then something", async () => {
  const options = { exports: [EXPORT], term: "1yr", scenarios: 40 } as const;
  const recommended = await recommend({ ...options, maxCommitment: 0 });
  expect(recommended.recommendation.purchases).toEqual([]);
  const model = workbookOf(recommended.recommendation, recommended.commitmentTable());
  const { wrong } = differences(await recalculated(await xlsxBytes(model)), model, ALL);
  expect(wrong).toEqual([]);
  const commitmentUsdPerHour = recommended.recommendation.curve[20]!.commitmentUsdPerHour;
  const calculated = await recalculated(
    await xlsxBytes(changed(model, { Commitment: commitmentUsdPerHour })),
  );
  const { term, paymentOption } = recommended.commitmentTable().plans[0]!;
  const expected = await modelOf({
    ...options,
    commitments: [{ term, paymentOption, commitmentUsdPerHour }],
  });
  expectSummary(calculated, expected);
  expect(differences(calculated, expected, FOLLOWING).wrong).toEqual([]);
});

test("growth on top: what the same scenarios with so much more usage give", async () => {
  const futures = (factor: number): Future[] => [
    { probability: 0.5, usdAt: () => 40 * factor },
    { probability: 0.5, usdAt: (hour) => (hour < 2_190 ? 40 : 20) * factor },
  ];
  const commitments = [{ ...own, commitmentUsdPerHour: 20 }];
  const model = await modelOf({ ...flatCase(futures(1)), commitments });
  for (const usageChange of [-0.2, 0.1]) {
    const calculated = await recalculated(
      await xlsxBytes(changed(model, { UsageChange: usageChange, Commitment: 18 })),
    );
    const expected = await modelOf({
      ...flatCase(futures(1 + usageChange)),
      commitments: [{ ...own, commitmentUsdPerHour: 18 }],
    });
    expectSummary(calculated, expected);
    expect(differences(calculated, expected, FOLLOWING).wrong).toEqual([]);
  }
});

test("far from the commitment as settled: within the error that the sheet states", async () => {
  const options = { exports: [EXPORT], term: "1yr", scenarios: 40 } as const;
  const model = await modelOf({ ...options, commitments: [{ ...own, commitmentUsdPerHour: 5 }] });
  for (const commitmentUsdPerHour of [12.3, 33.3]) {
    const calculated = await recalculated(
      await xlsxBytes(changed(model, { Commitment: commitmentUsdPerHour })),
    );
    const { recommendation } = await simulate({
      ...options,
      commitments: [{ ...own, commitmentUsdPerHour }],
    });
    const error = Number(nowOf(calculated.get("Assumptions")!).get("Figures may be off by at most, USD"));
    const off = Math.abs(
      Number(nowOf(calculated.get("Summary")!).get("Net savings")) - recommendation.expected.netSavingsUsd,
    );
    expect(off).toBeLessThanOrEqual(error + 1e-6);
  }
});

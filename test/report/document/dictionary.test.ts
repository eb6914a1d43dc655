/** One dictionary: the CSV files' columns, the workbook's sheet and the page of the documentation. */
import { expect, test } from "vitest";
import { csvFiles } from "../../../src/report/csv/files.ts";
import { DICTIONARY, dictionaryColumn } from "../../../src/report/document/dictionary.ts";
import { workbookOf } from "../../../src/report/xlsx/workbook.ts";
import { sampleCommitmentTable } from "../sample-commitment-table.ts";
import { sampleHourlyUse, sampleRecommendation } from "../sample.ts";

test("every column of the tidy CSV files is in it, once", () => {
  const names = DICTIONARY.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, text } of csvFiles(sampleRecommendation(), sampleHourlyUse())) {
    if (name === "aws-recommendation.csv") continue;
    const columns = text.slice(0, text.indexOf("\r\n")).split(",");
    expect(columns.filter((column) => !names.includes(column))).toEqual([]);
  }
  expect(() => dictionaryColumn("nothing")).toThrow(/No entry/);
});

test("the workbook's sheet is it", () => {
  const sheet = workbookOf(sampleRecommendation(), sampleCommitmentTable()).sheets.find(
    ({ name }) => name === "Data dictionary",
  )!;
  expect(sheet.rows.slice(4).map((row) => row.map(({ value }) => value))).toEqual(
    DICTIONARY.map(({ name, unit, meaning, formula, source }) => [name, unit, meaning, formula, source]),
  );
});

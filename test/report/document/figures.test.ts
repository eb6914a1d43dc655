/** A row of the table of figures, seen in every medium that it names. */
import { expect, test } from "vitest";
import { csvFiles } from "../../../src/report/csv/files.ts";
import { DICTIONARY } from "../../../src/report/document/dictionary.ts";
import { documentPage } from "../../../src/report/document/document-page.ts";
import { figureText } from "../../../src/report/document/figure.ts";
import { FIGURES } from "../../../src/report/document/figures.ts";
import { workbookOf } from "../../../src/report/xlsx/workbook.ts";
import { moneyIn } from "../../../src/report/document/money.ts";
import { sampleCommitmentTable } from "../sample-commitment-table.ts";
import { futuresHourlyUse, sampleFutures } from "../sample-futures.ts";

const PEOPLE = ["money", "risk", "whatIf", "alternatives"] as const;

test.each(PEOPLE)("no two figures claim the same place of %s", (place) => {
  const taken = FIGURES.flatMap(({ [place]: own }) => (own?.at === undefined ? [] : [own.at]));
  expect(new Set(taken).size).toBe(taken.length);
});

test("money and risk hold the figures that name them", () => {
  const r = sampleFutures();
  const shown = documentPage(r).sections.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === "rows" ? part.rows.map(([, value]) => value) : [])),
  );
  const wanted = FIGURES.filter(({ money, risk }) => {
    const own = money ?? risk;
    return own !== undefined && (own.when?.(r) ?? true);
  });
  expect(wanted.length).toBeGreaterThan(12);
  expect(shown).toEqual(expect.arrayContaining(wanted.map((figure) => figureText(figure, r, moneyIn(r)))));
});

test("CSV, workbook and dictionary hold those that name them", () => {
  const r = sampleFutures();
  const csv = csvFiles(r, futuresHourlyUse(r)).find(({ name }) => name === "alternatives.csv")!.text;
  const columns = csv.slice(0, csv.indexOf("\r\n")).split(",");
  const { names } = workbookOf(r, sampleCommitmentTable());
  expect(columns).toEqual(
    expect.arrayContaining(FIGURES.filter(({ csv: when }) => when !== undefined).map(({ name }) => name)),
  );
  const called = FIGURES.flatMap(({ summary }) => (summary === undefined ? [] : [summary.called]));
  expect(Object.keys(names)).toEqual(expect.arrayContaining(called));
  const documented = FIGURES.filter(({ meaning }) => meaning !== "").map(({ name }) => name);
  expect(DICTIONARY.map(({ name }) => name)).toEqual(expect.arrayContaining(documented));
});

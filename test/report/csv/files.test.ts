import { expect, test } from "vitest";
import { csvText } from "../../../src/report/csv/format.ts";
import { csvFiles } from "../../../src/report/csv/files.ts";
import { parseCsv } from "./csv-parse.ts";
import { futuresHourlyUse, sampleFutures, sampleSimulation } from "../sample-futures.ts";
import { sampleBuyNothing, sampleHourlyUse, sampleRecommendation, settle } from "../sample.ts";

const read = (files: { name: string; text: string }[], name: string): string[][] =>
  parseCsv(files.find((file) => file.name === name)!.text);

const records = (rows: string[][]): Record<string, string>[] =>
  rows.slice(1).map((row) => Object.fromEntries(row.map((cell, n) => [rows[0]![n]!, cell])));

const files = csvFiles(sampleRecommendation(), sampleHourlyUse());

test("the files have their names, and every row as many cells as its header", () => {
  expect(files.map((file) => file.name)).toEqual([
    "hourly.csv",
    "curve.csv",
    "offerings.csv",
    "aws-recommendation.csv",
    "alternatives.csv",
    "frontier.csv",
    "cash-flow.csv",
  ]);
  for (const file of files) {
    const rows = parseCsv(file.text);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  }
});

test("the small files, as a user sees them", async () => {
  for (const file of files.filter(({ name }) => name !== "hourly.csv"))
    await expect(file.text.replaceAll("\r\n", "\n")).toMatchFileSnapshot(`../golden/${file.name}`);
});

test("many scenarios, as a user sees them", async () => {
  const r = sampleFutures();
  for (const file of csvFiles(r, futuresHourlyUse(r)).filter(({ name }) => name !== "hourly.csv"))
    await expect(file.text.replaceAll("\r\n", "\n")).toMatchFileSnapshot(`../golden/futures-${file.name}`);
});

test("older columns stay where they were: what is new stands at the end", () => {
  const [header] = read(files, "offerings.csv");
  expect(header!.slice(0, 4)).toEqual(["term", "payment_option", "allowed", "recommended"]);
  expect(header!.indexOf("cvar_loss_usd")).toBe(18);
  expect(header!.slice(19)).toEqual([
    "rate_share_file",
    "rate_share_bill",
    "rate_share_illustrative",
    "capital_cost_usd",
    "probability_of_loss",
    "net_savings_usd_p5",
    "net_savings_usd_p50",
    "net_savings_usd_p95",
  ]);
});

test("a simulation's own commitments come first, and what is recommended is what recommend says", () => {
  const r = sampleSimulation();
  const simulated = csvFiles(r, futuresHourlyUse(r));
  const alternatives = records(read(simulated, "alternatives.csv"));
  expect(alternatives.map(({ kind }) => kind).slice(0, 5)).toEqual([
    "simulated",
    "nothing",
    "aws-rule",
    "answer",
    "risk-neutral",
  ]);
  expect(alternatives[0]!["purchases"]).toBe("1-year No Upfront $6.840/h + 3-year No Upfront $1.200/h");
  const recommended = records(read(simulated, "offerings.csv")).filter(
    (row) => row["recommended"] === "true",
  );
  expect(recommended.map((row) => `${row["term"]} ${row["payment_option"]}`)).toEqual([
    "1yr no-upfront",
    "1yr all-upfront",
  ]);
  const [aws] = records(read(simulated, "aws-recommendation.csv"));
  expect(aws!["Note"]).toMatch(/^Your own commitments, not a recommendation\. 1-year No Upfront \+ 3-year/);
});

test("hourly.csv adds up to the recommendation, to the cent", () => {
  const hours = records(read(files, "hourly.csv"));
  const total = (column: string): number => hours.reduce((sum, hour) => sum + Number(hour[column]), 0);
  const { expected, horizon, purchases } = sampleRecommendation();
  expect(hours).toHaveLength(horizon.hours);
  expect(hours[0]!["hour_utc"]).toBe("2026-07-01T00:00:00Z");
  expect(total("on_demand_usd")).toBeCloseTo(expected.onDemandUsd, 2);
  const paid = total("new_used_usd") + total("new_unused_usd");
  expect(paid).toBeCloseTo(purchases[0]!.commitmentUsdPerHour * horizon.hours, 2);
  expect(total("new_covered_on_demand_usd") - paid).toBeCloseTo(expected.netSavingsUsd, 2);
});

test("aws-recommendation.csv has AWS's columns, in its order, and names what is illustrative", () => {
  const rows = read(files, "aws-recommendation.csv");
  expect(rows[0]).toEqual([
    "Account ID",
    "Offering ID",
    "Hourly commitment to purchase",
    "Estimated Savings Plans cost",
    "Estimated On-Demand cost",
    "Current average hourly On-Demand spend",
    "Current minimum hourly On-Demand spend",
    "Current maximum hourly On-Demand spend",
    "Estimated average utilization",
    "Estimated monthly savings amount",
    "Estimated savings percentage",
    "Estimated ROI",
    "Note",
  ]);
  const [record] = records(rows);
  expect(record!["Hourly commitment to purchase"]).toBe("8.71950");
  expect(record!["Estimated monthly savings amount"]).toBe("1982.03");
  expect(record!["Note"]).toContain("ILLUSTRATIVE RATES: 58.1%");
});

test("buy nothing is a row with a commitment of zero and the reason", () => {
  const [record] = records(read(csvFiles(sampleBuyNothing(), settle(0, 1)), "aws-recommendation.csv"));
  expect(record!["Hourly commitment to purchase"]).toBe("0.00000");
  expect(record!["Estimated ROI"]).toBe("0.00");
  expect(record!["Note"]).toMatch(/^Buy nothing\. No commitment pays/);
});

test("numbers have no exponent, no separators and no minus zero; what is no number is empty", () => {
  const column = { name: "n", decimals: 5 };
  const cells = [4.172e-7, 1e22, 1234567.891, -0, -0.000001, -1.5, NaN, Infinity, null];
  expect(
    parseCsv(
      csvText(
        [column],
        cells.map((cell) => [cell, null]),
      ),
    )
      .flat()
      .slice(1),
  ).toEqual([
    "0.00000",
    "10000000000000000000000",
    "1234567.89100",
    "0.00000",
    "0.00000",
    "-1.50000",
    "",
    "",
    "",
  ]);
});

test("text that a spreadsheet would run is made text; numbers stay numbers", () => {
  const hostile = [
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "a,b",
    'a"b',
    "a\r\nb",
  ];
  const rows = parseCsv(
    csvText(
      [{ name: "text" }, { name: "n", decimals: 1 }],
      hostile.map((text) => [text, -1]),
    ),
  );
  expect(rows.slice(1)).toEqual(
    hostile.map((text) => [/^[=+\-@\t\r]/.test(text) ? `'${text}` : text, "-1.0"]),
  );
});

/** The totals of one result, in all that is written of it: to the cent what --json says. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSheet } from "read-excel-file/node";
import { expect, test } from "vitest";
import type { Recommendation } from "../../src/domain/documents/recommendation.ts";
import { scratchFolder } from "../ingest/small-exports.ts";
import { parseCsv } from "../report/csv/csv-parse.ts";
import { warm } from "./call.ts";

const OPTIONS = "fixtures/ml-company/cur2-csv --payment any --term 1yr --scenarios 10 --discount-rate 0.07";

const cents = (usd: number): number => Math.round(usd * 100);

type Totals = Record<string, (r: Recommendation) => number>;

const IN_WORDS: Totals = {
  "On-Demand equivalent (eligible usage)": ({ expected }) => expected.onDemandUsd,
  "Cost before, with the plans you own": ({ expected }) => expected.costUsd + expected.netSavingsUsd,
  "Net saving": ({ expected }) => expected.netSavingsUsd,
  "Net saving, worst tenth (mean)": ({ risk }) => -risk.cvarLossUsd,
  "Net saving, 5th percentile": ({ risk }) => risk.netSavingsUsdP5,
  "Net saving, median": ({ risk }) => risk.netSavingsUsdP50,
  "Net saving, 95th percentile": ({ risk }) => risk.netSavingsUsdP95,
};

const IN_CELLS: Totals = {
  "On-Demand cost": ({ expected }) => expected.onDemandUsd,
  "Cost with owned and new plans": ({ expected }) => expected.costUsd,
  "Net savings": ({ expected }) => expected.netSavingsUsd,
  "Mean net savings in the worst tenth of the scenarios": ({ risk }) => -risk.cvarLossUsd,
  "Net savings, 5 % of scenarios below": ({ risk }) => risk.netSavingsUsdP5,
  "Saved in the whole term": ({ cashFlow }) => cashFlow[0]!.undiscountedUsd,
  "Net present value of the term": ({ cashFlow }) => cashFlow[0]!.netPresentValueUsd,
};

const IN_COLUMNS: Totals = {
  on_demand_usd: ({ expected }) => expected.onDemandUsd,
  cost_usd: ({ expected }) => expected.costUsd,
  net_savings_usd: ({ expected }) => expected.netSavingsUsd,
  cvar_loss_usd: ({ risk }) => risk.cvarLossUsd,
  net_savings_usd_p95: ({ risk }) => risk.netSavingsUsdP95,
};

const wanted = (r: Recommendation, totals: Totals): [string, number][] =>
  Object.entries(totals).map(([label, of]) => [label, cents(of(r))]);

/** The amount that follows each label, after what a medium puts between them. */
const amounts = (text: string, between: string): [string, number][] =>
  Object.keys(IN_WORDS).map((label) => {
    const before = label.replaceAll(/[()]/g, String.raw`\$&`) + between;
    const amount = new RegExp(String.raw`${before}(-?\$[\d,]+\.\d\d)`).exec(text)?.[1] ?? "absent";
    return [label, cents(Number(amount.replaceAll(/[$,]/g, "")))];
  });

test.each([
  ["recommend", "--max-upfront 9000", "answer"],
  ["simulate", "--commitment 1yr-no-upfront=2.34567 1yr-all-upfront=1.5", "simulated"],
])("%s: terminal, Markdown, HTML, CSV and XLSX say what --json says", async (verb, more, kind) => {
  const folder = scratchFolder();
  const at = (name: string): string => join(folder, name);
  const call = `${verb} ${OPTIONS} ${more}`.split(" ");
  const files = ["--csv", folder, "--xlsx", at("a.xlsx"), "--html", at("a.html"), "--markdown", at("a.md")];
  const [text, json] = [await warm([...call, "--details"]), await warm([...call, "--json", ...files])];
  const r = JSON.parse(json.stdout) as Recommendation;

  // What is worked out alone is what is worked out with everything else.
  const summary = await warm(call);
  expect(text.stdout.slice(0, summary.stdout.length)).toBe(summary.stdout);
  expect(amounts(text.stdout, " +")).toEqual(wanted(r, IN_WORDS));
  expect(amounts(readFileSync(at("a.md"), "utf8"), String.raw` \| `)).toEqual(wanted(r, IN_WORDS));
  expect(amounts(readFileSync(at("a.html"), "utf8"), "</th>\\s*<td[^>]*>")).toEqual(wanted(r, IN_WORDS));

  const [head, ...rows] = parseCsv(readFileSync(at("alternatives.csv"), "utf8"));
  const row = rows.find(([first]) => first === kind)!;
  const inColumns = Object.keys(IN_COLUMNS).map((column) => [
    column,
    cents(Number(row[head!.indexOf(column)])),
  ]);
  expect(inColumns).toEqual(wanted(r, IN_COLUMNS));

  const cells = new Map((await readSheet(at("a.xlsx"), "Summary")).map(([label, now]) => [label, now]));
  const inCells = Object.keys(IN_CELLS).map((label) => [label, cents(Number(cells.get(label)))]);
  expect(inCells).toEqual(wanted(r, IN_CELLS));
});

/** Bills that are not in dollars: each medium shows their own currency, and no dollar anywhere. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { spelled, USAGE_TYPE, type Format, type MadeBill } from "../ingest/made-bill.ts";
import { scratchFolder } from "../ingest/small-exports.ts";
import { sageplan } from "./sageplan.ts";
import { unzipped } from "./unzipped.ts";

const BILL: MadeBill = {
  months: 1,
  instances: Array.from({ length: 240 }, (_, hour) => 3 + (hour % 24 < 10 ? 2 : 0)),
  begins: 0,
  others: false,
  delay: 24,
  plan: { payment: "No", commitment: 1.5, start: -200, rowsEnd: null },
  discount: 0,
};

/** The exports and a card of the AWS CLI, in this currency. */
function filesIn(currency: string, format: Format): { exports: string; card: string } {
  const folder = scratchFolder();
  for (const [name, text] of Object.entries(spelled(BILL, format))) {
    const path = join(folder, "exports", name);
    mkdirSync(dirname(path), { recursive: true });
    const stated =
      format === "normalized"
        ? text.replace(/^.*$/m, "$&,currency").replaceAll(/^\d.*$/gm, `$&,${currency}`)
        : text.replaceAll("USD", currency);
    writeFileSync(path, stated);
  }
  return { exports: join(folder, "exports"), card: cardIn(currency, folder) };
}

function cardIn(currency: string, folder: string): string {
  const path = join(folder, `${currency}.json`);
  const offering = {
    paymentOption: "No Upfront",
    planType: "SageMaker",
    durationSeconds: 31_536_000,
    currency,
  };
  const rate = { rate: "1.4", unit: "Hrs", usageType: USAGE_TYPE, operation: "RunInstance" };
  writeFileSync(path, JSON.stringify({ searchResults: [{ savingsPlanOffering: offering, ...rate }] }));
  return path;
}

/** What people read of a page or a workbook: no code, no formulas. */
const seenOfPage = (html: string): string => html.replaceAll(/<(script|style)[ >].*?<\/\1>/gs, "");
const seenOfWorkbook = (path: string): string =>
  [...unzipped(readFileSync(path))]
    .filter(([name]) => /sharedStrings|charts\/|drawings\/|styles/.test(name))
    .map(([, xml]) => xml.replaceAll(/<c:f>.*?<\/c:f>/gs, ""))
    .join("\n");

test.each([
  ["CNY", "CN¥", "legacy CUR", "bootstrap"],
  ["CNY", "CN¥", "FOCUS", "history"],
  ["EUR", "€", "CUR 2.0", "history"],
  ["EUR", "€", "normalized", "history"],
] as const)(
  "%s as %s in a %s, in every medium",
  { timeout: 180_000 },
  async (currency, sign, format, futures) => {
    const { exports, card } = filesIn(currency, format);
    const folder = scratchFolder();
    const at = (name: string): string => join(folder, name);
    const files = [
      "--csv",
      at("csv"),
      "--xlsx",
      at("a.xlsx"),
      "--html",
      at("a.html"),
      "--markdown",
      at("a.md"),
    ];
    const sample = futures === "history" ? [] : ["--scenarios", "20"];
    const of = ["--rates", card, "--futures", futures, ...sample, "--term", "1yr"];
    const [text, json, inspected, inspection] = await Promise.all([
      sageplan(["recommend", exports, ...of]),
      sageplan(["recommend", exports, ...of, "--json", ...files]),
      sageplan(["inspect", exports, "--rates", card]),
      sageplan(["inspect", exports, "--json"]),
    ]);
    for (const { stderr, code } of [text, json, inspected, inspection])
      expect(code === 0 ? "" : stderr).toBe("");
    const csv = readdirSync(at("csv")).map((name) => readFileSync(join(at("csv"), name), "utf8"));
    const media: Record<string, string> = {
      terminal: text.stdout,
      inspected: inspected.stdout,
      markdown: readFileSync(at("a.md"), "utf8"),
      html: seenOfPage(readFileSync(at("a.html"), "utf8")),
      xlsx: seenOfWorkbook(at("a.xlsx")),
      csv: csv.join("\n"),
    };
    for (const [medium, shown] of Object.entries(media)) {
      expect([medium, shown.includes(sign)]).toEqual([medium, true]);
      expect([medium, /.*(?:\$|\bUSD\b).*/.exec(shown.replaceAll("US dollars", ""))?.[0]]).toEqual([
        medium,
        undefined,
      ]);
    }
    for (const { stdout } of [json, inspection]) {
      expect(JSON.parse(stdout)).toMatchObject({ currency });
      expect(/.*\$[\d.].*/.exec(stdout)?.[0]).toBeUndefined();
    }
  },
);

test("a card in another currency is refused, also where the table states none", async () => {
  const { exports, card } = filesIn("EUR", "CUR 2.0");
  const other = await sageplan(["recommend", exports, "--rates", cardIn("USD", dirname(card))]);
  expect(other).toMatchObject({ code: 3, stdout: "" });
  expect(other.stderr).toMatch(/--rates can't be used: the card is in USD and the bill in EUR/);
  const table = join(scratchFolder(), "table.csv");
  writeFileSync(table, spelled(BILL, "normalized")["table.csv"]!);
  const untold = await sageplan(["recommend", table, "--rates", card]);
  expect(untold).toMatchObject({ code: 3, stdout: "" });
  expect(untold.stderr).toMatch(/card is in EUR and the bill in USD, as far as it states none/);
});

test("the table of hours keeps the currency, and a table in dollars needs none", async () => {
  const columns = async (currency: string): Promise<string> => {
    const { exports } = filesIn(currency, "FOCUS");
    const out = join(dirname(exports), "hours.csv");
    expect(await sageplan(["normalize", exports, "--out", out])).toMatchObject({ code: 0 });
    const { stdout } = await sageplan(["inspect", out, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ currency });
    return readFileSync(out, "utf8").split("\n")[0]!;
  };
  expect(await columns("CNY")).toBe(`${await columns("USD")},currency`);
});

/** Names in a bill are anyone's. None of them may become a command, a formula, markup or SQL in what is made of the bill. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import readSheets from "read-excel-file/node";
import { parse as parseYaml } from "yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CurRow } from "../ingest/small-exports.ts";
import { parseCsv } from "../report/csv/csv-parse.ts";
import { ATTACKS, faultyExport, injectedRows, OWN_ACCOUNT, writeExport } from "./injected.ts";
import { warm } from "./call.ts";
import type { Call } from "./sageplan.ts";
import { unzipped } from "./unzipped.ts";

const folder = mkdtempSync(join(tmpdir(), "sageplan-injection-"));
const made = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(made(name), "utf8");

const SAMPLED = ["--term", "1yr", "--scenarios", "10"];
const TO_DECIDE = 10;
const ACCOUNTS = [OWN_ACCOUNT, ...ATTACKS].sort();
let calls: Record<"inspect" | "recommend" | "headroom" | "review", Call>;

beforeAll(async () => {
  const bill = made("bill");
  writeExport(bill);
  const media = ["--csv", made("csv"), "--html", made("a.html"), "--xlsx", made("a.xlsx")];
  const store = ["--store", made("store.duckdb"), "--as-of", "2026-10-29"];
  calls = {
    inspect: await warm(["inspect", bill, "--details"]),
    recommend: await warm([
      "recommend",
      bill,
      "--details",
      ...SAMPLED,
      ...media,
      "--markdown",
      made("recommend.md"),
    ]),
    headroom: await warm([
      "headroom",
      bill,
      "--details",
      "--events-out",
      made("h.yaml"),
      "--markdown",
      made("headroom.md"),
    ]),
    review: await warm(["review", bill, "--details", ...SAMPLED, ...store, "--markdown", made("review.md")]),
  };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a terminal obeys, or what hides and reorders text: all but the line's end. */
const OBEYED = /[^\P{Cc}\n]|[\p{Cf}\u2028\u2029]/u;

describe("the terminal", () => {
  test("shows names, and obeys none", () => {
    expect(Object.values(calls).map(({ code }) => code)).toEqual([0, 0, 0, TO_DECIDE]);
    for (const { stdout, stderr } of Object.values(calls)) {
      expect(stdout).toContain("<1b>[31mr");
      expect(stdout).toContain("<202e>");
      expect(stdout + stderr).not.toMatch(OBEYED);
      // A name is never a line of its own.
      expect(stdout).not.toMatch(/^second/m);
    }
  });

  test("JSON is safe to print, and says the names as they are", async () => {
    const { stdout } = await warm(["inspect", made("bill"), "--json"]);
    expect(stdout).not.toMatch(OBEYED);
    const { accounts } = JSON.parse(stdout) as { accounts: { account: string }[] };
    expect(accounts.map(({ account }) => account).sort()).toEqual(ACCOUNTS);
  });

  const QUOTED: (keyof CurRow)[] = [
    "bill/PayerAccountId",
    "lineItem/UsageStartDate",
    "lineItem/UsageEndDate",
    "lineItem/UsageAmount",
    "lineItem/CurrencyCode",
  ];

  test.each(QUOTED)(
    "%s: a refusal shows what it quotes, and a line break in it ends no line",
    async (column) => {
      const attack = "\u001b[31mred\u0007\u202e\nsageplan: all is well";
      const { code, stdout, stderr } = await warm(["recommend", faultyExport(column, attack)]);
      expect([2, 3]).toContain(code);
      expect(stdout).toBe("");
      expect(stderr).toContain("<1b>[31mred<7><202e> sageplan: all is well");
      expect(stderr).not.toMatch(OBEYED);
    },
  );
});

test("CSV: a cell that a spreadsheet would run is a number, and the rest parses back", () => {
  const files = readdirSync(made("csv"));
  expect(files.length).toBeGreaterThanOrEqual(7);
  const cells = files.flatMap((name) => {
    const rows = parseCsv(read(`csv/${name}`));
    expect([name, new Set(rows.map((row) => row.length)).size]).toEqual([name, 1]);
    return rows.flat();
  });
  expect(cells).toContain(`'${ATTACKS[0]}`);
  expect(cells.filter((cell) => /^\s*[=+\-@\t\r]/.test(cell) && !/^-\d+(?:\.\d+)?$/.test(cell))).toEqual([]);
});

test("HTML: the page's own two scripts and no others, nor markup from a name", () => {
  const page = read("a.html");
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(page).not.toMatch(OBEYED);
  const OWN = /<script(?: type="application\/json" id="data")?>[\s\S]*?<\/script>/g;
  const own = page.match(OWN) ?? [];
  expect(own).toHaveLength(2);
  expect(own.join("")).not.toMatch(/<!--|<script>alert/);
  const tags = page.replace(OWN, "").match(/<[^>]*>/g) ?? [];
  const bare = tags.map((tag) => tag.replace(/"[^"]*"/g, '""'));
  expect(bare.filter((tag) => /^<\/?(?:script|img|iframe|object|base)|\son\w+\s*=/i.test(tag))).toEqual([]);
});

describe.each(["recommend", "headroom", "review"])("Markdown of %s", (verb) => {
  /** Ours: it folds the details. */
  const FOLD = /^<\/?(?:details|summary>Details<\/summary)>$/gm;
  /** Within a table a bar that no backslash precedes is an edge. */
  const edges = (line: string): number => line.match(/(?<!\\)(?:\\\\)*\|/g)?.length ?? 0;

  test("rows keep their cells; no HTML, no fence that a name opens, no link", () => {
    const text = read(`${verb}.md`);
    expect(text).toMatch(/a\\\|b|alert\(1\)/);
    for (const table of text.match(/(?:^\|.*\n)+/gm) ?? [])
      expect([table, new Set(table.trimEnd().split("\n").map(edges)).size]).toEqual([table, 1]);
    const prose = text.replace(/^```sh\n[\s\S]*?^```$/gm, "").replace(FOLD, "");
    expect(prose).not.toMatch(/(?<!\\)<[a-z/!?]/i);
    expect(prose).not.toMatch(/(?<!\\)```|(?<!\\)\]\(|https?:\/\//);
    expect(text.replaceAll("\u200b", "")).not.toMatch(OBEYED);
  });
});

test("XLSX: names are strings, and no formula holds one", async () => {
  const bytes = readFileSync(made("a.xlsx"));
  const sheets = await readSheets(bytes);
  const texts = sheets
    .flatMap(({ data }) => data.flat())
    .filter((cell): cell is string & typeof cell => typeof cell === "string");
  expect(texts.filter((text) => text.includes("HYPERLINK")).length).toBeGreaterThan(0);
  expect(texts.filter((text) => /^\s*[=+\-@]/.test(text))).toEqual([]);
  const xml = unzipped(bytes);
  const formulas = [...xml.values()].flatMap((part) => part.match(/<f>[^<]*<\/f>/g) ?? []);
  expect(formulas.length).toBeGreaterThan(100);
  expect(formulas.filter((formula) => /HYPERLINK|DROP|alert|@x|^<f>[-+=]/.test(formula))).toEqual([]);
  const BROKEN = /\]\]>|<script|<!\[CDATA|[^\P{Cc}\t\r\n]|\p{Cf}/u;
  expect([...xml].filter(([, part]) => BROKEN.test(part)).map(([name]) => name)).toEqual([]);
});

test("the store holds SQL text as text", async () => {
  expect(existsSync(made("store.duckdb"))).toBe(true);
  const instance = await DuckDBInstance.create(made("store.duckdb"), { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const rows = await connection.runAndReadAll(
    "SELECT sum(row_count)::INTEGER, list(DISTINCT account_id) FROM line",
  );
  const [count, accounts] = rows.getRowsJson()[0] as [number, string[]];
  expect(count).toBe(injectedRows);
  expect([...accounts].sort()).toEqual(ACCOUNTS);
  instance.closeSync();
});

test("the events file is YAML whose names are strings, and whose keys are ours", () => {
  const text = read("h.yaml");
  expect(text).not.toMatch(OBEYED);
  const { events } = parseYaml(text) as { events: Record<string, unknown>[] };
  expect(events).toHaveLength(ATTACKS.length);
  expect(events.filter((event) => JSON.stringify(event).includes("DROP TABLE"))).toHaveLength(1);
  for (const event of events)
    expect(Object.keys(event).sort()).toEqual(["autoscaling", "from", "probability"]);
});

/** The commands around a library that answers at once: what goes where, and what is left behind. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Sageplan } from "../../src/cli/io.ts";
import { SageplanError } from "../../src/domain/error.ts";
import type { Recommendation } from "../../src/domain/documents/recommendation.ts";
import { illustrativeWarning } from "../../src/report/document/answer.ts";
import { csvFiles } from "../../src/report/csv/files.ts";
import { findingsText } from "../../src/report/document/findings-text.ts";
import { detailsText } from "../../src/report/terminal/details.ts";
import { quietText, summaryText } from "../../src/report/terminal/summary.ts";
import { sampleSimulation } from "../report/sample-futures.ts";
import { sampleHourlyUse, sampleInspection, sampleRecommendation } from "../report/sample.ts";
import { sampleCommitmentTable } from "../report/sample-commitment-table.ts";
import { workbookXlsx } from "../../src/report/xlsx/workbook.ts";
import { documentHtml } from "../../src/report/html/page-assets.ts";
import { documentMarkdown } from "../../src/report/markdown/document.ts";
import { sampleWhatIf } from "../report/sample-what-if.ts";
import { call } from "./call.ts";

const CSV_NAMES = [
  "alternatives.csv",
  "aws-recommendation.csv",
  "cash-flow.csv",
  "curve.csv",
  "frontier.csv",
  "hourly.csv",
  "offerings.csv",
];

const recommended = (recommendation: Recommendation) => ({
  recommendation,
  hourlyUse: sampleHourlyUse(),
  whatIf: sampleWhatIf(recommendation),
  commitmentTable: sampleCommitmentTable,
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sageplan-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the verbs were called with. */
let called: unknown[] = [];

const library = (overrides: Partial<Sageplan> = {}) => ({
  load: () =>
    Promise.resolve({
      inspect: async (options: unknown) => {
        called = [options];
        return sampleInspection();
      },
      normalize: async (options: { out: string }) => {
        called = [options];
        const span = { from: "2026-07-01T00:00:00Z", to: "2026-09-29T00:00:00Z" };
        return { out: options.out, rows: 12_345, ...span, findings: [] };
      },
      recommend: async (options: unknown) => {
        called = [options];
        return recommended(sampleRecommendation());
      },
      simulate: async (options: unknown) => {
        called = [options];
        return recommended(sampleSimulation());
      },
      recommendSummary: async (options: unknown) => {
        called = [options];
        return sampleRecommendation();
      },
      simulateSummary: async (options: unknown) => {
        called = [options];
        return sampleSimulation();
      },
      summaryText,
      quietText,
      detailsText,
      findingsText,
      csvFiles,
      workbookXlsx,
      documentHtml,
      documentMarkdown,
      illustrativeWarning,
      SageplanError,
      ...overrides,
    } as unknown as Sageplan),
});

test("recommend hands the options over by their API names, and nothing that was not given", async () => {
  await call(
    ["recommend", "a", "b", "--term", "1yr", "--from=2026-07-01", "--to", "2026-07-09T05Z"].concat([
      "--negotiated-discount",
      ".06",
      "--memory=2GB",
      "--owned",
      "o.json",
      "--rates",
      "r1",
      "r2",
    ]),
    library(),
  );
  expect(called).toEqual([
    {
      exports: ["a", "b"],
      term: "1yr",
      from: "2026-07-01T00:00:00Z",
      to: "2026-07-09T05:00:00Z",
      negotiatedDiscount: 0.06,
      memory: "2GB",
      owned: ["o.json"],
      rates: ["r1", "r2"],
    },
  ]);
  await call(["recommend", "a"], library());
  expect(called).toEqual([{ exports: ["a"] }]);
});

test("scenarios, risk and limits reach both verbs by their API names", async () => {
  const options = [
    "--futures",
    "f.csv",
    "--risk-aversion",
    "0",
    "--tail",
    ".95",
    "--min-utilization",
    "1",
  ].concat(["--max-commitment", "0", "--max-upfront", "50000", "--discount-rate", "0.08"]);
  const given = {
    futures: "f.csv",
    riskAversion: 0,
    tail: 0.95,
    minUtilization: 1,
    maxCommitment: 0,
    maxUpfront: 50_000,
    discountRate: 0.08,
  };
  await call(["recommend", "x", ...options], library());
  expect(called).toEqual([{ exports: ["x"], ...given }]);
  await call(["simulate", "x", "--commitment", "1yr-no-upfront=2.5", ...options], library());
  const commitments = [{ term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 2.5 }];
  expect(called).toEqual([{ exports: ["x"], commitments, ...given }]);
  await call(["recommend", "x", "--futures", "history"], library());
  expect(called).toEqual([{ exports: ["x"], futures: "history" }]);
});

test.each([
  ["1yr-no-upfront=5", "1yr", "no-upfront", 5],
  ["1yr/no-upfront=0", "1yr", "no-upfront", 0],
  ["3YR:Partial-Upfront=0.001", "3yr", "partial-upfront", 0.001],
  ["1yr no-upfront=12.34567", "1yr", "no-upfront", 12.34567],
  ["3-year All Upfront = 1000000", "3yr", "all-upfront", 1_000_000],
  ["3 years, NoUpfront=.5", "3yr", "no-upfront", 0.5],
  ["1yr_all_upfront=7", "1yr", "all-upfront", 7],
])("--commitment '%s'", async (text, term, paymentOption, commitmentUsdPerHour) => {
  const { code } = await call(["simulate", "x", "--commitment", text], library());
  expect(code).toBe(0);
  expect(called).toEqual([{ exports: ["x"], commitments: [{ term, paymentOption, commitmentUsdPerHour }] }]);
});

test("--commitment may be repeated or take several, and stands before or after the exports", async () => {
  const commitments = [
    { term: "3yr", paymentOption: "all-upfront", commitmentUsdPerHour: 1 },
    { term: "1yr", paymentOption: "no-upfront", commitmentUsdPerHour: 2 },
  ];
  for (const line of [
    "simulate x --commitment 3yr-all-upfront=1 1yr-no-upfront=2",
    "simulate x --commitment 3yr-all-upfront=1 --commitment 1yr-no-upfront=2",
    "simulate --commitment 3yr-all-upfront=1 1yr-no-upfront=2 -- x",
  ]) {
    await call(line.split(" "), library());
    expect(called).toEqual([{ exports: ["x"], commitments }]);
  }
});

test("simulate shows the simulation: text, JSON and CSV", async () => {
  const argv = ["simulate", "x", "--commitment", "1yr-no-upfront=6.84"];
  const text = await call(argv, library());
  expect(text.out).toBe(summaryText(sampleSimulation(), { colour: false, width: 100 }));
  const { out } = await call([...argv, "--json", "--csv", join(folder, "out")], library());
  expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(sampleSimulation())));
  expect(readdirSync(join(folder, "out")).toSorted()).toEqual(CSV_NAMES);
});

test("recommend prints text without colour into a pipe, and in colour on a terminal that wants it", async () => {
  const piped = await call(["recommend", "x"], library());
  expect(piped).toEqual({
    code: 0,
    out: summaryText(sampleRecommendation(), { colour: false, width: 100 }),
    err: "",
  });
  const tty = { out: { write: () => 0, isTTY: true, columns: 80 } };
  const coloured = await call(["recommend", "x"], { ...library(), ...tty });
  expect(coloured.out).toBe(summaryText(sampleRecommendation(), { colour: true, width: 80 }));
  for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }]) {
    const { out } = await call(["recommend", "x"], { ...library(), ...tty, env });
    expect(out).not.toContain("\u001b");
  }
});

test("--details: everything, or the sections named, after the summary; what follows it without = is an export", async () => {
  const style = { colour: false, width: 100 };
  const summary = summaryText(sampleRecommendation(), style);
  const all = await call(["recommend", "--details", "x"], library());
  expect(called).toEqual([{ exports: ["x"] }]);
  expect(all.out).toBe(summary + detailsText(sampleRecommendation(), "all", style));
  const some = await call(["recommend", "x", "--details=cash,owned"], library());
  expect(some.out).toBe(summary + detailsText(sampleRecommendation(), ["cash", "owned"], style));
  expect(some.out).toContain("Plans you own already");
  expect(some.out).not.toContain("Inputs and assumptions");
  const wrong = await call(["recommend", "x", "--details=cash,none"], library());
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain("Expected names with commas between");
});

test("--quiet: what to buy, and nothing else", async () => {
  const { out } = await call(["recommend", "x", "--quiet"], library());
  expect(out).toBe(quietText(sampleRecommendation(), { colour: false, width: 100 }));
  expect(out.split("\n").length).toBeLessThanOrEqual(4);
});

test("COLUMNS says how wide the text may be", async () => {
  const { out } = await call(["recommend", "x"], { ...library(), env: { COLUMNS: "80" } });
  expect(out).toBe(summaryText(sampleRecommendation(), { colour: false, width: 80 }));
});

test("--json: one document on standard output; the warning and the files on standard error", async () => {
  const { code, out, err } = await call(
    ["recommend", "x", "--json", "--csv", join(folder, "out")],
    library(),
  );
  expect(code).toBe(0);
  expect(out.endsWith("}\n")).toBe(true);
  expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(sampleRecommendation())));
  expect(err).toMatch(/^sageplan: ILLUSTRATIVE RATES: 58\.1%/);
  expect(err).toContain(`Wrote ${join(folder, "out", "hourly.csv")}\n`);
});

test("--json escapes what a terminal could obey, and still says the same", async () => {
  const hostile = sampleInspection();
  hostile.currency = "\u001b[2J\u009b31m\u202E\u{E0001}";
  const { out } = await call(["inspect", "x", "--json"], library({ inspect: async () => hostile }));
  expect(out.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect((JSON.parse(out) as { currency: string }).currency).toBe(hostile.currency);
});

test("inspect and normalize print what was found", async () => {
  expect((await call(["inspect", "x"], library())).out).toContain("exact: every row of $45,123 billed");
  const { out } = await call(["normalize", "x", "--out", "hours.csv"], library());
  expect(out).toBe("Wrote hours.csv: 12,345 rows, 2026-07-01T00:00:00Z to 2026-09-29T00:00:00Z\n");
});

test("--csv makes the folder, replaces older files, and leaves nothing temporary", async () => {
  const out = join(folder, "a", "b");
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "curve.csv"), "old");
  const result = await call(["recommend", "x", "--csv", out], library());
  expect(result.code).toBe(0);
  expect(readdirSync(out).toSorted()).toEqual(CSV_NAMES);
  expect(readFileSync(join(out, "curve.csv"), "utf8")).toBe(
    csvFiles(sampleRecommendation(), sampleHourlyUse())[1]!.text,
  );
});

test("--csv that cannot be written exits 3, prints no result, and leaves everything as it was", async () => {
  writeFileSync(join(folder, "file"), "mine");
  mkdirSync(join(folder, "taken", "curve.csv"), { recursive: true });
  const before = readdirSync(folder, { recursive: true });
  for (const target of ["file", "file/below", "taken", `new/${"x".repeat(300)}`]) {
    const { code, out, err } = await call(["recommend", "x", "--csv", join(folder, target)], library());
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toMatch(
      /^sageplan: cannot write .*Nothing was written; choose another place with --csv\.\n$/,
    );
  }
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
});

const failing = (error: Error) => library({ recommendSummary: () => Promise.reject(error) });

test("a fault of the world: its message, harmless, and its exit code", async () => {
  const fault = new SageplanError("damaged-file", "evil\u001b[2J.csv, row 3:\nnot a number");
  expect(await call(["recommend", "x"], failing(fault))).toEqual({
    code: 3,
    out: "",
    err: "sageplan: evil<1b>[2J.csv, row 3: not a number\n",
  });
  const engine = await call(["recommend", "x"], failing(new SageplanError("engine-failure", "no memory")));
  expect(engine.code).toBe(4);
});

test("anything else is an internal error: exit 70, the stack, and how to report it", async () => {
  const { code, out, err } = await call(["recommend", "x"], failing(new Error("invariant broken: x")));
  expect({ code, out }).toEqual({ code: 70, out: "" });
  expect(err).toMatch(/internal error.*invariant broken: x.*commands\.test\.ts.*Please report it/s);
});

test("--xlsx: the workbook, whole, beside the text or the JSON document", async () => {
  const file = join(folder, "new", "plan.xlsx");
  const text = await call(["recommend", "x", "--xlsx", file], library());
  expect(text).toMatchObject({ code: 0, err: "" });
  expect(text.out).toContain(`Wrote ${file}`);
  expect(readFileSync(file).subarray(0, 2).toString()).toBe("PK");
  expect(readdirSync(join(folder, "new"))).toEqual(["plan.xlsx"]);
  const json = await call(
    ["simulate", "x", "--commitment", "1yr-no-upfront=3", "--json", "--xlsx", file],
    library(),
  );
  expect(json.err).toContain(`Wrote ${file}`);
  expect(JSON.parse(json.out)).toMatchObject({ schema: "sageplan/simulation/2" });
  mkdirSync(join(folder, "taken.xlsx"));
  const refused = await call(["recommend", "x", "--xlsx", join(folder, "taken.xlsx")], library());
  expect(refused).toMatchObject({ code: 3, out: "" });
  expect(refused.err).toMatch(/cannot write .*taken\.xlsx: .*is a folder.*--xlsx/s);
});

test("one file that cannot be written: none is; one file for two outputs is refused before any work", async () => {
  const before = readdirSync(folder, { recursive: true });
  const at = (name: string): string => join(folder, name);
  const outputs = ["--csv", at("new/csv"), "--html", at("new/a.html"), "--xlsx", at("a.xlsx")];
  const { code, out, err } = await call(
    ["recommend", "x", ...outputs, "--markdown", at(`${"x".repeat(300)}.md`)],
    library(),
  );
  expect({ code, out }).toEqual({ code: 3, out: "" });
  expect(err).toMatch(/Nothing was written; choose another place with --markdown/);
  const twice = await call(
    ["recommend", "x", "--html", at("a"), "--markdown", `${folder}/./a`],
    library({ recommend: () => Promise.reject(new Error("it worked")) }),
  );
  expect(twice).toMatchObject({ code: 2, out: "" });
  expect(twice.err).toMatch(/--html and --markdown both name .*one would overwrite the other/);
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
});

test("interrupted: exit 130, no result, no file, whether the verb noticed or not", async () => {
  const deaf = recommended(sampleRecommendation());
  for (const end of [() => Promise.reject(new Error("aborted")), () => Promise.resolve(deaf)]) {
    const interruption = new AbortController();
    const recommend: Sageplan["recommend"] = () => {
      interruption.abort();
      return end();
    };
    const csv = join(folder, "interrupted");
    const result = await call(["recommend", "x", "--csv", csv], {
      ...library({ recommend }),
      signal: interruption.signal,
    });
    expect(result).toEqual({ code: 130, out: "", err: "sageplan: interrupted; no output was written\n" });
    expect(existsSync(csv)).toBe(false);
  }
});

/** A verb that takes this long and tells twice how far it is. */
const recommendFor = (milliseconds: number): Sageplan["recommendSummary"] =>
  async function recommendSummary(_, effects) {
    effects?.onProgress?.({ step: "Reading billing export", done: 0, total: 48, unit: "files" });
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    effects?.onProgress?.({ step: "Reading billing export", done: 12, total: 48, unit: "files" });
    return sampleRecommendation();
  };

/** What such a verb leaves on standard error. */
const shownBy = async (milliseconds: number, io: object): Promise<string> =>
  (await call(["recommend", "x"], { ...library({ recommendSummary: recommendFor(milliseconds) }), ...io }))
    .err;

test("progress: one line on a terminal, only for long work, cleared at the end; none otherwise", async () => {
  const terminal = { err: { write: () => 0, isTTY: true, columns: 80 } };
  expect(await shownBy(1_050, terminal)).toBe("\r\u001b[2KReading billing export  12 of 48 files\r\u001b[2K");
  expect(await shownBy(10, terminal)).toBe("");
  expect(await shownBy(1_050, {})).toBe("");
});

/** Options that are said once: in a file, in the environment; which of them stands, and what is refused. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Sageplan } from "../../src/cli/io.ts";
import { FINDINGS } from "../../src/domain/finding-codes.ts";
import { ERRORS } from "../../src/domain/error.ts";
import { sampleRecommendation } from "../report/sample.ts";
import { quietText, summaryText } from "../../src/report/terminal/summary.ts";
import { scratchFolder } from "../ingest/small-exports.ts";
import { call } from "./call.ts";

/** What `recommend` was called with, beside the exports. */
async function calledWith(argv: string[], env: Record<string, string> = {}): Promise<unknown> {
  let called: unknown;
  const recommendSummary = (options: unknown) => {
    called = options;
    return Promise.resolve(sampleRecommendation());
  };
  const library = { recommendSummary, summaryText, quietText } as unknown as Sageplan;
  const { code, err } = await call(["recommend", "x", ...argv], {
    env,
    load: () => Promise.resolve(library),
  });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { exports: _exports, ...options } = called as Record<string, unknown>;
  return options;
}

const fileOf = (text: string): string => {
  const path = join(scratchFolder(), "settings.yaml");
  writeFileSync(path, text);
  return path;
};

const FILE = `
term: 1yr
scenarios: 30
rates: [a.json, b.json]
region: eu-west-1
recommend:
  scenarios: 40
  risk-aversion: 0.3
  no-queue: true
review:
  scenarios: 50
`;

test("the command's part of the file over the rest of it, the environment over both, the command line over all", async () => {
  const config = fileOf(FILE);
  const inFile = {
    term: "1yr",
    rates: ["a.json", "b.json"],
    region: "eu-west-1",
    riskAversion: 0.3,
    queue: false,
  };
  expect(await calledWith(["--config", config])).toEqual({ ...inFile, scenarios: 40 });
  const env = { SAGEPLAN_CONFIG: config, SAGEPLAN_SCENARIOS: "60", SAGEPLAN_TAIL: "0.8" };
  expect(await calledWith([], env)).toEqual({ ...inFile, scenarios: 60, tail: 0.8 });
  expect(await calledWith(["--scenarios", "70", "--rates", "c.json"], env)).toEqual({
    ...inFile,
    scenarios: 70,
    tail: 0.8,
    rates: ["c.json"],
  });
});

test("what a file says is left out where the command line says what does not go with it", async () => {
  const config = fileOf("lookback: 30d\n");
  expect(await calledWith(["--config", config])).toEqual({ lookback: "30d" });
  expect(await calledWith(["--config", config, "--from", "2026-10-01"])).toEqual({
    from: "2026-10-01T00:00:00Z",
  });
});

describe("refused with its place", () => {
  test.each([
    ["trem: 1yr\n", /settings\.yaml: "trem" is no option/],
    ["term: 2yr\n", /settings\.yaml: term: allowed are 1yr, 3yr, any/],
    ["risk-aversion: 3\n", /settings\.yaml: risk-aversion: Expected a weight from 0/],
    ["recommend:\n  tail: [0.1, 0.2]\n", /settings\.yaml, recommend: tail takes one value/],
    ["recommend: 1yr\n", /recommend is a command: expected its options under it/],
    ["no-queue: perhaps\n", /no-queue is a switch: expected true or false/],
    ["- a list\n", /holds no settings/],
    ["a: [\n", /can't be read as settings/],
    ["lookback: 30d\nfrom: 2026-10-01\n", /do not go together/],
    ["term: {a: 1}\n", /term has no plain value/],
  ])("%j", async (text, message) => {
    const { code, err } = await call(["recommend", "x", "--config", fileOf(text)]);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  test("a variable that names no option, and a file that is not there", async () => {
    const wrong = await call(["recommend", "x"], { env: { SAGEPLAN_SEDE: "1" } });
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringMatching(/SAGEPLAN_SEDE: "sede" is no option/)]);
    const none = await call(["recommend", "x", "--config", "none.yaml"]);
    expect([none.code, none.err]).toEqual([2, expect.stringMatching(/none\.yaml can't be read as settings/)]);
  });

  test("what a call is about belongs on the command line", async () => {
    const { code, err } = await call(["config", "normalize", "--config", fileOf("out: t.csv\n")]);
    expect([code, err]).toEqual([2, expect.stringMatching(/--out is what a call is about/)]);
  });
});

test("config tells each value and where it was said", async () => {
  const { out, code } = await call(["config", "--config", fileOf(FILE)], { env: { SAGEPLAN_SEED: "7" } });
  expect(code).toBe(0);
  const rows = out.split("\n").map((line) => line.split(/ {2,}/));
  const of = (flag: string) =>
    rows
      .find(([name]) => name === flag)!
      .slice(1)
      .join(" ");
  expect(of("--scenarios")).toMatch(/^40 .*settings\.yaml, recommend$/);
  expect(of("--term")).toMatch(/^1yr .*settings\.yaml$/);
  expect(of("--seed")).toBe("7 SAGEPLAN_SEED");
  expect(of("--tail")).toBe("0.9 default");
});

test("an option without effect is refused on the command line; in a file it may be for other calls", async () => {
  for (const [argv, message] of [
    [["--region", "eu-west-1"], /--region has no effect without --engine athena/],
    [["--server", "https://trino.example.com"], /--server has no effect without --engine trino/],
    [["--engine", "trino", "--workgroup", "w"], /--workgroup has no effect without --engine athena/],
    [["--target-utilization", "0.5"], /--target-utilization has no effect without --metrics/],
  ] as const) {
    const { code, err } = await call(["recommend", "x", ...argv]);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  }
});

test("every code is explained; one that is none is refused", async () => {
  const load = () => Promise.resolve({ ERRORS, FINDINGS } as unknown as Sageplan);
  for (const [code, means] of Object.entries(FINDINGS)) {
    expect((await call(["explain", code], { load })).out).toContain(means);
  }
  for (const [code, { todo }] of Object.entries(ERRORS)) {
    expect((await call(["explain", code], { load })).out).toContain(todo);
  }
  const all = (await call(["explain"], { load })).out;
  for (const code of [...Object.keys(FINDINGS), ...Object.keys(ERRORS)]) expect(all).toContain(`  ${code} `);
  const none = await call(["explain", "constructor"], { load });
  expect([none.code, none.err]).toEqual([
    2,
    expect.stringMatching(/no finding and no error has the code constructor/),
  ]);
});

test("help shows the common options in groups, and all of them with --all", async () => {
  const { out: short } = await call(["recommend", "--help"]);
  const { out: whole } = await call(["recommend", "--help", "--all"]);
  expect(short).not.toContain("--print-sql");
  expect(short).toMatch(/\d+ options more: sageplan recommend --help --all/);
  for (const title of ["What counts:", "What may be bought:", "Scenarios and risk:", "Output:", "Engines:"]) {
    expect(short).toContain(`\n${title}\n`);
    expect(whole).toContain(`\n${title}\n`);
  }
  expect(whole).toContain("--print-sql");
  expect(whole).not.toMatch(/options more/);
});

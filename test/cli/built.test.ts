/** The command line as it is shipped: built, run as a process, on the fixture. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { scratchFolder } from "../ingest/small-exports.ts";
import { warm } from "./call.ts";
import { sageplan } from "./sageplan.ts";

const FIXTURE = "fixtures/ml-company/cur2-csv";

const validator = (name: string) =>
  new Ajv2020({ allErrors: true }).compile(
    JSON.parse(readFileSync(`dist/report/schema/${name}.schema.json`, "utf8")),
  );

describe("what a user sees", () => {
  test("demo", async () => {
    const folder = scratchFolder();
    const { code, stdout, stderr } = await sageplan(["demo", "--csv", join(folder, "out")]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(readdirSync(join(folder, "out")).sort()).toEqual([
      "alternatives.csv",
      "aws-recommendation.csv",
      "cash-flow.csv",
      "curve.csv",
      "frontier.csv",
      "hourly.csv",
      "offerings.csv",
    ]);
    await expect(stdout.replaceAll(folder, "FOLDER")).toMatchFileSnapshot("golden/demo.txt");
  });

  test("inspect", async () => {
    const { code, stdout, stderr } = await sageplan(["inspect", FIXTURE]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot("golden/inspect.txt");
  });

  test("review", async () => {
    const store = join(scratchFolder(), "store.duckdb");
    const args = ["--store", store, "--as-of", "2026-10-30T08:00:00Z", "--term", "1yr", "--scenarios", "20"];
    const { code, stdout, stderr } = await sageplan(["review", FIXTURE, ...args]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot("golden/review.txt");
  });

  test.each([
    ["--help"],
    ["recommend --help"],
    ["simulate --help"],
    ["backtest --help"],
    ["review --help"],
    ["pull --help"],
    ["headroom --help"],
    ["inspect --help"],
    ["normalize --help"],
    ["demo --help"],
  ])("%s", async (args) => {
    const { code, stdout, stderr } = await warm(args.split(" "));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot(
      `golden/${args.replaceAll(/[^a-z]+/g, "-").replace(/^-/, "")}.txt`,
    );
  });
});

describe("--json", () => {
  test.each([
    ["recommendation", ["recommend", FIXTURE, "--scenarios", "10", "--term", "1yr"]],
    ["recommendation", ["recommend", FIXTURE, "--scenarios", "10", "--term", "1yr", "--ladder", "6"]],
    ["inspection", ["inspect", FIXTURE]],
    ["backtest", ["backtest", FIXTURE, "--scenarios", "10", "--term", "1yr"]],
  ])(
    "%s: one document that fits its schema, the same bytes in any time zone and locale",
    async (name, args) => {
      const first = await warm([...args, "--json"]);
      expect(first.code).toBe(0);
      const validate = validator(name);
      validate(JSON.parse(first.stdout));
      expect(validate.errors).toBeNull();
      const elsewhere = await sageplan([...args, "--json"], {
        env: { TZ: "Asia/Kolkata", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" },
      });
      expect(elsewhere.stdout).toBe(first.stdout);
    },
  );

  test("nothing but the document on standard output; the warning of illustrative rates on standard error", async () => {
    const { stdout, stderr } = await sageplan(["recommend", FIXTURE, "--json", "--futures", "history"]);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("}");
    expect(stderr).toMatch(/ILLUSTRATIVE RATES/);
  });
});

test("the CSV files add up to the JSON, a negotiated discount of 5 % included", async () => {
  const folder = scratchFolder();
  const { stdout } = await warm([
    "recommend",
    FIXTURE,
    "--json",
    "--csv",
    folder,
    "--negotiated-discount",
    "0",
    "--futures",
    "history",
  ]);
  const recommendation = JSON.parse(stdout);
  const table = (name: string) => {
    const [header, ...lines] = readFileSync(join(folder, name), "utf8").trim().split("\r\n");
    return lines.map((line) =>
      Object.fromEntries(header!.split(",").map((key, n) => [key, line.split(",")[n]!])),
    );
  };
  const hourly = table("hourly.csv");
  const sum = (column: string) => hourly.reduce((total, row) => total + Number(row[column]), 0);
  expect(hourly).toHaveLength(recommendation.history.hours);
  expect(sum("on_demand_usd")).toBeCloseTo(recommendation.expected.onDemandUsd, 2);
  expect(sum("new_used_usd") + sum("new_unused_usd")).toBeCloseTo(
    (1 - recommendation.negotiatedDiscount.share) *
      recommendation.purchases[0].commitmentUsdPerHour *
      recommendation.history.hours,
    2,
  );
  expect(sum("on_demand_usd")).toBeCloseTo(
    sum("owned_covered_on_demand_usd") + sum("new_covered_on_demand_usd") + sum("on_demand_left_usd"),
    2,
  );
  const best = table("offerings.csv").find((row) => row.recommended === "true");
  expect(Number(best!.net_savings_usd)).toBeCloseTo(recommendation.expected.netSavingsUsd, 2);
});

test("normalize writes the table and says what it wrote", async () => {
  const out = join(scratchFolder(), "table.csv");
  const { code, stdout } = await sageplan(["normalize", FIXTURE, "--out", out]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/table\.csv: [\d,]+ rows, 2026-10-01T00:00:00Z to 2026-10-30T06:00:00Z/);
  const again = join(scratchFolder(), "again.csv");
  await warm(["normalize", FIXTURE, "--out", again]);
  expect(readFileSync(again, "utf8")).toBe(readFileSync(out, "utf8"));
});

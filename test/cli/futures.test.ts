/** Futures, risk, limits and `simulate`: the built command line on the fixture's own futures, figure held against figure. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Purchase } from "../../src/domain/documents/purchase.ts";
import { TERM_HOURS, UPFRONT_SHARE } from "../../src/domain/offering.ts";
import type { Recommendation } from "../../src/domain/documents/recommendation.ts";
import { futuresText, SOON_HOURS, SOON_LINES, soonFutures } from "../ingest/company-futures.ts";
import { folderWith, scratchFolder } from "../ingest/small-exports.ts";
import { parseCsv } from "../report/csv/csv-parse.ts";
import { warm } from "./call.ts";
import { sageplan } from "./sageplan.ts";

const EXPORT = resolve("fixtures/ml-company/cur2-parquet");
const FUTURES = soonFutures();
/** Some purchase of one year, told what may come. */
const OF_ONE_YEAR = ["--term", "1yr", "--payment", "any", "--futures", FUTURES];

const calls = new Map<string, Promise<string>>();

/** The JSON text of a call; one that was made before is not made again. */
function jsonText(...args: string[]): Promise<string> {
  const key = args.join(" ");
  const known = calls.get(key);
  if (known) return known;
  const made = warm([args[0]!, EXPORT, ...args.slice(1), "--json"]).then(({ code, stdout, stderr }) => {
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
    return stdout;
  });
  calls.set(key, made);
  return made;
}

const json = async (...args: string[]): Promise<Recommendation> =>
  JSON.parse(await jsonText(...args)) as Recommendation;

const recommended = (...more: string[]): Promise<Recommendation> =>
  json("recommend", ...OF_ONE_YEAR, ...more);

const holding = (
  purchases: readonly Purchase[],
  queued: readonly Recommendation["queued"][number][] = [],
): string[] => [
  "--commitment",
  ...purchases.map(
    ({ term, paymentOption, commitmentUsdPerHour }) => `${term}-${paymentOption}=${commitmentUsdPerHour}`,
  ),
  ...queued.map(
    ({ term, paymentOption, commitmentUsdPerHour, start }) =>
      `${term}-${paymentOption}=${commitmentUsdPerHour}@${start}`,
  ),
];

const total = (purchases: readonly Purchase[]): number =>
  purchases.reduce((sum, { commitmentUsdPerHour }) => sum + commitmentUsdPerHour, 0);

const upfront = (purchases: readonly Purchase[]): number =>
  purchases.reduce((sum, { upfrontUsd }) => sum + upfrontUsd, 0);

describe("what a user sees", () => {
  test("recommend on scenarios of one's own", async () => {
    const args = ["fixtures/ml-company/cur2-csv", "--futures", "fixtures/ml-company/futures.csv.gz"];
    const { code, stdout, stderr } = await sageplan([
      "recommend",
      ...args,
      "--payment",
      "any",
      "--term",
      "1yr",
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot("golden/recommend-futures.txt");
  });

  test("simulate on the past", async () => {
    const { code, stdout, stderr } = await sageplan([
      "simulate",
      "fixtures/ml-company/cur2-csv",
      "--commitment",
      "1yr-no-upfront=2.6072",
      "--futures",
      "history",
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot("golden/simulate.txt");
  });
});

describe("one document", () => {
  const MIXED = ["--commitment", "1yr-no-upfront=1", "3yr-all-upfront=0.5", "--futures", FUTURES];

  test.each([
    ["recommend", ["recommend", ...OF_ONE_YEAR]],
    ["simulate", ["simulate", ...MIXED]],
    ["simulate nothing", ["simulate", "--commitment", "1yr-no-upfront=0", "--futures", "history"]],
  ])("%s: fits the schema, the same bytes in any time zone and locale", async (_, args) => {
    const text = await jsonText(...args);
    const schema: unknown = JSON.parse(readFileSync("dist/report/schema/recommendation.schema.json", "utf8"));
    const validate = new Ajv2020({ allErrors: true }).compile(schema as object);
    validate(JSON.parse(text));
    expect(validate.errors).toBeNull();
    const elsewhere = await sageplan([args[0]!, EXPORT, ...args.slice(1), "--json"], {
      env: { TZ: "Asia/Kolkata", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" },
    });
    expect(elsewhere.stdout).toBe(text);
  });

  test("the order of the rows of scenarios changes nothing but the file's digest", async () => {
    const shuffled = SOON_LINES.map((row, n) => [row, (n * 7919) % SOON_LINES.length] as const);
    const other = shuffled.sort((a, b) => a[1] - b[1]).map(([row]) => row);
    const file = join(scratchFolder(), "futures.csv");
    const answers: Recommendation[] = [];
    for (const lines of [SOON_LINES, other]) {
      writeFileSync(file, futuresText(lines));
      const args = ["recommend", EXPORT, ...OF_ONE_YEAR.slice(0, -1), file, "--json"];
      answers.push(JSON.parse((await warm(args)).stdout) as Recommendation);
    }
    const [one, two] = answers.map(({ provenance }) => provenance.inputs.at(-1)!);
    expect(one).toMatchObject({ rows: SOON_LINES.length, path: expect.stringContaining("futures.csv") });
    expect(two!.sha256).not.toBe(one!.sha256);
    for (const { provenance } of answers) provenance.inputs.pop();
    expect(answers[1]).toEqual(answers[0]);
  });

  test("horizon and alternatives say what was weighed, in this order", async () => {
    const { horizon, alternatives, findings } = await recommended();
    expect(horizon).toEqual({
      from: "2026-10-30T06:00:00Z",
      to: "2026-11-01T06:00:00Z",
      hours: SOON_HOURS,
      futures: "file",
      scenarios: 5,
      hoursSettled: SOON_HOURS,
    });
    expect(alternatives.map(({ kind }) => kind)).toEqual([
      "nothing",
      "aws-rule",
      "median-rule",
      "answer",
      "risk-neutral",
      ...Array.from({ length: 6 }, () => "offering"),
    ]);
    const codes = findings.map(({ code }) => code);
    // Two days of futures for a promise of a year, in which the owned plan ends.
    expect(codes).toEqual(expect.arrayContaining(["short-futures", "plan-expires"]));
    expect(codes).not.toContain("past-repeats");
    expect(codes).not.toContain("short-history");
  });
});

describe("simulate", () => {
  test.each([
    ["on scenarios", OF_ONE_YEAR],
    ["on the past", ["--term", "1yr", "--futures", "history"]],
    ["on sampled scenarios", ["--term", "1yr", "--scenarios", "10"]],
    ["two offerings at once", [...OF_ONE_YEAR, "--risk-aversion", "0", "--max-upfront", "5000"]],
  ])("at recommend's own answer, %s: exactly its figures", async (_, options) => {
    const answer = await json("recommend", ...options);
    const own = await json("simulate", ...holding(answer.purchases, answer.queued), ...options);
    expect(own.schema).toBe("sageplan/simulation/2");
    for (const part of ["purchases", "queued", "expected", "risk", "curve", "alternatives"] as const) {
      expect({ [part]: own[part] }).toEqual({ [part]: answer[part] });
    }
    // Over sampled futures the answer's proof is the policy's: who decides over time pays no more than who decides all now.
    const overTime = options.includes("--scenarios");
    const same = JSON.stringify(own.certificate) === JSON.stringify(answer.certificate);
    expect({ same, bound: answer.certificate.lowerBound <= own.certificate.lowerBound }).toEqual({
      same: !overTime,
      bound: true,
    });
  });

  test("at AWS's recommendation and at each offering's best: the figures of the alternatives", async () => {
    const { alternatives } = await recommended();
    const [, aws] = alternatives;
    const last = alternatives.at(-1)!;
    for (const each of [aws!, last]) {
      const own = await json("simulate", ...holding(each.purchases), ...OF_ONE_YEAR);
      expect({ expected: own.expected, risk: own.risk }).toEqual({
        expected: each.expected,
        risk: each.risk,
      });
    }
  });

  test("a commitment that no usage meets loses all of it, and is told so", async () => {
    const own = await json("simulate", "--commitment", "1yr-no-upfront=1000", "--futures", FUTURES);
    expect(own.risk.probabilityOfLoss).toBe(1);
    expect(own.expected.netSavingsUsd).toBeLessThan(-0.9 * 0.95 * 1000 * SOON_HOURS);
    expect(own.expected.breakEvenMonth).toBeNull();
    expect(own.certificate.relativeGap).toBeGreaterThan(0.9);
  });
});

describe("limits hold, and are told", () => {
  const neutral = (...limit: string[]): Promise<Recommendation> =>
    recommended("--risk-aversion", "0", ...limit);

  test("--max-commitment", async () => {
    const { purchases, objective } = await neutral("--max-commitment", "1");
    expect(total((await neutral()).purchases)).toBeGreaterThan(1.5);
    expect(total(purchases)).toBeLessThanOrEqual(1);
    expect(total(purchases)).toBeCloseTo(1, 4);
    expect(objective.maxCommitmentUsdPerHour).toBe(1);
  });

  test("--max-upfront: cash goes where it saves, the rest is bought without", async () => {
    const { purchases, certificate, expected } = await neutral("--max-upfront", "5000");
    expect(upfront(purchases)).toBeLessThanOrEqual(5000);
    expect(purchases.length).toBe(2);
    expect(certificate.relativeGap).toBeLessThan(0.02);
    expect(expected.netSavingsUsd).toBeLessThan((await neutral()).expected.netSavingsUsd);
  });

  test("--min-utilization", async () => {
    expect((await neutral()).expected.utilization).toBeLessThan(0.9);
    const { purchases, expected } = await neutral("--min-utilization", "0.95");
    expect(expected.utilization).toBeGreaterThanOrEqual(0.95 * (1 - 1e-9));
    expect(total(purchases)).toBeGreaterThan(0);
  });

  test("all of them at once, in words", async () => {
    const limits = ["--max-commitment", "1", "--max-upfront", "5000", "--min-utilization", "0.95"];
    const { stdout } = await warm(["recommend", EXPORT, ...OF_ONE_YEAR, ...limits]);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "Your limits at least 95% of the new commitment used, on average (--min-utilization), " +
        "at most $1.000/h in all (--max-commitment), at most $5,000.00 upfront (--max-upfront)",
    );
  });

  test.each([
    ["--max-commitment", "0", "--max-commitment 0 is below $0.001/h, the least that AWS sells."],
    ["--min-utilization", "1", /even \$0\.001\/h.* is used only \d+\.\d %, below --min-utilization 1\.$/],
  ])("%s %s leaves no room: nothing is bought, and that is the reason", async (option, value, why) => {
    const options = ["--term", "1yr", "--futures", FUTURES, "--risk-aversion", "0", option, value];
    const { purchases, expected, reason } = await json("recommend", ...options);
    expect({ purchases, saved: expected.netSavingsUsd }).toEqual({ purchases: [], saved: 0 });
    expect(reason).toMatch(why);
  });
});

describe("risk", () => {
  test("who fears more never commits more", async () => {
    const commitments = [];
    for (const aversion of ["0", "0.2", "1"]) {
      commitments.push(total((await recommended("--risk-aversion", aversion)).purchases));
    }
    expect(commitments).toEqual(commitments.toSorted((a, b) => b - a));
    expect(commitments[0]).toBeGreaterThan(commitments.at(-1)!);
  });

  test.each([
    ["one payment option", ["--term", "1yr", "--futures", FUTURES]],
    ["any payment option", OF_ONE_YEAR],
    ["two offerings at once", [...OF_ONE_YEAR, "--risk-aversion", "0", "--max-upfront", "5000"]],
  ])("along the frontier the mean saving falls and the worst tenth rises: %s", async (_, options) => {
    const { frontier, objective, risk } = await json("recommend", ...options);
    expect(frontier.map(({ riskAversion }) => riskAversion)).toEqual([0, 0.1, 0.2, 0.4, 0.6, 0.8, 1]);
    const scale = Math.max(...frontier.map(({ cvarLossUsd }) => Math.abs(cvarLossUsd)));
    for (const [n, point] of frontier.entries()) {
      const before = frontier[Math.max(0, n - 1)]!;
      expect(point.netSavingsUsd).toBeLessThanOrEqual(before.netSavingsUsd + 1e-6 * scale);
      expect(point.cvarLossUsd).toBeLessThanOrEqual(before.cvarLossUsd + 1e-6 * scale);
    }
    const own = frontier.find(({ riskAversion }) => riskAversion === objective.riskAversion)!;
    expect(own.cvarLossUsd).toBe(risk.cvarLossUsd);
  });

  test("the risk-neutral answer is the one at --risk-aversion 0", async () => {
    const { alternatives } = await recommended();
    const neutral = await recommended("--risk-aversion", "0");
    const named = alternatives.find(({ kind }) => kind === "risk-neutral")!;
    expect(total(named.purchases)).toBeCloseTo(total(neutral.purchases), 3);
    expect(named.expected.netSavingsUsd).toBeCloseTo(neutral.expected.netSavingsUsd, 2);
  });

  test("another tail: the worst half is milder than the worst tenth", async () => {
    const tenth = await recommended();
    const own = await json("simulate", ...holding(tenth.purchases), ...OF_ONE_YEAR, "--tail", "0.5");
    expect(own.risk.tail).toBe(0.5);
    expect(own.risk.cvarLossUsd).toBeLessThan(tenth.risk.cvarLossUsd);
  });

  test("what knowing the scenario and weighing all of them are worth: never less than nothing", async () => {
    const { information, expected } = await recommended("--risk-aversion", "0");
    expect(information.evpiUsd).toBeGreaterThan(0);
    expect(information.vssUsd).toBeGreaterThanOrEqual(0);
    expect(information.evpiUsd).toBeLessThan(expected.costUsd);
    expect((await json("recommend", "--term", "1yr", "--futures", "history")).information).toEqual({
      evpiUsd: 0,
      vssUsd: 0,
    });
  });

  test("the certificate is of the cost that was minimised", async () => {
    const { certificate, expected, risk } = await recommended();
    const before = expected.costUsd + expected.netSavingsUsd;
    const adjusted = before - 0.8 * expected.netSavingsUsd + 0.2 * risk.cvarLossUsd;
    expect(certificate.upperBound).toBeCloseTo(adjusted, 6);
    expect(certificate.relativeGap).toBeCloseTo(certificate.lpGap + certificate.settlementGap, 12);
    expect(certificate.lowerBound).toBeLessThanOrEqual(certificate.upperBound);
    expect(certificate.relativeGap).toBeLessThan(0.02);
  });
});

describe("--discount-rate: what paying early costs", () => {
  test.each([
    ["1yr", 0.02],
    ["any", 0.1],
  ])("--term %s at %d a year: the purchase × the formula in src/problem/problem.ts", async (term, rate) => {
    const options = ["--term", term, "--payment", "any", "--futures", FUTURES, "--discount-rate", `${rate}`];
    const { purchases, expected, negotiatedDiscount, certificate, risk } = await json(
      "recommend",
      ...options,
    );
    const cost = purchases.reduce((sum, { term: own, paymentOption, commitmentUsdPerHour }) => {
      const years = TERM_HOURS[own] / 8760;
      // A dollar now against a dollar spread over the term: 1 ÷ the mean of (1 + rate)^−t.
      const early = (years * Math.log(1 + rate)) / (1 - (1 + rate) ** -years);
      return sum + commitmentUsdPerHour * SOON_HOURS * UPFRONT_SHARE[paymentOption] * (early - 1);
    }, 0);
    expect(upfront(purchases)).toBeGreaterThan(0);
    expect(expected.capitalCostUsd).toBeCloseTo(cost * (1 - negotiatedDiscount.share), 8);
    const before = expected.costUsd + expected.netSavingsUsd;
    const loss = -0.8 * expected.netSavingsUsd + 0.2 * risk.cvarLossUsd + expected.capitalCostUsd;
    expect(certificate.upperBound).toBeCloseTo(before + loss, 6);
  });

  test("when money is dear, nothing is paid early", async () => {
    const { purchases, expected } = await recommended("--discount-rate", "0.5", "--risk-aversion", "0");
    expect(total(purchases)).toBeGreaterThan(0);
    expect([upfront(purchases), expected.capitalCostUsd]).toEqual([0, 0]);
  });
});

test("hourly.csv, the mean of the scenarios, adds up to what is expected", async () => {
  const csv = join(scratchFolder(), "csv");
  const options = [...OF_ONE_YEAR, "--max-upfront", "5000", "--risk-aversion", "0"];
  const { stdout } = await warm(["recommend", EXPORT, ...options, "--json", "--csv", csv]);
  const { purchases, expected, ownedPlans, negotiatedDiscount, horizon, alternatives, frontier } = JSON.parse(
    stdout,
  ) as Recommendation;
  const [header, ...rows] = parseCsv(readFileSync(join(csv, "hourly.csv"), "utf8"));
  const sum = (name: string): number =>
    rows.reduce((all, row) => all + Number(row[header!.indexOf(name)]), 0);
  const kept = 1 - negotiatedDiscount.share;
  expect([rows.length, rows[0]![0]]).toEqual([horizon.hours, horizon.from]);
  expect(sum("on_demand_usd")).toBeCloseTo(expected.onDemandUsd, 2);
  const committed = sum("new_used_usd") + sum("new_unused_usd");
  expect(committed).toBeCloseTo(total(purchases) * horizon.hours * kept, 2);
  expect(sum("new_used_usd") / committed).toBeCloseTo(expected.utilization, 6);
  const covered = sum("owned_covered_on_demand_usd") + sum("new_covered_on_demand_usd");
  expect(covered / sum("on_demand_usd")).toBeCloseTo(expected.coverage, 6);
  expect(covered + sum("on_demand_left_usd")).toBeCloseTo(expected.onDemandUsd, 2);
  const owned = ownedPlans.reduce((usd, plan) => usd + plan.commitmentUsdPerHour, 0) * horizon.hours * kept;
  expect(sum("on_demand_left_usd") + committed + owned).toBeCloseTo(expected.costUsd, 2);
  const lines = (name: string): number => parseCsv(readFileSync(join(csv, name), "utf8")).length - 1;
  expect(lines("alternatives.csv")).toBe(alternatives.length);
  expect(lines("frontier.csv")).toBe(frontier.length);
});

describe("scenarios that can't be read or trusted: exit 3, the place, what to do, and nothing written", () => {
  const HEADER = "usage_hour,usage_type,on_demand_usd,scenario,probability\n";
  const LINE = "2026-11-01T00:00:00Z,USE1-Host:ml.m5.xlarge,0.23";

  test.each<[string, string, RegExp]>([
    [
      "no probability",
      "usage_hour,usage_type,on_demand_usd\n",
      /lacks the columns scenario, probability\. It looks like the norm/,
    ],
    ["no rows", HEADER, /scenarios need a header and a row for each hour of use/],
    [
      "0.7 in all",
      `${HEADER}${LINE},a,0.3\n${LINE},b,0.4\n`,
      /2 scenarios add up to 0\.7 \(.*expected 1.* each have 0\.5/,
    ],
    [
      "two probabilities",
      `${HEADER}${LINE},a,1\n${LINE},a,0.5\n`,
      /futures\.csv, column probability: scenario "a" has 2 probabilities, 1 \(row 2\) and 0\.5 \(row 3\)/,
    ],
    [
      "a negative price",
      `${HEADER}${LINE},a,1\n${LINE.replace("0.23", "-1")},a,1\n`,
      /row 3, column on_demand_usd: found "-1"/,
    ],
    [
      "a half hour",
      `${HEADER}${LINE.replace("00:00Z", "30:00Z")},a,1\n`,
      /row 2, column usage_hour: found "2026-11-01T00:30:00Z"/,
    ],
    ["semicolons", HEADER.replaceAll(",", ";"), /separated by commas/],
  ])("%s", async (_, content, message) => {
    const folder = folderWith({ "futures.csv": content });
    const out = join(folder, "out");
    const args = ["--futures", join(folder, "futures.csv"), "--json", "--csv", out];
    const { code, stdout, stderr } = await warm(["recommend", EXPORT, ...args]);
    expect(stderr.replaceAll(/\s+/g, " ")).toMatch(message);
    expect({ code, stdout, written: existsSync(out) }).toEqual({ code: 3, stdout: "", written: false });
  });

  test("a file that is not there, a folder, another kind of file", async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "scenarios.xlsx"), "PK");
    const refused = async (path: string): Promise<[number | null, string]> => {
      const { code, stderr } = await warm(["recommend", EXPORT, "--futures", path]);
      return [code, stderr];
    };
    expect(await refused(join(folder, "none.csv"))).toEqual([
      3,
      expect.stringMatching(/none\.csv was not found/),
    ]);
    expect(await refused(folder)).toEqual([2, expect.stringMatching(/is a folder: scenarios are one file/)]);
    expect(await refused(join(folder, "scenarios.xlsx"))).toEqual([
      3,
      expect.stringMatching(/does not end in \.csv, \.csv\.gz or \.parquet/),
    ]);
  });
});

describe("use that only the scenarios know", () => {
  const CARD =
    "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n" +
    "USE1-Host:ml.m5.xlarge,RunInstance,1yr,no-upfront,0.15,0.23\n";
  const LINES = ["USE1-Host:ml.m5.xlarge,RunInstance,1,0.23", "USE1-Host:ml.g6.xlarge,RunInstance,1,1.5"];
  /** A day of the same in each hour. */
  const futuresOf = (...lines: string[]): string =>
    "usage_hour,usage_type,operation,usage_hours,on_demand_usd,scenario,probability\n" +
    Array.from({ length: 24 }, (_, hour) =>
      lines.map((line) => `2026-11-02T${String(hour).padStart(2, "0")}:00:00Z,${line},a,1\n`),
    )
      .flat()
      .join("");

  test("a usage type without a rate stays On-Demand, and the dollars at stake are told", async () => {
    const folder = folderWith({ "futures.csv": futuresOf(...LINES), "card.csv": CARD });
    const { findings } = await json(
      "recommend",
      "--rates",
      join(folder, "card.csv"),
      "--futures",
      join(folder, "futures.csv"),
      "--term",
      "1yr",
    );
    const missing = findings.find(({ code }) => code === "missing-rate");
    expect(missing).toMatchObject({ usd: 24 * 1.5, source: "USE1-Host:ml.g6.xlarge" });
  });

  test("the dollars of the illustrative card are those of the scenarios", async () => {
    const folder = folderWith({ "futures.csv": futuresOf(...LINES) });
    const args = ["--futures", join(folder, "futures.csv"), "--term", "1yr", "--json"];
    const { stdout, stderr } = await warm(["recommend", EXPORT, ...args]);
    expect(stderr).toContain("86.7% of the eligible spend in the scenarios ($36.00 On-Demand)");
    const { findings } = JSON.parse(stdout) as Recommendation;
    expect(findings.find(({ code }) => code === "illustrative-rates")!.usd).toBeCloseTo(36, 9);
  });
});

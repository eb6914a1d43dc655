/** `pull` through the real SDK clients over HTTP: pages, faults, interruptions, secrets. */
import { spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  inspect,
  PULLS,
  pull,
  pullText,
  recommend,
  type PullOptions,
  type PullResult,
} from "../../src/index.ts";
import { jsonSchemas } from "../../src/domain/documents/json-schemas.ts";
import { SageplanError } from "../../src/domain/error.ts";
import { scratchFolder } from "../ingest/small-exports.ts";
import { sageplan } from "../cli/sageplan.ts";
import { COVERAGE, PLAN, rateOf, RECOMMENDATION, usagePage, UTILIZATION } from "./answers.ts";
import { environmentOf, SECRETS, startAws, type Asked, type Aws } from "./server.ts";

const NOW_MS = Date.UTC(2026, 10, 25, 9, 30);
const EXPORTS = ["fixtures/ml-company/cur2-csv"];

let aws: Aws;
let before: NodeJS.ProcessEnv;
beforeEach(async () => {
  aws = await startAws();
  before = { ...process.env };
  Object.assign(process.env, environmentOf(aws.url));
});
afterEach(async () => {
  process.env = before;
  await aws.close();
});

const pulled = (
  options: Partial<PullOptions> & Pick<PullOptions, "what">,
  out: string,
): Promise<PullResult> => pull({ out, ...options }, { now: () => NOW_MS });

const printed = (value: unknown): string => `${JSON.stringify(value, null, 4)}\n`;

const fault = async (work: Promise<unknown>): Promise<SageplanError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SageplanError);
  return error as SageplanError;
};

/** Everything that was left behind, whatever it is. */
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

/** Rates in pages of one, each asking for the next. */
const RATES = [
  rateOf("USE1-Host:ml.m5.xlarge", "0.18"),
  rateOf("EU-Train:ml.m5.large", "0.09"),
  rateOf("USE1-Host:ml.g5.2xlarge", "1.2"),
];
const ratePages = ({ parameters }: Asked) => {
  const at = Number(parameters["nextToken"] ?? 0);
  return { body: { searchResults: [RATES[at]], ...(at < 2 && { nextToken: String(at + 1) }) } };
};

test("rates: all pages, as the AWS CLI prints one; and recommend takes the file", async () => {
  const out = scratchFolder();
  aws.answers["DescribeSavingsPlansOfferingRates"] = ratePages;
  const result = await pulled({ what: ["rates"] }, out);
  expect(readFileSync(join(out, "rates.json"), "utf8")).toBe(printed({ searchResults: RATES }));
  expect(result).toMatchObject({ requests: 3, usd: 0, isComplete: true, findings: [] });
  expect(aws.asked[0]!.parameters).toEqual({
    savingsPlanTypes: ["SageMaker"],
    products: ["SageMaker"],
    maxResults: 1000,
  });
  const { recommendation } = await recommend({
    exports: EXPORTS,
    rates: [join(out, "rates.json")],
    futures: "history",
    term: "1yr",
  });
  expect(recommendation.provenance.options["rates"]).toEqual([join(out, "rates.json")]);
  expect(pullText(result, { colour: false, width: 100 })).toContain(
    `Go on with: sageplan recommend ./exports --rates ${join(out, "rates.json")}`,
  );
});

test("plans: inspect takes the file", async () => {
  const out = scratchFolder();
  aws.answers["DescribeSavingsPlans"] = [{ body: { savingsPlans: [PLAN] } }];
  await pulled({ what: ["plans"] }, out);
  expect(readFileSync(join(out, "plans.json"), "utf8")).toBe(printed({ savingsPlans: [PLAN] }));
  const { ownedPlans } = await inspect({ exports: EXPORTS, owned: join(out, "plans.json") });
  expect(ownedPlans.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour)).toEqual([8.75]);
});

describe("usage", () => {
  const hours = ["2026-11-12T00:00:00Z", "2026-11-12T01:00:00Z", "2026-11-12T02:00:00Z"];

  test("hours, with filters that keep negation out, page by page", async () => {
    const out = scratchFolder();
    aws.answers["GetCostAndUsage"] = ({ parameters }) =>
      parameters["NextPageToken"] === undefined
        ? { body: usagePage(hours.slice(0, 2), "more") }
        : { body: usagePage(hours.slice(2)) };
    const result = await pulled({ what: ["usage"] }, out);
    expect(JSON.parse(readFileSync(join(out, "usage.json"), "utf8"))).toEqual(usagePage(hours));
    expect(result).toMatchObject({ requests: 2, usd: 0.02 });
    const { history, reconciliation } = await inspect({ exports: [join(out, "usage.json")] });
    expect(history?.hours).toBe(3);
    expect(reconciliation.exportTotalUsd).toBe("0.69");
    expect(aws.asked[1]!.parameters).toMatchObject({
      NextPageToken: "more",
      Granularity: "HOURLY",
      TimePeriod: { Start: "2026-11-12T00:00:00Z", End: "2026-11-25T00:00:00Z" },
      Filter: {
        And: [
          { Dimensions: { Key: "SERVICE", Values: ["Amazon SageMaker"] } },
          { Dimensions: { Key: "RECORD_TYPE", Values: ["Usage", "SavingsPlanCoveredUsage"] } },
        ],
      },
    });
  });

  test("days where hours were not switched on, and what that means", async () => {
    const out = scratchFolder();
    aws.answers["GetCostAndUsage"] = ({ parameters }) =>
      parameters["Granularity"] === "HOURLY"
        ? { error: "DataUnavailableException", message: "Hourly data is not enabled" }
        : { body: usagePage(["2026-11-12"].map((day) => `${day}T00:00:00Z`)) };
    const result = await pulled({ what: ["usage"] }, out);
    expect(result.findings.map(({ code }) => code)).toEqual(["hourly-not-enabled"]);
    expect(result).toMatchObject({ requests: 2, usd: 0.02, isComplete: true });
    expect(aws.asked[1]!.parameters["TimePeriod"]).toEqual({ Start: "2026-09-26", End: "2026-11-25" });
  });

  test("hours that Cost Explorer no longer keeps are a wrong call, before anything is asked", async () => {
    const call = { what: ["usage"], granularity: "hourly", from: "2026-10-01T00:00:00Z" } as const;
    expect(await fault(pulled(call, scratchFolder()))).toMatchObject({ code: "wrong-call" });
    expect(aws.asked).toEqual([]);
  });
});

describe("faults", () => {
  test.each([
    ["throttled", { error: "ThrottlingException", message: "Rate exceeded" }],
    ["too many", { error: "LimitExceededException", status: 429 }],
    ["500", { status: 500, error: "InternalServerException" }],
    ["503 without a word", { status: 503, body: "" }],
  ])("%s, then an answer", async (_, answer) => {
    const out = scratchFolder();
    aws.answers["DescribeSavingsPlans"] = [answer, answer, { body: { savingsPlans: [] } }];
    const { requests } = await pulled({ what: ["plans"] }, out);
    expect(requests).toBe(3);
    expect(readFileSync(join(out, "plans.json"), "utf8")).toBe(printed({ savingsPlans: [] }));
  });

  test("an answer that is cut, or no JSON, is asked for again; nothing of it is written", async () => {
    const out = scratchFolder();
    const whole = { body: { savingsPlans: [PLAN] } };
    aws.answers["DescribeSavingsPlans"] = [{ ...whole, cutAt: 40 }, { body: '{"savingsPlans": [' }, whole];
    await pulled({ what: ["plans"] }, out);
    expect(readFileSync(join(out, "plans.json"), "utf8")).toBe(printed({ savingsPlans: [PLAN] }));
    aws.answers["DescribeSavingsPlans"] = [{ body: "<html>proxy</html>" }];
    const elsewhere = join(out, "elsewhere");
    expect(await fault(pulled({ what: ["plans"] }, elsewhere))).toMatchObject({ code: "aws-failure" });
    expect(existsSync(join(elsewhere, "plans.json"))).toBe(false);
  });

  test("one denied: the others go on, and which action is missing is told", async () => {
    const out = scratchFolder();
    aws.answers["DescribeSavingsPlansOfferingRates"] = ratePages;
    aws.answers["DescribeSavingsPlans"] = [
      { error: "AccessDeniedException", message: `User ${SECRETS.AWS_ACCESS_KEY_ID} is not authorized` },
    ];
    aws.answers["GetSavingsPlansUtilization"] = [{ body: UTILIZATION }];
    const result = await pulled({ what: ["rates", "plans", "utilization"] }, out);
    expect(result.answers.map(({ status }) => status)).toEqual(["written", "failed", "written"]);
    expect(result.isComplete).toBe(false);
    const validate = new Ajv2020({ allErrors: true }).compile(jsonSchemas().pull);
    validate(JSON.parse(JSON.stringify(result)));
    expect(validate.errors).toBeNull();
    expect(result.findings[0]).toMatchObject({ code: "aws-denied", source: join(out, "plans.json") });
    expect(result.findings[0]!.message).toMatch(/savingsplans:DescribeSavingsPlans/);
    const alone = await fault(pulled({ what: ["plans"] }, out));
    expect(alone).toMatchObject({ code: "aws-denied", exitCode: 4 });
  });

  test.each(["ExpiredTokenException", "UnrecognizedClientException", "InvalidSignatureException"])(
    "%s: nothing else is asked",
    async (error) => {
      aws.answers["DescribeSavingsPlans"] = [
        { error, message: "The security token included in the request is expired" },
      ];
      const found = await fault(pulled({ what: ["plans", "coverage"] }, scratchFolder()));
      expect(found).toMatchObject({ code: "aws-credentials" });
      expect(found.message).toMatch(/aws sso login/);
      expect(aws.asked.map(({ operation }) => operation)).toEqual(["DescribeSavingsPlans"]);
    },
  );

  test("no credentials anywhere", async () => {
    for (const name of Object.keys(SECRETS)) delete process.env[name];
    const found = await fault(pulled({ what: ["plans"] }, scratchFolder()));
    expect(found).toMatchObject({ code: "aws-credentials" });
    expect(aws.asked).toEqual([]);
  });

  test("an answer that does not come: an interruption ends the wait", async () => {
    aws.answers["DescribeSavingsPlans"] = [{ hangs: true }];
    const interruption = new AbortController();
    const out = scratchFolder();
    const work = pull({ what: ["plans"], out }, { now: () => NOW_MS, signal: interruption.signal });
    setTimeout(() => interruption.abort(), 100);
    await expect(work).rejects.toThrow(/abort/i);
    expect(existsSync(join(out, "plans.json"))).toBe(false);
  });

  test("an answer that takes too long is asked for again", async () => {
    const out = scratchFolder();
    aws.answers["DescribeSavingsPlans"] = [{ hangs: true }, { body: { savingsPlans: [] } }];
    const { requests } = await pulled({ what: ["plans"], timeoutSeconds: 1 }, out);
    expect(requests).toBe(2);
  });

  test("hours that are refused in other words", async () => {
    aws.answers["GetCostAndUsage"] = ({ parameters }) =>
      parameters["Granularity"] === "HOURLY"
        ? { error: "ValidationException", message: "Hourly granularity is only for the previous 14 days" }
        : { body: usagePage(["2026-11-12T00:00:00Z"]) };
    const { findings } = await pulled({ what: ["usage"] }, scratchFolder());
    expect(findings.map(({ code }) => code)).toEqual(["hourly-not-enabled"]);
  });

  test("a folder that cannot be written", async () => {
    const out = join(scratchFolder(), "file");
    writeFileSync(out, "mine");
    aws.answers["DescribeSavingsPlans"] = [{ body: { savingsPlans: [] } }];
    expect(await fault(pulled({ what: ["plans"] }, out))).toMatchObject({ code: "cannot-write" });
  });
});

describe("going on", () => {
  test.each(["SIGINT", "SIGKILL"] as const)(
    "%s after the second page: the same bytes, no page twice",
    async (signal) => {
      const out = scratchFolder();
      const env = environmentOf(aws.url);
      const args = ["pull", "rates", "--out", join(out, "a")];
      let stalls = true;
      let stalled = (): void => {};
      const reached = new Promise<void>((resolve) => (stalled = resolve));
      aws.answers["DescribeSavingsPlansOfferingRates"] = (asked) => {
        if (asked.parameters["nextToken"] !== "2" || !stalls) return ratePages(asked);
        stalls = false;
        stalled();
        return { hangs: true };
      };
      const cut = await sageplan(args, {
        env,
        onStart: async (child) => {
          await reached;
          child.kill(signal);
        },
      });
      expect(cut.code).toBe(signal === "SIGINT" ? 130 : null);
      expect(existsSync(join(out, "a", "rates.json"))).toBe(false);
      aws.asked.length = 0;
      const { code, stdout } = await sageplan([...args, "--json"], { env });
      expect(code).toBe(0);
      expect(aws.asked.map(({ parameters }) => parameters["nextToken"])).toEqual(["2"]);
      expect((JSON.parse(stdout) as PullResult).answers[0]).toMatchObject({ resumedPages: 2, requests: 1 });
      expect(readFileSync(join(out, "a", "rates.json"), "utf8")).toBe(printed({ searchResults: RATES }));
    },
  );

  test.skipIf(process.platform !== "linux")(
    "a disk that fills: told, and what was got is kept for when there is room",
    async () => {
      const out = scratchFolder();
      const env = environmentOf(aws.url);
      const args = ["pull", "rates", "--out", join(out, "a")];
      let child: ChildProcess | undefined;
      let isFull = true;
      aws.answers["DescribeSavingsPlansOfferingRates"] = (asked) => {
        if (asked.parameters["nextToken"] === "2" && isFull) {
          isFull = false;
          // No file of the running program may grow beyond this: the disk is full for it, as for nobody else.
          spawnSync("prlimit", ["--pid", String(child!.pid), "--fsize=100"]);
        }
        return ratePages(asked);
      };
      const cut = await sageplan(args, {
        env,
        onStart: async (started) => void (child = started),
      });
      expect(cut).toMatchObject({ code: 3, stdout: "" });
      expect(cut.stderr).toMatch(
        /cannot write .*rates\.json\.pages\.jsonl: EFBIG.* run it again: pages that were fetched before are kept/,
      );
      const left = readdirSync(join(out, "a"), { recursive: true, encoding: "utf8" });
      expect(left.toSorted()).toEqual([".pull", join(".pull", "rates.json.pages.jsonl")]);
      aws.asked.length = 0;
      const again = await sageplan(args, { env });
      expect(again.code).toBe(0);
      expect(aws.asked.map(({ parameters }) => parameters["nextToken"])).toEqual(["2"]);
      expect(readFileSync(join(out, "a", "rates.json"), "utf8")).toBe(printed({ searchResults: RATES }));
    },
  );

  test("a page token that AWS has forgotten: from the beginning", async () => {
    const out = scratchFolder();
    const interruption = new AbortController();
    aws.answers["DescribeSavingsPlansOfferingRates"] = (asked) => {
      if (asked.parameters["nextToken"] === "1") interruption.abort();
      return ratePages(asked);
    };
    await expect(
      pull({ what: ["rates"], out }, { now: () => NOW_MS, signal: interruption.signal }),
    ).rejects.toThrow(/abort/i);
    aws.answers["DescribeSavingsPlansOfferingRates"] = (asked) =>
      asked.parameters["nextToken"] === "1" && aws.asked.length === 3
        ? { error: "ValidationException", message: "The nextToken is not valid" }
        : ratePages(asked);
    await pulled({ what: ["rates"] }, out);
    expect(readFileSync(join(out, "rates.json"), "utf8")).toBe(printed({ searchResults: RATES }));
  });

  test("a token that comes again ends the pull: the pages would never end", async () => {
    const out = scratchFolder();
    aws.answers["DescribeSavingsPlansOfferingRates"] = () => ({
      body: { searchResults: [RATES[0]], nextToken: "same" },
    });
    const { code, message } = await fault(pulled({ what: ["rates"] }, out));
    expect([code, aws.asked.length]).toEqual(["aws-failure", 2]);
    expect(message).toMatch(/DescribeSavingsPlansOfferingRates gave the token .* a second time/);
    expect(existsSync(join(out, "rates.json"))).toBe(false);
  });

  test("a page that was cut when it was written is asked for again", async () => {
    const out = scratchFolder();
    aws.answers["DescribeSavingsPlansOfferingRates"] = ({ parameters, ...rest }) =>
      parameters["nextToken"] === "2"
        ? { error: "AccessDeniedException", message: "no more" }
        : ratePages({ parameters, ...rest });
    await fault(pulled({ what: ["rates"] }, out));
    const kept = join(out, ".pull", "rates.json.pages.jsonl");
    expect(readFileSync(kept, "utf8").trimEnd().split("\n").length).toBe(3);
    writeFileSync(kept, readFileSync(kept, "utf8").slice(0, -20));
    aws.asked.length = 0;
    aws.answers["DescribeSavingsPlansOfferingRates"] = ratePages;
    await pulled({ what: ["rates"] }, out);
    expect(aws.asked.map(({ parameters }) => parameters["nextToken"])).toEqual(["1", "2"]);
    expect(readFileSync(join(out, "rates.json"), "utf8")).toBe(printed({ searchResults: RATES }));
    expect(existsSync(kept)).toBe(false);
  });

  test("a password in a mirror's address is refused, and not told", async () => {
    const priceListUrl = aws.url.replace("//", "//ann:hunter22@");
    const { code, message } = await fault(pulled({ what: ["price-list"], priceListUrl }, scratchFolder()));
    expect(code).toBe("wrong-call");
    expect(message).not.toMatch(/ann|hunter22/);
  });

  test("what was answered is not asked again, until it is changed, another day comes, or --refresh", async () => {
    const out = scratchFolder();
    aws.answers["GetSavingsPlansCoverage"] = [{ body: COVERAGE }];
    const again = async (more: Partial<PullOptions> = {}, nowMs = NOW_MS): Promise<number> => {
      aws.asked.length = 0;
      await pull({ what: ["coverage"], out, ...more }, { now: () => nowMs });
      return aws.asked.length;
    };
    expect(await again()).toBe(1);
    expect(await again()).toBe(0);
    expect(await again({ refresh: true })).toBe(1);
    writeFileSync(join(out, "coverage.json"), "{}");
    expect(await again()).toBe(1);
    expect(await again({}, NOW_MS + 86_400_000)).toBe(1);
    expect(await again({ profile: "other" }).catch((error: SageplanError) => error.code)).toBe(
      "aws-credentials",
    );
    rmSync(join(out, ".pull"), { recursive: true });
    expect(await again()).toBe(1);
  });

  test("--max-requests: what was fetched is kept", async () => {
    const out = scratchFolder();
    aws.answers["GetCostAndUsage"] = ({ parameters }) =>
      parameters["NextPageToken"] === undefined
        ? { body: usagePage(["2026-11-12T00:00:00Z"], "more") }
        : { body: usagePage(["2026-11-12T01:00:00Z"]) };
    const first = await pulled({ what: ["usage"], maxRequests: 1 }, out);
    expect(first).toMatchObject({ requests: 1, isComplete: false });
    expect(first.findings.map(({ code }) => code)).toEqual(["request-limit"]);
    expect(await pulled({ what: ["usage"], maxRequests: 1 }, out)).toMatchObject({
      requests: 1,
      isComplete: true,
    });
  });
});

describe("the price list", () => {
  const index = "savingsPlan/v1.0/aws/AWSMachineLearningSavingsPlans/current/region_index.json";
  const regions = ["eu-west-1", "us-east-1"].map((regionCode) => ({
    regionCode,
    versionUrl: `/savingsPlan/v1.0/aws/AWSMachineLearningSavingsPlans/20260922000000/${regionCode}/index.json`,
  }));
  const serve = (): void => {
    aws.answers[index] = [
      { status: 503, body: "busy" },
      { body: { disclaimer: "", publicationDate: "", regions } },
    ];
    for (const { regionCode, versionUrl } of regions)
      aws.answers[versionUrl.slice(1)] = [{ body: `{"version":"1", "region" : "${regionCode}"}\n` }];
  };

  test("a file of each region, its bytes as they are; a second time only the index", async () => {
    serve();
    const out = scratchFolder();
    const options = { what: ["price-list"], priceListUrl: aws.url } as const;
    await pulled(options, out);
    expect(readFileSync(join(out, "price-list", "us-east-1.json"), "utf8")).toBe(
      '{"version":"1", "region" : "us-east-1"}\n',
    );
    aws.asked.length = 0;
    const { answers } = await pulled({ ...options, regions: ["eu-west-1"] }, out);
    expect(answers.map(({ status }) => status)).toEqual(["kept"]);
    expect(aws.asked.map(({ operation }) => operation)).toEqual([index]);
    expect(aws.asked.every(({ authorization }) => authorization === "")).toBe(true);
  });

  test("an unknown region, an index that would leave the folder, a file that is cut", async () => {
    serve();
    const out = scratchFolder();
    const options = { what: ["price-list"], priceListUrl: aws.url } as const;
    expect(await fault(pulled({ ...options, regions: ["mars-1"] }, out))).toMatchObject({
      code: "wrong-call",
    });
    aws.answers[index] = [{ body: { regions: [{ ...regions[0], regionCode: "../../up" }] } }];
    expect(await fault(pulled(options, out))).toMatchObject({ code: "aws-failure" });
    aws.answers[index] = [{ body: { regions: [{ ...regions[0], versionUrl: "@evil.example/x" }] } }];
    expect(await fault(pulled(options, out))).toMatchObject({ code: "aws-failure" });
    expect(existsSync(join(out, "price-list"))).toBe(false);
  });
});

test("a dry run asks nothing, writes nothing, and tells each call with its price and the AWS CLI's command", async () => {
  const out = join(scratchFolder(), "new");
  const result = await pulled({ what: PULLS, dryRun: true }, out);
  expect(aws.asked).toEqual([]);
  expect(existsSync(out)).toBe(false);
  expect(result.answers).toHaveLength(24);
  const text = pullText(result, { colour: false, width: 100 });
  expect(text).toContain("would cost $0.21 or more");
  expect(text).toContain("aws ce get-savings-plans-purchase-recommendation --output json --cli-input-json");
});

test("secrets that AWS or a credential process echoes are hidden, whatever stands around them", async () => {
  const [key, secret, token] = Object.values(SECRETS);
  const echoed =
    `The request signature we calculated does not match. The Canonical String should have been 'POST x-amz-security-token:${token}' ` +
    `The String-to-Sign should have been 'AWS4-HMAC-SHA256 ${key}'`;
  const said: string[] = [];
  for (const [error, message] of [
    ["InvalidSignatureException", echoed],
    ["AccessDeniedException", `${secret} and ${token}`],
    [`Odd${key}`, `no ${secret}`],
  ] as const) {
    aws.answers["DescribeSavingsPlans"] = [{ error, message }];
    said.push((await fault(pulled({ what: ["plans"] }, scratchFolder()))).message);
  }
  const folder = scratchFolder();
  writeFileSync(
    join(folder, "config"),
    "[profile p]\ncredential_process = /no/such --password hunter2hunter2\n",
  );
  process.env["AWS_CONFIG_FILE"] = join(folder, "config");
  for (const name of Object.keys(SECRETS)) delete process.env[name];
  said.push((await fault(pulled({ what: ["plans"], profile: "p" }, folder))).message);
  for (const each of [...Object.values(SECRETS), "hunter2"]) expect(said.join("\n")).not.toContain(each);
});

test("no secret in any file, on any stream, in any fault", async () => {
  const out = scratchFolder();
  const env = environmentOf(aws.url);
  aws.answers["DescribeSavingsPlansOfferingRates"] = ratePages;
  aws.answers["DescribeSavingsPlans"] = [
    {
      error: "AccessDeniedException",
      message: `${SECRETS.AWS_ACCESS_KEY_ID} with secret=${SECRETS.AWS_SECRET_ACCESS_KEY}, token: ${SECRETS.AWS_SESSION_TOKEN}`,
    },
  ];
  aws.answers["GetSavingsPlansPurchaseRecommendation"] = [{ body: RECOMMENDATION }];
  aws.answers["GetSavingsPlansUtilization"] = [{ body: UTILIZATION }];
  const calls = [
    ["pull", "rates", "plans", "utilization", "recommendation", "--out", out, "--json"],
    ["pull", "rates", "plans", "--refresh", "--out", out],
    ["pull", "plans", "--out", out],
    ["pull", "all", "--dry-run", "--json", "--out", out],
  ];
  const texts: string[] = [];
  const codes: (number | null)[] = [];
  for (const args of calls) {
    const { code, stdout, stderr } = await sageplan(args, { env });
    codes.push(code);
    texts.push(stdout, stderr);
  }
  expect(codes).toEqual([4, 4, 4, 0]);
  expect(texts.join("")).toContain("savingsplans:DescribeSavingsPlans");
  const files = filesOf(out);
  expect(files.length).toBeGreaterThan(20);
  const all = [...texts, ...files, ...files.map((path) => readFileSync(path, "utf8"))].join("\n");
  for (const secret of Object.values(SECRETS)) expect(all).not.toContain(secret);
  // They were in use.
  expect(aws.asked.some(({ authorization }) => authorization.includes(SECRETS.AWS_ACCESS_KEY_ID))).toBe(true);
});

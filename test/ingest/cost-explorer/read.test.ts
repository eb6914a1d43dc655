/** Cost Explorer as an input: what it holds adds up, what it cannot tell is said, what is damaged is refused with its place. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inspect, normalize, recommend, review, SageplanError } from "../../../src/index.ts";
import { billOf } from "../../../scripts/fixtures/bill.ts";
import { LAST_HOUR } from "../../../scripts/fixtures/company.ts";
import { costAndUsage } from "../../../scripts/fixtures/cost-explorer.ts";
import { monthOfUsage } from "../../../scripts/fixtures/usage.ts";
import { csvOf, folderWith, hourOf, scratchFolder } from "../small-exports.ts";

interface Group {
  keys: string[];
  cost: string;
  quantity?: string;
  net?: string;
  amortized?: string;
  unit?: string;
}

type Period = [start: string, end: string, groups: Group[]];

const HOST = "USE1-Host:ml.m5.xlarge";

/** What the AWS CLI prints, grouped by USAGE_TYPE and others. */
function answer(periods: Period[], by: string[] = ["REGION"], more: Record<string, unknown> = {}): string {
  const metric = (Amount: string, Unit = "USD") => ({ Amount, Unit });
  return JSON.stringify({
    GroupDefinitions: ["USAGE_TYPE", ...by].map((Key) => ({ Type: "DIMENSION", Key })),
    ResultsByTime: periods.map(([Start, End, groups]) => ({
      TimePeriod: { Start, End },
      Total: {},
      Groups: groups.map(({ keys, cost, quantity, net, amortized, unit }) => ({
        Keys: keys,
        Metrics: {
          UnblendedCost: metric(cost, unit),
          ...(quantity !== undefined && { UsageQuantity: metric(quantity, "Hrs") }),
          ...(net !== undefined && { NetUnblendedCost: metric(net) }),
          ...(amortized !== undefined && { AmortizedCost: metric(amortized) }),
        },
      })),
      Estimated: false,
    })),
    DimensionValueAttributes: [],
    ...more,
  });
}

const hour = (n: number, cost: string, quantity = "1"): Period => [
  `2026-10-01T${String(n).padStart(2, "0")}:00:00Z`,
  `2026-10-01T${String(n + 1).padStart(2, "0")}:00:00Z`,
  [{ keys: [HOST, "us-east-1"], cost, quantity }],
];

const day = (n: number, cost: string): Period => [
  `2026-10-${String(n).padStart(2, "0")}`,
  `2026-10-${String(n + 1).padStart(2, "0")}`,
  [{ keys: [HOST, "us-east-1"], cost, quantity: "24" }],
];

const inspected = (files: Record<string, string>) => inspect({ exports: [folderWith(files)] });
const codes = (findings: readonly { code: string }[]): string[] => findings.map(({ code }) => code);

async function refusal(files: Record<string, string>): Promise<SageplanError> {
  const error: unknown = await inspected(files).catch((cause: unknown) => cause);
  if (!(error instanceof SageplanError)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

describe("GetCostAndUsage", () => {
  test("amounts are added up to the last digit, and every dimension is what it says or unknown", async () => {
    const i = await inspected({
      "usage.json": answer([
        [
          "2026-10-01T00:00:00Z",
          "2026-10-01T01:00:00Z",
          [
            { keys: [HOST, "us-east-1"], cost: "0.23", quantity: "1" },
            { keys: ["EU-Host:VolumeUsage.gp2", "NoRegion"], cost: "4.172E-7", quantity: "0.0000030" },
            { keys: ["NoUsageType", "NoRegion"], cost: "-0.05" },
          ],
        ],
        hour(1, "0.460000000001", "2"),
      ]),
    });
    expect(i.reconciliation.exportTotalUsd).toBe("0.640000417201");
    expect(i.reconciliation.classesTotalUsd).toBe(i.reconciliation.exportTotalUsd);
    expect(i.history).toMatchObject({ hours: 2, eligibleUsd: 0.690000000001, ineligibleUsd: 4.172e-7 });
    expect(i.accounts).toMatchObject([{ account: "" }]);
    expect(i.regions.map(({ region }) => region)).toEqual(["us-east-1", "eu-west-1"]);
    expect(i.granularity).toBe("hourly");
    expect(i.deliveries[0]!.format).toBe("Cost Explorer JSON");
  });

  test("accounts and operations, where it is grouped by them", async () => {
    const by = async (dimension: string, key: string) =>
      inspected({
        "usage.json": answer(
          [["2026-10-01", "2026-10-02", [{ keys: [HOST, key], cost: "24", quantity: "24" }]]],
          [dimension],
        ),
      });
    const account = await by("LINKED_ACCOUNT", "444455556666");
    expect(account.accounts).toMatchObject([{ account: "444455556666" }]);
    expect(codes(account.findings)).not.toContain("cost-explorer-accounts-unknown");
    const operation = await by("OPERATION", "RunInstance");
    expect(codes(operation.findings)).toContain("cost-explorer-accounts-unknown");
    expect(codes(operation.findings)).not.toContain("cost-explorer-operations-unknown");
  });

  test("grouped by record type, negation stands apart and covered usage is demand", async () => {
    const i = await inspected({
      "usage.json": answer(
        [
          [
            "2026-10-01T00:00:00Z",
            "2026-10-01T01:00:00Z",
            [
              { keys: [HOST, "Usage"], cost: "1", quantity: "1" },
              { keys: [HOST, "SavingsPlanCoveredUsage"], cost: "2", quantity: "2", amortized: "1.4" },
              { keys: [HOST, "SavingsPlanNegation"], cost: "-2", amortized: "0" },
              {
                keys: ["SageMakerSP:1yrNoUpfront", "SavingsPlanRecurringFee"],
                cost: "1.5",
                amortized: "0.1",
              },
              { keys: ["NoUsageType", "Enterprise Discount Program Discount"], cost: "-0.125" },
            ],
          ],
        ],
        ["RECORD_TYPE"],
      ),
    });
    expect(i.reconciliation.exportTotalUsd).toBe("2.375");
    expect(i.history!.eligibleUsd).toBe(3);
    const classes = Object.fromEntries(i.reconciliation.classes.map((each) => [each.reason, each.billedUsd]));
    expect(classes).toMatchObject({
      "usage covered by Savings Plans": "2",
      "negation of covered usage": "-2",
      "Savings Plans recurring fee": "1.5",
      "enterprise discount program": "-0.125",
    });
    expect(codes(i.findings)).toContain("covered-by-unknown-plans");
    expect(codes(i.findings)).not.toContain("cost-explorer-plans-unknown");
  });

  test("what it cannot tell is a finding with the dollars that hang on it", async () => {
    const file = answer([
      [
        "2026-10-01T00:00:00Z",
        "2026-10-01T01:00:00Z",
        [{ keys: [HOST, "us-east-1"], cost: "4", quantity: "4", amortized: "3.25" }],
      ],
      [
        "2026-10-01T01:00:00Z",
        "2026-10-01T02:00:00Z",
        [{ keys: [HOST, "us-east-1"], cost: "1", quantity: "2" }],
      ],
    ]).replace('"Estimated":false}]', '"Estimated":true}]');
    const { findings } = await inspected({ "usage.json": file });
    const usdOf = Object.fromEntries(findings.map(({ code, usd }) => [code, usd]));
    expect(usdOf).toMatchObject({
      "cost-explorer-plans-unknown": 5,
      "cost-explorer-filter-unknown": 5,
      "cost-explorer-accounts-unknown": 5,
      "cost-explorer-operations-unknown": 5,
      "cost-explorer-discount-unknown": 5,
      "cost-explorer-estimated": 1,
      // Two hours at half the rate of the others: a dollar is missing.
      "cost-explorer-usage-hidden": 1,
    });
    expect(findings.find(({ code }) => code === "cost-explorer-plans-unknown")!.message).toMatch(
      /\$0\.75 lower/,
    );
  });

  test("a net cost is the negotiated discount", async () => {
    const exports = [
      folderWith({
        "usage.json": answer([
          [
            "2026-10-01",
            "2026-10-02",
            [{ keys: [HOST, "us-east-1"], cost: "24", quantity: "24", net: "22.8" }],
          ],
        ]),
      }),
    ];
    const { recommendation } = await recommend({ exports, term: "1yr", futures: "history" });
    expect(recommendation.negotiatedDiscount).toEqual({ share: 0.05, source: "bill" });
    expect(codes(recommendation.findings)).not.toContain("cost-explorer-discount-unknown");
  });

  test("pages, joined into one array, and several files of days that follow each other", async () => {
    const first = answer([hour(0, "1")], ["REGION"], { NextPageToken: "abc" });
    const rest = answer([
      [
        "2026-10-01T00:00:00Z",
        "2026-10-01T01:00:00Z",
        [{ keys: ["EU-Train:ml.m5.large", "eu-west-1"], cost: "2", quantity: "1" }],
      ],
      hour(1, "4"),
    ]);
    const joined = await inspected({ "usage.json": `[${first},${rest}]` });
    expect(joined.reconciliation.exportTotalUsd).toBe("7");
    const apart = await inspected({ "a.json": answer([day(1, "1")]), "b.json": answer([day(2, "2")]) });
    expect(apart.reconciliation.exportTotalUsd).toBe("3");
    expect(apart.history!.hours).toBe(48);
  });

  test("days that no file speaks of, between others", async () => {
    const { findings, history } = await inspected({ "a.json": answer([day(1, "1"), day(4, "1")]) });
    expect(history!.missingHours).toBe(48);
    const gap = findings.find(({ code }) => code === "cost-explorer-gap")!;
    expect(gap.message).toMatch(/2026-10-02T00:00:00Z to 2026-10-04T00:00:00Z.*48 hours/);
  });

  test("beside an export of other days; JSON that is none is passed over in a folder", async () => {
    const i = await inspected({
      "cur.csv": csvOf([{ ...hourOf(-24), "bill/BillingPeriodStartDate": "2026-09-01T00:00:00Z" }]),
      "usage.json": answer([hour(0, "0.23")]),
      "rates.json": '{"searchResults": []}',
      "recommendation.json": "{}",
    });
    expect(i.reconciliation.exportTotalUsd).toBe("0.46");
  });

  test("another service beside it", async () => {
    const i = await inspected({
      "usage.json": answer(
        [
          [
            "2026-10-01",
            "2026-10-02",
            [
              { keys: [HOST, "Amazon SageMaker"], cost: "1" },
              { keys: ["BoxUsage:m5.large", "Amazon Elastic Compute Cloud - Compute"], cost: "9" },
            ],
          ],
        ],
        ["SERVICE"],
      ),
    });
    expect(i.reconciliation.exportTotalUsd).toBe("1");
  });
});

test("sums are those of a slow, exact adding machine, however the amounts are split over pages and files", async () => {
  const amount = fc.record({
    hour: fc.integer({ min: 0, max: 3 }),
    type: fc.constantFrom(HOST, "EU-Train:ml.m5.large", "USE1-TrSpt:ml.g5.xlarge"),
    pico: fc.bigInt({ min: 0n, max: 10n ** 18n }),
    page: fc.integer({ min: 0, max: 3 }),
  });
  const distinct = fc.uniqueArray(amount, {
    minLength: 1,
    maxLength: 12,
    selector: ({ hour: h, type }) => `${h} ${type}`,
  });
  const decimal = (pico: bigint): string =>
    `${pico / 10n ** 12n}.${(pico % 10n ** 12n).toString().padStart(12, "0")}`;
  await fc.assert(
    fc.asyncProperty(distinct, async (amounts) => {
      const pageOf = (page: number, more: Record<string, unknown>): string =>
        answer(
          amounts
            .filter((each) => each.page === page)
            .map(({ hour: h, type, pico }) => [
              `2026-10-01T0${h}:00:00Z`,
              `2026-10-01T0${h + 1}:00:00Z`,
              [{ keys: [type, "us-east-1"], cost: decimal(pico), quantity: "1" }],
            ]),
          ["REGION"],
          more,
        );
      const next = { NextPageToken: "x" };
      const i = await inspected({
        "a.json": `[${pageOf(0, next)},${pageOf(1, {})}]`,
        "b.json": `[${pageOf(2, next)},${pageOf(3, {})}]`,
      });
      const total = amounts.reduce((sum, { pico }) => sum + pico, 0n);
      expect(i.reconciliation.exportTotalUsd).toBe(decimal(total).replace(/\.?0+$/, ""));
      expect(i.reconciliation.classesTotalUsd).toBe(i.reconciliation.exportTotalUsd);
      expect(i.reconciliation.checks.every(({ passed }) => passed)).toBe(true);
    }),
    { seed: 5, numRuns: 12 },
  );
});

describe("refused, with the place", () => {
  const one = (group: Partial<Group>): string =>
    answer([["2026-10-01", "2026-10-02", [{ keys: [HOST, "us-east-1"], cost: "1", ...group }]]]);

  test.each<[string, Record<string, string>, string, RegExp]>([
    ["truncated JSON", { "u.json": one({}).slice(0, -40) }, "damaged-file", /u\.json is not readable JSON/],
    [
      "NaN",
      { "u.json": one({ cost: "NaN" }) },
      "bad-value",
      /ResultsByTime\.0\.Groups\.0\.Metrics\.UnblendedCost\.Amount: found "NaN"/,
    ],
    [
      "Infinity as a quantity",
      { "u.json": one({ quantity: "Infinity" }) },
      "bad-value",
      /UsageQuantity\.Amount/,
    ],
    ["a thousands separator", { "u.json": one({ cost: "1,234.5" }) }, "bad-value", /found "1,234\.5"/],
    ["a huge exponent", { "u.json": one({ cost: "1e99" }) }, "bad-value", /found "1e99"/],
    ["usage below zero", { "u.json": one({ cost: "-1" }) }, "bad-value", /SavingsPlanNegation.*hide/],
    ["a quantity below zero", { "u.json": one({ quantity: "-1" }) }, "bad-value", /below zero/],
    [
      "a number that is no string",
      { "u.json": one({}).replace('"Amount":"1"', '"Amount":1') },
      "unknown-format",
      /Groups\.0\.Metrics\.UnblendedCost\.Amount/,
    ],
    [
      "a page of several",
      { "u.json": answer([day(1, "1")], ["REGION"], { NextPageToken: "x" }) },
      "damaged-file",
      /NextPageToken/,
    ],
    [
      "the same amount twice",
      { "u.json": answer([day(1, "1"), day(1, "1")]) },
      "duplicate-delivery",
      /ResultsByTime\.1\.Groups\.0.*twice/,
    ],
    [
      "days and their hours",
      { "u.json": answer([day(1, "1"), hour(3, "1")]) },
      "duplicate-delivery",
      /overlap/,
    ],
    [
      "files that overlap",
      { "a.json": answer([day(1, "1"), day(2, "1")]), "b.json": answer([day(2, "3")]) },
      "duplicate-delivery",
      /a\.json and .*b\.json both hold usage from 2026-10-02/,
    ],
    [
      "files grouped otherwise",
      { "a.json": answer([day(1, "1")]), "b.json": answer([day(1, "1")], ["OPERATION"]) },
      "duplicate-delivery",
      /both hold usage/,
    ],
    [
      "an export of the same hours",
      { "cur.csv": csvOf([hourOf(0)]), "u.json": answer([hour(0, "1")]) },
      "duplicate-delivery",
      /u\.json and .*cur\.csv/,
    ],
    [
      "another service",
      { "u.json": one({ keys: ["BoxUsage:m5.large", "us-east-1"] }) },
      "no-sagemaker-usage",
      /first BoxUsage:m5\.large/,
    ],
    [
      "grouped by region only",
      { "u.json": one({}).replace('"Key":"USAGE_TYPE"', '"Key":"SERVICE"') },
      "missing-column",
      /without USAGE_TYPE/,
    ],
    [
      "amortized cost only",
      { "u.json": one({}).replaceAll("UnblendedCost", "AmortizedCost") },
      "missing-column",
      /UnblendedCost is missing/,
    ],
    [
      "a period that ends before it starts",
      { "u.json": one({}).replace("2026-10-02", "2026-09-02") },
      "bad-value",
      /TimePeriod/,
    ],
    [
      "half an hour",
      { "u.json": one({}).replace('"2026-10-02"', '"2026-10-01T00:30:00Z"') },
      "bad-value",
      /whole hours/,
    ],
    [
      "fewer keys than dimensions",
      { "u.json": one({ keys: [HOST] }) },
      "bad-value",
      /found 1 Keys, expected 2/,
    ],
    [
      "two currencies",
      {
        "a.json": one({}),
        "b.json": answer([
          ["2026-10-02", "2026-10-03", [{ keys: [HOST, "us-east-1"], cost: "1", unit: "EUR" }]],
        ]),
      },
      "mixed-currencies",
      /USD.*EUR/,
    ],
  ])("%s", async (_, files, code, message) => {
    const error = await refusal(files);
    expect({ code: error.code, message: error.message }).toEqual({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  test("other JSON, named", async () => {
    const path = join(folderWith({ "rates.json": '{"searchResults": []}' }), "rates.json");
    await expect(inspect({ exports: [path] })).rejects.toThrow(/--rates/);
  });
});

describe("the console's CSV", () => {
  const sheet = (rows: string[][], delimiter = ","): string =>
    rows.map((row) => row.map((cell) => `"${cell}"`).join(delimiter)).join("\r\n");
  const ENGLISH = [
    ["Usage type", `${HOST}($)`, "EU-Train:ml.m5.large($)", "Total costs($)"],
    ["Usage type total", "2,469.12", "1.5", "2,470.62"],
    ["2026-10-01", "1,234.56", "", "1,234.56"],
    ["2026-10-02", "1,234.56", "1.5", "1,236.06"],
  ];
  const german = (text: string): string => text.replace(/[.,]/g, (sign) => (sign === "." ? "," : "."));
  const inNumbers = (rows: string[][], change: (text: string) => string): string[][] =>
    rows.map((row, r) => row.map((cell, c) => (r === 0 || c === 0 ? cell : change(cell))));

  test.each<[string, string]>([
    ["1,234.56", sheet(ENGLISH)],
    ["1.234,56", sheet(inNumbers(ENGLISH, german))],
    [
      "1 234,56 between semicolons",
      sheet(
        inNumbers(ENGLISH, (text) => german(text).replace(".", "\u00a0")),
        ";",
      ),
    ],
    ["1'234.56", sheet(inNumbers(ENGLISH, (text) => text.replace(",", "'")))],
    [
      "titles in another language",
      sheet(ENGLISH).replace("Total costs", "Coste completo").replace("Usage type", "Tipo de uso"),
    ],
    ["a byte order mark", `\uFEFF${sheet(ENGLISH)}`],
  ])("%s", async (_, text) => {
    const i = await inspected({ "costs.csv": text });
    expect(i.reconciliation.exportTotalUsd).toBe("2470.62");
    expect(i.history!.hours).toBe(48);
    expect(i.history!.eligibleUsd).toBeCloseTo(2470.62, 9);
    expect(i.granularity).toBe("daily");
    expect(i.deliveries[0]!.format).toBe("Cost Explorer CSV");
    expect(i.reconciliation.checks.every(({ passed }) => passed)).toBe(true);
    expect(codes(i.findings)).toContain("cost-explorer-quantities-missing");
  });

  test("without a column of totals, two types that cost the same are two", async () => {
    const header = ["Usage type", `${HOST}($)`, "EU-Train:ml.m5.large($)"];
    const i = await inspected({
      "c.csv": sheet([header, ["2026-10-01", "5", "5"], ["2026-10-02", "5", "5"]]),
    });
    expect(i.reconciliation.exportTotalUsd).toBe("20");
  });

  test("hours, months, and usage beside costs", async () => {
    const rows = (...labels: string[]): string[][] => [
      ["Usage type", `${HOST}($)`, "Total costs($)", `${HOST}(Hrs)`, "Total usage(Hrs)"],
      ...labels.map((label) => [label, "2.5", "2.5", "10", "10"]),
    ];
    const hourly = await inspected({ "h.csv": sheet(rows("2026-10-01T00:00:00Z", "2026-10-01T01:00:00Z")) });
    expect(hourly.granularity).toBe("hourly");
    expect(codes(hourly.findings)).not.toContain("cost-explorer-quantities-missing");
    const monthly = await inspected({ "m.csv": sheet(rows("2026-09-01", "2026-10-01")) });
    expect(monthly.granularity).toBe("monthly");
    expect(monthly.history!.hours).toBe((30 + 31) * 24);
  });

  test.each<[string, string, string, RegExp]>([
    [
      "a total that is none",
      sheet(ENGLISH).replace("2,469.12", "2,469.22"),
      "bad-value",
      /row 2, column USE1-Host:ml\.m5\.xlarge\(\$\): the total is 0\.1 off/,
    ],
    [
      "a row that does not add up",
      sheet(ENGLISH).replace('"1,236.06"', '"1,236.16"'),
      "bad-value",
      /row 4, column Total costs/,
    ],
    [
      "a row that is missing",
      sheet(ENGLISH.slice(0, 3).concat([["2026-10-03", "0", "0", "0"]])),
      "bad-value",
      /the total is/,
    ],
    [
      "a word among numbers",
      sheet(ENGLISH).replace('"1.5"', '"n/a"'),
      "bad-value",
      /"n\/a" in column EU-Train/,
    ],
    [
      "two ways of writing",
      sheet(ENGLISH).replace('"1,236.06"', '"1.236,06"'),
      "bad-value",
      /one way of writing/,
    ],
    ["a row twice", sheet([ENGLISH[0]!, ENGLISH[2]!, ENGLISH[2]!]), "duplicate-delivery", /2 rows/],
    [
      "a column twice",
      sheet([
        [...ENGLISH[0]!.slice(0, 2), `${HOST}($)`],
        ["2026-10-01", "1", "1"],
      ]),
      "unknown-format",
      /twice/,
    ],
    ["cut in a row", sheet(ENGLISH).slice(0, -12), "damaged-file", /./],
    ["one row", sheet([ENGLISH[0]!, ENGLISH[2]!]), "bad-value", /day or a month/],
    [
      "a date of no kind",
      sheet(ENGLISH).replace("2026-10-02", "10/02/2026"),
      "bad-value",
      /found "10\/02\/2026"/,
    ],
    [
      "usage below zero",
      sheet([ENGLISH[0]!, ["2026-10-01", "-1", "2", "1"], ["2026-10-02", "1", "2", "3"]]),
      "bad-value",
      /row 2: USE1-Host/,
    ],
    [
      "usage without costs",
      sheet([
        ["Usage type", `${HOST}(Hrs)`],
        ["2026-10-01", "1"],
        ["2026-10-02", "1"],
      ]),
      "missing-column",
      /no costs/,
    ],
    [
      "grouped by service",
      sheet([
        ["Service", "Amazon Simple Storage Service($)"],
        ["2026-10-01", "1"],
        ["2026-10-02", "1"],
      ]),
      "no-sagemaker-usage",
      /grouped by usage type/,
    ],
    [
      "numbers that can be read in two ways",
      sheet([
        ["Usage type", `${HOST}($)`],
        ["2026-10-01", "1.234"],
        ["2026-10-02", "2.345"],
      ]),
      "bad-value",
      /read in two ways/,
    ],
  ])("refused: %s", async (_, text, code, message) => {
    const error = await refusal({ "costs.csv": text });
    expect({ code: error.code, message: error.message }).toEqual({
      code,
      message: expect.stringMatching(message) as string,
    });
  });
});

describe("rates without an operation", () => {
  const exports = () => [folderWith({ "usage.json": answer([hour(0, "1"), hour(1, "1")]) })];
  const card = (...rows: string[]): string =>
    join(
      folderWith({
        "rates.csv": `usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n${rows.join("\n")}\n`,
      }),
      "rates.csv",
    );

  test("one rate for all operations is used; differing ones are not, and that is told with its dollars", async () => {
    const same = [
      card(`${HOST},RunInstance,1yr,no-upfront,0.6,1`, `${HOST},RunInstance:Other,1yr,no-upfront,0.6,1`),
    ];
    const used = await recommend({ exports: exports(), rates: same, term: "1yr", futures: "history" });
    expect(used.recommendation.purchases).toMatchObject([{ commitmentUsdPerHour: 0.6 }]);
    const differing = [
      card(`${HOST},RunInstance,1yr,no-upfront,0.6,1`, `${HOST},Other,1yr,no-upfront,0.7,1`),
    ];
    const unused = await recommend({ exports: exports(), rates: differing, term: "1yr", futures: "history" });
    expect(unused.recommendation.purchases).toEqual([]);
    const finding = unused.recommendation.findings.find(({ code }) => code === "operation-decides-rate")!;
    expect(finding.usd).toBe(2);
  });
});

describe("the newest day", () => {
  const month = (lastCost: string): string =>
    answer([1, 2, 3].map((n): Period => day(n, n === 3 ? lastCost : "24")));
  const historyOf = async (text: string, to?: string) => {
    const exports = [folderWith({ "u.json": text })];
    const { recommendation } = await recommend({ exports, term: "1yr", futures: "history", to });
    return { to: recommendation.history.to, codes: codes(recommendation.findings) };
  };

  test("that AWS calls an estimate may not be over: the history ends before it, unless --to says otherwise", async () => {
    const estimated = month("6").replaceAll('"Estimated":false', '"Estimated":true');
    const left = await historyOf(estimated);
    expect(left.to).toBe("2026-10-03T00:00:00Z");
    expect(left.codes).toContain("cost-explorer-newest-period");
    expect((await historyOf(estimated, "2026-10-04T00:00:00Z")).to).toBe("2026-10-04T00:00:00Z");
  });

  test("that is final counts", async () => {
    const kept = await historyOf(month("24"));
    expect(kept.to).toBe("2026-10-04T00:00:00Z");
    expect(kept.codes).not.toContain("cost-explorer-newest-period");
  });
});

describe("the made-up company, as Cost Explorer tells it", () => {
  const truth = JSON.parse(readFileSync("fixtures/ml-company/truth.json", "utf8")) as {
    onDemandUsd: Record<"total" | "eligible" | "unconfirmed" | "ineligible", string>;
  };
  const cents = (usd: number): string => usd.toFixed(2);

  test("hour by hour it holds the dollars of the bill, and the same answer comes of it", async () => {
    const bill = billOf(monthOfUsage(20_261_001), LAST_HOUR);
    const path = join(
      folderWith({
        "u.json": costAndUsage(bill, { periodHours: 1, by: "LINKED_ACCOUNT", from: 0, to: LAST_HOUR + 1 }),
      }),
      "u.json",
    );
    const i = await inspect({ exports: [path] });
    const { onDemandUsd } = truth;
    expect(i.reconciliation.exportTotalUsd).toBe(onDemandUsd.total);
    expect(cents(i.history!.eligibleUsd)).toBe(cents(Number(onDemandUsd.eligible)));
    expect(cents(i.history!.unconfirmedUsd)).toBe(cents(Number(onDemandUsd.unconfirmed)));
    expect(i.history!.hours).toBe(702);
    const owned = ownedPlans();
    // The table, because a bill's covered rows tell the owned plan's own rates too, and Cost Explorer does not.
    const table = join(scratchFolder(), "hours.csv");
    await normalize({ exports: ["fixtures/ml-company/cur2-parquet"], out: table });
    const options = {
      term: "1yr",
      futures: "history",
      rates: [ratesCard()],
      owned,
      negotiatedDiscount: 0,
    } as const;
    const [ours, theirs] = await Promise.all([
      recommend({ exports: [path], ...options }),
      recommend({ exports: [table], ...options }),
    ]);
    expect(ours.recommendation.purchases).toEqual(theirs.recommendation.purchases);
    expect(ours.recommendation.expected.netSavingsUsd).toBeCloseTo(
      theirs.recommendation.expected.netSavingsUsd,
      6,
    );
    expect(ours.recommendation.bounds).toBeNull();
    expect(codes(ours.recommendation.findings)).not.toContain("cost-explorer-plans-unknown");
  });

  test.each(["daily", "console", "console-de"])("the fixture %s holds the month", async (name) => {
    const i = await inspect({ exports: [`fixtures/ml-company/cost-explorer/${name}`] });
    expect(i.reconciliation.exportTotalUsd).toBe(truth.onDemandUsd.total);
    expect(cents(i.history!.eligibleUsd)).toBe(cents(Number(truth.onDemandUsd.eligible)));
    expect(i.reconciliation.checks.every(({ passed }) => passed)).toBe(true);
  });
});

/** The company's plan, as DescribeSavingsPlans has it. */
const ownedPlans = (): string =>
  join(
    folderWith({
      "plans.json": JSON.stringify({
        savingsPlans: [
          {
            savingsPlanArn:
              "arn:aws:savingsplans::444455556666:savingsplan/3f1c9a52-7d0e-4b86-9a41-5e2d8c07b6f4",
            savingsPlanType: "SageMaker",
            state: "active",
            paymentOption: "No Upfront",
            termDurationInSeconds: 31_536_000,
            commitment: "8.75",
            start: "2026-03-09T14:22:31.000Z",
            end: "2027-03-09T14:22:30.000Z",
          },
        ],
      }),
    }),
    "plans.json",
  );

/** A card of everything that the company runs, 30 % off, by operation. */
function ratesCard(): string {
  const { onDemandUsdByUsageType } = JSON.parse(readFileSync("fixtures/ml-company/truth.json", "utf8")) as {
    onDemandUsdByUsageType: Record<string, unknown>;
  };
  const types = Object.keys(onDemandUsdByUsageType).filter((type) =>
    /(Host|Train|Processing|Notebk|Tsform):ml/.test(type),
  );
  const rows = types.map((type, n) => `${type},RunInstance,1yr,no-upfront,${0.6 + n / 100},1`);
  const folder = folderWith({
    "rates.csv": `usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n${rows.join("\n")}\n`,
  });
  return join(folder, "rates.csv");
}

test("a review remembers months as they are restated: it takes no answer of Cost Explorer", async () => {
  const folder = folderWith({ "usage.json": answer([day(1, "1")]) });
  const store = join(scratchFolder(), "store.duckdb");
  await expect(review({ exports: [folder], store }, { now: () => Date.UTC(2026, 10, 1) })).rejects.toThrow(
    /a review remembers months/,
  );
});

/** Small, sound inputs: the first hours of the fixtures, so that a case takes milliseconds. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { spelled } from "../ingest/made-bill.ts";
import type { Spelling } from "./csv-oracle.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/", import.meta.url));
const ROWS = 100;

/** The first file below a folder whose path ends so. */
function fixture(folder: string, ending: string): Buffer {
  const names = readdirSync(join(FIXTURES, folder), { recursive: true, encoding: "utf8" }).sort();
  return readFileSync(
    join(
      FIXTURES,
      folder,
      names.find((name) => name.endsWith(ending))!,
    ),
  );
}

const json = (folder: string, ending: string): unknown => JSON.parse(fixture(folder, ending).toString());

interface Rows {
  table: string[][];
  /** As many rows, but of the whole month. */
  month: string[][];
}

/** The first rows of SageMaker and two of something else. */
function rowsOf(folder: string, ending: string, product: string): Rows {
  const [header, ...rows] = parse(gunzipSync(fixture(folder, ending))) as string[][];
  const at = header!.indexOf(product);
  const start = header!.findIndex((name) =>
    /UsageStartDate$|usage_start_date$|^ChargePeriodStart$/.test(name),
  );
  const isOurs = (row: string[]): boolean => /SageMaker|MachineLearning/.test(row[at]!);
  const ours = rows.filter(isOurs).sort((a, b) => (a[start]! < b[start]! ? -1 : 1));
  const others = rows.filter((row) => !isOurs(row)).slice(0, 2);
  const step = Math.ceil(ours.length / ROWS);
  return {
    table: [header!, ...ours.slice(0, ROWS), ...others],
    month: [header!, ...ours.filter((_, n) => n % step === 0), ...others],
  };
}

const SKUS = [
  ["us-east-1", "Host", "ml.m5.xlarge", "USE1-Host:ml.m5.xlarge", "0.23"],
  ["us-east-1", "Host", "ml.g5.2xlarge", "USE1-Host:ml.g5.2xlarge", "1.515"],
  ["eu-west-1", "Host", "ml.g5.xlarge", "EU-Host:ml.g5.xlarge", "1.57"],
] as const;

const HOURS = Array.from(
  { length: 48 },
  (_, n) => `${new Date(Date.UTC(2026, 9, 1, n)).toISOString().slice(0, 19)}Z`,
);

/** 48 hours of three SKUs, as `normalize` writes them. */
const normalized = [
  "usage_hour,account_id,region,component,instance_type,usage_type,operation,usage_hours,on_demand_usd,covered_on_demand_usd,covered_savings_plan_usd".split(
    ",",
  ),
  ...HOURS.flatMap((hour) =>
    SKUS.map(([region, component, instance, type, usd]) => [
      hour,
      "444455556666",
      region,
      component,
      instance,
      type,
      "RunInstance",
      "1",
      usd,
      "0",
      "0",
    ]),
  ),
];

const made = parse(
  Object.values(
    spelled(
      {
        months: 1,
        instances: Array.from({ length: 60 }, (_, hour) =>
          hour >= 7 && hour < 52 && hour % 24 < 20 ? 3 : 0,
        ),
        begins: 0,
        others: true,
        delay: 6,
        plan: { payment: "All", commitment: 1.5, start: 9, rowsEnd: 33 },
        discount: 0.1,
      },
      "CUR 2.0",
    ),
  )[0]!,
) as string[][];

interface Base {
  table: readonly (readonly string[])[];
  month: readonly (readonly string[])[];
  spelling: Spelling;
}

/** By format: the table and how an independent reading adds it up. */
export const EXPORTS = {
  legacy: {
    ...rowsOf("ml-company/legacy-cur", "acme-cur-1.csv.gz", "lineItem/ProductCode"),
    spelling: { product: "lineItem/ProductCode", cost: "lineItem/UnblendedCost" },
  },
  cur2: {
    ...rowsOf("ml-company/cur2-csv", ".csv.gz", "line_item_product_code"),
    spelling: { product: "line_item_product_code", cost: "line_item_unblended_cost" },
  },
  focus: {
    ...rowsOf("ml-company/focus-1.0", ".csv.gz", "x_ServiceCode"),
    spelling: { product: "x_ServiceCode", cost: "BilledCost" },
  },
  /** Usage that begins late and stops, an All Upfront plan bought within the month and returned, discounts on every row, another service. */
  made: {
    table: made,
    month: made,
    spelling: { product: "line_item_product_code", cost: "line_item_unblended_cost" },
  },
  normalized: {
    table: normalized,
    month: normalized,
    spelling: { cost: "on_demand_usd", less: "covered_on_demand_usd" },
  },
} as const satisfies Record<string, Base>;

export const FORMATS = Object.keys(EXPORTS) as (keyof typeof EXPORTS)[];

const OFFERINGS = [
  ["1yr", "no-upfront", 0.72],
  ["1yr", "all-upfront", 0.68],
  ["3yr", "no-upfront", 0.55],
] as const;

const rated = SKUS.flatMap(([, , , type, usd]) =>
  OFFERINGS.map(([term, payment, share]) => ({ type, term, payment, usd, rate: `${Number(usd) * share}` })),
);

export const RATES_CSV = [
  ["usage_type", "operation", "term", "payment_option", "savings_plan_rate_usd", "on_demand_rate_usd"],
  ...rated.map(({ type, term, payment, usd, rate }) => [type, "RunInstance", term, payment, rate, usd]),
];

export const RATES_JSON = {
  searchResults: rated.map(({ type, term, payment, rate }) => ({
    savingsPlanOffering: {
      offeringId: "b6d0a3f1-7c25-4b8e-8f19-2a4c9de07315",
      paymentOption: payment === "all-upfront" ? "All Upfront" : "No Upfront",
      planType: "SageMaker",
      durationSeconds: term === "1yr" ? 31_536_000 : 94_608_000,
      currency: "USD",
    },
    rate,
    unit: "Hrs",
    productType: "SageMaker",
    serviceCode: "AmazonSageMaker",
    usageType: type,
    operation: "RunInstance",
  })),
};

export const PRICE_LIST = {
  products: OFFERINGS.map(([term, payment], n) => ({
    sku: `S${n}`,
    productFamily: "SageMakerSavingsPlans",
    attributes: {
      purchaseOption: payment === "all-upfront" ? "All Upfront" : "No Upfront",
      purchaseTerm: term,
    },
  })),
  terms: {
    savingsPlan: OFFERINGS.map(([, , share], n) => ({
      sku: `S${n}`,
      rates: SKUS.map(([, , , type, usd]) => ({
        discountedUsageType: type,
        discountedOperation: "RunInstance",
        discountedRate: { price: `${Number(usd) * share}`, currency: "USD" },
      })),
    })),
  },
};

export const OWNED = {
  savingsPlans: [
    {
      offeringId: "b6d0a3f1-7c25-4b8e-8f19-2a4c9de07315",
      savingsPlanId: "3f1c9a52-7d0e-4b86-9a41-5e2d8c07b6f4",
      savingsPlanArn: "arn:aws:savingsplans::444455556666:savingsplan/3f1c9a52-7d0e-4b86-9a41-5e2d8c07b6f4",
      description: "1 year No Upfront SageMaker Savings Plan",
      start: "2026-03-09T14:22:31.000Z",
      end: "2027-03-09T14:22:30.000Z",
      state: "active",
      savingsPlanType: "SageMaker",
      paymentOption: "No Upfront",
      productTypes: ["SageMaker"],
      currency: "USD",
      commitment: "0.5",
      upfrontPaymentAmount: "0.0",
      recurringPaymentAmount: "0.5",
      termDurationInSeconds: 31_536_000,
    },
  ],
};

export const EVENTS = {
  events: [
    {
      launch: { usage_type: "USE1-Host:ml.g6.2xlarge", usd_per_hour: 12.5 },
      from: "2026-12-01",
      probability: 0.8,
    },
    { shutdown: { match: "*:ml.m5.*", account: "444455556666" }, from: "2026-11-01" },
    {
      migration: { match: "*:ml.g5.2xlarge", to: "ml.g6", spend_ratio: 0.6 },
      from: "2026-10-20",
      to: "2026-11-01",
    },
    { autoscaling: { match: "*-Host:ml.g5.*", minimum: 0.3 }, from: "2026-11-15" },
    { growth: { match: "*", yearly: 0.25 }, from: "2026-11-01" },
  ],
};

export const FUTURES = [
  "usage_hour,account_id,region,usage_type,operation,usage_hours,on_demand_usd,scenario,probability".split(
    ",",
  ),
  ...["steady", "growth"].flatMap((scenario, n) =>
    HOURS.slice(0, 24).flatMap((hour) =>
      SKUS.map(([region, , , type, usd]) => [
        hour.replace("2026-10", "2026-11"),
        "444455556666",
        region,
        type,
        "RunInstance",
        `${n + 1}`,
        `${Number(usd) * (n + 1)}`,
        scenario,
        n === 0 ? "0.7" : "0.3",
      ]),
    ),
  ),
];

/** Cost Explorer's answer, two days of it. */
const answer = json("ml-company/cost-explorer", "daily/usage.json") as { ResultsByTime: unknown[] };
export const ASKED = { ...answer, ResultsByTime: answer.ResultsByTime.slice(0, 2) };
/** Whole: its totals must add up. */
export const CONSOLE = parse(fixture("ml-company/cost-explorer", "console/costs.csv")) as string[][];
export const ADVICE = json("ml-company/cost-explorer", "recommendation.json");

const metrics = json("headroom", "metrics.json") as { MetricDataResults: object[] };
export const METRICS = {
  ...metrics,
  MetricDataResults: metrics.MetricDataResults.slice(0, 6).map((result) =>
    Object.fromEntries(
      Object.entries(result).map(([key, value]) => [key, Array.isArray(value) ? value.slice(0, 48) : value]),
    ),
  ),
};

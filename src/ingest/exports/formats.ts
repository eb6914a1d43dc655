import type { ExportFormat } from "../../domain/billing.ts";
import { SageplanError } from "../../domain/error.ts";
import { groupBy } from "../../domain/group.ts";
import { sqlFile } from "../files/sql-file.ts";

/** A format is of a family: formats whose rows the same SQL types. */
export const FAMILY: Readonly<Record<ExportFormat, Family>> = {
  "legacy CUR": "cur",
  "CUR 2.0": "cur",
  "FOCUS 1.0": "focus",
  "FOCUS 1.2": "focus",
  normalized: "normalized",
  "Cost Explorer JSON": "cost_explorer",
  "Cost Explorer CSV": "cost_explorer",
};

/** One amount of Cost Explorer with its period and what it is grouped by; empty where it does not say. */
export const COST_EXPLORER_COLUMNS = [
  "period_start",
  "period_end",
  "account_id",
  "region",
  "usage_type",
  "operation",
  "record_type",
  "currency",
  "unblended_cost",
  "net_unblended_cost",
  "amortized_cost",
  "usage_quantity",
] as const;

const EXPECTED_ACCOUNT = "the 12 digits of an account (spreadsheets make numbers such as 1.23E+11 of them)";

const NORMALIZED_EXPECTED = {
  account_id: EXPECTED_ACCOUNT,
  usage_hour: "the start of an hour such as 2026-10-01T00:00:00Z",
  usage_type: "a usage type such as USE1-Host:ml.m5.xlarge",
};

interface FamilyOfFormats {
  /** The SELECT that types its rows: `sql/<name>.sql`. */
  sql: string;
  /** The SELECT that looks for usage of any service; null: it holds SageMaker's alone. */
  anyUsageSql: string | null;
  /** One of these says which service a row is of; none: all rows are SageMaker's. */
  identifying: readonly string[];
  /** Without these no SageMaker row can be understood. */
  required: readonly string[];
  /** Needed when the export holds rows that a plan covers. */
  forCoveredUsage: readonly string[];
  /** Needed when it holds the fees of plans. */
  forFees: readonly string[];
  optional: readonly string[];
  /** Columns that hold no text. */
  amounts: readonly string[];
  times: readonly string[];
  maps?: readonly string[];
  /** Column → what a row's value should have been; of an amount nothing need be said. */
  expected: Readonly<Record<string, string>>;
}

/** All that reading a family takes. Names of columns: AWS CUR and FOCUS table dictionaries, in snake case. */
const FAMILIES = {
  cur: {
    sql: "cur",
    anyUsageSql: "any_usage_cur",
    identifying: ["line_item_product_code"],
    required: [
      "line_item_line_item_type",
      "line_item_usage_start_date",
      "line_item_usage_end_date",
      "line_item_usage_account_id",
      "line_item_product_code",
      "line_item_usage_type",
      "line_item_operation",
      "line_item_usage_amount",
      "line_item_unblended_cost",
    ],
    forCoveredUsage: ["savings_plan_savings_plan_arn", "savings_plan_savings_plan_effective_cost"],
    forFees: [
      "savings_plan_savings_plan_arn",
      "savings_plan_total_commitment_to_date",
      "savings_plan_used_commitment",
    ],
    optional: [
      "bill_payer_account_id",
      "bill_billing_period_start_date",
      "line_item_currency_code",
      "line_item_line_item_description",
      "line_item_net_unblended_cost",
      "line_item_resource_id",
      "pricing_public_on_demand_cost",
      "product_region_code",
      "product_region",
      "product",
      "savings_plan_offering_type",
      "savings_plan_payment_option",
      "savings_plan_purchase_term",
      "savings_plan_start_time",
      "savings_plan_end_time",
    ],
    amounts: [
      "line_item_usage_amount",
      "line_item_unblended_cost",
      "line_item_net_unblended_cost",
      "pricing_public_on_demand_cost",
      "savings_plan_savings_plan_effective_cost",
      "savings_plan_total_commitment_to_date",
      "savings_plan_used_commitment",
    ],
    times: ["line_item_usage_start_date", "line_item_usage_end_date"],
    maps: ["product"],
    expected: {
      line_item_line_item_type: "a line item type",
      line_item_usage_start_date: "a date such as 2026-10-01T00:00:00Z",
      line_item_usage_end_date: "a date after the row's start, such as 2026-10-01T01:00:00Z",
      line_item_usage_account_id: EXPECTED_ACCOUNT,
      bill_payer_account_id: EXPECTED_ACCOUNT,
    },
  },
  focus: {
    sql: "focus",
    anyUsageSql: "any_usage_focus",
    identifying: ["service_name", "x_service_code"],
    required: [
      "charge_category",
      "charge_period_start",
      "charge_period_end",
      "sub_account_id",
      "billed_cost",
      "list_cost",
    ],
    forCoveredUsage: ["commitment_discount_id", "commitment_discount_status", "effective_cost"],
    forFees: ["commitment_discount_id"],
    optional: [
      "service_name",
      "x_service_code",
      "x_usage_type",
      "sku_meter",
      "x_operation",
      "x_discounts",
      "charge_class",
      "charge_description",
      "charge_frequency",
      "billing_account_id",
      "billing_period_start",
      "billing_currency",
      "region_id",
      "resource_id",
      "pricing_quantity",
      "consumed_quantity",
    ],
    amounts: ["billed_cost", "list_cost", "effective_cost", "pricing_quantity", "consumed_quantity"],
    times: ["charge_period_start", "charge_period_end"],
    expected: {
      charge_category: "a charge category",
      charge_period_start: "a date such as 2026-10-01 00:00:00",
      charge_period_end: "a date after the row's start, such as 2026-10-01 01:00:00",
      sub_account_id: EXPECTED_ACCOUNT,
      billing_account_id: EXPECTED_ACCOUNT,
      sku_meter: "a usage type in x_UsageType or SkuMeter",
    },
  },
  normalized: {
    sql: "normalized",
    anyUsageSql: null,
    identifying: [],
    required: ["usage_hour", "usage_type", "operation", "on_demand_usd"],
    forCoveredUsage: [],
    forFees: [],
    optional: [
      "account_id",
      "region",
      "component",
      "instance_type",
      "usage_hours",
      "covered_on_demand_usd",
      "covered_savings_plan_usd",
      "currency",
    ],
    amounts: ["usage_hours", "on_demand_usd", "covered_on_demand_usd", "covered_savings_plan_usd"],
    times: ["usage_hour"],
    expected: { ...NORMALIZED_EXPECTED, covered_on_demand_usd: "a number between 0 and on_demand_usd" },
  },
  // Written by `ingest/cost-explorer/read.ts` out of what Cost Explorer prints, so all are there.
  cost_explorer: {
    sql: "cost_explorer",
    anyUsageSql: null,
    identifying: [],
    required: COST_EXPLORER_COLUMNS,
    forCoveredUsage: [],
    forFees: [],
    optional: [],
    amounts: ["unblended_cost", "net_unblended_cost", "amortized_cost", "usage_quantity"],
    times: ["period_start", "period_end"],
    expected: {},
  },
  // What owned plans cover is settled anew in each future, and a usage type's parts are told by the usage type.
  futures: {
    sql: "futures",
    anyUsageSql: null,
    identifying: [],
    required: ["usage_hour", "usage_type", "on_demand_usd", "scenario", "probability"],
    forCoveredUsage: [],
    forFees: [],
    optional: ["account_id", "region", "operation", "usage_hours"],
    amounts: ["on_demand_usd", "usage_hours", "probability"],
    times: ["usage_hour"],
    expected: {
      ...NORMALIZED_EXPECTED,
      scenario: "the scenario's name or number",
      probability: "a number between 0 and 1, the probability of the row's scenario",
    },
  },
} as const satisfies Record<string, FamilyOfFormats>;

export type Family = keyof typeof FAMILIES;

export const descriptorOf = (family: Family): FamilyOfFormats => FAMILIES[family];

export const rowsSql = (family: Family): string => sqlFile(descriptorOf(family).sql);

export function anyUsageSql(family: Family): string | null {
  const name = descriptorOf(family).anyUsageSql;
  return name === null ? null : sqlFile(name);
}

/** What a column holds: `export` gives amounts as DECIMAL, times as TIMESTAMP, and both raw too, as `<name>_raw`. */
export type ColumnKind = "text" | "amount" | "time" | "map";

export function kindOf(family: Family, canonical: string): ColumnKind {
  const { amounts, times, maps = [] } = descriptorOf(family);
  if (amounts.includes(canonical)) return "amount";
  if (times.includes(canonical)) return "time";
  return maps.includes(canonical) ? "map" : "text";
}

/** `lineItem/UsageType`, `line_item_usage_type` and `LineItemUsageType` are one column. */
export const foldedName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/**
 * Canonical name → the name as the file (`path`, for messages) spells it, for every column of the family that it has.
 * @throws SageplanError `unknown-format` when two columns spell one
 */
export function matchColumns(family: Family, header: readonly string[], path?: string): Map<string, string> {
  const byFolded = groupBy(header, foldedName);
  const matched = new Map<string, string>();
  for (const canonical of columnsOf(family)) {
    const [actual, twin] = byFolded.get(foldedName(canonical)) ?? [];
    if (twin !== undefined) {
      throw new SageplanError(
        "unknown-format",
        `${path === undefined ? "Two columns" : `${path}: two columns`} are spellings of one, ${actual} and ${twin}: which of them counts can't be ` +
          "told. Keep the one that AWS delivered.",
      );
    }
    if (actual !== undefined) matched.set(canonical, actual);
  }
  return matched;
}

/** Every canonical column that the family's SQL reads, each once. */
export function columnsOf(family: Family): string[] {
  const { required, forCoveredUsage, forFees, optional } = descriptorOf(family);
  return [...new Set([...required, ...forCoveredUsage, ...forFees, ...optional])];
}

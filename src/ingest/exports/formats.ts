import type { ExportFormat } from "../../domain/billing.ts";
import { SageplanError } from "../../domain/error.ts";
import { groupBy } from "../../domain/group.ts";

/** The SQL file that types the rows of a family of formats. */
export type Family = "cur" | "focus" | "normalized" | "cost_explorer" | "futures";

export const FAMILY: Readonly<Record<ExportFormat, Family>> = {
  "legacy CUR": "cur",
  "CUR 2.0": "cur",
  "FOCUS 1.0": "focus",
  "FOCUS 1.2": "focus",
  normalized: "normalized",
  "Cost Explorer JSON": "cost_explorer",
  "Cost Explorer CSV": "cost_explorer",
};

/** The normalized table, in the order of the contract. */
const NORMALIZED_COLUMNS = [
  "usage_hour",
  "account_id",
  "region",
  "component",
  "instance_type",
  "usage_type",
  "operation",
  "usage_hours",
  "on_demand_usd",
  "covered_on_demand_usd",
  "covered_savings_plan_usd",
];

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

interface Columns {
  /** Without these no SageMaker row can be understood. */
  required: readonly string[];
  /** Needed when the export holds rows that a plan covers. */
  forCoveredUsage: readonly string[];
  /** Needed when it holds the fees of plans. */
  forFees: readonly string[];
  optional: readonly string[];
}

/** The columns that each family's SQL file reads. Names: AWS CUR and FOCUS table dictionaries, in snake case. */
export const COLUMNS: Readonly<Record<Family, Columns>> = {
  cur: {
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
  },
  focus: {
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
  },
  normalized: {
    required: ["usage_hour", "usage_type", "operation", "on_demand_usd"],
    forCoveredUsage: [],
    forFees: [],
    optional: NORMALIZED_COLUMNS.filter(
      (name) => !["usage_hour", "usage_type", "operation", "on_demand_usd"].includes(name),
    ),
  },
  // Written by `ingest/cost-explorer/read.ts` out of what Cost Explorer prints, so all are there.
  cost_explorer: {
    required: COST_EXPLORER_COLUMNS,
    forCoveredUsage: [],
    forFees: [],
    optional: [],
  },
  // What owned plans cover is settled anew in each future, and a usage type's parts are told by the usage type.
  futures: {
    required: ["usage_hour", "usage_type", "on_demand_usd", "scenario", "probability"],
    forCoveredUsage: [],
    forFees: [],
    optional: ["account_id", "region", "operation", "usage_hours"],
  },
};

/** What a column holds: `export` gives amounts as DECIMAL, times as TIMESTAMP, and both raw too, as `<name>_raw`. */
export type ColumnKind = "text" | "amount" | "time" | "map";

const KINDS: Readonly<Record<Exclude<ColumnKind, "text">, ReadonlySet<string>>> = {
  amount: new Set([
    "line_item_usage_amount",
    "line_item_unblended_cost",
    "line_item_net_unblended_cost",
    "pricing_public_on_demand_cost",
    "savings_plan_savings_plan_effective_cost",
    "savings_plan_total_commitment_to_date",
    "savings_plan_used_commitment",
    "billed_cost",
    "list_cost",
    "effective_cost",
    "pricing_quantity",
    "consumed_quantity",
    "usage_hours",
    "on_demand_usd",
    "covered_on_demand_usd",
    "covered_savings_plan_usd",
    "probability",
    "unblended_cost",
    "net_unblended_cost",
    "amortized_cost",
    "usage_quantity",
  ]),
  time: new Set([
    "line_item_usage_start_date",
    "line_item_usage_end_date",
    "charge_period_start",
    "charge_period_end",
    "usage_hour",
    "period_start",
    "period_end",
  ]),
  map: new Set(["product"]),
};

export function kindOf(canonical: string): ColumnKind {
  if (KINDS.amount.has(canonical)) return "amount";
  if (KINDS.time.has(canonical)) return "time";
  return KINDS.map.has(canonical) ? "map" : "text";
}

/** `lineItem/UsageType`, `line_item_usage_type` and `LineItemUsageType` are one column. */
const folded = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/**
 * Canonical name → the name as the file spells it, for every column of the family that the file has.
 * @throws SageplanError `unknown-format` when two columns spell one
 */
export function matchColumns(family: Family, header: readonly string[]): Map<string, string> {
  const byFolded = groupBy(header, folded);
  const matched = new Map<string, string>();
  for (const canonical of columnsOf(family)) {
    const [actual, twin] = byFolded.get(folded(canonical)) ?? [];
    if (twin !== undefined) {
      throw new SageplanError(
        "unknown-format",
        `Two columns are spellings of one, ${actual} and ${twin}: which of them counts can't be told. Leave one out.`,
      );
    }
    if (actual !== undefined) matched.set(canonical, actual);
  }
  return matched;
}

/** Every canonical column that the family's SQL reads, each once. */
export function columnsOf(family: Family): string[] {
  const { required, forCoveredUsage, forFees, optional } = COLUMNS[family];
  return [...new Set([...required, ...forCoveredUsage, ...forFees, ...optional])];
}

/**
 * What kind of export has this header.
 * @throws SageplanError `unknown-format` naming what was found and what would have been understood
 */
export function detectFormat(header: readonly string[], path: string): ExportFormat {
  const names = new Set(header.map(folded));
  if (
    names.has("lineitemlineitemtype") ||
    names.has("lineitemproductcode") ||
    names.has("lineitemusagetype")
  ) {
    const slashed = header.some((name) => name.includes("/"));
    const nested = ["product", "discount", "resourcetags", "costcategory", "billpayeraccountname"];
    return slashed || !nested.some((name) => names.has(name)) ? "legacy CUR" : "CUR 2.0";
  }
  if (names.has("chargecategory") && names.has("billedcost")) {
    return names.has("skumeter") ? "FOCUS 1.2" : "FOCUS 1.0";
  }
  if (names.has("usagehour") && names.has("ondemandusd")) {
    if (names.has("scenario") && names.has("probability")) throw futuresAsExport(path);
    return "normalized";
  }
  const shown = firstNames(header);
  throw new SageplanError(
    "unknown-format",
    `${path} is not a billing export that sageplan knows: its ${header.length} columns begin with ${shown || "nothing"}. ` +
      "Expected a Cost and Usage Report (a column lineItem/LineItemType or line_item_line_item_type), a FOCUS export " +
      "(ChargeCategory, BilledCost), the normalized table (usage_hour, on_demand_usd) or the CSV of Cost Explorer's console (Usage type, " +
      "then a column for each with its unit in brackets). Leave this file out, or export one of those.",
  );
}

/** How a header begins, for a message: in a file of another kind a "name" can be all of it. */
export const firstNames = (header: readonly string[]): string =>
  header
    .slice(0, 6)
    .map((name) => (name.length > 60 ? `${name.slice(0, 60)}…` : name))
    .join(", ");

/** Read as history, all its scenarios would add up. */
const futuresAsExport = (path: string): SageplanError =>
  new SageplanError(
    "unknown-format",
    `${path} holds futures (columns scenario and probability), not history: read as a bill, its scenarios would add up. ` +
      `Name it with --futures ${path}, beside the exports of the past.`,
  );

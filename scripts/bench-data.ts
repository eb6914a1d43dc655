/**
 * Billing data to measure with: a CUR 2.0 export of realistic width, as parquet and as csv.gz, of as many rows as asked.
 * `npx tsx scripts/bench-data.ts DIR ROWS`. Made by DuckDB alone; what is there already is left alone.
 */
import { mkdir, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { CELLS, DERIVED, LEAST_ROWS, rowsSql } from "./fixtures/bench-rows.ts";

const PARTS = 10;

const words = (text: string): string[] => text.trim().split(/\s+/);

/** The columns of a CUR 2.0 export, in AWS's order. */
const COLUMNS = words(`
bill_bill_type bill_billing_entity bill_billing_period_end_date bill_billing_period_start_date bill_invoice_id
bill_invoicing_entity bill_payer_account_id bill_payer_account_name cost_category discount discount_bundled_discount
discount_total_discount identity_line_item_id identity_time_interval line_item_availability_zone line_item_blended_cost
line_item_blended_rate line_item_currency_code line_item_legal_entity line_item_line_item_description
line_item_line_item_type line_item_net_unblended_cost line_item_net_unblended_rate line_item_normalization_factor
line_item_normalized_usage_amount line_item_operation line_item_product_code line_item_resource_id line_item_tax_type
line_item_unblended_cost line_item_unblended_rate line_item_usage_account_id line_item_usage_account_name
line_item_usage_amount line_item_usage_end_date line_item_usage_start_date line_item_usage_type pricing_currency
pricing_lease_contract_length pricing_offering_class pricing_public_on_demand_cost pricing_public_on_demand_rate
pricing_purchase_option pricing_rate_code pricing_rate_id pricing_term pricing_unit product product_comment
product_fee_code product_fee_description product_from_location product_from_location_type product_from_region_code
product_instance_family product_instance_type product_instancesku product_location product_location_type
product_operation product_pricing_unit product_product_family product_region_code product_servicecode product_sku
product_to_location product_to_location_type product_to_region_code product_usagetype
reservation_amortized_upfront_cost_for_usage reservation_amortized_upfront_fee_for_billing_period
reservation_availability_zone reservation_effective_cost reservation_end_time reservation_modification_status
reservation_net_amortized_upfront_cost_for_usage reservation_net_amortized_upfront_fee_for_billing_period
reservation_net_effective_cost reservation_net_recurring_fee_for_usage
reservation_net_unused_amortized_upfront_fee_for_billing_period reservation_net_unused_recurring_fee
reservation_net_upfront_value reservation_normalized_units_per_reservation reservation_number_of_reservations
reservation_recurring_fee_for_usage reservation_reservation_a_r_n reservation_start_time reservation_subscription_id
reservation_total_reserved_normalized_units reservation_total_reserved_units reservation_units_per_reservation
reservation_unused_amortized_upfront_fee_for_billing_period reservation_unused_normalized_unit_quantity
reservation_unused_quantity reservation_unused_recurring_fee reservation_upfront_value resource_tags
savings_plan_amortized_upfront_commitment_for_billing_period savings_plan_end_time savings_plan_instance_type_family
savings_plan_net_amortized_upfront_commitment_for_billing_period
savings_plan_net_recurring_commitment_for_billing_period savings_plan_net_savings_plan_effective_cost
savings_plan_offering_type savings_plan_payment_option savings_plan_purchase_term
savings_plan_recurring_commitment_for_billing_period savings_plan_region savings_plan_savings_plan_a_r_n
savings_plan_savings_plan_effective_cost savings_plan_savings_plan_rate savings_plan_start_time
savings_plan_total_commitment_to_date savings_plan_used_commitment tags`);

const MAPS = words("cost_category discount product resource_tags tags");
const isNumber = (column: string): boolean =>
  /(_cost|_fee|_amount|_factor|_discount|_value|_commitment\w*|_(billing_period|for_usage|to_date))$/.test(
    column,
  );

/** A column that holds something, or a NULL of its type. */
function cell(column: string): string {
  const type = MAPS.includes(column) ? "MAP(VARCHAR, VARCHAR)" : isNumber(column) ? "DOUBLE" : "VARCHAR";
  return `${CELLS[column] ?? `CAST(NULL AS ${type})`} AS ${column}`;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Makes the files that are not there yet, and names all of them. Rows are the same in both formats. */
export async function makeBenchData(
  dir: string,
  rows: number,
  { withCsv = true, partCount = PARTS } = {},
): Promise<{ parquetFiles: string[]; csvGzFiles: string[] }> {
  if (rows < LEAST_ROWS) throw new Error(`at least ${LEAST_ROWS} rows, not ${rows}`);
  const parts = Array.from({ length: partCount }, (_, part) => part);
  const fileOf = (format: string, part: number): string =>
    join(
      dir,
      partCount === PARTS ? `${rows}-rows` : `${rows}-rows-${partCount}-parts`,
      format.replace(".", "-"),
      "BILLING_PERIOD=2026-10",
      `bench-${String(part + 1).padStart(5, "0")}.${format}`,
    );
  const parquetFiles = parts.map((part) => fileOf("snappy.parquet", part));
  const csvGzFiles = withCsv ? parts.map((part) => fileOf("csv.gz", part)) : [];
  const instance = await DuckDBInstance.create(":memory:");
  try {
    const connection = await instance.connect();
    for (const part of parts) {
      const [from, to] = [part, part + 1].map((edge) => Math.floor((edge * rows) / partCount));
      await unlessThere(parquetFiles[part]!, (file) => writeParquet(connection, file, from!, to!, rows));
    }
    // One gzip stream keeps one core busy.
    const lanes = [0, 1].map(async (lane) => {
      const own = await instance.connect();
      for (const part of csvGzFiles.keys()) {
        if (part % 2 !== lane) continue;
        await unlessThere(csvGzFiles[part]!, (file) => writeCsvGz(own, parquetFiles[part]!, file));
      }
    });
    await Promise.all(lanes);
  } finally {
    instance.closeSync();
  }
  return { parquetFiles, csvGzFiles };
}

/** A file under its name is whole: it is written beside it and renamed. */
async function unlessThere(file: string, write: (file: string) => Promise<unknown>): Promise<void> {
  if (await stat(file).catch(() => null)) return;
  await mkdir(dirname(file), { recursive: true });
  await write(`${file}.tmp`);
  await rename(`${file}.tmp`, file);
}

const writeParquet = (connection: DuckDBConnection, file: string, from: number, to: number, rows: number) =>
  connection.run(`COPY (
    ${rowsSql(from, to, rows)}
    SELECT ${COLUMNS.map(cell).join(", ")} FROM (SELECT *, ${DERIVED} FROM rows)
  ) TO ${literal(file)} (FORMAT parquet, COMPRESSION snappy)`);

const writeCsvGz = (connection: DuckDBConnection, parquet: string, file: string) =>
  connection.run(`COPY (
    SELECT * REPLACE (${MAPS.map((column) => `CAST(${column} AS JSON) AS ${column}`).join(", ")})
    FROM read_parquet(${literal(parquet)}, hive_partitioning = false)
  ) TO ${literal(file)} (FORMAT csv, HEADER, COMPRESSION gzip, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.000Z')`);

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [dir, rows] = process.argv.slice(2);
  if (!dir || !rows) throw new Error("usage: bench-data.ts DIR ROWS");
  const { parquetFiles, csvGzFiles } = await makeBenchData(dir, Number(rows));
  for (const file of [...parquetFiles, ...csvGzFiles]) {
    const { size } = await stat(file);
    console.log(`${(size / 1e6).toFixed(1)} MB  ${file}`);
  }
}

/**
 * AWS's own On-Demand list prices of the families that `headroom` names as successors: rows of the AmazonSageMaker
 * price list (AWS Price List bulk API) on the days that the column `as_of` says, nothing else and none made up. A
 * region or component without a row has no price here, and a finding then says so. What the user's rate card or bill
 * says comes before it.
 */
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { currencyOf, USUAL_CURRENCY } from "../domain/currency.ts";
import type { Sku } from "../domain/usage.ts";

interface Price {
  region: string;
  component: string;
  instance_type: string;
  on_demand_usd_per_hour: string;
}

function shippedPrices(): ReadonlyMap<string, number> {
  const text = readFileSync(new URL("list-prices.csv", import.meta.url), "utf8");
  return new Map(
    parse<Price>(text, { columns: true }).map((row) => [
      `${row.region} ${row.component} ${row.instance_type}`,
      Number(row.on_demand_usd_per_hour),
    ]),
  );
}

/** Read once: every bill asks for it several times. */
let shipped: ReadonlyMap<string, number> | undefined;

/** Usage → its On-Demand list price an hour; null: not in the list that ships, which is in US dollars. */
export function listPrices(bill: { currency: string }): (sku: Sku) => number | null {
  if (currencyOf(bill) !== USUAL_CURRENCY) return () => null;
  const prices = (shipped ??= shippedPrices());
  return ({ region, component, instanceType }) =>
    prices.get(`${region} ${component} ${instanceType}`) ?? null;
}

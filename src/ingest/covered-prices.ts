/**
 * Covered usage that comes without its On-Demand value (FOCUS lets ListCost be empty, a CUR its public cost) is no usage
 * of $0: it is priced at its hours × the On-Demand rate that the same usage type has elsewhere in the bill, else AWS's
 * list price: `priced_line`.
 */
import type { DeliveryRead } from "../domain/billing.ts";
import { currencySign } from "../domain/currency.ts";
import { SageplanError } from "../domain/error.ts";
import type { Finding } from "../domain/documents/finding.ts";
import { isoHour } from "../domain/hour.ts";
import { roundRate } from "../domain/rates.ts";
import { shownPath } from "../domain/shown-path.ts";
import type { QueryEngine, Row } from "../engine/query-engine.ts";
import { rateKey } from "../pricing/eligibility.ts";
import { listPrices } from "../pricing/list-prices.ts";
import { skuOf } from "../pricing/sku.ts";
import { sqlFile } from "./files/sql-file.ts";

interface Priced {
  row: Row;
  usdPerHour: number;
  from: "bill" | "list";
}

/**
 * Makes `priced_line` out of `line`.
 * @throws SageplanError `bad-value` where usage has no On-Demand rate anywhere
 */
export async function priceCovered(
  engine: QueryEngine,
  read: readonly DeliveryRead[],
  currency: string,
): Promise<Finding[]> {
  const unpriced = await engine.rows(sqlFile("unpriced"));
  const seen = unpriced.length === 0 ? new Map<string, number>() : await ratesSeen(engine);
  const listPrice = listPrices({ currency });
  const priced = unpriced.map((row): Priced => {
    const [usageType, operation] = [String(row.usage_type), String(row.operation)];
    const billed = seen.get(rateKey(usageType, operation));
    if (billed !== undefined) return { row, usdPerHour: billed, from: "bill" };
    const listed = listPrice(skuOf(usageType, operation, String(row.region)));
    if (listed !== null) return { row, usdPerHour: listed, from: "list" };
    throw withoutPrice(row, read, currencySign({ currency }));
  });
  await engine.keepTexts("unpriced_rate", {
    usage_type: priced.map(({ row }) => String(row.usage_type)),
    operation: priced.map(({ row }) => String(row.operation)),
    usd_per_hour: priced.map(({ usdPerHour }) => usdPerHour.toFixed(8)),
  });
  // Every later question rests on it: without such usage it need not be looked up.
  await engine.view("priced_line", priced.length === 0 ? "SELECT * FROM line" : sqlFile("priced_lines"));
  if (priced.length === 0) return [];
  return [pricedFinding(priced)];
}

async function ratesSeen(engine: QueryEngine): Promise<Map<string, number>> {
  const rows = await engine.rows(sqlFile("seen_prices"));
  return new Map(
    rows.map((row) => [
      rateKey(String(row.usage_type), String(row.operation)),
      roundRate(Number(row.on_demand_usd) / Number(row.usage_hours)),
    ]),
  );
}

function pricedFinding(priced: readonly Priced[]): Finding {
  const usdOf = (some: readonly Priced[]): number =>
    some.reduce((sum, { row, usdPerHour }) => sum + Number(row.usage_hours) * usdPerHour, 0);
  const listed = priced.filter(({ from }) => from === "list");
  const [first] = priced;
  const more = priced.length > 1 ? ` and ${priced.length - 1} more` : "";
  return {
    code: "covered-usage-priced",
    message:
      `Usage of ${String(first!.row.usage_type)}${more} that plans cover came without its On-Demand value: it was priced at its hours × ` +
      "the On-Demand rate that the same usage type has elsewhere in the bill" +
      (listed.length > 0
        ? `, and $${usdOf(listed).toFixed(2)} of it, which the bill has no rate for, at AWS's list price`
        : "") +
      ". Export the public On-Demand cost (pricing/publicOnDemandCost, in FOCUS ListCost) to have AWS's own.",
    usd: usdOf(priced),
    source: String(first!.row.usage_type),
  };
}

function withoutPrice(row: Row, read: readonly DeliveryRead[], sign: string): SageplanError {
  const file = read[Number(row.delivery)]?.inputs[0]?.path ?? "";
  return new SageplanError(
    "bad-value",
    `${shownPath(file)}: ${Number(row.row_count)} rows of ${String(row.usage_type)} ${String(row.operation)} that a plan covers, from ` +
      `${isoHour(Number(row.first_hour))} on, state no On-Demand value (columns lineItem/UnblendedCost and pricing/publicOnDemandCost, in FOCUS ` +
      "ListCost, in Cost Explorer UnblendedCost: found 0 or nothing, expected dollars), and neither other rows of the usage type nor the list " +
      `prices that ship tell its rate: counted as ${sign}0, its demand would be gone. Export it again with its public On-Demand cost.`,
  );
}

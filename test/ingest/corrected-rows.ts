/** Sound tables, some of whose usage rows are written as more than was used and a correction that takes the rest back. */
import { decimalText } from "../../src/domain/money.ts";
import { picoOf } from "../fuzz/pico.ts";

type Table = readonly (readonly string[])[];

const TYPE = /^(?:lineItem\/LineItemType|line_item_line_item_type|ChargeCategory)$/;
const STATUS = "CommitmentDiscountStatus";
const AMOUNTS = new RegExp(
  "^(?:lineItem/UsageAmount|line_?item_usage_amount|lineItem/(?:Net)?UnblendedCost|line_item_(?:net_)?unblended_cost|" +
    "pricing/publicOnDemandCost|pricing_public_on_demand_cost|savingsPlan/SavingsPlanEffectiveCost|savings_plan_savings_plan_effective_cost|" +
    "PricingQuantity|ConsumedQuantity|BilledCost|ListCost|EffectiveCost|" +
    "usage_hours|on_demand_usd|covered_on_demand_usd|covered_savings_plan_usd)$",
);

/** `timesOf` a row: how often its amounts are taken back; 0: it stays. Other services' rows are never netted, and nobody looks at them. */
export function corrected([header = [], ...rows]: Table, timesOf: (row: number) => number): string[][] {
  const type = header.findIndex((name) => TYPE.test(name));
  const status = header.indexOf(STATUS);
  const amounts = new Set(header.flatMap((name, n) => (AMOUNTS.test(name) ? [n] : [])));
  const times = (row: readonly string[], by: bigint): string[] =>
    row.map((cell, n) => {
      const pico = amounts.has(n) ? picoOf(cell) : null;
      return pico === null ? cell : decimalText(pico * by);
    });
  const isUsage = (row: readonly string[]): boolean =>
    (type < 0 || /^(?:Usage|SavingsPlanCoveredUsage)$/.test(row[type]!)) && row[status] !== "Unused";
  return [
    [...header],
    ...rows.flatMap((row, n) => {
      const back = BigInt(timesOf(n));
      return back > 0n && isUsage(row) ? [times(row, back + 1n), times(row, -back)] : [[...row]];
    }),
  ];
}

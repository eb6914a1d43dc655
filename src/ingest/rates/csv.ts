import { parse } from "csv-parse/sync";
import { SageplanError } from "../../domain/error.ts";
import type { SavingsPlansRate } from "../../domain/rates.ts";
import { parsePaymentOption, rateOfText, termOfText } from "./offering-text.ts";
import { badCard } from "./bad-card.ts";

const COLUMNS = [
  "usage_type",
  "operation",
  "term",
  "payment_option",
  "savings_plan_rate_usd",
  "on_demand_rate_usd",
];

/** Of two columns of one name, which one counts can't be told. */
function onceEach(names: readonly string[], path: string): string[] {
  const folded = names.map((name) => name.trim().toLowerCase());
  const twin = folded.find((name, n) => COLUMNS.includes(name) && folded.indexOf(name) !== n);
  if (twin !== undefined) {
    throw badCard(
      path,
      `it has the column ${twin} twice, and which of them counts can't be told; leave one out`,
    );
  }
  return folded;
}

interface Record {
  record: { [column: string]: string };
  info: { lines: number };
}

/** The CSV card: columns by name, in any order; `on_demand_rate_usd` may be empty. */
export function csvRates(text: string, path: string): SavingsPlansRate[] {
  let records: Record[];
  try {
    records = parse(text, {
      columns: (names: string[]) => onceEach(names, path),
      bom: true,
      skip_empty_lines: true,
      trim: true,
      info: true,
    });
  } catch (cause) {
    if (cause instanceof SageplanError) throw cause;
    throw badCard(
      path,
      `it is not a readable CSV (${cause instanceof Error ? cause.message : String(cause)})`,
    );
  }
  const header = Object.keys(records[0]?.record ?? {});
  const missing = COLUMNS.slice(0, 5).filter((name) => !header.includes(name));
  if (records.length > 0 && missing.length > 0)
    throw badCard(path, `the columns ${missing.join(", ")} are missing`);
  return records.map(({ record, info }) => {
    const at = (column: string, expected: string): never => {
      throw badCard(
        path,
        `row ${info.lines}, column ${column}: found "${record[column] ?? ""}", expected ${expected}`,
      );
    };
    const rate = rateOfText(record.savings_plan_rate_usd ?? "");
    const onDemand = record.on_demand_rate_usd ? rateOfText(record.on_demand_rate_usd) : null;
    return {
      usageType: record.usage_type || at("usage_type", "a usage type such as USE1-Host:ml.m5.xlarge"),
      operation: record.operation ?? "",
      term: termOfText(record.term ?? "") ?? at("term", "1yr or 3yr"),
      paymentOption:
        parsePaymentOption(record.payment_option ?? "") ??
        at("payment_option", "no-upfront, partial-upfront or all-upfront"),
      savingsPlanRateUsd: Number.isNaN(rate) ? at("savings_plan_rate_usd", "dollars an hour above 0") : rate,
      onDemandRateUsd: Number.isNaN(onDemand)
        ? at("on_demand_rate_usd", "dollars an hour above 0, or nothing")
        : onDemand,
    };
  });
}

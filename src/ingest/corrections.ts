/**
 * Usage rows below zero: AWS takes back usage that it had billed. They are netted with the usage of their own hours, of
 * the same account, SKU and plan. Where more is taken back than was used, the hour counts as unused, and its dollars
 * stand apart in the reconciliation.
 */
import type { DeliveryRead } from "../domain/billing.ts";
import type { Finding } from "../domain/documents/finding.ts";
import { isoHour } from "../domain/hour.ts";
import { sumPico, usdOf, type Picodollars } from "../domain/money.ts";
import { shownPath } from "../domain/shown-path.ts";
import type { QueryEngine, Row } from "../engine/query-engine.ts";
import { sqlFile } from "./files/sql-file.ts";

/** Below half a cent the last digits of two rows differ. */
const LEAST_TOLD_USD = 0.005;

/** Makes `netted_line`, which all questions about dollars are asked of, out of `priced_line`. */
export async function netCorrections(
  engine: QueryEngine,
  read: readonly DeliveryRead[],
  sign: string,
): Promise<Finding[]> {
  const corrections = await engine.rows(sqlFile("corrections"));
  await engine.view(
    "netted_line",
    corrections.length === 0 ? "SELECT * FROM priced_line" : sqlFile("netted_lines"),
  );
  if (corrections.length === 0) return [];
  return [
    correctedFinding(corrections, read, sign),
    ...overcorrectedFinding(await engine.rows(sqlFile("overcorrected")), read, sign),
  ];
}

function correctedFinding(corrections: readonly Row[], read: readonly DeliveryRead[], sign: string): Finding {
  const rows = corrections
    .filter((row) => !isSecondPart(row, read))
    .reduce((sum, row) => sum + Number(row.row_count), 0);
  const usd = -sumUsd(corrections, "on_demand_usd");
  const places = corrections.map((row) => {
    const place = placeOf(row, read);
    return `${String(row.billing_period)}${place === "" ? "" : ` (${place})`}`;
  });
  return {
    code: "usage-corrected",
    message:
      `${rows} usage ${rows > 1 ? "rows are" : "row is"} below zero: corrections, by which AWS takes back ${sign}${usd.toFixed(2)} of usage at On-Demand rates, ` +
      `billed ${sign}${(-sumUsd(corrections, "billed_usd")).toFixed(2)}, in ${[...new Set(places)].join(", ")}. They were netted with the usage of ` +
      "their own hours, so the net is what counts.",
    usd,
    source: placeOf(corrections[0]!, read),
  };
}

function overcorrectedFinding(
  overcorrected: readonly Row[],
  read: readonly DeliveryRead[],
  sign: string,
): Finding[] {
  const [first] = overcorrected;
  const usd = -sumUsd(overcorrected, "on_demand_usd");
  const billedUsd = -sumUsd(overcorrected, "billed_usd");
  if (!first || Math.max(Math.abs(usd), Math.abs(billedUsd)) < LEAST_TOLD_USD) return [];
  const more = overcorrected.length > 1 ? ` and ${overcorrected.length - 1} more` : "";
  const hours = overcorrected.reduce((sum, row) => sum + Number(row.hour_count), 0);
  const from = Math.min(...overcorrected.map((row) => Number(row.first_hour)));
  const to = Math.max(...overcorrected.map((row) => Number(row.last_hour)));
  return [
    {
      code: "overcorrected-hours",
      message:
        `In ${hours} hour${hours > 1 ? "s" : ""} of ${String(first.usage_type)}${more}, ${isoHour(from)} to ${isoHour(to + 1)}, more usage is taken back ` +
        `than there is: ${sign}${usd.toFixed(2)} at On-Demand rates, billed ${sign}${billedUsd.toFixed(2)}. These hours count as unused, and what is left of them is ` +
        "not netted: it stands in the reconciliation under refund. If the usage was billed in a period that is not here, add its export.",
      usd: Math.abs(usd),
      source: placeOf(first, read),
    },
  ];
}

/** A row of the normalized table is two: what plans cover of it, and the rest. */
const isSecondPart = (row: Row, read: readonly DeliveryRead[]): boolean =>
  row.line_item_type === "SavingsPlanCoveredUsageCorrection" &&
  (read[Number(row.delivery)]?.formats.includes("normalized") ?? false);

const sumUsd = (rows: readonly Row[], column: string): number =>
  usdOf(sumPico(rows.map((row) => row[column] as Picodollars)));

/** The delivery's first file: rows are summed over its files as they are read. */
function placeOf(row: Row, read: readonly DeliveryRead[]): string {
  const inputs = read[Number(row.delivery)]?.inputs ?? [];
  const [first] = inputs;
  if (!first) return "";
  return `${shownPath(first.path)}${inputs.length > 1 ? ` and ${inputs.length - 1} more` : ""}`;
}

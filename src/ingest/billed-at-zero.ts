import type { Finding } from "../domain/documents/finding.ts";
import type { QueryEngine } from "../engine/query-engine.ts";
import { sqlFile } from "./files/sql-file.ts";

/** Instance hours that cost nothing (prepaid capacity, free use): a plan would pay for what is free. */
export async function billedAtZero(engine: QueryEngine): Promise<Finding[]> {
  const rows = await engine.rows(sqlFile("billed_at_zero"));
  const [first] = rows;
  if (!first) return [];
  const sum = (column: string): number => rows.reduce((total, row) => total + Number(row[column]), 0);
  const more = rows.length > 1 ? ` and ${rows.length - 1} more` : "";
  return [
    {
      code: "billed-at-zero",
      message:
        `${sum("usage_hours").toFixed(1)} hours of ${String(first.usage_type)}${more} are billed at exactly $0 (prepaid capacity such as training ` +
        "plans, free use; in Cost Explorer perhaps usage that negation hides), at public rates this much: no demand for a plan, and " +
        "no source of a rate. If they are charged elsewhere and a plan should cover them, ask AWS before committing.",
      usd: sum("on_demand_usd"),
      source: String(first.usage_type),
    },
  ];
}

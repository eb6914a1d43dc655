import type { CostExplorerFacts } from "../../domain/cost-explorer.ts";
import { SageplanError } from "../../domain/error.ts";
import { isoHour, type HourSpan } from "../../domain/hour.ts";
import type { QueryEngine } from "../../engine/query-engine.ts";
import type { DeliveryRead } from "../../domain/billing.ts";
import { sqlFile } from "../files/sql-file.ts";

/**
 * The same hours must not come twice: from two files of Cost Explorer, or from one and a billing export. Files of the
 * same hours that share no amount, grouped alike, are parts of one answer.
 * @throws SageplanError `duplicate-delivery` naming both
 */
export async function requireNoOverlap(engine: QueryEngine, read: readonly DeliveryRead[]): Promise<void> {
  const all = read.flatMap(({ costExplorer = [] }) => costExplorer);
  if (all.length === 0) return;
  for (const [n, one] of all.entries()) {
    for (const other of all.slice(n + 1)) requireApart(one, other);
  }
  const spans = (await engine.rows(sqlFile("delivery_spans"))).map((row) => ({
    delivery: Number(row.delivery),
    span: { from: Number(row.from_hour), to: Number(row.to_hour) },
  }));
  for (const { delivery, span } of spans) {
    if (read[delivery]!.costExplorer) continue;
    for (const { path, periods } of all) {
      const shared = periods.find((period) => overlaps(period, span));
      if (shared) throw twice(path, read[delivery]!.inputs[0]?.path ?? "", shared);
    }
  }
}

function requireApart(one: CostExplorerFacts, other: CostExplorerFacts): void {
  const shared = one.periods.find((period) => other.periods.some((each) => overlaps(period, each)));
  if (!shared) return;
  const alike =
    one.dimensions.join("\n") === other.dimensions.join("\n") &&
    one.periods.every((period) =>
      other.periods.every(
        (each) => !overlaps(period, each) || (each.from === period.from && each.to === period.to),
      ),
    );
  if (alike && ![...one.keys].some((key) => other.keys.has(key))) return;
  throw twice(one.path, other.path, shared);
}

const overlaps = (a: HourSpan, b: HourSpan): boolean => a.from < b.to && b.from < a.to;

const twice = (one: string, other: string, { from, to }: HourSpan): SageplanError =>
  new SageplanError(
    "duplicate-delivery",
    `${one} and ${other} both hold usage from ${isoHour(from)} to ${isoHour(to)}: every dollar would count twice. Leave one out, or ask ` +
      "Cost Explorer for the other days only. (Of several accounts: one answer, grouped by LINKED_ACCOUNT.)",
  );

/**
 * In which hours a delivery shows usage, by billing period: SageMaker's, and of any service where that says more. Usage
 * of other services proves that an hour was delivered though SageMaker used nothing in it.
 */
import { hoursOfPeriod } from "../../domain/billing-period.ts";
import type { Delivery, ExportFormat, PeriodUsage } from "../../domain/billing.ts";
import { hourOfMs, type Hour, type HourSpan } from "../../domain/hour.ts";
import type { QueryEngine } from "../../engine/query-engine.ts";
import { sqlFile } from "../files/sql-file.ts";
import { exportSelect, type Source } from "./export-select.ts";
import { anyUsageSql, FAMILY } from "./formats.ts";
import { unreadable } from "./unreadable.ts";

/**
 * An execution folder begins with the time of its making: `2026-11-03T01:02:03.000Z-…`, colons or
 * hyphens. Null: it does not.
 */
export function deliveredAt(version: string): Hour | null {
  const found = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d)[:-]?(\d\d)/.exec(version);
  if (!found) return null;
  const [year, month, day, hours, minutes] = found.slice(1).map(Number);
  return hourOfMs(Date.UTC(year!, month! - 1, day, hours, minutes));
}

interface Part {
  format: ExportFormat;
  source: Source;
}

/**
 * `isEdge`: the delivery may be the first or the newest, where the history begins or ends. There all of the bill is
 * looked at unless SageMaker's usage itself reaches both ends of the period.
 */
export async function periodUsage(
  engine: QueryEngine,
  number: number,
  delivery: Pick<Delivery, "billingPeriod">,
  parts: readonly Part[],
  isEdge: boolean,
): Promise<PeriodUsage[]> {
  const periods = new Map<string, PeriodUsage>();
  const at = (billingPeriod: string): PeriodUsage => {
    const name = delivery.billingPeriod || billingPeriod;
    const known = periods.get(name) ?? { billingPeriod: name, sageMaker: null, any: null, hasOthers: false };
    periods.set(name, known);
    return known;
  };
  if (delivery.billingPeriod !== "") at(delivery.billingPeriod);
  for (const row of await engine.rows(sqlFile("delivery_usage"), [number])) {
    const period = at(String(row.billing_period));
    period.sageMaker = joinedSpan(period.sageMaker, rowSpan(row));
  }
  if (!isEdge || reachesEnds([...periods.values()])) return [...periods.values()];
  for (const { format, source } of parts) {
    const sql = anyUsageSql(FAMILY[format]);
    if (sql === null) continue;
    await engine.view("export", exportSelect(FAMILY[format], wholeFiles(source)));
    // Lines of other services are skipped where they are bad, unless the reader can't go on.
    const rows = await engine.rows(sql).catch((cause: unknown) => unreadable(engine, [source], cause));
    for (const row of rows) {
      const period = at(String(row.billing_period));
      period.any = joinedSpan(period.any, rowSpan(row));
      period.hasOthers ||= Number(row.other_rows) > 0;
    }
  }
  return [...periods.values()];
}

/** Of CSV only the lines of SageMaker were kept. */
const wholeFiles = (source: Source): Source =>
  source.kind === "csv" ? { ...source, paths: source.texts, numbered: false, skipsBadLines: true } : source;

export const rowSpan = (row: Readonly<Record<string, unknown>>): HourSpan | null =>
  row["first_hour"] === null ? null : { from: Number(row["first_hour"]), to: Number(row["last_hour"]) + 1 };

export const joinedSpan = (a: HourSpan | null, b: HourSpan | null): HourSpan | null =>
  a && b ? { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) } : (a ?? b);

/** Usage from the first hour of the first period to the last of the newest; a day's line begins with its first hour. */
function reachesEnds(periods: readonly PeriodUsage[]): boolean {
  const used = periods.reduce<HourSpan | null>((all, { sageMaker }) => joinedSpan(all, sageMaker), null);
  const names = periods.map(({ billingPeriod }) => billingPeriod).sort();
  const first = hoursOfPeriod(names[0] ?? "");
  const last = hoursOfPeriod(names.at(-1) ?? "");
  return used !== null && first !== null && last !== null && used.from <= first.from && used.to >= last.to;
}

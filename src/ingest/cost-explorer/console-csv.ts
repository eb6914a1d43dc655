/**
 * The CSV that Cost Explorer's console offers, grouped by usage type: rows of periods, a column for each usage type.
 */
import type { Agreement } from "../../domain/documents/inspection.ts";
import { agreement } from "../../domain/agreement.ts";
import { SageplanError } from "../../domain/error.ts";
import { groupBy } from "../../domain/group.ts";
import { hourOfMs, HOUR_MS, isoHour, parseUtcMs, type HourSpan } from "../../domain/hour.ts";
import { sumPico, usdOf, type Picodollars } from "../../domain/money.ts";
import { SAGEMAKER, type CostExplorerRead, type CostExplorerRow } from "./row.ts";
import { consoleTable, type ConsoleColumn, type ConsoleTable } from "./console-table.ts";
import { decimalsOf, noNumber, picoOfLocal, stylesOf, type NumberStyle } from "./local-number.ts";

/** A console in another language names its totals otherwise; then the numbers tell. */
const TOTAL = /total|gesamt|summe|合計|总计|總計/i;

interface Numbers {
  /** `[row][column]`; null: an empty cell. */
  of: (Picodollars | null)[][];
  /** By how much a sum may differ from the total beside it: each number was rounded to what it shows. */
  toleranceOf: (count: number) => Picodollars;
}

/** @throws SageplanError `damaged-file`, `missing-column`, `bad-value`, `duplicate-delivery` */
export async function costExplorerCsv(path: string): Promise<CostExplorerRead> {
  const table = await consoleTable(path);
  const isPeriod = ({ cells }: ConsoleTable["rows"][number]): boolean => !Number.isNaN(parseUtcMs(cells[0]!));
  const others = table.rows.filter((row) => !isPeriod(row));
  if (others.length > 1) {
    throw badValue(
      path,
      others[1]!.line,
      `"${others[1]!.cells[0]}"`,
      "a date such as 2026-10-01 (one row of totals is understood)",
    );
  }
  const rows = table.rows.filter(isPeriod);
  const tried = readings(table, path).map((numbers) => totalsOf(table, numbers, rows, others, path));
  const fitting = tried.flatMap((each) => (each instanceof SageplanError ? [] : [each]));
  if (fitting.length === 0) throw tried[0];
  if (fitting.length > 1) throw ambiguous(path);
  const { numbers, costs, quantities, agreements } = fitting[0]!;
  if (costs.length === 0) {
    throw new SageplanError(
      "missing-column",
      `${path} holds usage and no costs: no column ends in a currency such as ($). Show costs in Cost Explorer, and download again.`,
    );
  }
  const spans = spansOf(rows, path);
  const quantityOf = new Map(quantities.map((column) => [column.usageType, column]));
  const keys = new Set<string>();
  const amounts = rows.flatMap((row, r) => {
    const values = numbers.of[table.rows.indexOf(row)]!;
    return costs.flatMap((column): CostExplorerRow[] => {
      const unblendedUsd = values[column.n]!;
      const quantity = quantityOf.get(column.usageType);
      const used = quantity ? (values[quantity.n] ?? 0n) : null;
      if (unblendedUsd === null && !used) return [];
      keys.add(`${spans[r]!.from} ${spans[r]!.to}\n${column.usageType}`);
      return [
        {
          place: `row ${row.line}`,
          span: spans[r]!,
          account: "",
          region: "",
          usageType: column.usageType,
          operation: "",
          recordType: "",
          currency: column.currency ?? "",
          unblendedUsd: unblendedUsd ?? 0n,
          netUsd: null,
          amortizedUsd: null,
          quantity: used,
        },
      ];
    });
  });
  return {
    rows: amounts,
    dimensions: ["USAGE_TYPE"],
    keys,
    periods: spans,
    final: new Set(),
    estimatedUsd: 0n,
    agreements,
  };
}

/** The table's numbers in each style that reads all of them. @throws SageplanError `bad-value` */
function readings({ columns, rows }: ConsoleTable, path: string): Numbers[] {
  const cells = rows.flatMap(({ line, cells: all }) =>
    columns.flatMap(({ n, title }) => (all[n] === "" ? [] : [{ line, title, text: all[n]! }])),
  );
  const texts = cells.map(({ text }) => text);
  const styles = stylesOf(texts);
  if (styles.length === 0) {
    const none = noNumber(texts);
    const { line, title, text } = cells[none ?? 0]!;
    if (none === null) {
      throw badValue(
        path,
        line,
        `"${text}" beside numbers written otherwise`,
        "one way of writing numbers in the whole file",
      );
    }
    throw badValue(path, line, `"${text}" in column ${title}`, "a number such as 1,234.56 or 1.234,56");
  }
  return styles.map((style) => ({
    of: rows.map(({ cells: all }) => all.map((text) => (text === "" ? null : picoOfLocal(text, style)))),
    toleranceOf: toleranceFor(style, texts),
  }));
}

/** Totals of many decimals are sums of doubles: beyond a millionth they say nothing. */
const MOST_DECIMALS = 6;

function toleranceFor(style: NumberStyle, texts: readonly string[]): (count: number) => Picodollars {
  const decimals = Math.min(MOST_DECIMALS, Math.max(0, ...texts.map((text) => decimalsOf(text, style))));
  const half = 10n ** BigInt(12 - decimals) / 2n;
  return (count) => half * BigInt(count + 1);
}

interface Totals {
  numbers: Numbers;
  costs: ConsoleColumn[];
  quantities: ConsoleColumn[];
  agreements: Agreement[];
}

/** The columns of usage types, and the totals held against them; an error where they do not add up. */
function totalsOf(
  table: ConsoleTable,
  numbers: Numbers,
  rows: ConsoleTable["rows"],
  others: ConsoleTable["rows"],
  path: string,
): Totals | SageplanError {
  const rowOf = (row: ConsoleTable["rows"][number]): (Picodollars | null)[] =>
    numbers.of[table.rows.indexOf(row)]!;
  const parts: ConsoleColumn[][] = [];
  const agreements: Agreement[] = [];
  for (const isCost of [true, false]) {
    const columns = table.columns.filter(({ currency }) => (currency !== null) === isCost);
    const last = columns.at(-1);
    const rest = columns.slice(0, -1);
    const differences = rows.map((row) =>
      last ? (rowOf(row)[last.n] ?? 0n) - sumPico(rest.map(({ n }) => rowOf(row)[n] ?? 0n)) : 0n,
    );
    const tolerance = numbers.toleranceOf(rest.length);
    const wrong = differences.findIndex((each) => absolute(each) > tolerance);
    const named = last !== undefined && TOTAL.test(last.usageType);
    if (named && isCost && wrong >= 0) {
      return doesNotAddUp(path, `row ${rows[wrong]!.line}, column ${last.title}`, differences[wrong]!);
    }
    const isType = last !== undefined && SAGEMAKER.test(last.usageType);
    const isTotal = named || (rest.length > 0 && wrong < 0 && !isType);
    parts.push(isTotal ? rest : columns);
    if (isTotal && isCost)
      agreements.push(
        checked("the console's columns add up to its column of totals", differences, tolerance),
      );
  }
  const [total] = others;
  if (total) {
    const differences = table.columns.map(
      ({ n }) => (rowOf(total)[n] ?? 0n) - sumPico(rows.map((row) => rowOf(row)[n] ?? 0n)),
    );
    const tolerance = numbers.toleranceOf(rows.length);
    const wrong = differences.findIndex((each) => absolute(each) > tolerance);
    if (wrong >= 0) {
      return doesNotAddUp(
        path,
        `row ${total.line}, column ${table.columns[wrong]!.title}`,
        differences[wrong]!,
      );
    }
    agreements.push(
      checked("the console's rows add up to its row of totals, per column", differences, tolerance),
    );
  }
  return { numbers, costs: parts[0]!, quantities: parts[1]!, agreements };
}

const absolute = (pico: Picodollars): Picodollars => (pico < 0n ? -pico : pico);

const checked = (check: string, differences: readonly Picodollars[], tolerance: Picodollars): Agreement =>
  agreement(check, differences.map(usdOf), usdOf(tolerance));

const doesNotAddUp = (path: string, place: string, difference: Picodollars): SageplanError =>
  new SageplanError(
    "bad-value",
    `${path}, ${place}: the total is ${usdOf(difference)} off what it is the total of. A row or a column is missing, or was changed: download it again.`,
  );

/**
 * Start of each row → its period. A label with a time is an hour; dates a day apart are days; first days of months are
 * months, taken to be whole. @throws SageplanError `bad-value` when days can't be told from months
 */
function spansOf(rows: ConsoleTable["rows"], path: string): HourSpan[] {
  const starts = rows.map(({ line, cells }) => {
    const ms = parseUtcMs(cells[0]!);
    if (ms % HOUR_MS !== 0)
      throw badValue(path, line, `"${cells[0]}"`, "the start of an hour, a day or a month");
    return hourOfMs(ms);
  });
  const twin = [...groupBy(starts, String).values()].find(({ length }) => length > 1);
  if (twin) {
    throw new SageplanError(
      "duplicate-delivery",
      `${path} has ${isoHour(twin[0]!)} in ${twin.length} rows, so its dollars would count twice. Download it again.`,
    );
  }
  if (rows.some(({ cells }) => /\d[T ]\d/.test(cells[0]!)))
    return starts.map((from) => ({ from, to: from + 1 }));
  const sorted = starts.toSorted((a, b) => a - b);
  const steps = sorted.slice(1).map((start, n) => start - sorted[n]!);
  if (steps.includes(24)) return starts.map((from) => ({ from, to: from + 24 }));
  const isMonth = sorted.slice(1).every((start) => new Date(start * HOUR_MS).getUTCDate() === 1);
  if (steps.length > 0 && isMonth) return starts.map((from) => ({ from, to: nextMonth(from) }));
  throw new SageplanError(
    "bad-value",
    `${path} has ${rows.length === 1 ? "one row" : `${rows.length} rows, no two a day apart`}: whether a row is a day or a month can't be told. ` +
      "Download a range of several periods, or ask for the JSON with `aws ce get-cost-and-usage`, which says where periods end.",
  );
}

function nextMonth(from: number): number {
  const date = new Date(from * HOUR_MS);
  return hourOfMs(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
}

const badValue = (path: string, line: number, found: string, expected: string): SageplanError =>
  new SageplanError(
    "bad-value",
    `${path}, row ${line}: found ${found}, expected ${expected}. Download it again; a number that can't be understood is not left out.`,
  );

const ambiguous = (path: string): SageplanError =>
  new SageplanError(
    "bad-value",
    `${path}: every number in it can be read in two ways, such as 1.234 as a little over one or as over a thousand, and its totals fit both. ` +
      "Download it with more decimals, or ask for the JSON with `aws ce get-cost-and-usage`.",
  );

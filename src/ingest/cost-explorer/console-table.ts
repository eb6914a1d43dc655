/**
 * The CSV of Cost Explorer's console as a table: `Usage type,<usage type>($),…,Total costs($)`, a row of totals, then a
 * row for each period. What is known of a column stands in brackets: a currency, or the unit of a usage quantity.
 */
import { parse } from "csv-parse/sync";
import { SageplanError } from "../../domain/error.ts";
import { firstBytes, startOfText } from "../files/contents.ts";
import { readText } from "../files/text.ts";

export interface ConsoleColumn {
  /** Its place in the file, from 0. */
  n: number;
  /** As the file spells it. */
  title: string;
  /** What stands before the brackets. */
  usageType: string;
  /** A currency's ISO code; null: a quantity. */
  currency: string | null;
}

export interface ConsoleTable {
  columns: ConsoleColumn[];
  /** Records after the header, with their line. */
  rows: { line: number; cells: string[] }[];
}

const DELIMITERS = [",", ";", "\t"];
const UNIT = /^(.+?)\s*\(([^()]+)\)$/;

/** ISO codes of the signs that the console writes. */
const CURRENCIES: Readonly<Record<string, string>> = {
  $: "USD",
  "€": "EUR",
  "£": "GBP",
  "¥": "JPY",
  "CN¥": "CNY",
};
const currencyOf = (unit: string): string | null =>
  CURRENCIES[unit] ?? (/^[A-Z]{3}$/.test(unit) ? unit : null);

const isHeader = (names: readonly string[]): boolean =>
  names.length > 1 && !UNIT.test(names[0]!.trim()) && names.slice(1).every((name) => UNIT.test(name.trim()));

/** How its fields are parted; null when this is no first line of the console's CSV. */
function delimiterOf(firstLine: string): string | null {
  const line = firstLine.replace(/^\uFEFF/, "");
  return (
    DELIMITERS.find((delimiter) => {
      try {
        return isHeader((parse(line, { delimiter, relax_column_count: true }) as string[][])[0] ?? []);
      } catch {
        return false;
      }
    }) ?? null
  );
}

const FIRST_BYTES = 1 << 20;

/** Whether a CSV is the console's, by its first line. @throws SageplanError `unreadable-file` */
export async function isConsoleCsv(path: string): Promise<boolean> {
  return delimiterOf(firstLineOf(startOfText(await firstBytes(path, FIRST_BYTES)))) !== null;
}

const firstLineOf = (text: string): string => text.split(/\r\n|\r|\n/, 1)[0] ?? "";

/** @throws SageplanError `damaged-file`, `unknown-format` */
export async function consoleTable(path: string): Promise<ConsoleTable> {
  const text = await readText(path);
  const delimiter = delimiterOf(firstLineOf(text)) ?? ",";
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as typeof records;
  } catch (cause) {
    throw new SageplanError(
      "damaged-file",
      `${path} can't be read as CSV: ${cause instanceof Error ? cause.message : String(cause)}. Download it again.`,
      { cause },
    );
  }
  const [header, ...rest] = records;
  const columns = (header?.record ?? []).slice(1).map((title, n) => columnOf(title.trim(), n + 1));
  const twin = columns.find(({ title }, n) => columns.findIndex((other) => other.title === title) < n);
  if (twin) {
    throw new SageplanError(
      "unknown-format",
      `${path} has the column ${twin.title} twice: which of them counts can't be told. Download it again.`,
    );
  }
  const rows = rest.map(({ record, info }) => ({
    line: info.lines,
    cells: record.map((cell) => cell.trim()),
  }));
  const odd = rows.find(({ cells }) => cells.length !== columns.length + 1);
  if (odd) {
    throw new SageplanError(
      "damaged-file",
      `${path}, row ${odd.line}: found ${odd.cells.length} fields, expected ${columns.length + 1} as in the first row. It may have been cut, or ` +
        "saved with unquoted thousands separators: download it again.",
    );
  }
  return { columns, rows };
}

function columnOf(title: string, n: number): ConsoleColumn {
  const [, usageType = title, unit = ""] = UNIT.exec(title) ?? [];
  return { n, title, usageType, currency: currencyOf(unit) };
}

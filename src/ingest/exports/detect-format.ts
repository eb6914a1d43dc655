/** What kind of export a file is, by its header. */
import type { ExportFormat } from "../../domain/billing.ts";
import { SageplanError } from "../../domain/error.ts";
import { foldedName } from "./formats.ts";

/**
 * What kind of export has this header.
 * @throws SageplanError `unknown-format` naming what was found and what would have been understood
 */
export function detectFormat(header: readonly string[], path: string): ExportFormat {
  const names = new Set(header.map(foldedName));
  if (
    names.has("lineitemlineitemtype") ||
    names.has("lineitemproductcode") ||
    names.has("lineitemusagetype")
  ) {
    const slashed = header.some((name) => name.includes("/"));
    const nested = ["product", "discount", "resourcetags", "costcategory", "billpayeraccountname"];
    return slashed || !nested.some((name) => names.has(name)) ? "legacy CUR" : "CUR 2.0";
  }
  if (names.has("chargecategory") && names.has("billedcost")) {
    return names.has("skumeter") ? "FOCUS 1.2" : "FOCUS 1.0";
  }
  if (names.has("usagehour") && names.has("ondemandusd")) {
    if (names.has("scenario") && names.has("probability")) throw futuresAsExport(path);
    return "normalized";
  }
  const delimiter = otherDelimiter(header);
  if (delimiter !== null) throw partedBy(delimiter, path);
  const shown = firstNames(header);
  throw new SageplanError(
    "unknown-format",
    `${path} is not a billing export that sageplan knows: its ${header.length} columns begin with ${shown || "nothing"}. ` +
      "Expected a Cost and Usage Report (a column lineItem/LineItemType or line_item_line_item_type), a FOCUS export " +
      "(ChargeCategory, BilledCost), the normalized table (usage_hour, on_demand_usd) or the CSV of Cost Explorer's console (Usage type, " +
      "then a column for each with its unit in brackets). Leave this file out, or export one of those.",
  );
}

const DELIMITERS: Readonly<Record<string, string>> = {
  ";": "semicolons",
  "\t": "tabs",
  "|": "vertical bars",
};

const KNOWN = new Set(["lineitemlineitemtype", "lineitemusagetype", "chargecategory", "usagehour"]);

/** What parts the names of a header that is a known one but for that; null: it is none. */
function otherDelimiter(header: readonly string[]): string | null {
  const line = header.join(",");
  const names = (delimiter: string): string[] => line.split(delimiter).map(foldedName);
  return (
    Object.keys(DELIMITERS).find((delimiter) => names(delimiter).some((name) => KNOWN.has(name))) ?? null
  );
}

/** Numbers and dates may be spelled anew by what wrote it, 1.234 for over a thousand, so it is not read. */
const partedBy = (delimiter: string, path: string): SageplanError =>
  new SageplanError(
    "unknown-format",
    `${path}: its fields are parted by ${DELIMITERS[delimiter]}, expected commas. A spreadsheet may have saved it anew, as Excel does in some ` +
      "languages, and changed numbers and account ids too: take the file as AWS delivered it, or save it with commas and numbers such as 3030.00.",
  );

/** How a header begins, for a message: in a file of another kind a "name" can be all of it. */
export const firstNames = (header: readonly string[]): string =>
  header
    .slice(0, 6)
    .map((name) => (name.length > 60 ? `${name.slice(0, 60)}…` : name))
    .join(", ");

/** Read as history, all its scenarios would add up. */
const futuresAsExport = (path: string): SageplanError =>
  new SageplanError(
    "unknown-format",
    `${path} holds scenarios (columns scenario and probability), not history: read as a bill, its scenarios would add up. ` +
      `Name it with --futures ${path}, beside the exports of the past.`,
  );

/**
 * Rows that stand in two parts of one delivery: a delivery that shrank and was copied over an older one leaves parts
 * behind, and a job that ran twice writes its parts twice. Where a manifest lists the parts there are none.
 */
import type { DeliveryRead, ExportFormat } from "../../domain/billing.ts";
import { SageplanError } from "../../domain/error.ts";
import { currencySign } from "../../domain/currency.ts";
import { usdOf, type Picodollars } from "../../domain/money.ts";
import type { QueryEngine } from "../../engine/query-engine.ts";
import { sqlFile } from "../files/sql-file.ts";
import { partRows, type Source } from "./export-select.ts";
import { FAMILY } from "./formats.ts";
import { unreadable } from "./unreadable.ts";

interface ReadPart {
  format: ExportFormat;
  source: Source;
}

/** Of a part's rows: from here on it is no accident that another has them too. */
const TOO_MANY = 0.5;

/** Null without any. @throws SageplanError `duplicate-delivery` when they are half of a part */
export async function rowsInTwoParts(
  engine: QueryEngine,
  parts: readonly ReadPart[],
): Promise<NonNullable<DeliveryRead["twins"]> | null> {
  if (parts.flatMap(({ source }) => source.paths).length < 2) return null;
  const rows = parts.map(({ format, source }) => partRows(FAMILY[format], source));
  await engine.view("part_row", rows.join(" UNION ALL "));
  const [twins] = await engine.rows(sqlFile("part_twins")).catch((cause: unknown) =>
    unreadable(
      engine,
      parts.map(({ source }) => source),
      cause,
    ),
  );
  if (!twins) return null;
  const sizes = new Map(
    (await engine.rows(sqlFile("part_sizes"))).map((row) => [String(row.source_file), Number(row.row_count)]),
  );
  const files: [string, string] = [String(twins.first_file), String(twins.last_file)];
  const paths = files.map((file) => exportOf(parts, file)) as [string, string];
  const [count, usd] = [Number(twins.row_count), usdOf(twins.billed_usd as Picodollars)];
  if (count >= TOO_MANY * Math.min(...files.map((file) => sizes.get(file) ?? 0))) {
    throw new SageplanError(
      "duplicate-delivery",
      `${count} ${count > 1 ? "rows stand" : "row stands"} both in ${paths[0]} and in ${paths[1]}, parts of one delivery, and would count twice ` +
        `(${currencySign({ currency: String(twins.currency) })}${usd.toFixed(2)}). One may be left from an older delivery, or a job wrote both: download the whole folder anew, with its manifest, which ` +
        "lists the parts that count.",
    );
  }
  return { paths, rows: count, usd };
}

/** The export behind what was scanned. */
const exportOf = (parts: readonly ReadPart[], file: string): string =>
  parts
    .flatMap(({ source }) => (source.kind === "csv" ? [source.exports[source.paths.indexOf(file)]] : []))
    .find((path) => path !== undefined) ?? file;

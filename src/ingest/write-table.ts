/** The hourly table as a file, and what keeps it from being written. */
import { basename } from "node:path";
import { currencyOf, USUAL_CURRENCY } from "../domain/currency.ts";
import type { Finding } from "../domain/documents/finding.ts";
import { SageplanError } from "../domain/error.ts";
import type { QueryEngine } from "../engine/query-engine.ts";
import { sqlFile } from "./files/sql-file.ts";

export interface Normalized {
  out: string;
  rows: number;
  from: string;
  to: string;
  currency: string;
  findings: Finding[];
}

/** Writes the hourly table and counts its rows; one in dollars needs no column that says so. */
export async function writeTable(
  engine: QueryEngine,
  bill: { currency: string },
  out: string,
  unfinished: string,
): Promise<number> {
  const table = sqlFile("normalized_table");
  const isUsual = currencyOf(bill) === USUAL_CURRENCY;
  if (!isUsual) await engine.view("normalized_table", table);
  return engine
    .write(isUsual ? table : sqlFile("normalized_in_currency"), unfinished)
    .catch((cause: unknown) => notWritten(out, unfinished, cause));
}

/** What the engine says of the file is of the place, all else of the engine. */
function notWritten(out: string, unfinished: string, cause: unknown): never {
  if (!(cause instanceof SageplanError) || !cause.message.includes(basename(unfinished))) throw cause;
  const [why] = /No space left on device|Read-only file system|Permission denied|File too large/i.exec(
    cause.message,
  ) ?? [cause.message];
  throw new SageplanError(
    "cannot-write",
    `--out ${out} can't be written: ${why}. Nothing was written; make room, or choose another place.`,
    { cause },
  );
}

export function cannotWrite(out: string, cause: unknown): never {
  throw new SageplanError("cannot-write", `--out ${out} can't be written: ${String(cause)}`, { cause });
}

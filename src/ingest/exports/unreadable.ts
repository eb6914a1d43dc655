/** What is told when the engine can't read a file of an export to its end. */
import { SageplanError } from "../../domain/error.ts";
import type { QueryEngine } from "../../engine/query-engine.ts";
import type { Source } from "./export-select.ts";
import { requireWholeFooters } from "./parquet-schema.ts";

/**
 * The engine's own trouble. All else that stops our SQL is in the file: DuckDB has no one word for what damage does,
 * and calls some of it internal errors.
 */
const NOT_THE_FILES = /^DuckDB: (?:Out of Memory|INTERRUPT|FATAL)|No space left/i;

/** `sources`: what was asked of at once. What DuckDB can't parse is the file's fault; what it can't do for want of memory is not. */
export async function unreadable(
  engine: QueryEngine,
  sources: readonly Source[],
  cause: unknown,
): Promise<never> {
  if (!(cause instanceof SageplanError) || cause.code !== "engine-failure") throw cause;
  const { message } = cause;
  if (NOT_THE_FILES.test(message)) throw cause;
  await requireWholeFooters(
    engine,
    sources.flatMap(({ kind, paths }) => (kind === "parquet" ? paths : [])),
  );
  const paths = sources.flatMap((source) => (source.kind === "csv" ? source.exports : source.paths));
  throw new SageplanError(
    "damaged-file",
    `${paths.length > 1 ? `One of ${paths.length} files, first ` : ""}${paths[0]} can't be read as its kind of file: ${message} ` +
      "Rows may have more or fewer fields than the header, or pages may be damaged: download it again.",
    { cause },
  );
}

import { literalPath, pathLiteral } from "../../engine/duckdb.ts";
import type { QueryEngine } from "../../engine/query-engine.ts";
import { SageplanError } from "../../domain/error.ts";
import type { DataFile } from "../../domain/billing.ts";
import { readFooterStart } from "./parquet-footer.ts";
import { inPool } from "../files/pool.ts";
import { systemFault } from "../files/system-fault.ts";

export interface ParquetColumn {
  name: string;
  /** As DuckDB names it: `VARCHAR`, `DOUBLE`, `TIMESTAMP`, `MAP(VARCHAR, VARCHAR)`… */
  type: string;
}

export interface ParquetFile {
  file: DataFile;
  columns: ParquetColumn[];
  /** The columns' names as the file has them: DuckDB tells twins apart by names of its own. */
  names: string[];
  rows: number;
}

/** Reading a footer is mostly waiting for the disk. */
const FOOTERS_AT_ONCE = 8;

/**
 * The top-level columns and the number of rows of each file, from its footer. Files whose footers
 * say the same of every column are described once.
 * @throws SageplanError `damaged-file` naming the file whose footer can't be read
 */
export async function readParquetSchemas(
  engine: QueryEngine,
  files: readonly DataFile[],
): Promise<ParquetFile[]> {
  const footers = await inPool(files, FOOTERS_AT_ONCE, ({ path }) =>
    readFooterStart(path).catch((fault: unknown) => damaged(path, fault)),
  );
  const described = new Map<string, Described>();
  const schemas: ParquetFile[] = [];
  for (const [n, file] of files.entries()) {
    const { schema, rows } = footers[n]!;
    const columns = described.get(schema) ?? (await describe(engine, file.path));
    described.set(schema, columns);
    schemas.push({ file, ...columns, rows });
  }
  return schemas;
}

type Described = Pick<ParquetFile, "columns" | "names">;

async function describe(engine: QueryEngine, path: string): Promise<Described> {
  const columns = await engine
    .rows(`DESCRIBE SELECT * FROM read_parquet(${pathLiteral(path)}, hive_partitioning = false)`)
    .catch((fault: unknown) => damaged(path, fault));
  const elements = await engine.rows(
    "SELECT name, CAST(COALESCE(num_children, 0) AS INTEGER) AS children FROM parquet_schema(?)",
    [literalPath(path)],
  );
  return {
    columns: columns.map((column) => ({
      name: String(column.column_name),
      type: String(column.column_type),
    })),
    names: topNames(elements.map(({ name, children }) => [String(name), Number(children)])),
  };
}

/** A schema is a tree, told in depth-first order; the first element is its root. */
function topNames(elements: readonly [name: string, children: number][]): string[] {
  const names: string[] = [];
  for (let at = 1; at < elements.length;) {
    names.push(elements[at]![0]);
    for (let open = 1; open > 0 && at < elements.length; at++) open += elements[at]![1] - 1;
  }
  return names;
}

/**
 * After a scan of them all has failed: the file that it failed at, where its footer tells.
 * @throws SageplanError `damaged-file` naming it
 */
export async function requireWholeFooters(engine: QueryEngine, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await engine
      .rows("SELECT num_rows FROM parquet_file_metadata(?)", [[literalPath(path)]])
      .catch((fault: unknown) => damaged(path, fault));
  }
}

function damaged(path: string, cause: unknown): never {
  const fault = systemFault(path, cause);
  if (fault !== null) throw fault;
  throw new SageplanError(
    "damaged-file",
    `${path} is not a readable parquet file (${cause instanceof Error ? cause.message : String(cause)}). ` +
      "It may have been cut while downloading: download it again.",
    { cause },
  );
}
